import ast
import re
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from describe_draw.caption_options import PURPOSES, STYLES
from describe_draw.engines import Engines
from describe_draw.engines.base import Task
from describe_draw.recipe import Recipe
from describe_draw.texts import LANGUAGES, LONGEST, MOST, catalog, listed, message, preferred
from describe_draw.ui.page.demo import FATES
from describe_draw.ui.page.front import PICTURES
from tests.support import settings

SOURCES = Path(__file__).parents[2] / "describe_draw"
SECTIONS = {key.split(".")[0] for key in catalog("en")}
KEY = re.compile(rf"({'|'.join(SECTIONS)})\.(?!js$)\w+")  # page.js is a file
SAYS = {"_told_as": ("problem.{}",)}
"""Functions that are given a text's name without its section, as all problems are."""

PAGE = SOURCES / "ui" / "page"
QUOTED = re.compile(r"""(["'`])((?:(?!\1)[^\n])*)\1""")


def _keys(section: str) -> set[str]:
    return {key for key in catalog("en") if key.startswith(f"{section}.")}


FRAMES = {"problem.with_reference", "problem.zero_gpu"}
"""Sentences around others."""


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language):
    english, other = catalog("en"), catalog(language)
    assert other.keys() == english.keys()
    for key, text in english.items():
        assert placeholders(other[key]) == placeholders(text), key


class Uses:
    """Which texts a module names: by their keys, or by patterns such as `engine.{}`.

    Args:
        code: The module's code.
    """

    def __init__(self, code: str) -> None:
        self._nodes = list(ast.walk(ast.parse(code)))
        untold = self._untold()
        said = [n.value for n in self._all(ast.Constant) if id(n) not in untold]
        self.words = {word.replace(" ", "_") for word in said if isinstance(word, str)}
        self.keys = {word for word in self.words if KEY.fullmatch(word)}
        joined = {_pattern(node) for node in self._all(ast.JoinedStr)}
        sections = SECTIONS - {"problem"}  # whose texts are named without their section
        self.patterns = {pattern for pattern in joined if pattern.split(".")[0] in sections}
        self.open: set[str] = set()
        """Patterns of texts whose names the module has from near by: itself, or what it imports."""
        self.imports = {node.module for node in self._all(ast.ImportFrom)}
        tellers = [node for node in self._all(ast.FunctionDef) if node.name in SAYS]
        handed_on = {id(node) for teller in tellers for node in ast.walk(teller)}
        for call in self._all(ast.Call):
            for pattern in () if id(call) in handed_on else _says(call):
                self._note(pattern, call.args[0])

    def _all(self, kind: type) -> list[Any]:
        return [node for node in self._nodes if isinstance(node, kind)]

    def _untold(self) -> set[int]:
        """Strings that name no text: documentation, parts of others, what is compared with."""
        nodes = [node.value for node in self._all(ast.Expr)]
        nodes += [part for joined in self._all(ast.JoinedStr) for part in joined.values]
        nodes += [n for compared in self._all(ast.Compare) for n in ast.walk(compared)]
        return {id(node) for node in nodes}

    def _note(self, pattern: str, said: ast.expr) -> None:
        """Whatever a call may be given as a text's name."""
        if isinstance(said, ast.IfExp):
            self._note(pattern, said.body)
            self._note(pattern, said.orelse)
        elif isinstance(said, ast.Constant):
            self.keys.add(pattern.format(said.value))
        elif isinstance(said, ast.JoinedStr):
            self.open.add(pattern.format(_pattern(said)))
        else:
            self.open.add(pattern)


def _says(call: ast.Call) -> tuple[str, ...]:
    """The patterns of the texts that a call names by its first argument."""
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if not call.args or isinstance(call.args[0], ast.Starred):
        return ()
    return ("problem.{}",) if name.endswith("Problem") else SAYS.get(name, ())


def _pattern(joined: ast.JoinedStr) -> str:
    parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in joined.values)
    return "".join(map(str, parts))


uses = cache(Uses)


def used(codes: dict[str, str]) -> set[str]:
    """The keys that some modules name, by the modules' own names."""
    modules = {name: uses(code) for name, code in codes.items()}
    words = set().union(*(module.words for module in modules.values()))
    found = set().union(*(module.keys for module in modules.values()))
    for module in modules.values():
        near = set().union(module.words, *(modules[n].words for n in module.imports & codes.keys()))
        for key in catalog("en"):
            closely = any(_fits(key, pattern, near) for pattern in module.open)
            if closely or any(_fits(key, pattern, words) for pattern in module.patterns):
                found.add(key)
    return found


def _fits(key: str, pattern: str, words: set[str]) -> bool:
    """Whether a pattern makes the key of something that the code names."""
    shape = re.escape(pattern).replace(r"\{\}", r"(\w+)")
    found = re.fullmatch(shape, key)
    return bool(found and set(found.groups()) <= words)


