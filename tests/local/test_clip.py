"""CLIP as an embedder of games: a tiny one, through the same loading as any other."""

import csv
import io
import json

import pytest
import torch
from PIL import Image
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    CLIPProcessor,
)

from describe_draw.commands import main
from describe_draw.game.embedders import Clip, Missing, alike
from tests.local.tiny import SMALL, words
from tests.support import EXAMPLES


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """A CLIP of the kind of openai/clip-vit-base-patch32, with random weights."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("tiny-clip")
    tokenizer = words("<pad>", "<unk>", "<s>", "</s>")
    tokenizer.model_max_length = 77
    text = {**SMALL, "vocab_size": len(tokenizer), "intermediate_size": 64}
    text |= {"bos_token_id": 2, "eos_token_id": 3, "pad_token_id": 0}
    vision = {**SMALL, "intermediate_size": 64, "image_size": 32, "patch_size": 16}
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=16)
    CLIPModel(config).save_pretrained(folder)
    size = {"shortest_edge": 32}
    pictures = CLIPImageProcessor(size=size, crop_size={"height": 32, "width": 32})
    CLIPProcessor(pictures, tokenizer).save_pretrained(folder)
    return str(folder)


def test_vectors_are_those_of_the_model(clip):
    """By transformers' own forward pass, whose embeddings have length 1."""
    mine = Clip(clip, "cpu")
    model, processor = CLIPModel.from_pretrained(clip), CLIPProcessor.from_pretrained(clip)
    picture = Image.open(EXAMPLES / "cat.jpg").convert("RGB")
    given = processor(text=["a dog"], images=picture, return_tensors="pt", padding=True)
    with torch.inference_mode():
        theirs = model(**given)
    assert mine.text("a dog") == pytest.approx(theirs.text_embeds[0].numpy(), abs=1e-5)
    seen = mine.picture(EXAMPLES / "cat.jpg")
    assert seen == pytest.approx(theirs.image_embeds[0].numpy(), abs=1e-5)
    assert alike(seen, seen) == pytest.approx(1)


def test_words_beyond_what_the_model_reads_are_cut(clip):
    assert Clip(clip, "cpu").text("dog " * 500).shape == (16,)


@pytest.mark.parametrize("start", [str(EXAMPLES / "cat.jpg"), "a dog"])
def test_a_game_is_measured_by_it(clip, start, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ENGINE", "builtin")
    monkeypatch.setenv("LOCAL_DEVICE", "cpu")
    out = tmp_path / "out"
    words = ["--rounds", "4", "--seed", "1", "--clip", clip, "--out", str(out)]
    assert main(["play", start, *words]) == 0
    assert "without clip" not in capsys.readouterr().err
    (pair,) = json.loads((out / "summary.json").read_text())
    mine = {m["name"]: m for m in pair["measures"] if m["name"].startswith("clip")}
    pictures = {"clip_image_image", "clip_image_text"}
    assert mine.keys() == (pictures if start.endswith("jpg") else {"clip_text_image"})
    rows = list(csv.DictReader(io.StringIO((out / "drift.csv").read_text("utf-8"))))
    for name, measured in mine.items():
        values = [float(row[name]) for row in rows]
        assert measured["MCD"] == pytest.approx(sum(values) / len(values), abs=1e-3)  # it may rest
        assert clip in measured["of"]


@pytest.mark.parametrize(
    ("device", "name", "why"),
    [("none", "x", "LOCAL_DEVICE=none"), ("cpu", "owner/nothing", "hf download owner/nothing")],
)
def test_one_that_is_not_there_says_why(device, name, why):
    with pytest.raises(Missing, match=why):
        Clip(name, device)


def test_a_model_of_another_kind_is_refused(blip):
    with pytest.raises(Missing):
        Clip(blip, "cpu")
