"""What is handed over becomes pictures with their names and captions, and nothing goes unsaid."""

import io
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
from PIL import Image

from describe_draw.batch.rows import Given
from describe_draw.batch.sources import take
from describe_draw.problems import Problem
from tests.support import settings

PNG = "89504e470d0a1a0a"
SYMLINK = 0o120777 << 16


def picture(colour="red", kind="PNG", size=(40, 30)):
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, kind)
    return data.getvalue()


def given(folder, **files):
    return [written(folder, name, content) for name, content in files.items()]


def written(folder, name, content):
    path = folder / f"upload-{len(list(folder.iterdir()))}"
    path.write_bytes(content)
    return Given(name, path)


def zipped(files, **options):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", **options) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return data.getvalue()


async def taken(tmp_path, *files, **values):
    (tmp_path / "unpacked").mkdir(exist_ok=True)
    return await take(files, tmp_path / "unpacked", settings(**values))


def said(taken):
    """Each item's name, and whether it is a picture or what is wrong with it."""
    return {
        item.name: item.problem.key.removeprefix("problem.") if item.problem else item.ending
        for item in taken.items
    }


async def test_files_and_zips_come_in_the_order_given(tmp_path):
    inside = zipped(
        {"a/2.jpg": picture(kind="JPEG"), "a/": b"", "a/b/3.webp": picture(kind="WEBP")}
    )
    found = await taken(
        tmp_path,
        written(tmp_path, "1.png", picture()),
        written(tmp_path, "more.zip", inside),
        written(tmp_path, "4.gif", picture(kind="GIF")),
    )
    assert said(found) == {
        "1.png": ".png",
        "a/2.jpg": ".jpg",
        "a/b/3.webp": ".webp",
        "4.gif": ".gif",
    }
    for item in found.items:
        with Image.open(item.path) as opened:
            assert opened.size == (40, 30)
    unpacked = sorted(path.name for path in (tmp_path / "unpacked").iterdir())
    assert unpacked == ["00002.jpg", "00003.webp"]  # no name of a stranger's


async def test_equal_pictures_are_known_by_their_content(tmp_path):
    found = await taken(
        tmp_path,
        written(tmp_path, "1.png", picture()),
        written(tmp_path, "2.zip", zipped({"other.png": picture(), "blue.png": picture("blue")})),
    )
    one, same, other = found.items
    assert one.digest == same.digest != other.digest


JUNK = [
    "__MACOSX/._cat.png",
    "__MACOSX/deep/._cat.png",
    "a/.DS_Store",
    "Thumbs.db",
    "a/desktop.ini",
    "._cat.png",
]
"""What macOS' Archive Utility and Windows' Explorer leave in zips."""


async def test_what_systems_put_there_is_skipped_and_counted(tmp_path):
    inside = zipped({"cat.png": picture(), **dict.fromkeys(JUNK, b"\0\5\x16\7")})
    found = await taken(
        tmp_path,
        written(tmp_path, "cats.zip", inside),
        written(tmp_path, ".DS_Store", b"\0\0\0\1Bud1"),
    )
    assert said(found) == {"cat.png": ".png"}
    assert found.junk == len(JUNK) + 1


@pytest.mark.parametrize(
    "content",
    [
        "a cat – yes".encode(),
        "\ufeffa cat – yes\r\n".encode(),
        "a cat – yes".encode("utf-16"),  # Windows' Notepad: "Unicode"
        "a cat – yes".encode("cp1252"),
    ],
)
async def test_a_caption_that_came_along_is_read_as_editors_write_it(tmp_path, content):
    found = await taken(
        tmp_path,
        written(tmp_path, "cat.png", picture()),
        written(tmp_path, "cat.TXT", content),
        written(tmp_path, "dogs.zip", zipped({"d/dog.png": picture("blue"), "d/dog.txt": content})),
        written(tmp_path, "cat.zip", zipped({"cat.jpg": picture("green", "JPEG")})),
    )
    assert {item.name: item.text for item in found.items} == {
        "cat.png": "a cat – yes",
        "d/dog.png": "a cat – yes",
        "cat.jpg": "",  # another cat, of another zip
    }


async def test_texts_that_are_no_captions_are_named(tmp_path):
    found = await taken(
        tmp_path,
        written(tmp_path, "notes.txt", b"to do"),
        written(tmp_path, "long.png", picture()),
        written(tmp_path, "long.txt", b"a" * 16_385),
        written(tmp_path, "wrong-ending.txt", picture()),
    )
    assert said(found) == {
        "notes.txt": "text_alone",
        "long.png": ".png",
        "long.txt": "odd_caption",
        "wrong-ending.txt": ".png",
    }


def with_flag(content, name, flag):
    """A zip in whose list an entry has one more flag (APPNOTE 4.3.12: 38 bytes before its name)."""
    at = content.rindex(name.encode()) - 38
    return content[:at] + bytes([content[at] | flag]) + content[at + 1 :]