@cache
def sources() -> dict[str, str]:
    paths = sorted(SOURCES.rglob("*.py"))
    names = [".".join(path.relative_to(SOURCES.parent).with_suffix("").parts) for path in paths]
    texts = [path.read_text("utf-8") for path in paths]
    return {n.removesuffix(".__init__"): text for n, text in zip(names, texts, strict=True)}


def statement(module: str, begin: str) -> str:
    """The first of a script's statements that begins so."""
    code = (PAGE / f"{module}.js").read_text("utf-8")
    return code[code.index(begin) :].partition(";\n")[0]


def names(module: str, begin: str) -> list[str]:
    """The keys of an object in a script."""
    return re.findall(r"^  (\w+): ", statement(module, begin), re.MULTILINE)


def strings(module: str, begin: str) -> list[str]:
    """What is quoted in a statement of a script."""
    return re.findall(r'"([\w ]+)"', statement(module, begin))


def up_to(module: str, name: str) -> range:
    """The numbers from 1 to a constant of a script."""
    return range(1, int(statement(module, f"const {name} = ").split()[-1]) + 1)


SHAPES = re.findall(r"(\w+): \[", statement("options", "const SHAPES"))

FILLED: dict[str, Iterable[object]] = {
    "app.{}": [
        *names("stage", "const ANSWERS"),
        *re.findall(r"(\w+): \[", statement("options", "const SHAPES")),
        *strings("options", "const OWN"),
    ],
    "app.example_{}": [name.replace("-", "_") for name in PICTURES],
    "app.idea_{}": up_to("composer", "IDEAS"),
    "app.next_{}": {*strings("next", "const NEXTS")},
    "app.style_{}": [style.replace(" ", "_") for style in (*STYLES, "own")],
    "app.task_{}": get_args(Task),
    "app.twist_{}": up_to("play", "TWISTS"),
    "app.twist_{}_adds": up_to("play", "TWISTS"),
    "many.along_{}": strings("many/wording", "const ALONG"),
    "game.{}": ["meaning", "look"],
    "game.things_{}": FATES,
    "game.verdict_{}": strings("album", "const verdict"),
    "wording.{}": ["least", "most"],
    "wording.purpose_{}": [*PURPOSES, "decorative"],
    "wording.ready_{}": up_to("wording", "READY"),
    "page.doing_{}": [*names("composer", "const DOES"), "edit"],
    "page.done_{}": strings("grid", "const SEVERAL"),
}
"""What the page's scripts make keys of, and what stands in the gaps."""


def shown() -> set[str]:
    """The keys that the page's scripts and HTML name."""
    found: set[str] = set()
    for path in (*PAGE.rglob("*.js"), *PAGE.rglob("*.html")):
        for _, said in QUOTED.findall(path.read_text("utf-8")):
            pattern = re.sub(r"\$\{[^}]*\}", "{}", said)
            if KEY.fullmatch(said):
                found.add(said)
            elif pattern.split(".")[0] in SECTIONS and re.fullmatch(r"\w+\.[\w{}]+", pattern):
                found |= {pattern.format(filling) for filling in FILLED[pattern]}
    return found


def test_no_text_is_left_over_and_none_is_missing():
    said = used(sources()) | shown()
    assert sorted(said - catalog("en").keys()) == []
    assert sorted(catalog("en").keys() - said) == []


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("restore.restored", "restore.restored"),
        ("engine.endpoint", "endpoint"),
        ("missing.endpoint_token", "missing.endpoint_token"),
        ("option.rounds", "rounds"),
        ("problem.app_busy", "app_busy"),
        ("problem.upstream_down", "upstream_down"),
    ],
)
def test_a_text_that_is_said_no_more_is_found(key, said):
    assert key in used(sources())
    without = {n: code.replace(f'"{said}"', '"another"') for n, code in sources().items()}
    assert key not in used(without)


def test_the_page_names_texts_in_each_of_its_ways():
    assert {"app.upload", "app.write", "game.verdict_gone", "app.next_lock"} <= shown()
    assert {"page.doing_play", "app.portrait", "app.twist_4_adds", "list.own_name"} <= shown()


def test_documentation_and_comparisons_name_no_text():
    code = '"""problem.stopped"""\nif key == "problem.stopped":\n    print(f"{key}problem.stopped")'
    assert used({"module": code}) == set()


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ('raise Problem("no_promt")', "problem.no_promt"),
        ('raise ApiProblem("no_promt" if short else "no_prompt", api)', "problem.no_promt"),
        ('message("note.translatet", prompt=english)', "note.translatet"),
    ],
)
def test_a_misspelt_text_is_found(code, key):
    assert key in used({"module": code}) - catalog("en").keys()


def test_every_engine_and_option_has_a_name():
    engines = Engines(settings())._engines
    assert {f"engine.{engine.name}" for engine in engines} == _keys("engine")
    options = {f"option.{name}" for name in Recipe.__dataclass_fields__}
    assert options <= _keys("option")


