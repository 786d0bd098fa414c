"""Who pays, and how often one visitor may have the operator pay."""

from pathlib import Path

import pytest
from huggingface_hub import constants

from describe_draw.access import ANONYMOUS, Access, Caller, Payer, Who
from describe_draw.problems import Problem
from tests.standin import OPERATOR, VISITOR
from tests.support import settings

NOT_SHARED: dict[str, object] = {
    "hf_token": OPERATOR,
    "share_token": False,
    "system": "spaces",
}


def access(**values: object) -> Access:
    return Access(settings(**values))


def test_the_visitor_pays_before_the_operator() -> None:
    both = access(hf_token=OPERATOR)
    assert both.payer(Caller(token=VISITOR)) == Payer("visitor", VISITOR)
    assert both.payer(ANONYMOUS) == Payer("operator", OPERATOR)


@pytest.mark.parametrize("token", ["mock-oauth-token-for-local-dev", "", " ", "hf_", "hf_a b"])
def test_what_is_no_hub_token_pays_for_nothing(token: str) -> None:
    assert access(hf_token=OPERATOR).payer(Caller(token=token)) == Payer("operator", OPERATOR)
    assert access().payer(Caller(token=token)) is None


def test_a_token_that_is_not_shared_is_not_for_visitors_of_a_space() -> None:
    space = access(**NOT_SHARED)
    assert space.payer(ANONYMOUS) is None
    assert space.payer(Caller(token=VISITOR)) == Payer("visitor", VISITOR)


def test_off_spaces_the_operator_is_the_visitor() -> None:
    assert access(hf_token=OPERATOR, share_token=False).payer(ANONYMOUS) == Payer(
        "operator", OPERATOR
    )


def test_the_token_that_logging_in_left_is_the_operators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(f"{OPERATOR}\n")
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    assert access().payer(ANONYMOUS) == Payer("operator", OPERATOR)


def test_a_limit_counts_each_visitor_alone() -> None:
    limited = access(hf_token=OPERATOR, visitor_limit="2/hour")
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        limited.charge(Caller(address=address), "operator")
    with pytest.raises(Problem) as caught:
        limited.charge(Caller(address="192.0.2.1"), "operator")
    assert "come back in 60 minutes" in str(caught.value)


@pytest.mark.parametrize("who", ["visitor", "nobody"])
def test_only_what_the_operator_pays_for_is_counted(who: Who) -> None:
    limited = access(hf_token=OPERATOR, visitor_limit="1/hour")
    for _ in range(3):
        limited.charge(Caller(token=VISITOR, address="192.0.2.1"), who)


def test_whose_sign_in_has_expired_is_not_answered_on_the_operators_token() -> None:
    limited = access(hf_token=OPERATOR)
    with pytest.raises(Problem, match="Your sign-in has expired: sign in again"):
        limited.charge(Caller(signed_out=True), "operator")
    limited.charge(Caller(signed_out=True), "nobody")


@pytest.mark.parametrize(
    ("values", "caller", "sentence"),
    [
        ({}, ANONYMOUS, "set HF_TOKEN to one with the permission"),
        (NOT_SHARED, ANONYMOUS, "The operator's token is not shared here"),
        (NOT_SHARED, Caller(signed_out=True), "Your sign-in has expired"),
    ],
)
def test_who_has_no_token_is_told_what_is_true_here(
    values: dict[str, object], caller: Caller, sentence: str
) -> None:
    with pytest.raises(Problem, match=sentence):
        access(**values).need(caller)


def test_tokens_do_not_show_in_what_is_printed() -> None:
    shown = (
        f"{Payer('operator', OPERATOR)!r} {settings(hf_token=OPERATOR)!r} {Caller(token=VISITOR)}"
    )
    assert OPERATOR not in shown
    assert VISITOR not in shown
