import pytest

from describe_draw.engines import Engines
from describe_draw.problems import Problem
from describe_draw.prompts import improve
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
