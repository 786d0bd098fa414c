"""Odd, broken and crafted files in a picture's place: each ends in an answer or in one sentence."""

import asyncio
import base64
import io
import itertools
import os
import random
import re
import struct
import subprocess
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image, ImageCms

from describe_draw import pictures
from describe_draw.problems import EngineProblem, Problem
from tests.support import App, serving, settings, tracebacks
from tests.visitors import called, upload, visitor

pytestmark = pytest.mark.filterwarnings("ignore")  # Pillow's, about whatever is odd

Files = Iterable[tuple[str, bytes]]
"""Names, from which each file is known in a failure, and what is in them."""

DEADLINE = 30
MODES = ("1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr", "LAB",
         "HSV", "I", "F", "I;16", "I;16L", "I;16B", "I;16N")  # fmt: skip
TOLD = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")
"""The formats that the app tells people to use."""

SIDES = ((1, 1), (2, 1), (1, 2), (17, 3), (16, 16), (3000, 1), (1, 3000), (1025, 2))
EXIF = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")
SCRIPT = b"<script>alert(1)</script>"
FAKES = ("gs", "gswin32c", "gswin64c", "djpeg", "ffmpeg", "convert", "inkscape", "rsvg-convert")
"""Programs that picture libraries like to call."""

LANGUAGES = ({"accept-language": "en"}, {"accept-language": "zh-CN"})


def noise(mode: str, size: tuple[int, int], seed: int = 1) -> Image.Image:
    """A picture of any mode whose every byte is by chance: in floats also NaN and infinity."""
    picture = Image.new(mode, size)
    content = random.Random(f"{mode}{size}{seed}").randbytes(len(picture.tobytes()))
    picture.frombytes(content)
    if mode in ("P", "PA"):
        picture.putpalette(random.Random(seed).randbytes(768))
    return picture


def scene(mode: str = "RGB", size: tuple[int, int] = (32, 24)) -> Image.Image:
    """A picture with large plain parts."""
    rows, columns = np.mgrid[: size[1], : size[0]]
    planes = [8 * rows, 8 * columns, 200 * (rows > columns)]
    return Image.fromarray(np.stack(planes, axis=-1).astype(np.uint8)).convert(mode)


def encoded(picture: Image.Image, name: str, **options: object) -> bytes:
    """A picture's file; empty where Pillow doesn't write this kind of picture so."""
    data = io.BytesIO()
    try:
        picture.save(data, name, **options)
    except Exception:  # whatever its writer thinks of the mode
        return b""
    return data.getvalue()


def written() -> Iterator[tuple[str, bytes]]:
    """Every mode in every format that Pillow writes."""
    Image.init()
    formats = sorted(Image.SAVE.keys() - {"ICNS"})  # which has a picture of 1024 pixels in it
    yield "mode-RGB.ICNS", encoded(scene(), "ICNS")
    for name, mode in itertools.product(formats, MODES):
        yield f"mode-{mode}.{name}", encoded(noise(mode, (16, 12)), name)


def sized() -> Iterator[tuple[str, bytes]]:
    for name, (width, height) in itertools.product([*TOLD, "ICO", "PPM"], SIDES):
        only = {"sizes": [(min(width, 256), min(height, 256))]} if name == "ICO" else {}
        yield f"size-{width}x{height}.{name}", encoded(noise("RGB", (width, height)), name, **only)


def turned() -> Iterator[tuple[str, bytes]]:
    """Every way up that EXIF knows, and a few that it doesn't."""
    for name, way in itertools.product(EXIF, [*range(10), 255, 65535, "6"]):
        exif = Image.Exif()
        exif[0x0112] = way
        yield f"turned-{way}.{name}", encoded(scene(), name, exif=exif)


