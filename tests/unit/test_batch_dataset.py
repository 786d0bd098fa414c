"""The zip of a run, read by those for whom it is made."""

import csv
import io
import json
import zipfile
from html.parser import HTMLParser

import pytest
from PIL import Image

from describe_draw.batch.dataset import pack
from describe_draw.batch.rows import Item, Row
from describe_draw.problems import Problem
from describe_draw.zip_page import POLICY

ODD = 'a "cat" & <b>dog</b>,\nnew line – 猫'


def row(folder, name, caption="a cat", ending=".png", **options):
    path = folder / f"upload-{len(list(folder.iterdir()))}{ending}"
    Image.new("RGB", (40, 30), "red").save(path, **options)
    return Row(Item(name, path, ending), caption)


async def unpacked(rows, folder):
    """The folder that the zip unpacks to."""
    path = await pack(rows, folder)
    with zipfile.ZipFile(path) as kept:
        kept.extractall(folder / "unpacked")
        assert kept.testzip() is None
    return folder / "unpacked"


def files(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


async def test_every_picture_has_its_text_beside_it(tmp_path):
    found = await unpacked(
        [row(tmp_path, "cats/tom.png"), row(tmp_path, "dog.png", "a dog")], tmp_path
    )
    assert files(found) == [
        "captions.csv",
        "captions.html",
        "train/cats/tom.png",
        "train/cats/tom.txt",
        "train/dog.png",
        "train/dog.txt",
        "train/metadata.jsonl",
    ]
    assert (found / "train" / "dog.txt").read_text("utf-8") == "a dog\n"


async def test_pictures_are_the_very_files_that_came(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    taken = row(tmp_path, "phone.jpg", ending=".jpg", exif=exif)
    found = await unpacked([taken], tmp_path)
    assert (found / "train" / "phone.jpg").read_bytes() == taken.item.path.read_bytes()


@pytest.fixture
def load(monkeypatch, tmp_path):
    """`load_dataset` as people call it, with a cache of its own."""
    import datasets  # noqa: PLC0415  # it takes its time

    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    datasets.disable_progress_bars()
    return lambda folder: datasets.load_dataset(
        "imagefolder", data_dir=str(folder), cache_dir=str(tmp_path / "cache")
    )


@pytest.mark.slow
async def test_the_datasets_library_loads_it(tmp_path, load):
    """Datasets 5, imagefolder."""
    exif = Image.Exif()
    exif[0x0112] = 6
    rows = [
        row(tmp_path, "cat.png", ODD),
        row(tmp_path, "phone.jpg", "a phone", ".jpg", exif=exif),
        row(tmp_path, "my test/val/1.png", "first"),  # datasets takes these words for splits
        row(tmp_path, "TEST/dev-2.gif", "second", ".gif"),
        row(tmp_path, "test.webp", "third", ".webp"),
        row(tmp_path, "eval/train/x.avif", "fourth", ".avif"),
        row(tmp_path, "a [b]*?#%20.png", "fifth"),
        row(tmp_path, ".hidden/__a__/._b.png", "sixth"),
        row(tmp_path, "wrong.txt", "seventh", ".png"),
        Row(Item("broken.png"), problem=Problem("damaged_picture").message),
    ]
    found = load(await unpacked(rows, tmp_path))
    assert list(found) == ["train"]
    assert sorted(found["train"].column_names) == ["image", "text"]
    assert [one["text"] for one in found["train"]] == [r.caption for r in rows[:-1]]
    sizes = [one["image"].size for one in found["train"]]
    assert sizes == [(40, 30), (30, 40), *[(40, 30)] * 7]


async def test_names_that_would_meet_are_told_apart(tmp_path):
    names = ["cat.png", "CAT.png", "cat.gif", "cat?.png", "cat:.png"]
    found = await unpacked([row(tmp_path, name, name) for name in names], tmp_path)
    lines = (found / "train" / "metadata.jsonl").read_text("utf-8").splitlines()
    by_name = {line["file_name"]: line["text"] for line in map(json.loads, lines)}
    assert by_name == {
        "cat.png": "cat.png",
        "CAT (2).png": "CAT.png",
        "cat (3).png": "cat.gif",  # its format's ending, not its name's
        "cat_.png": "cat?.png",
        "cat_ (2).png": "cat:.png",
    }
    assert len({name.casefold() for name in files(found)}) == 2 * len(names) + 3


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
async def test_no_cell_of_the_table_is_a_formula(tmp_path, sign):
    """OWASP, CSV injection: a quote before these signs, and quotes around every cell."""
    evil = f"{sign}cmd|' /C calc'!A0"
    broken = Row(Item("-2+3.png"), problem=Problem("damaged_picture").message)
    found = await unpacked([row(tmp_path, "a.png", evil), broken], tmp_path)
    content = (found / "captions.csv").read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"file_name","caption","problem"\r\n')
    _, first, second = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert first == ["a.png", f"'{evil}", ""]
    assert second == ["'-2+3.png", "", Problem("damaged_picture").sentence()]


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.pictures, self.said = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "img":
            self.pictures.append(dict(attrs))

    def handle_data(self, data):
        self.said.append(data)


async def test_the_page_shows_pictures_with_their_alternative_texts(tmp_path):
    evil = '"><script>alert(1)</script>'
    rows = [row(tmp_path, f"{evil}#1%.png", evil), row(tmp_path, "b.png", ODD)]
    found = await unpacked(rows, tmp_path)
    text = (found / "captions.html").read_text("utf-8")
    page = Page(text)
    assert page.tags.isdisjoint({"script", "b", "link", "iframe"})
    assert [one["alt"] for one in page.pictures] == [evil, ODD]
    assert page.pictures[1]["src"] == "train/b.png"
    assert "#" not in page.pictures[0]["src"]
    assert f'content="{POLICY}"' in text
    assert "Pictures in words: 2" in page.said


async def test_a_picture_that_is_gone_leaves_no_part_of_a_zip(tmp_path):
    gone = row(tmp_path, "a.png")
    gone.item.path.unlink()
    with pytest.raises(Problem, match="not available"):
        await pack([gone], tmp_path)
    assert files(tmp_path) == []
