"""Styles: what is done to the finished pixels."""

from random import Random

import numpy as np
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from .scene import Scene


def finish(picture: Image.Image, scene: Scene, rng: Random) -> Image.Image:
    """The picture in the scene's style."""
    style = _STYLES.get(scene.style)
    if style is None:
        return _vignette(picture)
    return style(picture, np.random.default_rng(rng.getrandbits(32)))


def _vignette(picture: Image.Image) -> Image.Image:
    """Slightly darker corners, so that the eye rests in the middle."""
    width, height = picture.size
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    mask = 255 - 26 * np.clip((x * x + y * y) / 2, 0, 1)
    return ImageChops.multiply(picture, Image.fromarray(mask.astype(np.uint8)).convert("RGB"))


def _grain(size: tuple[int, int], rng: np.random.Generator, cell: int, low: int) -> Image.Image:
    """Grey noise from `low` to 255 in cells of some pixels, as large as the picture."""
    across, down = max(2, size[0] // cell), max(2, size[1] // cell)
    noise = rng.integers(low, 256, (down, across), dtype=np.uint8)
    return Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)


def _watercolour(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    size = max(3, min(picture.size) // 120) | 1
    wash = picture.filter(ImageFilter.MedianFilter(min(5, size)))
    wash = ImageEnhance.Color(wash).enhance(1.12)
    blotches = _grain(picture.size, rng, max(8, min(picture.size) // 12), 226)
    wash = ImageChops.multiply(wash, blotches.convert("RGB"))
    wash = Image.blend(wash, Image.new("RGB", picture.size, (255, 252, 244)), 0.16)
    edges = ImageOps.invert(wash.convert("L").filter(ImageFilter.FIND_EDGES))
    wash = ImageChops.multiply(wash, edges.point(lambda v: 215 + v * 40 // 255).convert("RGB"))
    paper = _grain(picture.size, rng, 2, 240).convert("RGB")
    return _paper_border(ImageChops.multiply(wash, paper), rng)


def _paper_border(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """A ragged white edge, as of paint that ends before the sheet does."""
    width, height = picture.size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    inside = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y))
    edge = min(width, height) * 0.03
    wobble = np.asarray(_grain(picture.size, rng, max(4, min(width, height) // 30), 0), np.float32)
    mask = np.clip((inside - edge * (0.35 + wobble / 255)) / 2, 0, 1) * 255
    sheet = Image.new("RGB", picture.size, (252, 249, 241))
    return Image.composite(picture, sheet, Image.fromarray(mask.astype(np.uint8)))


def _sketch(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Pencil lines where colours meet, and hatching in the shade."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
    width, height = picture.size
    lines = ImageOps.invert(picture.filter(ImageFilter.FIND_EDGES).convert("L"))
    lines = lines.point(lambda v: max(0, 255 - (255 - v) * 3))
    y, x = np.ogrid[0:height, 0:width]
    period = max(4, min(width, height) // 80)
    hatch = ((x + y) % period < period * 0.4) * 70
    tone = np.asarray(grey, np.float32)
    shade = 255 - hatch * np.clip((150 - tone) / 110, 0, 1) - (255 - tone) * 0.22
    out = np.minimum(np.asarray(lines, np.float32), shade).clip(0, 255).astype(np.uint8)
    soft = ImageChops.multiply(Image.fromarray(out), _grain(picture.size, rng, 2, 236))
    return ImageOps.colorize(soft, (36, 36, 44), (252, 249, 242))


def _pixel(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    width, height = picture.size
    cell = max(2, min(width, height) // 96)
    small = picture.resize((width // cell, height // cell), Image.Resampling.BOX)
    small = ImageEnhance.Color(small).enhance(1.2).quantize(40, dither=Image.Dither.NONE)
    return small.convert("RGB").resize((width, height), Image.Resampling.NEAREST)


def _oil(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Daubs: every small patch takes the colour of a point close by, with a brush's relief."""
    width, height = picture.size
    unit = min(width, height)
    source = np.asarray(ImageEnhance.Color(picture).enhance(1.3))
    daub = max(3, unit // 128)
    out = np.empty_like(source)
    across, down = -(-width // daub), -(-height // daub)
    drift = rng.integers(-daub // 2, daub // 2 + 1, (2, down, across), dtype=np.int16)
    drift = drift.repeat(daub, axis=1).repeat(daub, axis=2)[:, :height, :width]
    y, x = np.ogrid[0:height, 0:width]
    out = source[(y + drift[0]).clip(0, height - 1), (x + drift[1]).clip(0, width - 1)]
    painted = Image.fromarray(out).filter(ImageFilter.MedianFilter(5 if unit >= 384 else 3))
    relief = _grain(picture.size, rng, max(2, unit // 200), 214).filter(ImageFilter.EMBOSS)
    relief = relief.point(lambda v: min(255, 212 + (v - 128) // 2 + 30))
    return ImageChops.multiply(painted, relief.convert("RGB"))


def _neon(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Glowing edges over a dark, magenta and cyan grade."""
    grey = picture.convert("L")
    edges = grey.filter(ImageFilter.GaussianBlur(0.8)).filter(ImageFilter.FIND_EDGES)
    edges = edges.point(lambda v: min(255, v * 3))
    graded = ImageOps.colorize(grey, (14, 6, 40), (255, 214, 255), mid=(122, 36, 168))
    base = Image.blend(picture, graded, 0.34)
    glow = ImageOps.colorize(edges, (0, 0, 0), (80, 240, 255), mid=(226, 40, 190))
    soft = glow.filter(ImageFilter.GaussianBlur(max(2, min(picture.size) // 100)))
    return ImageChops.screen(ImageChops.screen(base, soft), glow)


def _noir(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=2)
    grey = ImageEnhance.Contrast(grey).enhance(1.25)
    return _vignette(ImageChops.multiply(grey, _grain(picture.size, rng, 1, 226)).convert("RGB"))


def _vintage(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    sepia = ImageOps.colorize(picture.convert("L"), (46, 28, 16), (250, 232, 196))
    faded = Image.blend(sepia, picture, 0.22)
    return _vignette(ImageChops.multiply(faded, _grain(picture.size, rng, 2, 222).convert("RGB")))


def _poster(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    flat = picture.filter(ImageFilter.MedianFilter(5))
    return ImageEnhance.Color(ImageOps.posterize(flat, 3)).enhance(1.3)


_STYLES = {
    "watercolour": _watercolour,
    "sketch": _sketch,
    "pixel": _pixel,
    "oil": _oil,
    "neon": _neon,
    "noir": _noir,
    "vintage": _vintage,
    "poster": _poster,
}
