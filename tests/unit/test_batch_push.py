"""A data set on the Hub: the calls of huggingface_hub itself, to a stand-in."""

import asyncio

import pytest
import yaml
from huggingface_hub import constants
from PIL import Image

from describe_draw.batch.push import AT_ONCE, push
from describe_draw.batch.rows import Item, Row
from describe_draw.engines.base import Credit
from describe_draw.problems import EngineProblem, Problem
from tests.standin import VISITOR, faults
from tests.standin.hub import Model
from tests.standin.spaces import Space
from tests.waiting import until

BLIP = "Salesforce/blip-image-captioning-base"


@pytest.fixture
def hub(standin, monkeypatch):
    """The stand-in, which takes large files by Git LFS, as huggingface_hub sends them without Xet.

    HF_HUB_DISABLE_XET is its documented switch for that, which it reads once.
    """
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    return standin


def row(folder, number=0, *, caption="a cat", model=BLIP, ending=".png"):
    path = folder / f"{number}{ending}"
    Image.new("RGB", (40, 30), (number % 256, 90, 90)).save(path)
    credit = Credit(engine="hub", model=model) if model else None
    return Row(Item(f"cats/{number}{ending}", path, ending), caption, credit)


async def test_pictures_and_captions_become_a_private_data_set(hub, tmp_path, capfd):
    rows = [row(tmp_path, n, caption=f"caption {n}") for n in range(3)]
    broken = Row(Item("x.pdf"), problem=Problem("not_a_picture").told)
    address = await push([*rows, broken], "my-cats", VISITOR)
    assert address == "https://huggingface.co/datasets/visitor/my-cats"
    made = hub.data_sets["visitor/my-cats"]
    assert made.is_private
    assert sorted(made.files) == [
        ".gitattributes",
        "README.md",
        "captions.csv",
        "train/cats/0.png",
        "train/cats/1.png",
        "train/cats/2.png",
        "train/metadata.jsonl",
    ]
    for one in rows:
        assert made.files[f"train/{one.item.name}"] == one.item.path.read_bytes()
    assert {call.token for call in hub.calls if call.route != "lfs_object"} == {VISITOR}
    assert len(hub.calls_to("commit")) == 1
    said = capfd.readouterr()
    assert said.out + said.err == ""  # the log would have names of pictures


@pytest.mark.slow
async def test_what_was_pushed_is_loaded_by_datasets(hub, tmp_path, monkeypatch):
    import datasets  # noqa: PLC0415  # it takes its time

    await push([row(tmp_path, n, caption=f"caption {n}") for n in range(3)], "my-cats", VISITOR)
    for name, content in hub.data_sets["visitor/my-cats"].files.items():
        path = tmp_path / "cloned" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    datasets.disable_progress_bars()
    found = datasets.load_dataset(str(tmp_path / "cloned"), cache_dir=str(tmp_path / "cache"))
    assert list(found) == ["train"]
    assert found["train"]["text"][:] == ["caption 0", "caption 1", "caption 2"]
    assert found["train"][0]["image"].size == (40, 30)


def card_of(hub, name="visitor/cats"):
    text = hub.data_sets[name].files["README.md"].decode()
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body


async def test_the_card_says_who_wrote_the_captions_and_by_which_licence(hub, tmp_path):
    hub.models[BLIP].card = {"license": "bsd-3-clause"}
    hub.models["meta/llama"] = Model("image-text-to-text", {})
    evil = {"license": "x](https://evil.example)", "license_link": "javascript:alert(1)"}
    hub.models["meta/llama"].card = evil
    models = [BLIP, BLIP, "meta/llama:novita", "builtin", "llava:13b", ""]
    rows = [row(tmp_path, n, model=model) for n, model in enumerate(models)]
    await push(rows, "cats", VISITOR, languages=("zh",))
    head, body = card_of(hub)
    assert head["language"] == ["zh"]
    assert head["size_categories"] == "n<1K"
    (config,) = head["configs"]
    assert config["data_files"] == [{"split": "train", "path": "train/**"}]
    page = f"https://huggingface.co/{BLIP}"
    assert f"- 2 by [{BLIP}]({page}), licence: [bsd-3-clause]({page})." in body
    llama = "https://huggingface.co/meta/llama"
    assert f"- 1 by [meta/llama]({llama}), licence: [see its page]({llama})." in body
    assert "- 1 by `builtin`." in body
    assert "- 1 by `llava:13b`." in body
    assert "- 1 came along with the pictures." in body
    assert "evil" not in body


async def test_many_are_sent_in_parts_and_committed_at_once(hub, tmp_path):
    told = []
    rows = [row(tmp_path, n) for n in range(2 * AT_ONCE + 1)]
    await push(rows, "cats", VISITOR, report=lambda said, part=None: told.append(part))
    assert [round(part, 1) for part in told] == [0, 0.5, 1]
    assert len(hub.calls_to("lfs_batch")) == 3
    assert len(hub.calls_to("commit")) == 1


async def test_a_public_one_is_made_only_when_it_is_asked_for(hub, tmp_path):
    await push([row(tmp_path)], "cats", VISITOR, is_private=False)
    assert not hub.data_sets["visitor/cats"].is_private


