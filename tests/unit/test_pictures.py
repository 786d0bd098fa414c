import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from describe_draw import pictures
from describe_draw.problems import Problem
from tests.support import settings

SETTINGS = settings()
RED = (220, 30, 40)


def saved(tmp_path, picture, name, **options):
    path = tmp_path / name
    picture.save(path, **options)
    return path


def near(colour, expected, by=12):
    return all(abs(a - b) <= by for a, b in zip(colour, expected, strict=True))


def test_a_photo_comes_in_at_most_1024_pixels_a_side(tmp_path):
    path = saved(tmp_path, Image.new("RGB", (4000, 3000), RED), "photo.jpg")
    picture = pictures.load(path, SETTINGS)
    assert picture.size == (1024, 768)
    assert picture.mode == "RGB"
    assert near(picture.getpixel((5, 5)), RED)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (64, 64)])
def test_odd_sizes_are_pictures_too(tmp_path, size):
    path = saved(tmp_path, Image.new("RGB", size, RED), "odd.png")
    picture = pictures.load(path, SETTINGS)
    assert max(picture.size) == min(max(size), 1024)
    assert min(picture.size) >= 1


def test_a_phone_photo_stands_upright(tmp_path):
    photo = Image.new("RGB", (400, 300), "white")
    photo.paste(RED, (0, 0, 400, 100))
    exif = photo.getexif()
    exif[0x0112] = 6  # the camera was held upright: turn right to show
    picture = pictures.load(saved(tmp_path, photo, "phone.jpg", exif=exif, quality=95), SETTINGS)
    assert picture.size == (300, 400)
    assert near(picture.getpixel((290, 200)), RED)
    assert near(picture.getpixel((10, 200)), (255, 255, 255))


@pytest.mark.parametrize(
    ("mode", "colour", "name", "expected"),
    [
        ("RGBA", (*RED, 255), "a.png", RED),
        ("RGBA", (*RED, 0), "b.png", (255, 255, 255)),
        ("LA", (128, 255), "c.png", (128, 128, 128)),
        ("L", 128, "d.jpg", (128, 128, 128)),
        ("1", 1, "e.png", (255, 255, 255)),
        ("CMYK", (0, 255, 255, 0), "f.jpg", (254, 0, 0)),
        ("I;16", 32768, "g.png", (128, 128, 128)),
        ("I;16", 32768, "h.tif", (128, 128, 128)),
        ("F", 128.0, "i.tif", (128, 128, 128)),
    ],
)
def test_every_kind_of_pixel_becomes_rgb(tmp_path, mode, colour, name, expected):
    picture = pictures.load(saved(tmp_path, Image.new(mode, (9, 9), colour), name), SETTINGS)
    assert picture.mode == "RGB"
    assert near(picture.getpixel((4, 4)), expected, 2)


def test_a_palette_with_transparency_lies_on_white(tmp_path):
    picture = Image.new("P", (9, 9), 1)
    picture.putpalette([0, 0, 0, *RED])
    picture.paste(0, (0, 0, 4, 9))
    path = saved(tmp_path, picture, "palette.png", transparency=0)
    loaded = pictures.load(path, SETTINGS)
    assert loaded.getpixel((0, 0)) == (255, 255, 255)
    assert loaded.getpixel((8, 8)) == RED


@pytest.mark.parametrize("name", ["animation.gif", "animation.webp", "animation.png"])
def test_the_first_frame_of_an_animation_counts(tmp_path, name):
    first, second = Image.new("RGB", (9, 9), RED), Image.new("RGB", (9, 9), "blue")
    path = saved(tmp_path, first, name, save_all=True, append_images=[second])
    assert near(pictures.load(path, SETTINGS).getpixel((4, 4)), RED)


def test_a_grey_gradient_of_16_bits_keeps_its_shades(tmp_path):
    values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    picture = pictures.load(saved(tmp_path, Image.fromarray(values), "deep.png"), SETTINGS)
    assert len(np.unique(np.asarray(picture))) > 200


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_picture_is_said(nothing):
    with pytest.raises(Problem) as caught:
        pictures.load(nothing, SETTINGS)
    assert caught.value.name == "no_picture"


@pytest.mark.parametrize(
    "content",
    [b"", b"just text", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8", b"GIF89a"],
)
def test_what_is_no_picture_is_said(tmp_path, content):
    path = tmp_path / "note.jpg"
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        pictures.load(path, SETTINGS)
    assert caught.value.name in ("not_a_picture", "damaged_picture")


@pytest.mark.parametrize("name", ["cut.jpg", "cut.png", "cut.webp", "cut.gif", "cut.tif"])
def test_a_truncated_picture_is_said(tmp_path, name):
    rng = np.random.default_rng(0)
    noise = Image.fromarray(rng.integers(0, 255, (300, 300, 3), np.uint8))
    path = saved(tmp_path, noise, name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(Problem) as caught:
        pictures.load(path, SETTINGS)
    assert caught.value.name in ("not_a_picture", "damaged_picture")


def bomb(path, width, height):
    """A PNG of a few bytes whose header claims many pixels."""
    chunk = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IHDR" + chunk
    header = struct.pack(">I", len(chunk)) + data + struct.pack(">I", zlib.crc32(data))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + b"\0\0\0\0IDAT\x35\xaf\x06\x1e")
    return path


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_decompression_bomb_is_refused_by_its_header(tmp_path, side, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))
    with pytest.raises(Problem) as caught:
        pictures.load(bomb(tmp_path / "bomb.png", side, side), SETTINGS)
    assert caught.value.name == "too_many_pixels"
    assert "64 megapixels" in str(caught.value)


def test_a_file_past_the_upload_limit_is_refused(tmp_path):
    path = tmp_path / "big.png"
    path.write_bytes(b"\0" * (1024 * 1024 + 1))
    with pytest.raises(Problem) as caught:
        pictures.load(path, settings(max_upload_mb=1))
    assert caught.value.name == "upload_too_big"


def test_a_drawing_keeps_its_text_chunks(tmp_path):
    path = tmp_path / "drawing.png"
    png = pictures.png(Image.new("RGB", (64, 64), RED))
    path.write_bytes(pictures.with_texts(png, {"parameters": "a dog 狗"}))
    assert Image.open(path).info == {"parameters": "a dog 狗"}


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("A dog, in a park!", "a-dog-in-a-park-42.png"),
        ("公园里的狗", "公园里的狗-42.png"),
        ("../../etc/passwd", "etc-passwd-42.png"),
        ("!!!", "drawing-42.png"),
        ("word " * 100, "word-word-word-word-word-word-word-word-word-wor-42.png"),
    ],
)
def test_a_download_is_named_after_what_it_shows(prompt, name):
    assert pictures.file_name(prompt, 42) == name
