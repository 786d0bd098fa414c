"""What the stand-in's models see and draw: simple, but made from what was really sent."""

import hashlib
import io

from PIL import Image, ImageDraw

COLORS = {
    "black": (16, 16, 16),
    "white": (245, 245, 245),
    "red": (205, 40, 40),
    "green": (40, 160, 60),
    "blue": (40, 80, 205),
    "yellow": (240, 215, 50),
}


def describe(picture: bytes) -> str:
    """Name the size and the nearest plain color of an encoded picture.

    Raises:
        OSError: It is no whole picture.
    """
    with Image.open(io.BytesIO(picture)) as image:
        width, height = image.size
        mean = image.convert("RGB").resize((1, 1), Image.Resampling.BOX).tobytes()
    name = min(
        COLORS,
        key=lambda color: sum((a - b) ** 2 for a, b in zip(COLORS[color], mean, strict=True)),
    )
    return f"a {name} picture of {width} by {height}"


def draw(prompt: str, width: int, height: int, seed: int, file_format: str = "PNG") -> bytes:
    """Paint the color that the prompt names (else one of its own), with a mark where the seed says.

    Returns:
        The encoded picture: the same bytes for the same arguments.
    """
    digest = hashlib.sha256(f"{prompt}/{seed}".encode()).digest()
    color = next((COLORS[name] for name in COLORS if name in prompt.lower()), tuple(digest[:3]))
    return _marked(Image.new("RGB", (width, height), color), digest, file_format)


def redraw(picture: bytes, prompt: str, width: int, height: int, seed: int) -> bytes:
    """Paint over an encoded picture as `draw` does, so that half of it shines through.

    Raises:
        OSError: It is no whole picture.
    """
    digest = hashlib.sha256(f"{prompt}/{seed}".encode()).digest()
    paint = Image.open(io.BytesIO(draw(prompt, width, height, seed)))
    with Image.open(io.BytesIO(picture)) as source:
        image = Image.blend(source.convert("RGB").resize((width, height)), paint, 0.5)
    return _marked(image, digest, "PNG")


def size(picture: bytes) -> tuple[int, int]:
    """Returns: how many pixels an encoded picture has, by its sides."""
    with Image.open(io.BytesIO(picture)) as image:
        return image.size


def _marked(image: Image.Image, digest: bytes, file_format: str) -> bytes:
    width, height = image.size
    left, top = digest[3] * width // 512, digest[4] * height // 512
    mark = (left, top, left + max(1, width // 8), top + max(1, height // 8))
    ImageDraw.Draw(image).rectangle(mark, fill=tuple(digest[5:8]))
    buffer = io.BytesIO()
    image.save(buffer, file_format, compress_level=1)
    return buffer.getvalue()