def described() -> Iterator[tuple[str, bytes]]:
    """Colour profiles, and EXIF that is none."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    chance = random.Random(2).randbytes(500)
    odd = {
        "whole": profile,
        "half": profile[: len(profile) // 2],
        "chance": chance,
        "one-byte": b"\0",
        "much": chance * 150,
    }
    for name, (said, content) in itertools.product(EXIF, odd.items()):
        yield f"profile-{said}.{name}", encoded(scene(), name, icc_profile=content)
        yield f"profile-cmyk-{said}.{name}", encoded(scene("CMYK"), name, icc_profile=content)
        yield f"exif-{said}.{name}", encoded(scene(), name, exif=b"Exif\0\0MM\0*" + content)


def see_through() -> Iterator[tuple[str, bytes]]:
    colours = {
        "P": (0, b"\0\x80\xff", b""),
        "L": (0, 300),
        "RGB": ((8, 8, 0), (999, 0, 0)),
        "1": (1,),
    }
    for mode, clear in ((mode, clear) for mode, given in colours.items() for clear in given):
        for name in ("PNG", "GIF"):
            yield f"clear-{mode}-{clear!r}.{name}", encoded(scene(mode), name, transparency=clear)


def moving() -> Iterator[tuple[str, bytes]]:
    """Animations, whose first picture counts."""
    for name, mode in itertools.product((*TOLD, "MPO"), ("RGB", "RGBA", "P", "L")):
        more = [noise(mode, (32, 24), seed) for seed in range(3)]
        options = {"save_all": True, "append_images": more, "duration": 0, "loop": 0}
        yield f"moving-{mode}.{name}", encoded(scene(mode), name, **options)


def otherwise() -> Iterator[tuple[str, bytes]]:
    """What else Pillow's writers know to do."""
    ways: dict[str, list[dict[str, Any]]] = {
        "JPEG": [{"progressive": True}, {"quality": 1}, {"subsampling": 2}, {"comment": SCRIPT},
                 {"restart_marker_blocks": 1}, {"dpi": (65535, 1)}, {"keep_rgb": True}],
        "PNG": [{"bits": 1}, {"bits": 2}, {"compress_level": 0}, {"dpi": (0, 0)}],
        "GIF": [{"interlace": 1}, {"interlace": 0}, {"comment": SCRIPT}, {"disposal": 3}],
        "WEBP": [{"lossless": True}, {"quality": 0}, {"method": 6}, {"exact": True}],
        "TIFF": [{"compression": way} for way in ("tiff_lzw", "packbits", "tiff_deflate", "zstd",
                 "tiff_adobe_deflate", "lzma", "raw")] + [{"tiled": True}, {"strip_size": 1}],
        "BMP": [{"bits": 32}], "ICO": [{"bitmap_format": "bmp"}, {"sizes": [(1, 1), (256, 256)]}],
        "AVIF": [{"quality": 0}, {"speed": 10, "subsampling": "4:0:0"}],
    }  # fmt: skip
    for name, options in ((name, option) for name, given in ways.items() for option in given):
        for mode in ("RGB", "P", "1", "CMYK"):
            yield f"way-{mode}-{options}.{name}", encoded(scene(mode), name, **options)
    for way in ("group3", "group4", "tiff_ccitt"):  # libtiff breaks down where it gets other modes
        yield f"way-{way}.TIFF", encoded(scene("1"), "TIFF", compression=way)


def chunk(kind: bytes, content: bytes = b"", length: int | None = None) -> bytes:
    """A PNG's chunk, of its own length unless another is said."""
    said = struct.pack(">I", len(content) if length is None else length)
    return said + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(head: tuple[int, int, int, int, int], pixels: bytes, *chunks: bytes) -> bytes:
    """A PNG by hand: width, height, bits, colour type, interlaced; its raw lines; more chunks."""
    width, height, bits, colours, interlaced = head
    first = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colours, 0, 0, interlaced))
    lines = chunk(b"IDAT", zlib.compress(pixels))
    return b"\x89PNG\r\n\x1a\n" + first + b"".join(chunks) + lines + chunk(b"IEND")


def woven(picture: Image.Image) -> bytes:
    """The lines of an interlaced PNG (Adam7)."""
    values = np.asarray(picture)
    steps = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
             (0, 1, 1, 2))  # fmt: skip
    passes = (values[y::down, x::right] for x, y, right, down in steps)
    return b"".join(b"\0" + line.tobytes() for lines in passes for line in lines if line.size)


