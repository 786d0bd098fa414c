import pytest

from describe_draw.access import ANONYMOUS
from describe_draw.engines import Engines
from describe_draw.problems import Problem
from describe_draw.prompts import improve, in_english
from describe_draw.reports import ignore_progress
from tests.standin import OPERATOR, StandIn, faults
from tests.support import settings

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"


async def test_a_prompt_is_made_richer(standin: StandIn) -> None:
    chosen = settings(hf_token=OPERATOR)
    suggestion = await improve(" a fox ", Engines(chosen), chosen)
    assert suggestion.prompt == "a fox, golden hour, highly detailed"
    assert suggestion.note.say() == f"improved by {VISION}: {suggestion.prompt}"


async def test_a_chatty_prompt_is_cleaned(standin: StandIn) -> None:
    async def chatter(_: object) -> str:
        return "<think>Hm.</think>\n\nSure! Here is your improved prompt:\n\n**A fox**\nat dawn\n"

    standin.reply = chatter
    chosen = settings(hf_token=OPERATOR)
    assert (await improve("a fox", Engines(chosen), chosen)).prompt == "A fox at dawn"
    assert standin.calls_to("chat")[0].json()["max_tokens"] == 400


async def test_the_text_model_is_the_operators_choice(standin: StandIn) -> None:
    standin.models["acme/writer"] = standin.models[VISION]
    chosen = settings(hf_token=OPERATOR, text_model="acme/writer")
    await improve("a fox", Engines(chosen), chosen)
    assert standin.calls_to("chat")[0].json()["model"] == "acme/writer"


async def test_on_failure_the_prompt_stays(standin: StandIn) -> None:
    standin.script_always("chat", faults.credits_used_up())
    chosen = settings(hf_token=OPERATOR)
    suggestion = await improve("a fox", Engines(chosen), chosen)
    assert suggestion.prompt == "a fox"
    assert "the original was used" in suggestion.note.say()


async def test_without_a_writer_the_prompt_stays() -> None:
    chosen = settings()
    assert (await improve("a fox", Engines(chosen), chosen)).prompt == "a fox"


async def test_an_answer_that_is_too_long_is_not_taken(standin: StandIn) -> None:
    async def chatter(_: object) -> str:
        return "very " * 100

    standin.reply = chatter
    chosen = settings(hf_token=OPERATOR, max_prompt_chars=100)
    assert (await improve("a fox", Engines(chosen), chosen)).prompt == "a fox"


async def test_an_empty_prompt_is_refused() -> None:
    chosen = settings()
    with pytest.raises(Problem, match="empty"):
        await improve("  ", Engines(chosen), chosen)


async def translated(standin: StandIn, prompt: str) -> tuple[str, list[str]]:
    house = Engines(settings(hf_token=OPERATOR))
    english, notes = await in_english(prompt, house, ANONYMOUS, ignore_progress)
    return english, [note.say() for note in notes]


async def test_a_prompt_in_chinese_is_translated(standin: StandIn) -> None:
    async def translate(asked: dict[str, list[dict[str, str]]]) -> str:
        assert asked["messages"][-1]["content"] == "一只蓝色的鸟"
        return '"a blue bird"'

    standin.reply = translate
    said = await translated(standin, "一只蓝色的鸟")
    assert said == ("a blue bird", ["translated to: a blue bird"])


async def test_a_prompt_in_latin_script_is_nobodys_business(standin: StandIn) -> None:
    assert await translated(standin, "ein Hund im Park") == ("ein Hund im Park", [])
    assert not standin.calls


async def test_a_prompt_that_could_not_be_translated_is_used_as_it_is(standin: StandIn) -> None:
    standin.script("chat", faults.server_error())
    english, (note,) = await translated(standin, "一只鸟")
    assert english == "一只鸟"
    assert "could not be translated" in note
