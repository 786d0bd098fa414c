"""What is written in pictures: found, read, and said in captions and answers."""

from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from describe_draw.batch.listing import cell
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.builtin import Builtin
from describe_draw.engines.builtin.describer import Describer, describer, lines
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.length import within
from describe_draw.engines.builtin.describer.lettering import Lettering
from describe_draw.engines.builtin.describer.observation import Observation
from describe_draw.engines.builtin.describer.questions import understood
from describe_draw.engines.builtin.tables import read_lines
from describe_draw.texts import message

EXAMPLES = Path(__file__).parents[2] / "examples"
SIGN = Path(__file__).with_name("sign_zh.jpg")
"""doc/imgs_words/ch/word_1.jpg of github.com/PaddlePaddle/PaddleOCR, Apache License 2.0; its docs
(doc/doc_en/inference_ppocr_en.md) say what is written: 韩国小馆."""


@pytest.fixture(scope="module")
def offline() -> Describer:
    return Describer()


def sign(*texts: str, size: float = 48, ink: str = "black", paper: str = "white") -> Image.Image:
    """Lines of text in the font that Pillow brings along."""
    picture = Image.new("RGB", (640, 80 + 80 * len(texts)), paper)
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(size)
    for number, text in enumerate(texts):
        draw.text((40, 40 + 80 * number), text, ink, font)
    return picture


def answer(offline: Describer, picture: Image.Image, question: str) -> str:
    asked = understood(question)
    assert asked is not None
    return offline.answer(picture, asked, asked.language)


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        (sign("Keep off the grass"), "Keep off the grass"),
        (sign("Open 24 hours", ink="white", paper="navy"), "Open 24 hours"),
        (sign("Fresh bread", ink="#888", paper="#bbb"), "Fresh bread"),
        (sign("Tickets sold here", size=16), "Tickets sold here"),
        (sign("Museum").rotate(12, expand=True, fillcolor="white"), "Museum"),
        (sign("Platform 9").rotate(90, expand=True), "Platform 9"),
        (sign("Main Street").rotate(-90, expand=True), "Main Street"),
        (Image.open(SIGN).convert("RGB"), "韩国小馆"),
    ],
    ids=[
        "plain",
        "light on dark",
        "pale",
        "small",
        "turned",
        "upwards",
        "downwards",
        "Chinese photo",
    ],
)
def test_text_is_read_as_it_stands(offline: Describer, picture: Image.Image, text: str) -> None:
    assert offline.lettering(picture).lines == (text,)


@pytest.mark.parametrize("name", ["cat.jpg", "coffee.jpg", "rocket.jpg", "cows.png", "bird.png"])
def test_no_text_is_invented(offline: Describer, name: str) -> None:
    with Image.open(EXAMPLES / name) as picture:
        assert offline.lettering(picture).lines == ()
        assert "reads" not in offline.describe(picture, "detailed")
        assert "don't find any text" in answer(offline, picture.convert("RGB"), "What does it say?")


def test_detailed_and_alt_text_say_what_is_written(offline: Describer) -> None:
    picture = sign("Wet floor")
    assert "The text reads “Wet floor”." in offline.describe(picture, "detailed")
    assert offline.describe(picture, "alt text").endswith(" The text reads “Wet floor”.")
    assert "上面写着“Wet floor”。" in offline.describe(picture, "detailed", "zh")
    assert offline.describe(picture, "alt text", "zh-TW").endswith("上面寫著「Wet floor」。")


def test_photos_and_tags_wait_for_no_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise AssertionError("the networks for text were loaded")

    monkeypatch.setattr(describer, "LetteringReader", refuse)
    quick = Describer()
    with Image.open(EXAMPLES / "rocket.jpg") as rocket:
        assert quick.describe(rocket.convert("RGB"))
    assert "Exit" not in quick.describe(sign("Exit"), "tags")


@pytest.mark.parametrize(
    "question",
    [
        "What does it say?",
        "What does the sign say?",
        "Read the sign, please",
        "What's written on the wall?",
        "Is there any text in this picture?",
        "图上写着什么？",
        "牌子上写的是什么字",
        "请读出图中的文字",
        "招牌上寫了什麼？",
        "圖片裡有沒有字",
    ],
)
def test_who_asks_is_told_all_of_it(offline: Describer, question: str) -> None:
    assert "Bus stop Line 42" in answer(offline, sign("Bus stop", "Line 42"), question)


@pytest.mark.parametrize("language", ["en", "zh", "zh-TW"])
def test_the_pages_ready_question_about_a_sign_is_understood(language: str) -> None:
    asked = understood(message("wording.ready_4").say(language))
    assert asked is not None
    assert asked.kind == "text"


@pytest.mark.parametrize("question", ["What does it show?", "How many words are there?", "有什么"])
def test_other_questions_stay_what_they_are(question: str) -> None:
    asked = understood(question)
    assert asked is None or asked.kind != "text"


async def test_an_alt_text_of_text_is_the_text() -> None:
    """W3C, https://www.w3.org/WAI/tutorials/images/decision-tree/: alt has the image's text."""
    asked = CaptionOptions("alt text", language="fr", purpose="text")
    caption = await Builtin().caption(sign("Sortie"), asked, Call(""))
    assert (caption.text, caption.credit.ignored, caption.credit.notes) == ("Sortie", (), ())


async def test_where_there_is_no_text_an_alt_text_says_what_is_seen() -> None:
    with Image.open(EXAMPLES / "cat.jpg") as picture:
        asked = CaptionOptions("alt text", purpose="text")
        caption = await Builtin().caption(picture.convert("RGB"), asked, Call(""))
    assert (caption.text, caption.credit.ignored) == ("Photo of a cat.", ("purpose",))


