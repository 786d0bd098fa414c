"""README's header says to the platform what the platform understands."""

import re
from importlib.metadata import version

from huggingface_hub import SpaceCard
from huggingface_hub.constants import SPACES_SDK_TYPES

from tests.space.build import header
from tests.support import ROOT, settings

COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}
HARDWARE = {"cpu-basic", "cpu-upgrade", "zero-a10g", "t4-small", "t4-medium", "l4x1", "a10g-small"}
SCOPES = {
    *("inference-api", "read-repos", "contribute-repos", "write-repos", "manage-repos"),
    *("email", "jobs"),
}
"""Of those in https://huggingface.co/docs/hub/oauth; by `contribute-repos` an app makes
repositories, and reaches no others than those."""

KNOWN = {
    *("title", "emoji", "colorFrom", "colorTo", "sdk", "sdk_version", "python_version"),
    *("app_file", "license", "short_description", "tags", "models", "suggested_hardware"),
    *("hf_oauth", "hf_oauth_scopes"),
}


def test_every_key_is_known_and_none_is_missing():
    assert header().keys() - {"thumbnail"} == KNOWN


def test_a_thumbnail_of_the_operators_is_a_whole_address():
    """As https://huggingface.co/docs/hub/spaces-config-reference says; the sync adds the app's."""
    assert re.match("https://", header().get("thumbnail", "https://"))


def test_values_are_within_what_is_documented():
    values = header()
    assert values["title"]
    assert re.fullmatch(r"[\U0001F300-\U0001FAFF]", values["emoji"])
    assert {values["colorFrom"], values["colorTo"]} <= COLOURS
    assert values["sdk"] in SPACES_SDK_TYPES
    assert values["python_version"] == "3.12"  # which ZeroGPU has; a number would lose a zero
    assert len(values["short_description"]) <= 60
    assert values["license"] == "apache-2.0"
    assert values["suggested_hardware"] in HARDWARE
    assert values["hf_oauth"] is True
    assert set(values["hf_oauth_scopes"]) <= SCOPES
    assert "inference-api" in values["hf_oauth_scopes"]
    assert all(re.fullmatch(r"[a-z0-9-]+", tag) for tag in values["tags"])


def test_the_models_are_the_defaults_of_the_settings():
    chosen = settings()
    defaults = {chosen.caption_model, *chosen.vision_model, *chosen.image_models}
    assert set(header()["models"]) == defaults


def test_the_app_is_there():
    assert (ROOT / header()["app_file"]).is_file()


def test_header_requirements_and_installation_agree_on_gradio():
    pinned = re.search(
        r"^gradio\[mcp,oauth\]==(\S+)$", (ROOT / "requirements.txt").read_text(), re.M
    )
    assert pinned
    assert header()["sdk_version"] == pinned[1] == version("gradio")


def test_the_hubs_own_reader_reads_it():
    card = SpaceCard.load(ROOT / "README.md")
    assert card.data.sdk == "gradio"
    assert card.data.title == "Describe & Draw"
