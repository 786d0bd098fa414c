"""Files that are built to be expensive are refused by their structure, and no others are."""

import io
import itertools
import struct
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from describe_draw import pictures, structure
from describe_draw.problems import Problem
from describe_draw.reading import read
from tests.support import EXAMPLES, settings

Files = dict[str, Callable[[], bytes]]

SETTINGS = settings()
MOST_PIXELS = 64_000_000
LONG = 4_000_000
"""Bytes of a file that is long by repetition: as bad as one of 20 MB, and sooner written."""

REFUSED = ("too_complex", "too_many_pixels")


def encoded(picture, name, **options):
    data = io.BytesIO()
    picture.save(data, name, **options)
    return data.getvalue()


def repeated(piece, length=LONG):
    return piece * (length // len(piece))


# JPEG


def segment(marker, content):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(*, scans, width, height, frame=0xC2):
    """A grey JPEG of almost no data: every scan says that nothing changes."""
    single = bytes([1, *[0] * 15])
    tables = (
        segment(0xDB, b"\0" + b"\1" * 64)
        + segment(0xC4, b"\0" + single + b"\0")
        + segment(0xC4, b"\x10" + single + b"\xe0")
    )
    head = segment(frame, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    first = segment(0xDA, b"\1\1\0\0\0\0") + bytes(width * height // 512 + 1)
    more = segment(0xDA, b"\1\1\0\1\x3f\x10") + b"\x7f\xfc" * (width * height // 64 // 32767 + 1)
    return b"\xff\xd8" + tables + head + first + more * scans + b"\xff\xd9"


def with_segments(content):
    small = encoded(Image.new("RGB", (64, 64), "teal"), "JPEG")
    return small[:2] + content + small[2:]


JPEGS = {
    "scans": lambda: jpeg(scans=15_000, width=2000, height=2000),
    "scans-of-a-large-one": lambda: jpeg(scans=80, width=8000, height=8000),
    "arithmetic-scans": lambda: jpeg(scans=20, width=8000, height=8000, frame=0xCA),
    "comments": lambda: with_segments(repeated(segment(0xFE, b""))),
    "comments-behind-an-end": lambda: with_segments(b"\xff\xd9" + repeated(segment(0xFE, b""))),
    "markers": lambda: with_segments(repeated(b"\xff\xd0")),
    "small-exif": lambda: with_segments(repeated(segment(0xE1, b"Exif\0\0x"))),
    "many-exif": lambda: with_segments(repeated(segment(0xE1, b"Exif\0\0" + b"x" * 4000))),
    "filling": lambda: with_segments(b"\xff" * LONG),
    "stuffing": lambda: with_segments(b"\xff\0" * (LONG // 2)),
    "components": lambda: with_segments(repeated(segment(0xC0, b"\x08\0@\0@\x03" + bytes(65_000)))),
}

# PNG


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(
        ">I", zlib.crc32(kind + content)
    )  # fmt: skip


def head(width, height, colours=2, depth=8):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))


def png(before=b"", after=b"", pixels=None, first=None):
    if pixels is None:
        pixels = chunk(b"IDAT", zlib.compress(bytes(193 * 64)))
    end = chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + (first or head(64, 64)) + before + pixels + after + end


def packed(text, kind=b"zTXt", key=b""):
    between = {b"zTXt": b"\0\0", b"iCCP": b"\0\0", b"iTXt": b"\0\1\0\0\0"}[kind]
    return chunk(kind, key + between + zlib.compress(text, 9))


def animated(side):
    """The control chunks of an animation that clears its canvas."""
    control = struct.pack(">IIIIIHHBB", 0, side, side, 0, 0, 1, 10, 1, 0)
    return chunk(b"acTL", struct.pack(">II", 2, 0)) + chunk(b"fcTL", control)


NOTHING = chunk(b"prVt", b"")
MEGABYTE = b"a" * 1_000_000
PNGS = {
    "chunks": lambda: png(before=repeated(NOTHING)),
    "late-chunks": lambda: png(after=repeated(NOTHING)),
    "empty-pixels": lambda: png(pixels=repeated(chunk(b"IDAT", b""))),
    "texts": lambda: png(before=repeated(chunk(b"tEXt", b"k\0v"))),
    "profiles": lambda: png(before=packed(MEGABYTE, b"iCCP", b"x") * 2000),
    "nameless-texts": lambda: png(before=packed(MEGABYTE) * 2000),
    "late-nameless-texts": lambda: png(after=packed(MEGABYTE) * 2000),
    "no-texts": lambda: png(before=packed(b"\xff" * 1_000_000, b"iTXt", b"k") * 2000),
    "whites": lambda: png(before=chunk(b"cHRM", bytes(LONG))),
    "canvas": lambda: png(animated(30_000), first=head(30_000, 30_000)),
    "second-head": lambda: png(head(30_000, 30_000) + animated(30_000)),
    "large-animation": lambda: png(animated(8000), first=head(8000, 8000)),
    "long": lambda: encoded(Image.new("RGBA", (1_000_000, 1)), "PNG"),
}

# TIFF and EXIF


def tag(number, kind, count, value):
    return struct.pack("<HHLL", number, kind, count, value)


def directory(*tags):
    return b"II*\0" + struct.pack("<LH", 8, len(tags)) + b"".join(tags) + bytes(4)


def tiff(*tags, width=64, height=64, bits=8, packing=1, strips=True, content=bytes(64 * 64)):
    """A grey TIFF whose data lie behind 100,000 bytes."""
    every = [
        tag(256, 4, 1, width),
        tag(257, 4, 1, height),
        tag(258, 3, 1, bits),
        tag(259, 3, 1, packing),
        tag(262, 3, 1, 1),
        tag(277, 3, 1, 1),
    ]
    if strips:
        every += [tag(273, 4, 1, 100_000), tag(278, 4, 1, height), tag(279, 4, 1, len(content))]
    return directory(*sorted([*every, *tags])).ljust(100_000, b"\0") + content


OVERLAPPING = [tag(2000 + n, 7, 1_900_000, 8) for n in range(2000)]
FRACTIONS = tag(0x9999, 5, 240_000, 64)


def tiles(width, height, count, lengths):
    """Tags of tiles; where they are and, at an offset, how long is told by the data."""
    return (
        tag(322, 4, 1, width),
        tag(323, 4, 1, height),
        tag(324, 4, count, 100_000),
        tag(325, 4, count, lengths),
    )


def tiled(count, content):
    """Data for them: each tile's place, each tile's length, and what all tiles share."""
    places = struct.pack("<L", 100_000 + 8 * count) * count
    return places + struct.pack("<L", len(content)) * count + content


TURNED = tag(0x112, 3, 1, 6)
EXIFS = {
    "overlapping": directory(TURNED, *OVERLAPPING).ljust(2_000_000, b"\1"),
    "fractions": directory(TURNED, FRACTIONS).ljust(2_000_000, b"\1"),
    "numbers": directory(TURNED, tag(0x9999, 3, 900_000, 64)).ljust(2_000_000, b"\1"),
}


def in_jpeg(exif):
    parts = [exif[at : at + 60_000] for at in range(0, len(exif), 60_000)]
    return with_segments(b"".join(segment(0xE1, b"Exif\0\0" + part) for part in parts))


def profile(exif):
    """EXIF as some programs write it into PNG: in hexadecimal digits."""
    return png(chunk(b"tEXt", b"Raw profile type exif\0\nexif\n 1\n" + exif.hex().encode()))


def in_avif(exif):
    """Pillow looks at EXIF that it writes, so this is put in the place of harmless EXIF."""
    harmless = directory(tag(256, 3, 1, 64)).ljust(len(exif), b"\1")
    return encoded(Image.new("RGB", (64, 64)), "AVIF", exif=harmless).replace(harmless, exif)


CARRIERS = {
    "jpeg": in_jpeg,
    "png": lambda exif: png(chunk(b"eXIf", exif)),
    "late-png": lambda exif: png(after=chunk(b"eXIf", exif)),
    "profile": profile,
    "webp": lambda exif: encoded(Image.new("RGB", (64, 64)), "WEBP", exif=exif),
    "avif": in_avif,
}

TIFFS = {
    "overlapping": lambda: tiff(*OVERLAPPING, content=bytes(2_000_000)),
    "fractions": lambda: tiff(FRACTIONS, content=bytes(2_000_000)),
    "resolution": lambda: tiff(tag(282, 5, 240_000, 64), content=bytes(2_000_000)),
    "hidden-fractions": lambda: tiff(
        tag(34665, 4, 1, 100_000), content=directory(FRACTIONS)[8:].ljust(2_000_000, b"\1")
    ),
    "strips": lambda: tiff(
        tag(273, 4, 300_000, 100_000), tag(278, 4, 1, 1), tag(279, 4, 1, 64),
        height=300_000, strips=False, content=bytes(1_200_000),
    ),
    "covering-tiles": lambda: tiff(
        *tiles(2000, 4000, 1000, 104_000), width=4000, height=4000, bits=1, strips=False,
        content=tiled(1000, bytes(1_000_000)),
    ),
    "huge-tile": lambda: tiff(
        tag(322, 4, 1, 30_000), tag(323, 4, 1, 30_000), tag(324, 4, 1, 100_000),
        tag(325, 4, 1, 1000), packing=8, strips=False, content=zlib.compress(bytes(1_000_000)),
    ),
    "narrow-tiles": lambda: tiff(
        *tiles(16, 1_000_000, 2000, 108_000), width=32_000, height=16, packing=8, strips=False,
        content=tiled(2000, zlib.compress(bytes(16_000_000))),
    ),
    "big": lambda: b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 200_000) + bytes(LONG),
}  # fmt: skip

# The others


def gif(*blocks):
    small = encoded(Image.new("P", (64, 64)), "GIF")
    at = 13 + 3 * 2 ** ((small[10] & 7) + 1)
    return small[:at] + b"".join(blocks) + small[at:]


def bmp(width, height, content, bits=8, packing=1):
    start = b"BM" + struct.pack("<IHHI", 0, 0, 0, 54 + 1024)
    shape = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, packing, 0, 0, 0, 256, 0)
    return start + shape + bytes(n % 251 for n in range(1024)) + content


def ico(*pictures, count=None):
    table, at = b"", 6 + 16 * len(pictures)
    for content in pictures:
        table += struct.pack("<BBBBHHII", 16, 16, 0, 0, 1, 32, len(content), at)
        at += len(content)
    return b"\0\0\1\0" + struct.pack("<H", count or len(pictures)) + table + b"".join(pictures)


def box(kind, content):
    return struct.pack(">I", len(content) + 8) + kind + content


def avif(items=0, boxes=0):
    """An AVIF that lists very many items, or has boxes of nothing."""
    small = encoded(Image.new("RGB", (64, 64)), "AVIF", speed=10)
    entry = box(b"infe", b"\3\0\0\0" + bytes(6) + b"Exif\0")
    table = box(b"iinf", b"\1\0\0\0" + struct.pack(">I", items) + entry * items)
    size = struct.unpack(">I", small[:4])[0]
    return small[:size] + box(b"free", b"") * boxes + box(b"meta", bytes(4) + table) + small[size:]


OTHERS = {
    "comment.gif": lambda: gif(b"!\xfe", repeated(b"\xff" + b"c" * 255), b"\0"),
    "letters.gif": lambda: gif(b"!\xfe", repeated(b"\1c"), b"\0"),
    "comments.gif": lambda: gif(repeated(b"!\xfe\1c\0")),
    "extensions.gif": lambda: gif(repeated(b"!\1\0")),
    "nothing.gif": lambda: gif(bytes(LONG)),
    "runs.bmp": lambda: bmp(4000, 4000, repeated(b"\1\5")),
    "stuck.bmp": lambda: bmp(64, 64, repeated(b"\xff\5", 8_000_000)),
    "lines.bmp": lambda: bmp(4000, 4000, b"\1\5\0\0" * 4000),
    "leap.bmp": lambda: bmp(3_000_000, 1, b"\0\2\xff\xff"),
    "plain.pbm": lambda: b"P1 4000 4000\n" + repeated(b"1 "),
    "plain.pgm": lambda: b"P2 4000 4000 255\n" + repeated(b"1 "),
    "plain.ppm": lambda: b"P3 4000 4000 255\n" + repeated(b"1 "),
    "odd.ppm": lambda: b"P6 4000 4000 254\n" + bytes(LONG),
    "deep.ppm": lambda: b"P6 4000 4000 65535\n" + bytes(LONG),
    "comments.pbm": lambda: b"P1 64 64\n" + repeated(b"1#\n", 900_000),
    "comments.ppm": lambda: b"P3 64 64 255\n" + repeated(b"#\n", 900_000),
    "long-comment.ppm": lambda: b"P6\n#" + b"x" * LONG + b"\n1 1 255\nabc",
    "short-comments.ppm": lambda: b"P6\n" + repeated(b"#\n") + b"\n1 1 255\nabc",
    "spaces.ppm": lambda: b"P6" + b" " * LONG + b"1 1 255\nabc",
    "canvas.ico": lambda: ico(png(animated(30_000), first=head(30_000, 30_000))),
    "large.ico": lambda: ico(png(first=head(13_000, 13_000))),
    "bitmap.ico": lambda: ico(bmp(8000, 16_000, b"", bits=1, packing=0)[14:]),
    "runs.ico": lambda: ico(bmp(64, 128, repeated(b"\xff\5"))[14:]),
    "chunks.ico": lambda: ico(png(before=NOTHING * 90_000)),
    "icons.ico": lambda: ico(bytes(16 * 65_535), count=65_535),
    "items.avif": lambda: avif(items=100_000),
    "boxes.avif": lambda: avif(boxes=100_000),
}

HOSTILE: Files = {
    **{f"{name}.jpg": make for name, make in JPEGS.items()},
    **{f"{name}.png": make for name, make in PNGS.items()},
    **{f"{name}.tif": make for name, make in TIFFS.items()},
    **OTHERS,
    **{
        f"exif-{said}-in-{name}": partial(carry, exif)
        for (name, carry), (said, exif) in itertools.product(CARRIERS.items(), EXIFS.items())
    },
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_built_to_be_expensive_is_refused_at_once(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    began = time.process_time()
    with pytest.raises(Problem) as caught:
        pictures.load(path, SETTINGS)
    assert time.process_time() - began < 2
    assert caught.value.name in REFUSED


@pytest.mark.parametrize("name", [name for name in HOSTILE if "exif" not in name])
def test_a_models_drawing_is_looked_at_likewise(name):
    content = HOSTILE[name]()
    began = time.process_time()
    with pytest.raises((OSError, Image.DecompressionBombError)):
        pictures.whole(content)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", [name for name in HOSTILE if "exif" in name])
def test_their_recipes_are_not_looked_for_at_length(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    began = time.process_time()
    try:
        assert read(path, SETTINGS, []) is None
    except Problem as problem:
        assert problem.name in REFUSED
    assert time.process_time() - began < 2


def test_tags_of_several_pictures_may_overlap_without_harm(tmp_path):
    path = tmp_path / "several.jpg"
    overlapping = directory(*(tag(n, 5, 8000, 8) for n in range(5000))).ljust(65_000, b"\0")
    path.write_bytes(with_segments(segment(0xE2, b"MPF\0" + overlapping)))
    began = time.process_time()
    assert pictures.load(path, SETTINGS).size == (64, 64)
    assert time.process_time() - began < 2


# What programs and cameras write


def noise(width, height, mode="RGB"):
    bands = np.random.default_rng(1).integers(0, 255, (height, width, 4), np.uint8)
    return Image.fromarray(bands).convert(mode)


def animation(name, **options):
    frames = [Image.new("RGB", (64, 64), (n, 200, 0)) for n in range(0, 250, 5)]
    return encoded(frames[0], name, save_all=True, append_images=frames[1:], **options)


def info(**texts):
    said = PngInfo()
    for name, text in texts.items():
        said.add_text(name, text, zip=True)
    return said


EXIF = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")


def with_exif(name):
    exif = Image.Exif()
    exif[0x0112] = 1
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0" + b"x" * 5000, 0x829A: 0.01})
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    return encoded(noise(64, 64), name, exif=exif)


USUAL: Files = {
    "progressive.jpg": lambda: encoded(noise(800, 600), "JPEG", progressive=True),
    "scans.jpg": lambda: jpeg(scans=60, width=800, height=600),
    "restarts.jpg": lambda: encoded(noise(800, 600), "JPEG", restart_marker_blocks=1),
    "metadata.jpg": lambda: with_segments(segment(0xE1, b"http:" + bytes(60_000)) * 90),
    "filled.jpg": lambda: with_segments(b"\xff" * 500),
    "moving.jpg": lambda: encoded(noise(64, 64), "JPEG") + b"\xff\xda\0\1" * 500_000,
    "several.mpo": lambda: animation("MPO"),
    "chunks.png": lambda: png(before=NOTHING * 5000),
    "texts.png": lambda: encoded(
        noise(64, 64), "PNG", pnginfo=info(**{f"k{n}": "text " * 9000 for n in range(20)})
    ),
    "moving.png": lambda: animation("PNG"),
    "moving.gif": lambda: animation("GIF", comment=b"c" * 9000, loop=0),
    "metadata.gif": lambda: gif(b"!\xff\x0bXMP DataXMP", b"\xfe" + b"x" * 254, b"\0"),
    "moving.webp": lambda: animation("WEBP"),
    "moving.avif": lambda: animation("AVIF", speed=10),
    "pages.tif": lambda: animation("TIFF"),
    "tiles.tif": lambda: tiff(
        tag(322, 4, 1, 256), tag(323, 4, 1, 256), tag(324, 4, 1, 100_000), tag(325, 4, 1, 65_536),
        strips=False, content=bytes(65_536),
    ),
    **{
        f"{packing}.tif": partial(encoded, noise(300, 200), "TIFF", compression=packing)
        for packing in ("raw", "tiff_lzw", "tiff_deflate", "packbits", "jpeg")
    },
    "runs.bmp": lambda: bmp(1000, 2, b"\xff\5\xff\6\xff\7\xeb\x09\0\0" * 2),
    "plain.ppm": lambda: b"P3\n# by hand\n64 64\n255\n" + b"200 30 40\n# red\n" * 500
    + b"200 30 40\n" * (64 * 64 - 500),
    "odd.ppm": lambda: b"P6 64 64 254\n" + bytes(64 * 64 * 3),
    "icons.ico": lambda: encoded(noise(256, 256), "ICO", sizes=[(16, 16), (64, 64), (256, 256)]),
    **{f"exif.{name}": partial(with_exif, name) for name in EXIF},
}  # fmt: skip


@pytest.mark.parametrize("name", USUAL)
def test_what_is_usual_is_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(USUAL[name]())
    assert pictures.load(path, SETTINGS).mode == "RGB"


def test_examples_are_read():
    for path in EXAMPLES.glob("*.*g"):
        assert pictures.load(path, SETTINGS).mode == "RGB"


@pytest.fixture
def every_picture_is_large(monkeypatch):
    monkeypatch.setattr(pictures, "LARGE", 1000)
    monkeypatch.setattr(pictures, "BAND", 20_000)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA", "I;16"])
@pytest.mark.parametrize("size", [(1001, 703), (703, 1001)])
@pytest.mark.usefixtures("every_picture_is_large")
def test_a_large_picture_in_bands_is_the_same_picture(tmp_path, mode, size):
    picture = noise(20, 14, "RGBA").resize(size, Image.Resampling.BICUBIC)
    expected = picture.convert("L" if mode == "I;16" else mode)
    path = tmp_path / "large.png"
    deep = Image.fromarray(np.asarray(expected.convert("L"), np.uint16) * 257)
    (deep if mode == "I;16" else expected).save(path)
    loaded = pictures.load(path, SETTINGS, 100)
    flat = pictures.flattened(expected).resize(loaded.size, Image.Resampling.BICUBIC)
    assert max(loaded.size) == 100
    assert np.asarray(ImageChops.difference(loaded, flat), float).mean() < 4


@pytest.mark.usefixtures("every_picture_is_large")
def test_a_large_picture_stands_upright_and_keeps_its_transparency(tmp_path):
    picture = Image.new("P", (1000, 700), 1)
    picture.putpalette([0, 0, 0, 220, 30, 40])
    picture.paste(0, (0, 0, 1000, 350))
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "large.png"
    picture.save(path, transparency=0, exif=exif)
    loaded = pictures.load(path, SETTINGS, 100)
    assert loaded.size == (70, 100)
    assert loaded.getpixel((60, 50)) == (255, 255, 255)
    assert loaded.getpixel((10, 50)) == (220, 30, 40)


def test_a_long_picture_of_deep_grey_is_scaled(tmp_path):
    path = tmp_path / "deep.png"
    Image.new("I;16", (6000, 40), 32768).save(path)
    loaded = pictures.load(path, SETTINGS)
    assert loaded.size == (1024, 7)
    assert loaded.getpixel((500, 3)) == (127, 127, 127)


@pytest.mark.parametrize("name", ["EPS", "PDF", "TGA", "PCX", "SGI"])
def test_a_models_drawing_has_a_picture_format(name, monkeypatch):
    monkeypatch.setattr("PIL.EpsImagePlugin.Ghostscript", lambda *_: pytest.fail("it was run"))
    content = encoded(noise(64, 64), name)
    with pytest.raises(OSError):
        pictures.whole(content)
    if name != "PDF":
        with pytest.raises(OSError):
            pictures.whole(Image.open(io.BytesIO(content)))


def test_a_models_drawing_that_was_opened_is_looked_at_too():
    opened = Image.open(io.BytesIO(jpeg(scans=15_000, width=2000, height=2000)))
    with pytest.raises(structure.TooComplex):
        pictures.whole(opened)


def test_a_models_drawing_is_no_larger_than_can_be_asked_for():
    assert pictures.whole(encoded(Image.new("L", (4096, 4096)), "PNG")).size == (4096, 4096)
    with pytest.raises(Image.DecompressionBombError):
        pictures.whole(encoded(Image.new("L", (4097, 4096)), "PNG"))
    with pytest.raises(Image.DecompressionBombError):
        pictures.whole(encoded(Image.new("L", (4097, 4096)), "JPEG"))


def test_a_picture_in_memory_is_a_drawing():
    assert pictures.whole(Image.new("RGBA", (64, 64), "teal")).mode == "RGB"
    assert pictures.whole(encoded(noise(64, 64), "WEBP")).size == (64, 64)


@pytest.mark.parametrize(
    "name", ["cut.jpg", "cut.png", "cut.gif", "cut.tif", "cut.ico", "cut.avif"]
)
def test_files_cut_anywhere_are_looked_at_without_a_fault(name):
    kind = {"jpg": "JPEG", "tif": "TIFF"}.get(name[-3:], name[4:].upper())
    whole = encoded(noise(64, 64), kind)
    for end in range(0, len(whole), max(1, len(whole) // 200)):
        structure.check(whole[:end], MOST_PIXELS)


def test_large_pictures_are_decoded_one_at_a_time(tmp_path, monkeypatch):
    running, most, lock = 0, 0, threading.Lock()
    decode = pictures._decode

    def watched(*asked):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05)
        with lock:
            running -= 1
        return decode(*asked)

    monkeypatch.setattr(pictures, "_decode", watched)
    monkeypatch.setattr(pictures, "LARGE", 100)
    path = tmp_path / "large.png"
    Image.new("RGB", (20, 20)).save(path)
    with ThreadPoolExecutor(4) as threads:
        loads = [threads.submit(pictures.load, path, settings()) for _ in range(4)]
    assert {load.result().size for load in loads} == {(20, 20)}
    assert most == 1
