"""Painted styles: washes, strokes, dots, thread."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from .textures import (
    Floats,
    Noise,
    blurred,
    cells,
    flat,
    floats,
    graded,
    grain,
    image,
    lines,
    pixels_at,
    relief,
    shades,
    sheet,
    textured,
    unit_of,
)


def watercolour(picture: Image.Image, rng: Noise) -> Image.Image:
    size = max(3, unit_of(picture) // 120) | 1
    wash = picture.filter(ImageFilter.MedianFilter(min(5, size)))
    wash = ImageEnhance.Color(wash).enhance(1.12)
    wash = textured(wash, rng, max(8, unit_of(picture) // 12), 226)
    wash = Image.blend(wash, sheet(picture.size, (255, 252, 244)), 0.16)
    edges = ImageOps.invert(wash.convert("L").filter(ImageFilter.FIND_EDGES))
    wash = ImageChops.multiply(wash, edges.point(lambda v: 215 + v * 40 // 255).convert("RGB"))
    return _ragged(textured(wash, rng, 2, 240), rng)


def _ragged(picture: Image.Image, rng: Noise) -> Image.Image:
    """A ragged white edge, as of paint that ends before the sheet does."""
    width, height = picture.size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    inside = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y))
    edge = min(width, height) * 0.03
    wobble = floats(grain(picture.size, rng, max(4, min(width, height) // 30), 0))
    mask = np.clip((inside - edge * (0.35 + wobble / 255)) / 2, 0, 1) * 255
    return Image.composite(picture, sheet(picture.size), image(mask))


def ink(picture: Image.Image, rng: Noise, subject: Image.Image) -> Image.Image:
    """Black ink thinned with water on rice paper, what is far away almost gone, and a seal."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
    pool = shades(blurred(grey.filter(ImageFilter.MedianFilter(5)), 0.004))
    bleed = shades(grain(picture.size, rng, max(6, unit_of(picture) // 24), 150))
    near = shades(blurred(subject, 0.006))
    rise = np.linspace(0.02, 0.5, picture.height, dtype=np.float32)[:, None]
    weight = np.maximum(near, rise)
    depth = np.floor((1 - pool) * 5 + 0.15) / 5
    tone = depth**1.2 * bleed * weight
    stroke = shades(blurred(lines(picture, 3.4, thick=True), 0.0014))
    dry = shades(grain(picture.size, rng, 3, 90))
    tone = np.maximum(tone, stroke * dry * (0.25 + 0.75 * weight))
    paper = floats(sheet(picture.size, (248, 242, 228))) * 0.96 + floats(picture) * 0.04
    out = paper * (1 - tone[..., None]) + np.array((28, 27, 32), np.float32) * tone[..., None]
    return _sealed(_ragged(textured(image(out), rng, 2, 236), rng))


def _sealed(picture: Image.Image) -> Image.Image:
    unit = unit_of(picture)
    side, x, y = unit * 0.075, picture.width - unit * 0.15, picture.height - unit * 0.16
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((x, y, x + side, y + side), unit * 0.01, (186, 42, 34))
    thin = max(1, unit // 170)
    for a, b, c, d in ((0.2, 0.28, 0.8, 0.28), (0.5, 0.15, 0.5, 0.85), (0.2, 0.5, 0.8, 0.5),
                       (0.22, 0.5, 0.22, 0.82), (0.78, 0.5, 0.78, 0.82)):  # fmt: skip
        ends = (x + side * a, y + side * b, x + side * c, y + side * d)
        draw.line(ends, (250, 232, 214), thin)
    return picture


def oil(picture: Image.Image, rng: Noise) -> Image.Image:
    """Short daubs along the shapes, with a brush's relief."""
    rich = ImageEnhance.Color(picture).enhance(1.25)
    painted = _stroked(rich, rng, step=0.011, length=0.022, swirl=0.25, jitter=10)
    return _thick(Image.blend(painted, rich, 0.25), rng)


def van_gogh(picture: Image.Image, rng: Noise, subject: Image.Image) -> Image.Image:
    """Long curved strokes that swirl through what is smooth, in blues and yellows."""
    rich = ImageEnhance.Contrast(ImageEnhance.Color(picture).enhance(1.5)).enhance(1.1)
    rich = graded(rich, 0.26, (12, 22, 74), (72, 118, 178), (255, 236, 150))
    wide = _stroked(rich, rng, step=0.0145, length=0.05, swirl=1.0, jitter=26)
    fine = _stroked(rich, rng, step=0.0105, length=0.018, swirl=0.1, jitter=16)
    busy = blurred(ImageChops.lighter(subject, lines(picture, 3.0, thick=True)), 0.006)
    return _thick(Image.composite(Image.blend(fine, rich, 0.2), wide, busy), rng)


def impressionist(picture: Image.Image, rng: Noise) -> Image.Image:
    """Broken touches of light colour."""
    light = Image.blend(ImageEnhance.Color(picture).enhance(1.35), sheet(picture.size), 0.1)
    return _stroked(light, rng, step=0.0125, length=0.018, swirl=0.2, jitter=30)


def _thick(picture: Image.Image, rng: Noise) -> Image.Image:
    lit = relief(picture.convert("L"), 0.005).clip(0.8, 1.2)
    return textured(image(floats(picture) * lit), rng, 2, 238)


def _stroked(
    picture: Image.Image, rng: Noise, step: float, length: float, swirl: float, jitter: int
) -> Image.Image:
    """Strokes on a jittered grid, along the outlines and through a swirling field."""
    unit = unit_of(picture)
    gap, reach = max(2.0, unit * step), unit * length
    field = _field(picture, rng, swirl)
    spots = _scattered(picture, rng, gap, 0.6)
    rng.shuffle(spots)
    source = np.asarray(picture)
    colours = source[pixels_at(spots.T, picture.size)].astype(np.int16)
    colours = (colours + rng.integers(-jitter, jitter + 1, (len(spots), 1))).clip(0, 255)
    middle = field[pixels_at(spots.T, picture.size)]
    head, tail = spots + middle * reach / 2, spots - middle * reach / 2
    head += field[pixels_at(head.T, picture.size)] * reach / 3
    tail -= field[pixels_at(tail.T, picture.size)] * reach / 3
    canvas = blurred(picture, 0.006)
    draw = ImageDraw.Draw(canvas)
    wide = max(2, round(gap * 0.8))
    paths = np.concatenate([tail, spots, head], 1).tolist()
    for path, colour in zip(paths, colours.tolist(), strict=True):
        draw.line(path, tuple(colour), wide)
    return canvas.filter(ImageFilter.SMOOTH)


def _scattered(picture: Image.Image, rng: Noise, gap: float, jitter: float) -> Floats:
    """Points on a jittered grid."""
    ys, xs = np.mgrid[gap / 2 : picture.height : gap, gap / 2 : picture.width : gap]
    return np.stack([xs.ravel(), ys.ravel()], 1) + rng.uniform(-gap, gap, (xs.size, 2)) * jitter


def _field(picture: Image.Image, rng: Noise, swirl: float) -> Floats:
    """Unit vectors: along the edges where there are some, else around slow whirls."""
    slopes = np.gradient(floats(blurred(picture.convert("L"), 0.006)))
    clouds = grain(picture.size, rng, max(8, unit_of(picture) // 5), 0)
    whirl = np.gradient(floats(blurred(clouds, 0.02)))
    scale = swirl * 3 / (np.abs(whirl).mean() + 1e-6)
    right = -slopes[0] - whirl[0] * scale
    down = slopes[1] + whirl[1] * scale
    size = np.hypot(right, down) + 1e-6
    return np.stack([right / size, down / size], -1).astype(np.float32)


def pointillist(picture: Image.Image, rng: Noise) -> Image.Image:
    """Dots of pure colour beside each other."""
    unit = unit_of(picture)
    gap = max(3.0, unit * 0.0125)
    spots = _scattered(picture, rng, gap, 0.4)
    rich = np.asarray(ImageEnhance.Color(picture).enhance(1.5))
    colours = rich[pixels_at(spots.T, picture.size)].astype(np.int16)
    colours = (colours + rng.integers(-34, 35, (len(spots), 3))).clip(0, 255)
    canvas = Image.blend(blurred(picture, 0.01), sheet(picture.size), 0.4)
    draw = ImageDraw.Draw(canvas)
    r = gap * 0.55
    for (x, y), colour in zip(spots.tolist(), colours.tolist(), strict=True):
        draw.ellipse((x - r, y - r, x + r, y + r), tuple(colour))
    return canvas


def embroidery(picture: Image.Image, rng: Noise) -> Image.Image:
    """Stitches side by side on linen, slanted where it is darker."""
    width, height = picture.size
    few = ImageEnhance.Color(flat(picture, 90)).enhance(1.35)
    tone = floats(few.convert("L"))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    thread = max(3.0, unit_of(picture) / 110)
    slant = np.where(tone < 128, 1.0, -1.0)
    along, across = x * 0.5 + y * slant, x - y * slant * 0.5
    shine = np.sin(across * (2 * np.pi / thread)) * 0.5 + 0.5
    ends = np.abs(((along / (thread * 4) + np.floor(across / thread) * 0.37) % 1) - 0.5) * 2
    sewn = floats(few) * (0.66 + 0.36 * shine + 0.14 * (1 - ends**4))[..., None]
    dark = shades(lines(few, 2.0))[..., None] * 0.3
    return textured(image(sewn * (1 - dark)), rng, 2, 236)


def crayon(picture: Image.Image, rng: Noise) -> Image.Image:
    """Crayon on rough white paper: wax on its hills, paper in its valleys."""
    rich = ImageEnhance.Color(picture).enhance(1.4)
    rough = floats(grain(picture.size, rng, 2, 0)) * 0.6 + floats(_scribble(picture, rng)) * 0.4
    tone = floats(picture.convert("L"))
    wax = ((rough + (255 - tone) * 0.55 - 96) / 60).clip(0, 1)[..., None]
    out = floats(rich) * wax + floats(sheet(picture.size)) * (1 - wax)
    drawn = shades(blurred(lines(picture, 2.6, thick=True), 0.001))[..., None] * 0.75
    return image(out * (1 - drawn) + floats(rich) * 0.4 * drawn)


def _scribble(picture: Image.Image, rng: Noise) -> Image.Image:
    """Grey lines to and fro, in patches of one direction."""
    size, unit = picture.size, unit_of(picture)
    patch = cells(size, rng, unit / 5, 0.4)
    angle = (patch * 0.61803) % 1 * 1.2 + 0.3
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    wave = np.sin((x * np.sin(angle) + y * np.cos(angle)) * (2 * np.pi / (unit / 60)))
    return image((wave * 127 + 128).astype(np.float32))