def crafted() -> Iterator[tuple[str, bytes]]:
    """PNGs that no program writes."""
    small, line = (4, 1, 8, 2, 0), b"\0" + bytes(12)
    yield "interlaced.png", png((32, 24, 8, 2, 1), woven(scene()))
    yield "interlaced-too-short.png", png((32, 24, 8, 2, 1), line)
    for head in itertools.product((0, 4, 2**31 - 1), (0, 1, 2**31 - 1), (0, 3, 8, 16), (2, 3, 5)):
        yield f"head-{head}.png", png((*head, 0), line)
    bomb = zlib.compress(bytes(20_000_000), 9)
    parts = {
        "profile-bomb": chunk(b"iCCP", b"a\0\0" + bomb),
        "text-bomb": chunk(b"zTXt", b"parameters\0\0" + bomb),
        "international-bomb": chunk(b"iTXt", b"parameters\0\1\0\0\0" + bomb),
        "profile-no-name": chunk(b"iCCP", b""),
        "profile-no-zlib": chunk(b"iCCP", b"a\0\0" + b"no zlib"),
        "text-no-name": chunk(b"tEXt", b"\0\0\0"),
        "text-long": chunk(b"tEXt", b"parameters\0" + b"a" * 2_000_000),
        "many-texts": b"".join(chunk(b"tEXt", b"%d\0a" % n) for n in range(20_000)),
        "international-odd": chunk(b"iTXt", b"a\0\7\7\xff\0\xff\0\xff"),
        "exif-odd": chunk(b"eXIf", b"MM\0*\xff\xff\xff\xff"),
        "clear-odd": chunk(b"tRNS", b"\0"),
        "no-palette": chunk(b"PLTE", b""),
        "long-palette": chunk(b"PLTE", b"a" * 3000),
        "uneven-palette": chunk(b"PLTE", b"abcd"),
        "endless-animation": chunk(b"acTL", b"\xff" * 8),
        "frame-out-of-place": chunk(b"fcTL", b"\xff" * 26),
        "second-head": chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 6, 0, 0, 0)),
        "unknown-critical": chunk(b"ABCD", b"a"),
        "no-letters": chunk(b"\0\1\2\3", b"a"),
        "scale-odd": chunk(b"pHYs", b"\0"),
        "gamma-zero": chunk(b"gAMA", bytes(4)),
        "empty-pixels": chunk(b"IDAT", b"") * 3000,
        "chunk-beyond-the-end": chunk(b"tEXt", b"a", 2**31 - 1),
        "chunk-longest": chunk(b"tEXt", b"a", 2**32 - 1),
    }
    for said, part in parts.items():
        yield f"{said}.png", png(small, line, part)
        yield f"{said}-palette.png", png((4, 1, 8, 3, 0), line, part)
    yield "too-much.png", png(small, line * 1_000_000)


@cache
def whole() -> dict[str, bytes]:
    """One good file of every kind that the app opens, to be damaged."""
    exif = Image.Exif()
    exif[0x0112] = 6
    more = [noise("RGB", (32, 24), seed) for seed in range(2)]
    animated = {"save_all": True, "append_images": more}
    return {
        "a.jpg": encoded(scene(), "JPEG", exif=exif, comment=b"hello", dpi=(72, 72)),
        "progressive.jpg": encoded(scene(), "JPEG", progressive=True),
        "cmyk.jpg": encoded(scene("CMYK"), "JPEG"),
        "several.mpo": encoded(scene(), "MPO", **animated),
        "a.png": encoded(scene(), "PNG", exif=exif),
        "palette.png": encoded(scene("P"), "PNG", transparency=b"\0\x80"),
        "moving.png": encoded(scene(), "PNG", **animated),
        "a.webp": encoded(scene(), "WEBP", exif=exif),
        "moving.webp": encoded(scene("RGBA"), "WEBP", **animated),
        "a.gif": encoded(scene(), "GIF", comment=b"hello"),
        "moving.gif": encoded(scene(), "GIF", **animated),
        "a.bmp": encoded(scene(), "BMP"),
        "palette.bmp": encoded(scene("P"), "BMP"),
        "a.tif": encoded(scene(), "TIFF", exif=exif),
        "lzw.tif": encoded(scene(), "TIFF", compression="tiff_lzw"),
        "jpeg.tif": encoded(scene(), "TIFF", compression="jpeg"),
        "a.avif": encoded(scene(), "AVIF", exif=exif),
        "a.ico": encoded(scene(), "ICO", sizes=[(16, 16), (32, 24)]),
        "bitmap.ico": encoded(scene(), "ICO", bitmap_format="bmp"),
        "a.ppm": encoded(scene(), "PPM"),
    }


