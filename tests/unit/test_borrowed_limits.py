"""A canary for what is borrowed from `limits`."""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from describe_draw.borrowed.limits import Storage
from tests.waiting import wait_until

RATION = parse("1/second")


def come(storage: MemoryStorage) -> None:
    """Three visitors who come once, and when their time is over another."""
    limiter = MovingWindowRateLimiter(storage)
    for name in ("a", "b", "c"):
        assert limiter.hit(RATION, name)
        assert not limiter.hit(RATION, name)
    wait_until(lambda: limiter.test(RATION, "c"))
    assert limiter.hit(RATION, "d")
    wait_until(lambda: sum(bool(entries) for entries in storage.events.values()) == 1)


def test_visitors_whose_time_is_over_are_forgotten() -> None:
    storage = Storage()
    come(storage)
    assert MovingWindowRateLimiter(storage).hit(RATION, "e")
    assert len(storage.events) == 2


def test_the_library_still_keeps_a_list_of_each() -> None:
    storage = MemoryStorage()
    come(storage)
    assert len(storage.events) == 4, "limits forgets them by itself now: borrow no more"
