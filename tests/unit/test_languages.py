"""Which language is meant by a tag, and how models are asked for captions in it."""

import pytest

from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.calling.model_prompts import (
    CAPTION_PROMPTS,
    caption_prompt,
    caption_tokens,
)
from describe_draw.languages import LANGUAGES, lookup
from describe_draw.options import check_language
from describe_draw.problems import Problem

OURS = ("en", "zh", "zh-TW")


@pytest.mark.parametrize(
    ("tag", "available", "found"),
    [
        # The example of RFC 4647, 3.4: "zh-Hant-CN-x-private1-private2" is cut off to each of
        # these in turn, the singletons with what they introduce.
        ("zz-Hant-CN-x-private1-private2", ["zz-Hant-CN-x-private1", "zz"], 0),
        ("zz-Hant-CN-x-private1-private2", ["zz-Hant-CN-x", "zz-Hant-CN"], 1),
        ("zz-Hant-CN-x-private1-private2", ["zz-Hant", "zz"], 0),
        ("zz-Hant-CN-x-private1-private2", ["zz"], 0),
        ("de-ch", ["de-DE", "de", "de-CH"], 2),  # 2.1: case doesn't matter
        ("de-CH-1996", ["en", "de-CH"], 1),
        ("de", ["de-DE"], None),  # 3.4: a lookup never finds what is more than was asked for
    ],
)
def test_tags_are_looked_up(tag: str, available: list[str], found: int | None) -> None:
    assert lookup(tag, available) == (None if found is None else available[found])


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        # CLDR 46, supplemental/likelySubtags.xml: zh_TW is zh_Hant_TW, zh_HK zh_Hant_HK, zh_MO
        # zh_Hant_MO, zh_Hant zh_Hant_TW, yue yue_Hant_HK, yue_CN yue_Hans_CN; zh, zh_CN, zh_SG
        # and zh_Hans are zh_Hans
        ("zh-TW", "zh-TW"),
        ("zh-HK", "zh-TW"),
        ("zh-MO", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-HK", "zh-TW"),
        ("zh-HANT-US", "zh-TW"),
        ("yue", "zh-TW"),
        ("yue-Hant-HK", "zh-TW"),
        ("yue-CN", "zh"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-SG", "zh"),
        ("zh-MY", "zh"),
        ("zh-Hans", "zh"),
        ("zh-Hans-HK", "zh"),
        ("en-GB", "en"),
        ("de-DE", None),
        ("zh_TW", None),  # no BCP 47 tag
        ("中文", None),
        ("", None),
    ],
)
def test_chinese_is_read_in_the_script_that_cldr_gives(tag: str, language: str | None) -> None:
    assert lookup(tag, OURS) == language


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", ""),
        (None, ""),
        ("en", ""),
        ("en-US", ""),
        (" zh-CN ", "zh"),
        ("zh-HK", "zh-TW"),
        ("DE-at", "de"),
        ("pt-PT", "pt"),
        ("pt-br", "pt-BR"),
        # CLDR 46, supplementalMetadata.xml, languageAlias
        ("no", "nb"),
        ("iw", "he"),
        ("in", "id"),
        ("tl", "fil"),
    ],
)
def test_a_language_is_asked_for_by_its_code(asked: object, language: str) -> None:
    assert check_language(asked) == language


@pytest.mark.parametrize(
    "asked",
    ["elvish", "e", "-", "--", "x-klingon", "zh_TW", "German", "\ud800", 7, ["zh"], "a" * 10**6],
)
def test_other_languages_are_refused_in_a_sentence(asked: object) -> None:
    with pytest.raises(Problem, match=r"choose one of ar, .*, zh-TW\.$"):
        check_language(asked)


@pytest.mark.parametrize("style", STYLES)
def test_english_is_asked_for_as_ever(style: str) -> None:
    assert caption_prompt(CaptionOptions(style)) == CAPTION_PROMPTS[style]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_models_are_told_the_language_by_its_name(style: str, language: str) -> None:
    asked = CaptionOptions(style, language)
    assert caption_prompt(asked).endswith(f" Write it in {LANGUAGES[language]}.")
    assert caption_tokens(asked) > caption_tokens(CaptionOptions(style))
