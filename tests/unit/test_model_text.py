import time

import pytest

from describe_draw.engines.calling.model_text import BLANKS, WithoutThought, plain


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("A cat on a sofa.", "A cat on a sofa."),
        ('  "A cat on a sofa."\n', "A cat on a sofa."),
        ("“A cat.”", "A cat."),
        ("A **black** cat", "A black cat"),
        ("A **black** and __white__ ***cat***", "A black and white *cat*"),
        ("2 ** 3 and a ** b", "2 ** 3 and a ** b"),
        ("<think>It may be a cat.\n</think>\nA cat.", "A cat."),
        ("<think>It may be a", ""),
        ("```\na cat, a sofa\n```", "a cat, a sofa"),
        ("A cat's paw and a dog's", "A cat's paw and a dog's"),
        ('"Stop" and "Go" signs', '"Stop" and "Go" signs'),
        ('"Stop" next to "Go"', '"Stop" next to "Go"'),
        ("一只猫。", "一只猫。"),
        ("“一只猫。”", "一只猫。"),
        ("「一隻貓。」", "一隻貓。"),
        ("一只猫坐着。\n\n光线柔和。", "一只猫坐着。光线柔和。"),
        ("一只猫，两只狗 and a bird", "一只猫，两只狗 and a bird"),
        ("", ""),
    ],
)
def test_only_the_answer_is_left(said: str, text: str) -> None:
    assert plain(said) == text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("Caption: a cat", "a cat"),
        ("Description: A cat on a sofa.", "A cat on a sofa."),
        ("**Alt text:** A cat.", "A cat."),
        ("Alt-text: A cat.", "A cat."),
        ("Tags: cat, sofa, window", "cat, sofa, window"),
        ("Translation: a blue bird", "a blue bird"),
        ("Improved prompt: a fox at dawn", "a fox at dawn"),
        ("Image description: A cat.", "A cat."),
        ("Sure! A cat on a sofa.", "A cat on a sofa."),
        ("Sure! Here is a caption for the picture:\n\nA cat.", "A cat."),
        ("Sure, here's a short description of the image: A cat.", "A cat."),
        ("Certainly! Here is the alt text:\n\n**Alt text:** A cat.", "A cat."),
        ("Of course! Here is a one-sentence description: A cat.", "A cat."),
        ("Of course, here are the tags: cat, sofa", "cat, sofa"),
        ("Okay, here’s a sentence that describes the picture: A cat.", "A cat."),
        ("Here's the translation: a cat", "a cat"),
        ("Here is a list of tags:\ncat, sofa", "cat, sofa"),
        ("Here are some comma-separated tags for the picture: cat, sofa", "cat, sofa"),
        ("Here is your improved prompt:\n\nA fox, golden hour", "A fox, golden hour"),
        ("Here is a detailed, vivid prompt based on your idea: A fox", "A fox"),
        ("HERE IS THE CAPTION: A CAT", "A CAT"),
        ("描述：一只猫。", "一只猫。"),
        ("**图片描述：** 一只猫。", "一只猫。"),
        ("好的，以下是这张图片的描述：\n\n一只猫。", "一只猫。"),
        ("當然！以下是替代文字：一隻貓。", "一隻貓。"),
        ("标签：猫，沙发", "猫，沙发"),
    ],
)
def test_what_models_are_known_to_say_first_is_cut(said: str, text: str) -> None:
    assert plain(said) == text


@pytest.mark.parametrize(
    "said",
    [
        "Here's a dog: it runs.",
        "下面是一条河，上面是桥。",
        "墙上写着：禁止停车。",
        "描述日常生活的油画：一家人在吃饭。",
        "Here is a cat on a sofa: grey, asleep.",
        "Here are two signs: one says stop.",
        "Here lies a cat.",
        "Here comes the sun: a beach at dawn.",
        "Sure, here comes the sun: a beach at dawn.",
        "Here is the caption",
        "Certainly. Here is one.",
        "Here is a description of nothing",
        "Here's a dog with a caption: it runs.",
        "Here is a prompt waiter: he smiles.",
        "The image shows a dog: it runs.",
        "The picture shows: nothing.",
        "A sign says: stop",
        "A caption: on a wall.",
        "Caption contest on a wall: three cartoons.",
        "Tags hang from a tree: red, blue and green.",
        "Sure-footed goats on a rock.",
        "Surely a cat: grey.",
        "Of course, the dog sleeps.",
        "Certainly not: a cat.",
        "Tagged: a wall of graffiti.",
        "Two dogs: one runs, here is the other: asleep.",
        "Image: a cat",
    ],
)
def test_a_captions_own_words_stay(said: str) -> None:
    assert plain(said) == said