ODD = {
    "../out.png": "zip_outside",
    "/etc/out.png": "zip_outside",
    "..\\out.png": "zip_outside",
    "C:\\out.png": "zip_outside",
    "\\\\host\\share\\out.png": "zip_outside",
}


@pytest.mark.parametrize("name", ODD)
async def test_names_that_lead_out_of_a_zip_are_refused(tmp_path, name):
    inside = zipped({name: picture(), "cat.png": picture("blue")})
    found = await taken(tmp_path, written(tmp_path, "a.zip", inside))
    odd, cat = found.items
    assert odd.problem.key == "problem.zip_outside"
    assert ".." not in odd.name.split("/")
    assert (cat.name, cat.ending) == ("cat.png", ".png")
    assert {path.name for path in tmp_path.rglob("*.png")} == {"00002.png"}


async def test_what_is_no_file_and_what_is_packed_otherwise_is_refused_by_name(tmp_path):
    link = zipfile.ZipInfo("link.png")
    link.create_system, link.external_attr = 3, SYMLINK
    squeezed = zipfile.ZipInfo("squeezed.png")
    squeezed.compress_type = zipfile.ZIP_LZMA
    inside = zipped({link: b"/etc/passwd", squeezed: picture(), "cat.png": picture()})
    inside = with_flag(zipped({"secret.png": picture("blue")}), "secret.png", 1), inside
    found = await taken(
        tmp_path, *(written(tmp_path, f"{n}.zip", content) for n, content in enumerate(inside))
    )
    assert said(found) == {
        "secret.png": "zip_encrypted",
        "link.png": "zip_link",
        "squeezed.png": "zip_method",
        "cat.png": ".png",
    }


async def test_what_a_zip_holds_is_told_where_it_is_no_picture(tmp_path):
    good = picture(kind="JPEG", size=(400, 300))
    inside = zipped(
        {
            "words.pdf": b"%PDF-1.7",
            "empty.png": b"",
            "inner.zip": zipped({"cat.png": picture()}),
            "large.png": picture() + b"\0" * 2 * 1024**2,
            "wide.png": huge(),
            "good.jpg": good,
        },
        compression=zipfile.ZIP_DEFLATED,
    )
    found = await taken(tmp_path, written(tmp_path, "all.zip", inside), max_upload_mb=1)
    assert said(found) == {
        "words.pdf": "not_a_picture",
        "empty.png": "not_a_picture",
        "inner.zip": "zip_nested",
        "large.png": "upload_too_big",
        "wide.png": "too_many_pixels",
        "good.jpg": ".jpg",
    }
    assert [path.name for path in (tmp_path / "unpacked").iterdir()] == ["00006.jpg"]


def huge():
    """A PNG whose head says that it has 50,000 × 50,000 pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return bytes.fromhex(PNG) + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


async def test_a_bomb_is_unpacked_no_further_than_a_file_may_be(tmp_path):
    bomb = zipped({"bomb.png": b"\0" * 50 * 1024**2}, compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 60_000
    said_small = bomb.replace(struct.pack("<I", 50 * 1024**2), struct.pack("<I", 50))
    files = [bomb, said_small]
    found = await taken(
        tmp_path, *(written(tmp_path, "a.zip", file) for file in files), max_upload_mb=1
    )
    problems = [item.problem.key for item in found.items]
    assert problems == ["problem.upload_too_big", "problem.damaged_picture"]
    assert [*(tmp_path / "unpacked").iterdir()] == []


async def test_all_together_may_unpack_to_so_much(tmp_path):
    files = {f"{n}.png": picture() + b"\0" * 400_000 for n in range(5)}
    inside = zipped(files, compression=zipfile.ZIP_DEFLATED)
    found = await taken(tmp_path, written(tmp_path, "a.zip", inside), max_batch_mb=1)
    assert [*said(found).values()] == [".png", ".png"] + ["batch_too_large"] * 3


def overlapping():
    """David Fifield's construction in small: every name in the list leads to the same bytes."""
    kernel = zipped({"0.png": picture()}, compression=zipfile.ZIP_DEFLATED)
    at = kernel.index(b"PK\1\2")
    body, entry, end = kernel[:at], kernel[at : kernel.index(b"PK\5\6")], kernel[-22:]
    return body + entry * 3 + end[:8] + struct.pack("<HHII", 3, 3, 3 * len(entry), at) + b"\0\0"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (overlapping(), "zip_bomb"),
        (zipped({f"{n}.png": b"" for n in range(51)}), "zip_too_many"),
        (zipped({f"{n:0230}.png": b"" for n in range(2000)}), "zip_too_many"),
        (zipped({"cat.png": picture()})[:-10], "zip_broken"),
        (b"PK\3\4 and no more", "zip_broken"),
    ],
)
async def test_a_zip_that_is_no_honest_one_is_refused_by_its_own_name(tmp_path, content, problem):
    found = await taken(
        tmp_path,
        written(tmp_path, "odd.zip", content),
        written(tmp_path, "cat.png", picture()),
        max_batch=10,
    )
    assert said(found) == {"odd.zip": problem, "cat.png": ".png"}


