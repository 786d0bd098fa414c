"""What comes to the app: good calls, bad ones, and visits, each as often as any other."""

import asyncio
import itertools
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

from tests.conftest import CHROMIUM
from tests.soak.bad import Bad
from tests.soak.callers import ANSWERED, ANY, Kind
from tests.soak.entry import FEW
from tests.soak.good import Good
from tests.soak.leaving import Leaving
from tests.standin import StandIn
from tests.support import App

AT_ONCE = 8
BROWSED = 200
"""Of so many requests, one is a visit with a real browser, where there is one."""


class Mix:
    """Makes requests, and counts what they came to.

    Args:
        app: Whom they are made to.
        standin: Who answers it.
        folder: For the files that are sent.

    Attributes:
        kinds: How each usually ends.
        outcomes: How often each kind ended how.
    """

    def __init__(self, app: App, standin: StandIn, folder: Path) -> None:
        self._standin = standin
        self._good = Good(app, standin, folder)
        self._pictures = [self._good.picture() for _ in range(FEW)]
        self.kinds: dict[Kind, str] = {}
        for callers in (self._good, Bad(app, standin, folder), Leaving(app, standin, folder)):
            self.kinds |= callers.kinds()
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)

    async def batch(self, requests: int) -> None:
        """Make so many requests, of every kind equally many, in the same order each time."""
        kinds = [*itertools.islice(itertools.cycle(self.kinds), requests)]
        kinds += [self._good.browse] * (requests // BROWSED if CHROMIUM else 0)
        Random(13).shuffle(kinds)
        places = asyncio.Semaphore(AT_ONCE)

        async def make(kind: Kind) -> None:
            async with places:
                self.outcomes[kind.__name__][await asyncio.wait_for(kind(), 60)] += 1

        await asyncio.gather(*map(make, kinds))
        self._standin.reset()

    async def last(self) -> None:
        """Fill what keeps the latest of a kind with the same after each batch.

        Whoever asks upstream also closes the connections that have ended meanwhile.
        """
        good = self._good
        for _ in range(FEW // 4):
            for kind in (good.status, good.ask, good.describe, good.draw):
                await kind()
        for picture in self._pictures:  # what is remembered of one is as long as it shows much
            await good.describe_here(picture)
        self._standin.reset()

    def odd(self) -> dict[str, Counter[str]]:
        """Returns: the kinds that ended otherwise more often than as they should, and how."""
        usual = {kind.__name__: end for kind, end in self.kinds.items()}
        return {
            name: ends
            for name, ends in self.outcomes.items()
            if usual.get(name, ANSWERED) not in (ANY, ends.most_common(1)[0][0])
        }
