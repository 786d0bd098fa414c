"""Drawn styles: pencil, charcoal, chalk, plans, pages to colour in."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from .textures import Noise, blurred, floats, grain, image, lines, shades, sheet, textured, unit_of


def sketch(picture: Image.Image, rng: Noise, subject: Image.Image) -> Image.Image:
    """Pencil lines where colours meet, hatching in the shade; surroundings only hinted at."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=1)
    width, height = picture.size
    drawn = ImageOps.invert(picture.filter(ImageFilter.FIND_EDGES).convert("L"))
    drawn = drawn.point(lambda v: max(0, 255 - (255 - v) * 3))
    y, x = np.ogrid[0:height, 0:width]
    period = max(4, min(width, height) // 80)
    hatch = ((x + y) % period < period * 0.4) * 70
    tone = floats(grey)
    shade = 255 - hatch * np.clip((150 - tone) / 110, 0, 1) - (255 - tone) * 0.22
    away = np.hypot((x / width - 0.5) * 2, (y / height - 0.55) * 2)
    near = np.maximum(shades(blurred(subject, 0.004)), (0.75 * (1.5 - away)).clip(0, 0.75))
    kept = 255 - (255 - np.minimum(floats(drawn), shade)) * near
    soft = ImageChops.multiply(image(kept), grain(picture.size, rng, 2, 236))
    return ImageOps.colorize(soft, (36, 36, 44), (252, 249, 242))


def charcoal(picture: Image.Image, rng: Noise) -> Image.Image:
    """Smudged black on rough paper."""
    grey = ImageOps.autocontrast(picture.convert("L"), cutoff=2)
    rough = shades(grain(picture.size, rng, 2, 40))
    smudge = 1 - shades(blurred(grey.filter(ImageFilter.MedianFilter(5)), 0.008))
    tone = (smudge * 1.15 - 0.12).clip(0, 1) ** 1.2 * (0.45 + 0.55 * rough)
    stroke = shades(blurred(lines(picture, 3.0, thick=True), 0.002))
    tone = np.maximum(tone, stroke * (0.5 + 0.5 * rough))
    return ImageOps.colorize(image(255 * (1 - tone * 0.92)), (30, 28, 28), (240, 234, 222))


def line_art(picture: Image.Image, rng: Noise) -> Image.Image:
    """Black lines on white, nothing else."""
    drawn = ImageOps.invert(lines(picture.filter(ImageFilter.MedianFilter(3)), 4.0, thick=True))
    return drawn.convert("RGB")


def blueprint(picture: Image.Image, rng: Noise) -> Image.Image:
    """White lines on blue squared paper."""
    unit = unit_of(picture)
    plan = sheet(picture.size, (26, 74, 148))
    draw = ImageDraw.Draw(plan)
    for number, at in enumerate(range(0, max(picture.size), max(8, unit // 32))):
        faint = (62, 110, 182) if number % 4 == 0 else (40, 90, 164)
        draw.line((at, 0, at, picture.height), faint)
        draw.line((0, at, picture.width, at), faint)
    edge = max(4, unit // 36)
    box = (edge, edge, picture.width - edge, picture.height - edge)
    draw.rectangle(box, outline=(206, 226, 246), width=max(1, unit // 250))
    tone = image(floats(picture.convert("L")) * 0.16)
    plan = ImageChops.screen(plan, tone.convert("RGB"))
    drawn = lines(picture, 3.4)
    return textured(Image.composite(sheet(picture.size, (236, 244, 252)), plan, drawn), rng, 2, 230)


def chalk(picture: Image.Image, rng: Noise) -> Image.Image:
    """Coloured chalk on a blackboard."""
    board = floats(sheet(picture.size, (38, 58, 50)))
    board *= shades(grain(picture.size, rng, max(6, unit_of(picture) // 10), 200))[..., None]
    rough = shades(grain(picture.size, rng, 2, 20))
    pale = ImageEnhance.Brightness(Image.blend(picture, sheet(picture.size), 0.4)).enhance(1.1)
    fill = 0.42 * shades(picture.convert("L")) * rough**2
    stroke = shades(blurred(lines(picture, 4.5, thick=True), 0.0012)) * (0.55 + 0.45 * rough)
    share = np.maximum(fill, stroke)[..., None]
    return image(board * (1 - share) + floats(pale) * share)
