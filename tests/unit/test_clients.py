"""Few connections, shared."""

from collections.abc import Iterator

import pytest

from describe_draw.access import Payer
from describe_draw.engines.hub.clients import Clients
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
