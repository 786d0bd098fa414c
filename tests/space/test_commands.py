"""Each command that people are told to give is one that the installed `hf` understands."""

import re
import shlex

import pytest
from huggingface_hub.cli.hf import app

from tests.space.test_workflows import CI
from tests.support import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), CI]
TOLD = re.compile(
    r"""(?<=`)hf[ ]\w[^`]+(?=`)                 # in a sentence
    | ^[ ]*hf[ ]\w(?:[^\\\n]|\\\n)*          # on lines of its own
    | (?<=:[ ])hf[ ]\w.*?(?=\.)              # in what the workflow says
    """,
    re.MULTILINE | re.VERBOSE,
)
COMMANDS = sorted(
    {told.strip() for page in PAGES for told in TOLD.findall(page.read_text("utf-8"))}
)


def understood(command):
    """Have the CLI read a command, without doing it; it raises what it doesn't understand."""
    _, *words = shlex.split(command.replace("\\\n", " "))
    group, context, name = app, None, "hf"
    while hasattr(group, "commands"):
        context = group.make_context(name, words, parent=context)
        name, group, words = group.resolve_command(context, words)
    return group.make_context(name, words, parent=context).params


@pytest.mark.parametrize("command", COMMANDS)
def test_the_installed_cli_understands(command):
    assert understood(command)


def test_a_mistake_would_be_seen():
    with pytest.raises(Exception, match="No such option"):
        understood("hf repos create owner/name --type space --hardware zero-a10g")
