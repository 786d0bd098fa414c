"""Few connections, shared; and how long to wait before another try."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2
import pytest
from huggingface_hub.errors import HfHubHTTPError

from describe_draw.engines.calling.upstream import _told_wait
from describe_draw.engines.hub.clients import Clients
from describe_draw.engines.payers import Payer
from tests.standin import StandIn
from tests.support import settings


@pytest.fixture
def clients(standin: StandIn) -> Iterator[Clients]:
    yield Clients(settings(), limit=2)


def payer(number: int) -> Payer:
    return Payer("visitor", f"hf_{number}")


async def test_a_payer_has_one_client_a_provider(clients: Clients) -> None:
    async with clients.use(payer(1), "auto") as one, clients.use(payer(1), "auto") as same:
        assert one is same
    async with clients.use(payer(1), "together") as other, clients.use(payer(2), "auto") as yours:
        assert len({id(one), id(other), id(yours)}) == 3
    await clients.close()


async def test_the_least_recently_used_go_first(clients: Clients) -> None:
    kept = []
    for number in (1, 2, 1, 3):
        async with clients.use(payer(number), "auto") as client:
            kept.append(client)
    async with clients.use(payer(1), "auto") as again:
        assert again is kept[0]
    async with clients.use(payer(2), "auto") as anew:
        assert anew is not kept[1]
    await clients.close()


async def test_none_is_closed_while_it_is_in_use(clients: Clients) -> None:
    async with clients.use(payer(0), "auto") as busy:
        for number in range(1, 5):
            async with clients.use(payer(number), "auto"):
                pass
        async with clients.use(payer(0), "auto") as same:
            assert same is busy
    assert len(clients) == 2
    await clients.close()


def error(body: object = None, **headers: str) -> HfHubHTTPError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(
        429, headers=named, json=body, request=httpx2.Request("POST", "https://router.example")
    )
    return HfHubHTTPError("", response=response)


@pytest.mark.parametrize(
    ("failed", "seconds"),
    [
        (error(retry_after="7"), 7),
        (error(retry_after="Sat, 01 Jan 2000 00:00:00 GMT"), 0),
        (error(ratelimit='"api";r=0;t=55'), 55),
        (error(ratelimit='"api";r=3;t=55'), None),
        (error({"error": "loading", "estimated_time": 20.5}), 20.5),
        (error(retry_after="3", ratelimit='"api";r=0;t=55'), 3),
        (error(retry_after="soon"), None),
        (error({"estimated_time": "soon"}), None),
        (error(["loading"]), None),
        (error(), None),
        (httpx2.ConnectError("refused"), None),
    ],
)
def test_the_server_says_how_long_to_wait(failed: Exception, seconds: float | None) -> None:
    assert _told_wait(failed) == seconds


def test_retry_after_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert 50 < (_told_wait(error(retry_after=date)) or 0) <= 60
