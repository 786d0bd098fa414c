"""Printed, filmed and computed styles: comic, poster, woodblock, neon, pixels, film."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from .textures import (
    Floats,
    Noise,
    blurred,
    few_inks,
    flat,
    floats,
    graded,
    grain,
    image,
    in_inks,
    inked,
    lines,
    shades,
    sheet,
    textured,
    unit_of,
    vignette,
)


def pixel(picture: Image.Image, rng: Noise) -> Image.Image:
    width, height = picture.size
    cell = max(2, unit_of(picture) // 96)
    small = picture.resize((width // cell, height // cell), Image.Resampling.BOX)
    small = ImageEnhance.Color(small).enhance(1.2).quantize(40, dither=Image.Dither.NONE)
    return small.convert("RGB").resize((width, height), Image.Resampling.NEAREST)


def neon(picture: Image.Image, rng: Noise) -> Image.Image:
    """Glowing edges over a dark grade in which strong colours stay themselves."""
    grey = picture.convert("L")
    edges = grey.filter(ImageFilter.GaussianBlur(0.8)).filter(ImageFilter.FIND_EDGES)
    edges = edges.point(lambda v: min(255, v * 3))
    strong = picture.convert("HSV").split()[1].point(lambda v: max(0, min(200, (v - 110) * 3)))
    vivid = ImageEnhance.Brightness(ImageEnhance.Color(picture).enhance(1.3)).enhance(1.75)
    dim = graded(picture, 0.4, (14, 6, 40), (122, 36, 168), (255, 214, 255))
    base = Image.composite(vivid, dim, strong)
    glow = ImageOps.colorize(edges, (0, 0, 0), (80, 240, 255), mid=(226, 40, 190))
    own = ImageChops.multiply(ImageEnhance.Brightness(vivid).enhance(1.8), edges.convert("RGB"))
    glow = Image.composite(own, glow, strong)
    soft = glow.filter(ImageFilter.GaussianBlur(max(2, unit_of(picture) // 100)))
    return ImageChops.screen(ImageChops.screen(base, soft), glow)


def noir(picture: Image.Image, rng: Noise) -> Image.Image:
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=2)
    grey = ImageEnhance.Contrast(grey).enhance(1.25)
    return vignette(ImageChops.multiply(grey, grain(picture.size, rng, 1, 226)).convert("RGB"))


def vintage(picture: Image.Image, rng: Noise) -> Image.Image:
    sepia = ImageOps.colorize(picture.convert("L"), (46, 28, 16), (250, 232, 196))
    return vignette(textured(Image.blend(sepia, picture, 0.22), rng, 2, 222))


def cinematic(picture: Image.Image, rng: Noise) -> Image.Image:
    """Teal shadows, amber light, a wide strip."""
    film = graded(picture, 0.34, (6, 22, 34), (96, 116, 118), (255, 232, 196))
    film = ImageEnhance.Contrast(film).enhance(1.12)
    bloom = blurred(film.point(lambda v: max(0, (v - 190) * 3)), 0.02)
    film = vignette(ImageChops.screen(film, bloom.point(lambda v: v // 3)), 120)
    bar = max(0, round((picture.height - picture.width / 2.1) / 2))
    bar = min(bar, round(picture.height * 0.09))
    film.paste(0, (0, 0, picture.width, bar))
    film.paste(0, (0, picture.height - bar, picture.width, picture.height))
    return film


def poster(picture: Image.Image, rng: Noise) -> Image.Image:
    plain = picture.filter(ImageFilter.MedianFilter(5))
    return ImageEnhance.Color(ImageOps.posterize(plain, 3)).enhance(1.3)


def minimal(picture: Image.Image, rng: Noise) -> Image.Image:
    """As few tones as it takes."""
    few = few_inks(blurred(picture, 0.004), 12)
    return Image.blend(few.convert("RGB"), sheet(picture.size, (246, 240, 230)), 0.16)


def comic(picture: Image.Image, rng: Noise) -> Image.Image:
    """Black outlines, flat colours, dots in the shade, a panel's frame."""
    plain = ImageEnhance.Color(flat(picture, 48)).enhance(1.45)
    plain = ImageEnhance.Contrast(plain).enhance(1.12)
    dots = _dots(picture, max(5.0, unit_of(picture) / 90), 0.785)
    tone = floats(picture.convert("L"))[..., None]
    dotted = floats(plain) * (1 - 0.34 * dots[..., None] * ((165 - tone) / 80).clip(0, 1))
    page = inked(image(dotted), lines(picture, 4.0, thick=True), (16, 14, 20))
    return _framed(page, 0.018, (255, 255, 255), (16, 14, 20))


def _dots(picture: Image.Image, period: float, angle: float) -> Floats:
    """A screen of dots: 1 in a dot, 0 between."""
    y, x = np.mgrid[0 : picture.height, 0 : picture.width].astype(np.float32)
    turn = 2 * np.pi / period
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    dots: Floats = ((np.cos(u * turn) + np.cos(v * turn)) * 1.4).clip(0, 1)
    return dots


