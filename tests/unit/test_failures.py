"""What a failed answer says: how long to wait, what it complains of, and by which name."""

import ast
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import httpx2
import pytest

from describe_draw.engines import calling, model_api
from describe_draw.engines.calling.complaints import said
from describe_draw.engines.calling.failures import (
    BrokenPicture,
    BrokeOff,
    EmptyAnswer,
    Refusal,
    kind,
    refusal,
)
from describe_draw.engines.calling.waits import LONGEST
from describe_draw.texts import duration

DEEP = b"[" * 200_000


def failed(body: object = None, **headers: str) -> Refusal:
    named = {n.replace("_", "-").encode(): v.encode("latin-1") for n, v in headers.items()}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return refusal(429, httpx2.Headers(named), content)


@pytest.mark.parametrize(
    ("refused", "seconds"),
    [
        (failed(Retry_After="7"), 7),
        (failed(retry_after="Sat, 01 Jan 2000 00:00:00 GMT"), 0),
        (failed(ratelimit='"api";r=0;t=55'), 55),
        (failed(RateLimit='"burst";r=2;t=5, "api"; r=0; t=55'), 55),
        (failed(ratelimit='"api";r=3;t=55'), None),
        (failed({"error": "loading", "estimated_time": 20.5}), 20.5),
        (failed(retry_after="3", ratelimit='"api";r=0;t=55'), 3),
        (failed(retry_after="soon"), None),
        (failed({"estimated_time": "soon"}), None),
        (failed({"estimated_time": True}), None),
        (failed({"estimated_time": -1}), None),
        (failed(["loading"]), None),
        (failed(DEEP), None),
        (failed(), None),
    ],
)
def test_the_server_says_how_long_to_wait(refused: Refusal, seconds: float | None) -> None:
    assert refused.wait == seconds


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 50 < (failed(retry_after=date).wait or 0) <= 60


@pytest.mark.parametrize(
    "refused",
    [
        failed(retry_after="9" * 400),
        failed(retry_after="Fri, 31 Dec 9999 23:59:59 GMT"),
        failed(ratelimit=f'"api";r=0;t={"9" * 400}'),
        failed(b'{"estimated_time": 1e999}'),
        failed({"estimated_time": 10**400}),
    ],
)
def test_no_wait_is_too_long_to_be_told(refused: Refusal) -> None:
    assert refused.wait == LONGEST
    assert duration(refused.wait).say() == "168 hours"


@pytest.mark.parametrize(
    "header",
    ["²", "-1", "1 1", "00:00", "Sat, 01 Jan 0000 00:00:00 -0000", "1 Jan 1 0:0:0 -0000", ",", "0"],
)
def test_no_header_is_too_odd_to_be_read(header: str) -> None:
    assert failed(retry_after=header, ratelimit=header).wait in (None, 0)


@pytest.mark.parametrize(
    "body",
    [
        {"error": "too hot"},
        {"error": {"message": "too hot", "code": 1}},
        {"error": ["too hot", "too cold"]},
        {"detail": "too hot"},
        {"detail": [{"loc": [], "msg": "too hot"}], "message": "no"},
        {"errors": [{"message": "too hot"}], "error": "no"},
        {"message": "too hot"},
        {"detail": "", "errors": [], "error": None, "message": " too hot\n"},
        {"error": "OutOfMemoryError", "detail": "", "body": "", "errors": "too hot"},
        {"error": "torch.cuda.OutOfMemoryError: too hot"},
        ["too hot"],
        [{"error": "too hot"}],
    ],
)
def test_what_a_service_complains_of(body: object) -> None:
    assert said(body) == "too hot"


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (["body", "steps"], "steps: too many"),
        (["body", "messages", 0, "content"], "messages.0.content: too many"),
        (["body", "n" * 99], f"{'n' * 40}: too many"),
        (["body", *"abcdefgh"], "a.b.c.d: too many"),
        (["body", {"a": 1}, "b"], "b: too many"),
        (["body"], "too many"),
        (["body", 12], "too many"),
        ("body", "too many"),
        (None, "too many"),
    ],
)
def test_fastapi_names_the_field_that_it_complains_of(where: object, words: str) -> None:
    """Where the words alone say as little as "Field required": fastapi/exception_handlers.py."""
    assert said({"detail": [{"type": "odd", "loc": where, "msg": "too many"}]}) == words


@pytest.mark.parametrize(
    "body",
    [
        None,
        7,
        [],
        {},
        "too hot",
        {"error": 7},
        {"error": {"too": "hot"}},
        {"error": "HTTPException"},
        {"detail": {"type": "x", "loc": ["a"]}},
        {"error": [[[[[[[["too hot"]]]]]]]]},
    ],
)
def test_a_service_that_does_not_complain(body: object) -> None:
    assert said(body) == ""


@pytest.mark.parametrize(
    ("refused", "complaint"),
    [
        (failed(b"too hot\n", content_type="text/plain; charset=utf-8"), "too hot"),
        (failed("too hot"), "too hot"),
        (failed(b"too hot"), ""),
        (failed(b"<p>too hot</p>", content_type="text/html"), ""),
        (failed(b'{"a": "too hot"}', content_type="text/plain"), ""),
        (failed(b"", content_type="text/plain"), ""),
        (failed(DEEP), ""),
    ],
)
def test_a_body_that_is_no_object(refused: Refusal, complaint: str) -> None:
    assert refused.complaint == complaint


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": {"code": "model_not_supported"}}, "model_not_supported"),
        ({"code": "model_not_supported"}, "model_not_supported"),
        ({"error": "no", "code": "model_not_supported"}, "model_not_supported"),
        ({"error": {"message": "model_not_supported"}}, ""),
        ({"error": {"code": 404}}, ""),
        ("model_not_supported", ""),
        ([{"code": "model_not_supported"}], ""),
    ],
)
def test_the_code_is_the_errors_own(body: object, code: str) -> None:
    assert failed(body).code == code


@pytest.mark.parametrize(
    ("error", "named"),
    [
        (BrokenPicture(), "broken_picture"),
        (BrokeOff(), "broke_off"),
        (EmptyAnswer(), "empty_answer"),
        (TimeoutError(), "timed_out"),
        (httpx2.ReadTimeout(""), "timed_out"),
        (httpx2.ConnectError(""), "unreachable"),
        (ConnectionResetError(), "unreachable"),
        (httpx2.DecodingError(""), "odd_answer"),
        (json.JSONDecodeError("", "", 0), "odd_answer"),
        (OSError(), "odd_answer"),
        (SyntaxError(), "odd_answer"),
    ],
)
def test_only_a_picture_that_is_one_is_told_to_be_broken(error: Exception, named: str) -> None:
    assert kind(error) == named


def imports(package: str) -> set[str]:
    """Every module that a package's own modules import."""
    found = set()
    for path in Path(package).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


HUBS = ("huggingface_hub", "describe_draw.borrowed.huggingface", "describe_draw.engines.hub")


@pytest.mark.parametrize("package", [calling, model_api], ids=["calling", "model_api"])
def test_the_hub_is_none_of_their_business(package: object) -> None:
    named = imports(str(package.__file__))  # type: ignore[attr-defined]
    assert "httpx2" in named
    assert not [name for name in named if name.startswith(HUBS)]


def test_what_is_shared_knows_no_engine() -> None:
    shared = "describe_draw.engines.calling"
    engines = {name for name in imports(str(calling.__file__)) if ".engines" in name}
    assert not [name for name in engines if not name.startswith(shared)]