def test_a_picture_writes_no_formulas_into_tables(offline: Describer) -> None:
    written, _ = offline.lettering(sign("=SUM(A1)")).within(100)
    assert cell(written) == "'=SUM(A1)"


TITLE = Lettering(("Chapter 1", "The Cat", "and the dog", "12"), (5, 9, 5, 5))


def test_the_largest_lines_are_said_first_in_reading_order() -> None:
    assert TITLE.within(100, most=1) == ("The Cat", True)
    assert TITLE.within(100, most=3) == ("Chapter 1 The Cat and the dog", True)  # no page number
    assert TITLE.within(100) == ("Chapter 1 The Cat and the dog 12", False)
    assert Lettering(("A b", "c d", "E f"), (4, 1, 4)).within(9) == ("A b … E f", True)


def test_a_long_line_is_cut_and_a_short_room_stays_empty() -> None:
    endless = Lettering(("a" * 5000,), (4,))
    assert endless.within(120) == ("a" * 119 + "…", True)
    assert endless.within(8) == ("", True)


def test_an_alt_text_keeps_its_length(offline: Describer) -> None:
    many = sign("The quick brown fox jumps", "over the lazy dog while", "five wizards quickly jump")
    for language in ("", "zh", "zh-TW"):
        said = offline.describe(many, "alt text", language)
        assert "quick" in said
        assert len(said) <= 125


def test_written_quotation_marks_end_no_quotation() -> None:
    assert Lettering(('“Hi” and "ho"',), (1,)).quoted(99) == ("‘Hi’ and 'ho'", False)
    assert within("A sign. The text reads “Stop. Look. Listen.”. It is red.", 9) == (
        "A sign. The text reads “Stop. Look. Listen.”."
    )


def test_only_visible_signs_can_be_read() -> None:
    """No line ends, no controls, no marks that turn the direction of text."""
    signs = set("".join(read_lines("text_signs.txt"))) - {"\u3000"}  # becomes a space
    assert len(signs) > 6900
    assert all(sign.isprintable() for sign in signs)


def test_lines_are_where_rapidocr_finds_them() -> None:
    """Recorded from rapidocr 3.10.0's DBPostProcess(0.2, 0.4, 1000, 1.4) on the same map."""
    letters = Image.new("F", (320, 160))
    draw = ImageDraw.Draw(letters)
    draw.rectangle((40, 20, 159, 39), fill=0.9)
    corners = [(-60, -8), (60, -8), (60, 8), (-60, 8)]
    c, s = cos(radians(20)), sin(radians(20))
    draw.polygon([(200 + x * c - y * s, 100 + x * s + y * c) for x, y in corners], fill=0.9)
    draw.rectangle((20, 120, 60, 130), fill=0.3)  # too faint
    draw.point((5, 5), fill=1.0)  # too small
    level, turned = lines._lines(np.asarray(letters), np.ones(2))
    assert _said(level) == pytest.approx((99.5, 29.5, 141, 41, 0), abs=3.5)
    assert _said(turned) == pytest.approx((199, 99, 143, 38.6, 20.5), abs=3.5)


def _said(line: lines.Line) -> tuple[float, ...]:
    return line.x, line.y, line.width, line.height, float(np.degrees(line.turn))


def test_patches_that_touch_are_one() -> None:
    spiral = np.array([list(row) for row in ("#######", "......#", "#####.#", "#...#.#", "#.###.#",
                                             "#.....#", "#######")]) == "#"  # fmt: skip
    rows, starts, ends = lines.runs(spiral)
    assert len(set(lines._patches(rows, starts, ends, 7).tolist())) == 1
    spiral[5, 6] = spiral[6, 6] = False
    rows, starts, ends = lines.runs(spiral)
    assert len(set(lines._patches(rows, starts, ends, 7).tolist())) == 2


@pytest.mark.parametrize("size", [(1, 1), (1, 20_000), (20_000, 3), (3000, 3000)])
def test_pictures_of_any_size_are_looked_through(offline: Describer, size: tuple[int, int]) -> None:
    assert offline.lettering(Image.effect_noise(size, 99).convert("RGB")).lines == ()


def test_what_is_torn_into_dots_has_no_lines() -> None:
    board = (np.indices((736, 736)).sum(0) % 2).astype(np.float32)
    assert list(lines._lines(board, np.ones(2))) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", "a graphic with text that reads “Certificate of Merit”"),
        ("zh", "一张带文字的图形，上面写着“Certificate of Merit”"),
        ("zh-TW", "一張帶文字的圖形，上面寫著「Certificate of Merit」"),
    ],
)
def test_what_is_about_its_words_is_quoted_in_short(language: str, words: str) -> None:
    seen = Observation("graphic with text", lettering=Lettering(("Certificate of Merit",), (9,)))
    assert captions(language).styles["short"](seen) == words


def test_what_nothing_is_known_of_is_told_by_its_words() -> None:
    dark = Observation("photo", whole="a very dark scene", lettering=Lettering(("OPEN",), (9,)))
    assert captions("").styles["short"](dark) == "a picture with the text “OPEN”"
    assert captions("").styles["detailed"](dark).startswith("A very dark scene. The text reads")


def test_a_sign_alone_is_told_by_its_words(offline: Describer) -> None:
    assert offline.describe(sign("Keep off the grass")).endswith("reads “Keep off the grass”")