def _framed(
    picture: Image.Image, share: float, paper: tuple[int, int, int], ink: tuple[int, int, int]
) -> Image.Image:
    edge = max(2, round(unit_of(picture) * share))
    draw = ImageDraw.Draw(picture)
    right, foot = picture.width - 1, picture.height - 1
    draw.rectangle((0, 0, right, foot), outline=paper, width=edge)
    draw.rectangle((edge, edge, right - edge, foot - edge), outline=ink, width=max(2, edge // 3))
    return picture


def pop_art(picture: Image.Image, rng: Noise) -> Image.Image:
    """The same picture four times, each in inks of its own."""
    width, height = picture.size
    small = picture.resize((width // 2, height // 2), Image.Resampling.LANCZOS)
    small = ImageOps.posterize(small.filter(ImageFilter.MedianFilter(3)), 3)
    h, s, v = ImageEnhance.Color(small).enhance(1.7).convert("HSV").split()
    page = sheet(picture.size)
    for n, turn in enumerate((0, 72, 128, 190)):
        turned = Image.merge("HSV", (h.point(lambda c, by=turn: (c + by) % 256), s, v))
        dots = _dots(small, max(4.0, unit_of(small) / 60), 0.785)[..., None]
        panel = image(floats(turned.convert("RGB")) * (1 - 0.14 * dots))
        panel = inked(panel, lines(small, 2.4), (24, 16, 40))
        page.paste(panel, (n % 2 * (width - width // 2), n // 2 * (height - height // 2)))
    return page


def woodblock(picture: Image.Image, rng: Noise) -> Image.Image:
    """Few inks, dark blue lines, the grain of the block."""
    inks = ((232, 218, 186), (206, 190, 150), (46, 74, 116), (104, 140, 160), (190, 88, 58),
            (222, 150, 84), (98, 122, 82), (52, 54, 66), (158, 178, 176), (238, 228, 206),
            (160, 120, 84), (222, 178, 120), (0, 0, 0))  # fmt: skip
    soft = ImageEnhance.Color(picture.filter(ImageFilter.MedianFilter(5))).enhance(0.9)
    printed = in_inks(soft, inks)
    printed = Image.blend(printed, soft, 0.22)
    veins = grain((picture.width // 12 + 1, picture.height), rng, 2, 216).resize(picture.size)
    printed = ImageChops.multiply(printed, veins.convert("RGB"))
    printed = inked(printed, lines(picture, 3.2, thick=True), (30, 40, 66))
    return _framed(printed, 0.022, (236, 226, 202), (60, 56, 60))


def anime(picture: Image.Image, rng: Noise) -> Image.Image:
    """Clear cel colours, fine dark lines, light that blooms."""
    cel = ImageEnhance.Color(flat(picture, 48)).enhance(1.35)
    dark = image(floats(picture) * 0.28)
    cel = Image.composite(dark, cel, lines(picture, 2.6))
    bloom = blurred(cel.point(lambda v: max(0, (v - 170) * 3)), 0.025)
    cel = ImageChops.screen(cel, bloom.point(lambda v: v * 2 // 5))
    fall = np.linspace(1.06, 0.97, picture.height, dtype=np.float32)[:, None, None]
    return image(floats(cel) * fall + np.array((4, 2, 10), np.float32))


def vaporwave(picture: Image.Image, rng: Noise) -> Image.Image:
    """Pink and turquoise, lines of a screen, colours that don't quite meet."""
    grade = graded(picture, 0.6, (40, 10, 84), (236, 96, 190), (255, 226, 240))
    fall = np.linspace(0, 1, picture.height, dtype=np.float32)[:, None, None]
    teal = np.array((60, 210, 226), np.float32)
    toned = floats(ImageEnhance.Contrast(grade).enhance(1.3))
    toned = toned * (1 - 0.2 * fall) + teal * 0.2 * fall
    toned[::3] *= 0.86
    r, g, b = image(toned).split()
    off = max(1, unit_of(picture) // 150)
    return Image.merge("RGB", (ImageChops.offset(r, off, 0), g, ImageChops.offset(b, -off, 0)))


def graffiti(picture: Image.Image, rng: Noise) -> Image.Image:
    """Sprayed on bricks."""
    width, height = picture.size
    unit = unit_of(picture)
    tall = max(8, unit // 18)
    y, x = np.mgrid[0:height, 0:width]
    row = y // tall
    across = (x + (row % 2) * tall) % (tall * 2)
    joint = (y % tall < tall * 0.12) | (across < tall * 0.12)
    tones = rng.uniform(0.82, 1.08, (height // tall + 1, width // (2 * tall) + 2))
    shade = tones.astype(np.float32)[row, (x + (row % 2) * tall) // (tall * 2)]
    wall = np.array((168, 92, 74), np.float32) * shade[..., None]
    wall[joint] = (186, 176, 166)
    sprayed = floats(ImageEnhance.Color(flat(picture, 20)).enhance(1.6))
    mist = shades(grain(picture.size, rng, 2, 150))[..., None]
    page = sprayed * (0.8 * mist) + wall * (1 - 0.8 * mist)
    rim = blurred(lines(picture, 4.0, thick=True), 0.003)
    return inked(image(page), rim.point(lambda v: min(255, v * 2)), (18, 16, 26))


def steampunk(picture: Image.Image, rng: Noise) -> Image.Image:
    """Brass and soot."""
    brass = ImageOps.colorize(picture.convert("L"), (28, 16, 8), (255, 228, 170), mid=(154, 98, 48))
    toned = Image.blend(brass, picture, 0.3)
    aged = textured(toned, rng, max(4, unit_of(picture) // 40), 196)
    return vignette(inked(aged, lines(picture, 1.6), (36, 22, 12)), 130)


def art_deco(picture: Image.Image, rng: Noise) -> Image.Image:
    """Navy and gold, rays, a double frame."""
    width, height = picture.size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    turn = np.arctan2(height * 0.98 - y, x - width / 2)
    rays = (np.floor(turn / (np.pi / 26)) % 2)[..., None] * 0.14
    plain = ImageEnhance.Color(flat(picture, 16)).enhance(0.8)
    gilt = graded(plain, 0.62, (14, 22, 44), (150, 118, 72), (250, 232, 188))
    page = floats(gilt) * (1 - rays)
    page = inked(image(page), lines(picture, 2.6), (16, 20, 36))
    for share in (0.03, 0.012):
        page = _framed(page, share, (22, 28, 50), (214, 174, 92))
    return page