def truncated() -> Iterator[tuple[str, bytes]]:
    """Cut after every tenth, and just before the end."""
    for name, content in whole().items():
        for tenth in range(10):
            yield f"{tenth}-tenths-of-{name}", content[: len(content) * tenth // 10]
        yield f"last-byte-off-{name}", content[:-1]


def flipped() -> Iterator[tuple[str, bytes]]:
    """Some bytes changed by chance, half of the time among the first hundred."""
    for name, content in whole().items():
        chance = random.Random(name)
        for number in range(20):
            changed = bytearray(content)
            for _ in range(1 + number // 4):
                reach = min(100, len(content)) if number % 2 else len(content)
                changed[chance.randrange(reach)] ^= 1 << chance.randrange(8)
            yield f"flipped-{number}-{name}", bytes(changed)


def overlong() -> Iterator[tuple[str, bytes]]:
    """Whatever length stands anywhere in a head is as long as can be said."""
    for name, content in whole().items():
        for place in range(2, min(len(content) - 4, 60), 3):
            yield (
                f"longest-at-{place}-{name}",
                content[:place] + b"\xff" * 4 + content[place + 4 :],
            )


def renamed() -> Iterator[tuple[str, bytes]]:
    """Parts that are gone, as far as their names tell."""
    parts = {
        "a.avif": "ftyp meta hdlr pitm iloc iinf infe iprp ipco ispe pixi av1C colr ipma mdat avif",
        "moving.webp": "RIFF WEBP VP8X ANIM ANMF ALPH VP8L",
        "a.webp": "RIFF WEBP VP8X EXIF",
        "moving.png": "IHDR acTL fcTL IDAT fdAT IEND",
        "palette.png": "IHDR PLTE tRNS IDAT IEND",
    }
    for name, part in ((name, part) for name, named in parts.items() for part in named.split()):
        content = whole()[name]
        yield f"without-{part}-{name}", content.replace(part.encode(), b"free")
        yield f"only-to-{part}-{name}", content[: content.find(part.encode()) + 4]


def swapped() -> Iterator[tuple[str, bytes]]:
    """One kind under the name of another, and one kind's body after another's magic number."""
    for (name, content), (other, body) in itertools.permutations(whole().items(), 2):
        if name.startswith("a.") and other.startswith("a."):
            yield f"is-{name}-named-{other}", content
            yield f"{name}-then-{other}", content[:8] + body[8:]


def polyglots() -> Iterator[tuple[str, bytes]]:
    """Files that are two things at once."""
    page = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("../../evil.py", "print(1)")
    document = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
    for name, content in whole().items():
        yield f"page-after-{name}", content + page
        yield f"zip-after-{name}", content + packed.getvalue()
        yield f"document-before-{name}", document + content
        yield f"program-before-{name}", b"#!/bin/sh\ntouch /tmp/pwned\n" + content
    yield "program.gif", b"GIF89a=1;alert(1)//" + whole()["a.gif"][19:]
    yield "program.bmp", b"BM=1;/*" + whole()["a.bmp"][7:] + b"*/alert(1)"


POSTSCRIPT = b"""%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 32 24
%%EndComments
(%pipe%touch pwned) (w) file closefile
%%EOF
"""
SVG = b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + (
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><text>&x;</text></svg>'
)


def no_pictures() -> Iterator[tuple[str, bytes]]:
    """Other kinds of files, and kinds of pictures that the app doesn't take."""
    dos = struct.pack("<IIIIHHHI", 0xC6D3D0C5, 32, len(POSTSCRIPT), 0, 0, 0, 0xFFFF, 0)
    windows = struct.pack("<IHHHHHIIIH", 0x9AC6CDD7, 0, 0, 0, 99, 99, 1440, 0, 0, 0) + bytes(40)
    contents = {
        "postscript.ps": POSTSCRIPT,
        "postscript.eps": POSTSCRIPT,
        "postscript.jpg": POSTSCRIPT,
        "postscript-of-dos.eps": dos + POSTSCRIPT,
        "vectors.svg": SVG,
        "bitmap.xbm": b"#define a_width 8\n#define a_height 1\nstatic char a_bits[] = {\n0x55};\n",
        "pixels.xpm": b'/* XPM */\nstatic char *a[] = {\n"1 1 1 1",\n"a c #ff0000",\n"a"};\n',
        "stars.fits": b"SIMPLE  =                    T".ljust(80) + b"END".ljust(2800),
        "windows.wmf": windows,
        "windows.emf": b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60),
        "layers.psd": b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 1, 1, 8, 3) + bytes(20),
        "film.fli": struct.pack("<IHHHHHH", 128, 0xAF11, 1, 8, 8, 8, 3) + bytes(110),
        "film.mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(100),
        "photo.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100),
        "wide.jxl": b"\xff\x0a" + bytes(50),
        "sound.mp3": b"ID3\3\0\0\0\0\0\0" + bytes(50),
        "packed.zip": packed_zeros(),
        "packed.gz": zlib.compress(bytes(1000), wbits=31),
        "bomb.gz": zlib.compress(bytes(10_000_000), wbits=31),
        "program": b"\x7fELF\2\1\1" + bytes(57),
        "program.exe": b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0",
        "pickled.pkl": b"cos\nsystem\n(S'touch pwned'\ntR.",
        "page.html": b"<html><body>" + SCRIPT + b"</body></html>",
        "page.jpg": b"<html><body>" + SCRIPT + b"</body></html>",
        "words.txt": b"hello\n" * 100,
        "words-of-windows.txt": "héllo 世界".encode("utf-16"),
        "data.json": b'{"a": [1, 2, 3]}',
        "empty.png": b"",
        "zeros.jpg": bytes(10_000),
        "chance.png": random.Random(3).randbytes(10_000),
        "lines.csv": b"a,b\n=cmd|' /C calc'!A0,1\n",
    }
    yield from contents.items()
    for byte in (0, 10, 0x42, 0x47, 0x50, 0x52, 0x89, 0xFF):
        yield f"one-byte-{byte:02x}.png", bytes([byte])
    magic = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"II*\0", b"MM\0*", b"P6",
             b"RIFF\xff\xff\xff\xffWEBP", b"\0\0\1\0", b"\0\0\0\x1cftypavif")  # fmt: skip
    for number, start in enumerate(magic):
        yield f"magic-{number}", start
        yield f"magic-and-zeros-{number}", start + bytes(64)
        yield f"magic-and-chance-{number}", start + random.Random(number).randbytes(200)
    yield from numbers()