async def test_documents_that_are_zips_are_no_pictures(tmp_path):
    found = await taken(tmp_path, written(tmp_path, "letter.docx", zipped({"word/a.xml": b"<a/>"})))
    assert said(found) == {"letter.docx": "not_a_picture"}


async def test_names_without_the_flag_are_read_as_archivers_write_them(tmp_path):
    """APPNOTE 6.3.10, appendix D: code page 437; macOS' Archive Utility writes UTF-8 without it."""
    old, new = "Zürich.png".encode("cp437"), "Zürich 2.png".encode()
    inside = zipped({"aaaaaa.png": picture(), "bbbbbbbbb.png": picture("blue")})
    inside = inside.replace(b"aaaaaa.png", old).replace(b"bbbbbbbbb.png", new)
    found = await taken(tmp_path, written(tmp_path, "a.zip", inside))
    assert [*said(found)] == ["Zürich.png", "Zürich 2.png"]


async def test_equal_names_are_told_apart(tmp_path):
    inside = zipped({"cat.png": picture()})
    found = await taken(
        tmp_path,
        written(tmp_path, "cat.png", picture("blue")),
        written(tmp_path, "1.zip", inside),
        written(tmp_path, "2.zip", inside),
    )
    assert [*said(found)] == ["cat.png", "cat (2).png", "cat (3).png"]


async def test_more_files_than_one_run_takes(tmp_path):
    files = [written(tmp_path, f"{n}.png", picture()) for n in range(3)]
    with pytest.raises(Problem, match="at most 2 files"):
        await taken(tmp_path, *files, max_batch=2)
    inside = zipped({f"{n}.png": picture() for n in range(3)})
    found = await taken(tmp_path, written(tmp_path, "a.zip", inside), max_batch=2)
    assert [*said(found).values()] == [".png", ".png", "batch_too_many"]


async def test_nothing_is_no_run(tmp_path):
    with pytest.raises(Problem, match="no pictures yet"):
        await taken(tmp_path)
    with pytest.raises(Problem, match="no pictures yet"):
        await taken(tmp_path, written(tmp_path, "a.zip", zipped({"a/.DS_Store": b"", "b/": b""})))


async def test_folders_count_too_in_all_zips_together(tmp_path):
    """Each entry is an object as long as its zip is open."""
    folders = zipped({f"{n}/": b"" for n in range(30)} | {"cat.png": picture()})
    files = [written(tmp_path, f"{n}.zip", folders) for n in range(3)]
    found = await taken(tmp_path, *files, max_batch=10)
    assert said(found) == {
        "cat.png": ".png",
        "1.zip": "zip_too_many",
        "2.zip": "zip_too_many",
    }


class Pipe(io.RawIOBase):
    """What can't be gone back in, so that sizes come after each file's content (APPNOTE 4.3.9)."""

    def __init__(self):
        self.content = b""

    def writable(self):
        return True

    def write(self, data):
        self.content += bytes(data)
        return len(data)


async def test_zips_that_were_written_in_a_stream_are_read(tmp_path):
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("1.png", "2.png"):
            file.writestr(name, picture())
    assert b"PK\7\x08" in pipe.content
    found = await taken(tmp_path, written(tmp_path, "a.zip", pipe.content))
    assert said(found) == {"1.png": ".png", "2.png": ".png"}


async def test_a_file_that_could_not_be_had_is_named(tmp_path):
    found = await taken(tmp_path, Given("gone.png", None, Problem("fetch_failed")))
    assert said(found) == {"gone.png": "fetch_failed"}


async def test_a_large_list_of_files_costs_little_memory(tmp_path):
    """A list of millions is refused before zipfile makes objects of it."""
    pytest.importorskip("resource")
    path = tmp_path / "many.zip"
    with path.open("wb") as file:
        entry = b"PK\1\2" + b"\0" * 42
        for _ in range(100):
            file.write(entry * 10_000)
        file.write(b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0, 0, len(entry) * 10**6, 0, 0))
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from describe_draw.batch.zips import Zip\n"
        "from describe_draw.problems import Problem\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n    Zip(Path(sys.argv[1]), 2000)\n"
        "except Problem as problem:\n    print(problem.name)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["zip_too_many", "True"]


async def test_a_full_disk_ends_in_a_sentence_for_what_is_not_unpacked_yet(tmp_path):
    left = iter([None, Problem("disk_full")])

    def check_room():
        if problem := next(left):
            raise problem

    inside = zipped({"1.png": picture(), "2.png": picture()})
    given = [written(tmp_path, "a.zip", inside)]
    found = await take(given, tmp_path, settings(), check_room)
    assert said(found) == {"1.png": ".png", "2.png": "disk_full"}
