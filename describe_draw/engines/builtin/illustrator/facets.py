"""Styles of pieces: facets, glass, tiles, shards, folded and cut paper, clay."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from .textures import (
    Floats,
    Noise,
    averaged,
    blurred,
    cells,
    few_inks,
    flat,
    floats,
    grain,
    image,
    in_inks,
    inked,
    lines,
    pixels_at,
    relief,
    seams,
    shades,
    textured,
    unit_of,
)


def low_poly(picture: Image.Image, rng: Noise) -> Image.Image:
    """Triangles in one colour each, their corners drawn to the outlines."""
    return _faceted(picture, rng, 26, 14)


def origami(picture: Image.Image, rng: Noise) -> Image.Image:
    """Large folds of paper."""
    return textured(_faceted(picture, rng, 15, 16), rng, 2, 232)


def _faceted(picture: Image.Image, rng: Noise, across: int, contrast: int) -> Image.Image:
    rich = ImageEnhance.Color(picture).enhance(1.15)
    x, y = _corners(picture, rng, across)
    a = np.stack([x[:-1, :-1], y[:-1, :-1], x[:-1, 1:], y[:-1, 1:], x[1:, 1:], y[1:, 1:]], -1)
    b = np.stack([x[:-1, :-1], y[:-1, :-1], x[1:, :-1], y[1:, :-1], x[1:, 1:], y[1:, 1:]], -1)
    triangles = np.concatenate([a.reshape(-1, 6), b.reshape(-1, 6)])
    source = np.asarray(blurred(rich, 0.004), np.int16)
    colours = source[pixels_at(triangles.reshape(-1, 3, 2).mean(1).T, picture.size)]
    tilt = np.repeat((1, -1), len(triangles) // 2)
    shade = tilt * 7 + rng.integers(-contrast, contrast + 1, len(triangles))
    colours = (colours + shade[:, None]).clip(0, 255)
    canvas = rich.copy()
    draw = ImageDraw.Draw(canvas)
    for corners, colour in zip(triangles.tolist(), colours.tolist(), strict=True):
        draw.polygon(corners, tuple(colour))
    return canvas


def _corners(picture: Image.Image, rng: Noise, across: int) -> tuple[Floats, Floats]:
    """A grid of points, each moved to the strongest edge close by."""
    gap = max(6, round(unit_of(picture) / across))
    edges = floats(blurred(lines(picture, 2.0), 0.002))
    rows, columns = picture.height // gap + 2, picture.width // gap + 2
    base = np.mgrid[0:rows, 0:columns][::-1].astype(np.float32) * gap
    best = np.full((rows, columns), 12.0, np.float32)
    spots = base + rng.uniform(-gap, gap, base.shape).astype(np.float32) * 0.44
    for _ in range(14):
        others = base + rng.uniform(-gap, gap, base.shape).astype(np.float32) * 0.48
        strength = edges[pixels_at(others, picture.size)]
        stronger = strength > best
        best[stronger] = strength[stronger]
        spots[:, stronger] = others[:, stronger]
    x, y = spots
    x[:, 0], y[0] = 0, 0
    x[:, -1], y[-1] = picture.width + gap, picture.height + gap
    return x, y


def stained_glass(picture: Image.Image, rng: Noise, subject: Image.Image) -> Image.Image:
    """Coloured glass in lead: cells cut along the colours, and each thing in whole pieces."""
    unit = unit_of(picture)
    inside = np.asarray(subject) > 128
    coarse, fine = (few_inks(blurred(picture, b), 8 + 8 * n) for n, b in enumerate((0.013, 0.005)))
    panes = cells(picture.size, rng, unit / 8, 0.45) * 8 + np.asarray(coarse, np.int32) + 16
    panes = np.where(inside, np.asarray(fine, np.int32), panes)
    glass = ImageEnhance.Color(averaged(picture, panes)).enhance(1.7)
    streaks = shades(grain(picture.size, rng, max(3, unit // 60), 170))[..., None]
    lit = floats(glass) * (0.75 + 0.5 * streaks) + 14
    rim = seams(inside.astype(np.int32), max(3, unit // 90))
    lead = ImageChops.lighter(rim, seams(np.where(inside, 0, panes), max(3, unit // 150)))
    lit *= 1 - shades(blurred(lead, 0.012))[..., None] * 0.5
    lead = ImageChops.lighter(lead, seams(panes, 1).filter(ImageFilter.SMOOTH))
    return inked(image(lit), lead, (22, 20, 24))


def mosaic(picture: Image.Image, rng: Noise, subject: Image.Image) -> Image.Image:
    """Small stones in mortar, cut along the things' outlines."""
    unit = unit_of(picture)
    inside = (np.asarray(subject) > 200).astype(np.int32)
    stones = cells(picture.size, rng, max(5.0, unit / 58), 0.22) * 2 + inside
    rich = ImageEnhance.Color(ImageEnhance.Contrast(picture).enhance(1.2)).enhance(1.35)
    laid = floats(averaged(rich, stones))
    tones = rng.uniform(0.84, 1.14, int(stones.max()) + 1).astype(np.float32)
    mortar = seams(stones, max(1, unit // 400))
    shaped = relief(ImageOps.invert(blurred(mortar, 0.003)), 0.004).clip(0.8, 1.2)
    laid = laid * tones[stones][..., None] * shaped
    return inked(image(laid), mortar, (126, 120, 112))


def cubist(picture: Image.Image, rng: Noise) -> Image.Image:
    """Shards of the picture, each a little moved and turned to ochre, grey or blue."""
    width, height = picture.size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    label = np.zeros((height, width), np.int32)
    for n in range(7):
        angle = rng.uniform(0, np.pi)
        through = rng.uniform(0.22, 0.78, 2) * (width, height)
        side = (x - through[0]) * np.sin(angle) + (y - through[1]) * np.cos(angle)
        label |= (side > 0).astype(np.int32) << n
    unit = unit_of(picture)
    shift = rng.uniform(-0.055, 0.055, (2, 128)).astype(np.float32) * unit
    zoom = rng.uniform(0.88, 1.12, 128).astype(np.float32)[label]
    from_x = (width / 2 + (x - width / 2) * zoom + shift[0][label]).astype(np.int32)
    from_y = (height / 2 + (y - height / 2) * zoom + shift[1][label]).astype(np.int32)
    moved = floats(flat(picture, 28))[from_y.clip(0, height - 1), from_x.clip(0, width - 1)]
    palette = np.array(
        [(196, 150, 92), (120, 134, 146), (72, 104, 148), (214, 190, 150), (150, 84, 60)],
        np.float32,
    )
    wash = palette[rng.integers(0, len(palette), 128)][label]
    slope = ((x / width + y / height) * 3 + (label % 7) / 7.0) % 1
    toned = (moved * 0.62 + wash * 0.38) * (0.82 + 0.3 * slope)[..., None]
    ink = ImageChops.lighter(seams(label, max(2, unit // 200)), lines(image(moved), 2.2))
    return textured(inked(image(toned), ink, (34, 28, 30)), rng, 2, 226)


def paper_cut(picture: Image.Image, rng: Noise) -> Image.Image:
    """Sheets of coloured paper above each other, each with its shadow and a bright edge."""
    unit = unit_of(picture)
    sheets = few_inks(blurred(picture, 0.003), 26)
    label = np.asarray(sheets)
    colours = floats(sheets.convert("RGB"))
    tone = colours @ np.array((0.3, 0.59, 0.11), np.float32)
    order = {n: tone[label == n].mean() for n in np.unique(label)}
    rank = np.zeros(256, np.uint8)
    for place, n in enumerate(sorted(order, key=lambda n: -order[n])):
        rank[n] = place
    layers = rank[label]
    shade = np.zeros(label.shape, np.float32)
    drop = max(2, unit // 90)
    for level in range(4, len(order), 6):
        above = Image.fromarray((layers >= level).astype(np.uint8) * 255)
        fall = ImageChops.offset(blurred(above, 0.008), drop, drop)
        shade = np.maximum(shade, shades(fall) * (layers < level))
    lit = relief(Image.fromarray(layers * 7).filter(ImageFilter.SMOOTH), 0.006).clip(0.9, 1.12)
    cut = colours * (1 - 0.42 * shade)[..., None] * lit * 1.03
    return textured(image(cut), rng, 2, 236)


def clay(picture: Image.Image, rng: Noise) -> Image.Image:
    """Rounded lumps with thumb prints."""
    unit = unit_of(picture)
    soft = ImageEnhance.Color(picture.filter(ImageFilter.MedianFilter(5))).enhance(1.2)
    hollow = ImageOps.invert(blurred(lines(soft, 2.4, thick=True), 0.012))
    prints = blurred(grain(picture.size, rng, max(4, unit // 40), 205), 0.005)
    lit = relief(ImageChops.multiply(hollow, prints), 0.03).clip(0.66, 1.4)
    shaded = floats(blurred(soft, 0.0012)) * lit * (0.72 + 0.3 * shades(hollow))[..., None]
    return image(shaded + 6)


def render(picture: Image.Image, rng: Noise) -> Image.Image:
    """Smooth solid shapes under a soft lamp."""
    soft = picture.filter(ImageFilter.MedianFilter(5))
    hollow = ImageOps.invert(blurred(lines(soft, 2.2, thick=True), 0.02))
    lit = relief(hollow, 0.05).clip(0.75, 1.35)
    shaded = floats(soft) * lit * (0.8 + 0.22 * shades(hollow))[..., None]
    shine = floats(blurred(image(floats(soft) * (lit - 1).clip(0, 1) * 2), 0.006))
    return image(shaded + shine * 0.5)


def mondrian(picture: Image.Image, rng: Noise) -> Image.Image:
    """A grid of black bars; what is in its fields is red, yellow, blue or white."""
    inks = ((214, 32, 36), (246, 206, 40), (26, 70, 160), (246, 244, 236), (30, 30, 34))
    rich = ImageEnhance.Color(picture.filter(ImageFilter.MedianFilter(5))).enhance(1.8)
    page = in_inks(rich, inks)
    bars = Image.new("L", picture.size)
    draw, wide = ImageDraw.Draw(bars), max(4, unit_of(picture) // 48)
    for across, size in enumerate(picture.size):
        for at in np.cumsum(rng.uniform(0.12, 0.3, 8)) * size:
            ends = (0, at, picture.width, at) if across else (at, 0, at, picture.height)
            draw.line(ends, 255, wide)
    ink = ImageChops.lighter(bars, lines(page, 3.0, thick=True))
    return inked(page, ink, (24, 24, 28))
