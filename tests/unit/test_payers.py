"""Who pays, and how often one visitor may have the operator pay."""

from pathlib import Path

import pytest
from huggingface_hub import constants

from describe_draw.engines.base import ANONYMOUS, Caller
from describe_draw.engines.payers import Payer, Payers
from describe_draw.problems import Problem
from tests.standin import OPERATOR, VISITOR
from tests.support import settings


def payers(**values: object) -> Payers:
    return Payers(settings(**values))


def test_the_visitor_pays_before_the_operator() -> None:
    both = payers(hf_token=OPERATOR)
    assert both.of(Caller(token=VISITOR)) == Payer("visitor", VISITOR)
    assert both.of(ANONYMOUS) == Payer("operator", OPERATOR)


@pytest.mark.parametrize("token", ["mock-oauth-token-for-local-dev", "", " ", "hf_", "hf_a b"])
def test_what_is_no_hub_token_pays_for_nothing(token: str) -> None:
    assert payers(hf_token=OPERATOR).of(Caller(token=token)) == Payer("operator", OPERATOR)
    assert payers().of(Caller(token=token)) is None


def test_a_token_that_is_not_shared_is_not_for_visitors_of_a_space() -> None:
    space = payers(hf_token=OPERATOR, share_token=False, system="spaces")
    assert space.of(ANONYMOUS) is None
    assert space.of(Caller(token=VISITOR)) == Payer("visitor", VISITOR)


def test_off_spaces_the_operator_is_the_visitor() -> None:
    assert payers(hf_token=OPERATOR, share_token=False).of(ANONYMOUS) == Payer("operator", OPERATOR)


def test_the_token_that_logging_in_left_is_the_operators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(f"{OPERATOR}\n")
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    assert payers().of(ANONYMOUS) == Payer("operator", OPERATOR)


def test_a_limit_counts_each_visitor_alone() -> None:
    limited = payers(hf_token=OPERATOR, visitor_limit="2/hour")
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        limited.charge(Caller(address=address))
    with pytest.raises(Problem) as caught:
        limited.charge(Caller(address="192.0.2.1"))
    assert "come back in 60 minutes" in str(caught.value)


def test_who_brings_a_token_has_no_limit() -> None:
    limited = payers(hf_token=OPERATOR, visitor_limit="1/hour")
    for _ in range(3):
        limited.charge(Caller(token=VISITOR, address="192.0.2.1"))


def test_tokens_do_not_show_in_what_is_printed() -> None:
    shown = (
        f"{Payer('operator', OPERATOR)!r} {settings(hf_token=OPERATOR)!r} {Caller(token=VISITOR)}"
    )
    assert OPERATOR not in shown
    assert VISITOR not in shown