def numbers() -> Iterator[tuple[str, bytes]]:
    """PPM and its kin, whose heads are numbers in words."""
    for kind in ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "Pf", "PF", "Py"):
        for head in ("1 1 1", "0 0 255", "-1 1 255", "99999 99999 255", "1 1 65536", "1 1 0",
                     "1e9 1 1", "9" * 5000, "a b c", "1 #" + "c" * 300 + "\n1 1"):  # fmt: skip
            yield f"{kind}-{head[:20]}.ppm", f"{kind}\n{head}\n".encode() + bytes(16)


def packed_zeros() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros", bytes(1_000_000))
    return packed.getvalue()


GOOD = (sized, turned, moving)
"""Makers of files that are all good."""

MAKERS = (written, sized, turned, described, see_through, moving, otherwise, crafted, truncated,
          flipped, overlong, renamed, swapped, polyglots, no_pictures)  # fmt: skip


@cache
def files() -> dict[str, bytes]:
    """Everything that is tried."""
    made = (item for maker in MAKERS for item in maker())
    return {name: content for name, content in made if content or name == "empty.png"}


def some(count: int, *makers: Callable[[], Files]) -> list[str]:
    """A fair choice among all files, and all that certain makers make."""
    chosen = random.Random(count).sample(sorted(files()), count)
    all_of = [name for maker in makers for name, _ in maker() if name in files()]
    return list(dict.fromkeys([*all_of, *chosen]))


UNTOLD = re.compile(r"Traceback|\w+(?:Error|Exception|Warning)\b|(?<![^\s'\"(])/\w|\w:\\|\.py\b")
"""What no sentence may tell: a place in the program, an exception, a path."""


def is_sentence(said: str) -> bool:
    return said.endswith((".", "。")) and len(said) <= 300 and not UNTOLD.search(said)


def test_sentences_are_told_from_other_endings():
    assert is_sentence("The picture is damaged: save it again.")
    assert is_sentence("图片已损坏：请重新保存。")
    for said in (
        "",
        "ValueError.",
        "At /tmp/a.",
        "Traceback.",
        "Something (ref 1)",
        "a" * 300 + ".",
    ):
        assert not is_sentence(said)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """An app that finds traps under the names of programs that picture libraries call."""
    folder = tmp_path_factory.mktemp("pictures")
    traps = folder / "traps"
    traps.mkdir()
    for name in FAKES:
        (traps / name).write_text(f"#!/bin/sh\necho {name} >> {folder}/started\n")
        (traps / name).chmod(0o755)
    path = f"{traps}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["gs", "-h"], env={"PATH": path}, check=True)
    assert started(folder) == "gs\n"
    (folder / "started").unlink()
    with serving(folder, PATH=path) as running:
        yield running


def started(folder: Path) -> str:
    """The traps that were stepped into."""
    told = folder / "started"
    return told.read_text() if told.exists() else ""


