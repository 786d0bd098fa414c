"""Names of strangers' files: harmless to show, safe to write, distinct."""

from pathlib import PureWindowsPath

import pytest

from describe_draw.names import LONGEST, Distinct, harmless, safe


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("cat.jpg", "cat.jpg"),
        ("holiday/2026/猫.jpg", "holiday/2026/猫.jpg"),
        ("folder\\cat.jpg", "folder/cat.jpg"),
        ("../../etc/cat.jpg", "etc/cat.jpg"),
        ("./cat.jpg", "cat.jpg"),
        ("", "file"),
        ("///", "file"),
        ("a\nb\x1b[31m.jpg", "a_b_[31m.jpg"),
        ("cat\u202egpj.exe", "cat_gpj.exe"),  # Trojan Source, CVE-2021-42574: shows as catexe.jpg
        ("\u2066cat\u2069.jpg", "_cat_.jpg"),
        ("\udcff.jpg", "_.jpg"),
        ("می\u200cخواهم.jpg", "می\u200cخواهم.jpg"),
        ("cafe\u0301.jpg", "café.jpg"),  # as macOS writes it
    ],
)
def test_a_name_is_shown_without_what_does_harm(name, shown):
    assert harmless(name) == shown


@pytest.mark.parametrize("letter", ["a", "猫", "👪"])
def test_a_long_name_keeps_its_ending(letter):
    name = harmless(f"{letter * 500}.jpeg")
    assert name.endswith(f"{letter}.jpeg")
    assert LONGEST - 4 < len(name.encode()) <= LONGEST


def test_of_many_folders_the_innermost_are_kept():
    assert harmless("/".join("abcdefghijkl")) == "e/f/g/h/i/j/k/l"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ('what? "1:2".jpg', "what_ _1_2_.jpg"),
        ("folder. /cat.jpg", "folder/cat.jpg"),
        (".hidden.jpg", "hidden.jpg"),  # datasets looks into no hidden file
        ("__pycache__/a.jpg", "_pycache__/a.jpg"),  # nor into a folder of this kind
        ("con.jpg", "_con.jpg"),
        ("aux", "_aux"),
        ("...", "_"),
    ],
)
def test_a_name_is_written_as_every_system_takes_it(name, written):
    assert safe(f"folder/{name}").removeprefix("folder/") == written
    assert not PureWindowsPath(safe(name)).is_reserved()


def test_equal_names_become_distinct():
    distinct = Distinct()
    names = ["a/cat.jpg", "a/Cat.JPG", "b/cat.jpg", "a/cat (2).jpg", "a/cat.jpg"]
    assert [distinct(name) for name in names] == [
        "a/cat.jpg",
        "a/Cat (2).JPG",
        "b/cat.jpg",
        "a/cat (2) (2).jpg",
        "a/cat (3).jpg",
    ]


def test_stems_become_distinct_where_a_text_stands_beside_each():
    distinct = Distinct(by_stem=True)
    assert [distinct(name) for name in ("cat.jpg", "cat.png", "b/cat.png")] == [
        "cat.jpg",
        "cat (2).png",
        "b/cat.png",
    ]


def test_thousands_of_equal_names_take_no_time_that_grows():
    distinct = Distinct()
    assert len({distinct("cat.jpg") for _ in range(5000)}) == 5000