@pytest.mark.parametrize("name", ["", "a b", "a/b/c", "-cats", "cats--x", "x" * 97, "../cats"])
async def test_a_name_that_the_hub_does_not_take_ends_in_a_sentence(hub, tmp_path, name):
    with pytest.raises(Problem, match="does not take this name"):
        await push([row(tmp_path)], name, VISITOR)
    assert hub.data_sets == {}


async def test_a_data_set_with_files_in_it_is_left_as_it_is(hub, tmp_path):
    hub.data_sets["visitor/cats"] = Space({".gitattributes": b"", "train/1.png": b"1"})
    with pytest.raises(Problem, match="a data set visitor/cats already"):
        await push([row(tmp_path)], "cats", VISITOR)
    assert hub.data_sets["visitor/cats"].files["train/1.png"] == b"1"


async def test_a_public_one_of_the_same_name_is_not_filled_with_what_is_private(hub, tmp_path):
    hub.data_sets["visitor/cats"] = Space({".gitattributes": b""})
    with pytest.raises(Problem, match="already"):
        await push([row(tmp_path)], "visitor/cats", VISITOR)


async def test_after_a_failure_the_same_name_is_good_again(hub, tmp_path):
    hub.script("commit", faults.Fault(status=500))
    with pytest.raises(EngineProblem, match="try again with the same name"):
        await push([row(tmp_path)], "cats", VISITOR)
    await push([row(tmp_path)], "cats", VISITOR)
    assert "train/cats/0.png" in hub.data_sets["visitor/cats"].files


FULL = "Private repository storage limit reached, please upgrade your plan"
"""github.com/huggingface/huggingface_hub/issues/3049"""

REFUSALS = [
    ("repo_create", 401, "Invalid credentials in Authorization header", "not valid on the Hub"),
    ("repo_create", 403, "You don't have the rights to create a dataset", "may not write there"),
    ("repo_create", 429, "Too Many Requests", "no more calls from this account"),
    ("repo_create", 400, "Invalid name", "does not take this name"),
    ("preupload", 403, FULL, "no room left"),
    ("lfs_batch", 403, FULL, "no room left"),
    ("lfs_object", 403, FULL, "no room left"),
    ("commit", 403, "Forbidden", "may not write there"),
    ("commit", 413, "Payload Too Large", "no room left"),
]


@pytest.mark.parametrize(("route", "status", "said", "told"), REFUSALS)
async def test_what_the_hub_refuses_ends_in_a_sentence(hub, tmp_path, route, status, said, told):
    body = f'{{"error": "{said}"}}'.encode()
    hub.script_always(
        route, faults.Fault(status=status, body=body, headers={"X-Error-Message": said})
    )
    with pytest.raises(Problem, match=told) as raised:
        await push([row(tmp_path)], "cats", VISITOR)
    assert "hf_" not in str(raised.value)


async def test_a_token_without_the_permission(hub, tmp_path):
    hub.accounts[VISITOR].may_write = False
    with pytest.raises(Problem, match="may not write there"):
        await push([row(tmp_path)], "cats", VISITOR)


async def test_a_name_of_somebody_elses(hub, tmp_path):
    with pytest.raises(Problem, match="may not write there"):
        await push([row(tmp_path)], "operator/cats", VISITOR)


async def test_without_a_connection(hub, tmp_path, monkeypatch):
    hub.script_always("repo_create", faults.Fault(drop=True))
    with pytest.raises(Problem, match="can't be reached"):
        await push([row(tmp_path)], "cats", VISITOR)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(Problem, match="can't be reached"):
        await push([row(tmp_path)], "cats", VISITOR)


async def test_it_may_take_only_so_long(hub, tmp_path, monkeypatch):
    monkeypatch.setattr("describe_draw.batch.push.SECONDS", 0.2)
    hub.script("repo_create", faults.slow(2))
    with pytest.raises(Problem, match="took too long"):
        await push([row(tmp_path)], "cats", VISITOR)


async def test_whoever_stops_it_has_no_commit(hub, tmp_path):
    hub.script_always("preupload", faults.slow(0.3))
    rows = [row(tmp_path, n) for n in range(3 * AT_ONCE)]
    pushing = asyncio.create_task(push(rows, "cats", VISITOR))
    await until(lambda: hub.calls_to("preupload"))
    pushing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await pushing
    await until(lambda: sum(call.status == 200 for call in hub.calls_to("lfs_object")) == AT_ONCE)
    assert hub.calls_to("commit") == []
    assert len(hub.calls_to("preupload")) == 1


async def test_nothing_to_push(hub):
    with pytest.raises(Problem, match="nothing to push"):
        await push([Row(Item("x.pdf"), problem=Problem("not_a_picture").told)], "cats", VISITOR)
    assert hub.calls == []


async def test_a_picture_that_is_gone(hub, tmp_path):
    gone = row(tmp_path)
    gone.item.path.unlink()
    with pytest.raises(Problem, match="not available"):
        await push([gone], "cats", VISITOR)