async def still_well(app: App) -> None:
    """Nobody noticed anything: no program was started, nothing is in the log, a cat is a cat."""
    async with visitor(app.url) as http:
        event, said = await called(http, "caption", await upload(http), "short", "")
    assert event == "complete"
    assert "cat" in said[0]
    assert started(app.log.parent) == ""
    assert tracebacks(app) == 0
    assert "unexpected" not in app.log.read_text()


def test_there_are_very_many():
    assert len(files()) >= 1800
    assert all(any(name in files() for name, _ in maker()) for maker in MAKERS)


def test_every_file_becomes_a_picture_or_a_sentence(tmp_path):
    """All of them, without the server around."""
    path, limits, ends, wrong = tmp_path / "picture", settings(), Counter[str](), []
    for name, content in files().items():
        path.write_bytes(content)
        begun = time.perf_counter()
        try:
            ends[pictures.load(path, limits).mode] += 1
        except Problem as problem:
            ends[problem.name] += 1
            wrong += [name] if isinstance(problem, EngineProblem) else []
        except Exception as error:
            wrong.append(f"{name}: {error!r}")
        wrong += [f"{name}: slow"] if time.perf_counter() - begun > DEADLINE else []
    assert wrong == []
    common = {"RGB", "not_a_picture", "damaged_picture", "too_many_pixels"}
    assert set(ends) - {"too_complex"} == common
    assert min(ends[end] for end in common) >= 15, "each end was reached"


def test_what_is_whole_is_read(tmp_path):
    path = tmp_path / "picture"
    for name, content in (item for maker in GOOD for item in maker()):
        if content:
            path.write_bytes(content)
            assert pictures.load(path, settings()).mode == "RGB", name


async def named(http: httpx.AsyncClient, name: str, content: bytes) -> dict[str, Any]:
    """A file as a call names it: uploaded under its own name, some of the small ones sent along."""
    if len(content) < 40_000 and len(name) % 4 == 0:
        return {"url": f"data:image/png;base64,{base64.b64encode(content).decode()}"}
    answer = await http.post("/gradio_api/upload", files={"files": (name, content)})
    path = answer.raise_for_status().json()[0]
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


def ended_well(endpoint: str, event: str, said: Any) -> bool:
    """Whether a call ended in an answer that isn't blank, or in a sentence."""
    if event == "error":
        return is_sentence(str(said["error"]))
    if endpoint == "read_recipe":
        return event == "complete" and bool(said[0] or is_sentence(said[1]["message"]))
    return event == "complete" and all(said)


async def badly_ended(app: App, endpoint: str, names: list[str], *values: object) -> list[str]:
    """The files with which calls did not end well, or in time; a few visitors try them at once."""
    places = asyncio.Semaphore(16)

    async def tried(http: httpx.AsyncClient, name: str) -> tuple[str, Any]:
        async with places, asyncio.timeout(DEADLINE):
            return await called(http, endpoint, await named(http, name, files()[name]), *values)

    async with AsyncExitStack() as stack:
        people = [
            await stack.enter_async_context(visitor(app.url, 2 + n, headers=LANGUAGES[n % 2]))
            for n in range(4)
        ]
        calls = [tried(http, name) for http, name in zip(itertools.cycle(people), names)]
        ends = await asyncio.gather(*calls, return_exceptions=True)
    return [
        f"{name}: {end!r}"
        for name, end in zip(names, ends, strict=True)
        if isinstance(end, BaseException) or not ended_well(endpoint, *end)
    ]


async def test_the_app_captions_or_refuses(app):
    names = some(180, no_pictures, renamed)
    assert len(names) >= 350
    assert await badly_ended(app, "caption", names, "short", "") == []
    await still_well(app)


@pytest.mark.parametrize(
    ("endpoint", "count", "values"),
    [("describe_and_generate", 40, ()), ("play", 25, (1, 5)), ("read_recipe", 150, ())],
)
async def test_whatever_takes_pictures_answers_or_refuses(app, endpoint, count, values):
    assert await badly_ended(app, endpoint, some(count), *values) == []
    await still_well(app)


@pytest.mark.parametrize("endpoint", ["caption", "describe_and_generate", "play", "read_recipe"])
async def test_no_other_program_is_ever_started(app, endpoint):
    """PostScript, which Ghostscript would run, and its like."""
    ways = ("postscript", "vectors", "windows", "film", "EPS", "PDF")
    names = [name for name in files() if name.startswith(ways) or name.endswith(ways)]
    assert len(names) >= 15
    values = {"caption": ("short", ""), "play": (1, 5)}.get(endpoint, ())
    assert await badly_ended(app, endpoint, names, *values) == []
    await still_well(app)