@pytest.mark.parametrize("key", sorted(_keys("problem") - FRAMES))
def test_a_problem_is_one_sentence(key):
    assert re.fullmatch(r"(?:[^.!?]|[.?](?! ))+\.", catalog("en")[key])
    for chinese in ("zh", "zh-TW"):
        assert re.fullmatch(r"[^。！？]+。", catalog(chinese)[key])


def test_a_language_is_a_file():
    files = {path.stem for path in (SOURCES / "texts").glob("*.toml")}
    assert set(LANGUAGES) == files
    assert LANGUAGES[0] == "en"


def test_chinese_addresses_everybody_alike():
    """`app`, `page` and `game` too, once they are those of the new page."""
    for language in ("zh", "zh-TW"):
        texts = catalog(language).items()
        sections = ("app.", "page.", "game.") if language == "zh" else ("none",)
        assert not [key for key, text in texts if "您" in text and not key.startswith(sections)]


def test_traditional_chinese_has_no_simplified_signs():
    """Big5 (here: code page 950, Taiwan's) has no simplified signs."""
    for key, text in catalog("zh-TW").items():
        text.encode("cp950")
        assert not set("里面后台") - set("面台") & set(text), key


def test_a_message_within_a_message_is_said_in_the_same_language():
    said = message("problem.out_of_range", option=message("option.width"), low=64, high=1024)
    assert said.say("en") == "The width must be a number from 64 to 1024."
    assert said.say("zh") == "宽度必须是 64 到 1024 之间的数字。"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        # Chrome, Edge, Firefox and Safari as they are installed in these languages
        ("zh-CN,zh;q=0.9", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8,en-GB;q=0.7,en-US;q=0.6", "zh"),
        ("zh-CN,zh;q=0.8,zh-TW;q=0.7,zh-HK;q=0.5,en-US;q=0.3,en;q=0.2", "zh"),
        ("zh-TW,zh;q=0.8,en-US;q=0.5,en;q=0.3", "zh-TW"),
        ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", "zh-TW"),
        ("zh-HK,zh-TW;q=0.9,zh;q=0.8,en-US;q=0.7", "zh-TW"),
        ("zh-Hant-TW", "zh-TW"),
        ("zh-SG,zh;q=0.9", "zh"),
        ("zh-CN,zh-Hans;q=0.9", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.8,zh;q=0.7", "en"),
        ("en-GB,en;q=0.5", "en"),
        ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", "en"),
        ("de-DE,de;q=0.9,zh-CN;q=0.8,zh;q=0.7,en;q=0.6", "zh"),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "en"),  # MDN's example
        ("*", "en"),  # Node's fetch
        ("", "en"),  # curl, Python
        (None, "en"),
    ],
)
def test_browsers_get_the_language_that_they_ask_for(header, language):
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en;q=0.2,zh;q=0.9", "zh"),  # the weight counts, not the order
        ("en;q=0.5, zh;q=0.5", "en"),  # of equals the first
        ("zh;q=0.5, en;q=0.5", "zh"),
        ("zh;q=0", "en"),
        ("zh;q=0, *", "en"),
        ("en;q=0, *", "zh"),
        ("en;q=0.000, zh;q=0.001", "zh"),
        ("en;q=0, zh;q=0", "en"),  # a sentence is better than none
        ("fr, *;q=0.1", "en"),
        ("zh;q=0.8, *;q=0.1", "zh"),
        ("ZH-cn ; Q=1.000", "zh"),
        ("zh-TW;q=0, zh-CN;q=0.4, en;q=0.2", "zh"),
    ],
)
def test_weights_are_followed(header, language):
    assert preferred(header) == language


ODD_WEIGHTS = ("2", "1.5", "-1", "nan", "1e-9", "0.12345", "", "٣", "1;", "1;q=1x")
ODD_ENTRIES = ("zh;q", "zh;;q=1", ";q=1", "zh;level=1", "zhq=1", "zh_CN", "中文", "\0")


@pytest.mark.parametrize("entry", [*(f"zh;q={weight}" for weight in ODD_WEIGHTS), *ODD_ENTRIES])
def test_a_malformed_entry_says_nothing(entry):
    assert preferred(entry) == "en"
    assert preferred(f"{entry}, zh-CN;q=0.5") == "zh"
    assert preferred(f",,{entry},, en;q=0.3,") == "en"


def test_a_long_header_is_read_to_its_bounds_only():
    assert preferred("fr," * (MOST - 1) + "zh") == "zh"
    assert preferred("fr," * MOST + "zh") == "en"
    assert preferred("x" * LONGEST + ",zh") == "en"
    start = time.perf_counter()
    preferred("zh;q=" * 1_000_000)
    assert time.perf_counter() - start < 0.1


def test_names_in_a_row():
    assert listed(["a", "b"]) == "a, b"
    assert listed(["甲", "乙"], "zh") == "甲、乙"
    assert listed(["甲", "乙"], "zh-TW") == "甲、乙"
