"""The shell: help, exit codes, and what is loaded for it."""

import json
import os
import re
import subprocess
import sys

import pytest

from describe_draw import __version__
from describe_draw.commands import COMMANDS, main
from describe_draw.commands.misuse import Misuse
from describe_draw.commands.models import chosen
from describe_draw.commands.progress import Progress
from describe_draw.commands.saying import as_json, in_line, shown
from tests.support import EXAMPLES, ROOT, settings

HEAVY = ("gradio", "torch", "transformers", "huggingface_hub", "pydantic", "PIL")


def test_help_names_every_command_and_the_exit_codes(capsys):
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(f"  {name} " in said for name in COMMANDS)
    assert re.search(r"^  0 .*\n  1 .*\n  2 .*\n  130 ", said, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_documented(name, capsys):
    assert main([name, "--help"]) == 0
    said = capsys.readouterr().out
    about = said.partition("\n\n")[2].partition("options:")[0]
    assert len(about.split()) > 15
    assert f"examples:\n  describe-draw {name}" in said


def test_the_version_is_the_packages(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"describe-draw {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [[], ["paint"], ["caption"], ["draw"], ["draw", "a", "--prompts", "b"], ["play", "nix.jpg"]],
)
def test_wrong_use_is_2_and_says_the_usage(words, capsys):
    assert main(words) == 2
    assert "usage: describe-draw" in capsys.readouterr().err


def test_a_setting_that_can_not_be_used_is_told_in_one_line(monkeypatch, capsys):
    monkeypatch.setenv("MAX_SIDE", "1000")
    assert main(["draw", "a dog"]) == 1
    assert re.fullmatch(r"MAX_SIDE=1000: .*multiple of 64\.\n", capsys.readouterr().err)


def loaded(code):
    """Which of what is heavy some code loads, in a process of its own."""
    end = f"; print(*[m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; from describe_draw.commands import main; {code}{end}"],
        cwd=ROOT,
        env={**os.environ, "ENGINE": "builtin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, set(done.stderr.split())


def test_help_loads_nothing_heavy():
    said, heavy = loaded("main(['--help'])")
    assert "caption" in said
    assert heavy == set()


def test_the_builtin_engine_captions_without_gradio_and_torch():
    said, heavy = loaded(f"main(['caption', {str(EXAMPLES / 'cat.jpg')!r}])")
    assert said == f"{EXAMPLES / 'cat.jpg'}\ta cat\n"
    assert not heavy & {"gradio", "torch", "transformers"}


def test_an_engine_and_a_model_become_settings():
    """Each is asked by the settings that docs/settings.md names for it."""
    mine, model = chosen(settings(), "describe", "hub:owner/sees")
    assert (mine.caption_engine, mine.caption_model, model) == ("hub", "owner/sees", "")
    assert mine.vision_model == ("owner/sees",)
    mine, _ = chosen(mine, "draw", "local:./folder")
    assert (mine.image_engine, mine.local_image_model) == ("local", "./folder")
    assert mine.caption_engine == "hub"
    mine, _ = chosen(settings(), "draw", "builtin")
    assert mine.forced("draw") == "builtin"
    assert chosen(settings(), "draw", "owner/model")[1] == "owner/model"
    mine, _ = chosen(settings(image_api_url="http://127.0.0.1"), "draw", "http:turbo")
    assert mine.image_api_model == "turbo"


@pytest.mark.parametrize("asked", ["builtin:x", "hub:no model", "endpoint:x", "hub:"])
def test_a_model_that_an_engine_can_not_have_is_a_misuse(asked):
    with pytest.raises(Misuse, match="is no model"):
        chosen(settings(), "draw", asked)


class Terminal:
    """A standard error output that is a terminal."""

    def __init__(self):
        self.said = ""

    def isatty(self):
        return True

    def write(self, text):
        self.said += text

    def flush(self):
        pass


def test_progress_is_told_on_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    with Progress(10) as progress:
        progress.step()
    assert "1 of 10" in terminal.said
    assert terminal.said.endswith("\r\x1b[K")


def test_progress_is_told_nowhere_else(capsys):
    with Progress(10) as progress:
        progress.step()
    assert capsys.readouterr() == ("", "")


def test_progress_has_count_rate_and_time_left():
    progress = Progress(100)
    progress.step(asked=False)
    assert progress.line(5) == "1 of 100"
    for _ in range(19):
        progress.step()
    assert progress.line(9.5) == "20 of 100, 2.0 a second, 40 s left"
    assert progress.line(38).startswith("20 of 100, 2.0 s each, ")


def test_what_is_said_can_not_order_a_terminal_about():
    assert shown("a\x1b[2Jb\n.png") == "a?[2Jb?.png"
    assert in_line("two\nlines\tand \x07more") == "two lines and ?more"


def test_names_that_are_no_unicode_come_back_from_json():
    row = {"file_name": "caf\udce9.png", "caption": "猫"}
    assert json.loads(as_json(row).encode()) == row
    assert "猫" in as_json({"caption": "猫"})