PIECES = [
    "**a ", "__a ", "**a", "*", "_", "**a __b ", "**a\n", "** ", "<think>", "<think> </think>",
    "<think", "</think>", "Sure, ", "Here is ", "Caption: ", " ", "\n", '"', "“", "'\"", "```", ":",
    "here is the short ", "short, ", "caption ", "caption of ", "Sure! ", "here are ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("start", ["", "**", "<think>", "Sure, here is ", '"'])
def test_no_answer_takes_long_to_read(start: str, piece: str) -> None:
    began = time.process_time()
    plain(start + piece * (400_000 // len(piece)) + "!")
    assert time.process_time() - began < 2


def test_an_answer_after_long_thoughts_is_found() -> None:
    assert plain(f"<think>{'well, ' * 10_000}</think>A cat.") == "A cat."


def pieces_of(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


def written(*pieces: str) -> str:
    text = WithoutThought()
    return "".join([text.add(piece) for piece in pieces]) + text.rest()


CODE = "\n```python\nclass A:\n    def __init__(self):\n        x = 2 ** 3\n```\n\n  * one\n"


@pytest.mark.parametrize("size", [1, 2, 7, 8, 1000])
@pytest.mark.parametrize(
    ("said", "text"),
    [
        (CODE, CODE),
        ("Sure! Here is a caption: **a cat**", "Sure! Here is a caption: **a cat**"),
        (f"<think>Which {{class}}? <b>\n</think>\n\n{CODE[1:]}", CODE[1:]),
        ("\n<think></think>\n    indented\n", "    indented\n"),
        ("<think>a</think>b <think>c</think>", "b <think>c</think>"),
        ("<think>a <think> b</think>c", "c"),
        ("A <think>cat</think>.", "A <think>cat</think>."),
        ("<thinking> is no thought", "<thinking> is no thought"),
        ("<thi", "<thi"),
        ("<think>and nothing else", ""),
        ("<think>a</think>\n\n", ""),
        (" \n", " \n"),
        ("", ""),
    ],
)
def test_a_text_is_left_as_written_but_for_the_thought_before_it(
    said: str, text: str, size: int
) -> None:
    assert written(*pieces_of(said, size)) == text


def test_what_is_no_thought_is_not_kept_back() -> None:
    text = WithoutThought()
    assert [text.add(piece) for piece in ("A", " ", "cat")] == ["A", " ", "cat"]
    text = WithoutThought()
    said = [text.add(piece) for piece in ("<thi", "nk>hm</th", "ink>\n", "A", " cat")]
    assert said == ["", "", "", "A", " cat"]


@pytest.mark.parametrize("start", ["", "<think>", "<think></think>"])
@pytest.mark.parametrize("piece", [" ", "\n", "<", "a", "</think", "<think>"])
def test_no_stream_takes_long_or_is_kept(start: str, piece: str) -> None:
    began = time.process_time()
    text = WithoutThought()
    text.add(start)
    for _ in range(100_000):
        text.add(piece)
    assert time.process_time() - began < 2
    assert len(text._held) <= BLANKS + len(piece)


def test_lines_are_kept_where_an_answer_may_have_them():
    said = "Sure! Here is the description:\n\n **A chart.** \n\n\n\nIt  shows\n- rain\n"
    assert plain(said, lines=True) == "A chart.\n\nIt shows\n- rain"
    assert plain("“第一行。\n第二行。”", lines=True) == "第一行。\n第二行。"
