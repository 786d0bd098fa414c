"""Answers as agents get them, whatever is in them."""

import json

from describe_draw.store import Store
from describe_draw.ui.shown import LONGEST, content

ROOT = "https://owner-name.hf.space"
META = {"_type": "gradio.FileData"}


def texts(tmp_path, *outputs):
    return [part.model_dump()["text"] for part in content([*outputs], ROOT, Store(tmp_path))]


def test_one_output_is_what_it_is_and_several_have_names(tmp_path):
    assert texts(tmp_path, ("caption", "a cat")) == ["a cat"]
    assert texts(tmp_path, ("caption", "a cat"), ("seed", 7)) == ["caption: a cat", "seed: 7"]


def test_values_are_json(tmp_path):
    assert texts(tmp_path, ("status", {"draw": {"payer": "nobody", "missing": "狗"}})) == [
        '{"draw": {"payer": "nobody", "missing": "狗"}}'
    ]


def test_a_file_is_its_address_for_whoever_calls(tmp_path):
    zipped = {"path": "/tmp/a b/game.zip", "url": "http://127.0.0.1/…", "meta": META}
    assert texts(tmp_path, ("archive", zipped)) == [
        f"archive: {ROOT}/gradio_api/file=/tmp/a%20b/game.zip"
    ]


def test_a_picture_that_is_gone_or_elsewhere_is_not_opened(tmp_path):
    gone = {"path": "/etc/gone.png", "url": None, "meta": META}
    (said,) = texts(tmp_path, ("picture", gone))
    assert said == f"Image URL: {ROOT}/gradio_api/file=/etc/gone.png"


def test_a_long_list_ends_where_there_is_no_more_room(tmp_path):
    rows = [{"index": n, "caption": "狗" * 500} for n in range(500)]
    (said,) = texts(tmp_path, ("rows", rows))
    *kept, rest = json.loads(said)
    assert len(said) <= LONGEST + 100
    assert kept == rows[: len(kept)]
    assert rest == {"left_out": 500 - len(kept)}
    assert len(kept) > 50


def test_a_long_text_is_cut(tmp_path):
    (said,) = texts(tmp_path, ("answer", "a" * 10**6))
    assert len(said) == LONGEST + 1
