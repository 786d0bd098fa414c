"""The game on the page: it begins, and grows by one link at a time, as the page asks for it."""

from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from typing import Any

import gradio as gr

from describe_draw.borrowed.frontend import address_of
from describe_draw.game import Chain, Game, Words
from describe_draw.game.rest import is_at_rest
from describe_draw.problems import Problem
from describe_draw.recipe import check_prompt
from describe_draw.reports import Report
from describe_draw.texts import LANGUAGES, said_as_json
from describe_draw.threads import in_thread
from describe_draw.ui.archive import kept, opened
from describe_draw.ui.credits import credit_parts
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Ask, Events, Told
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Token, Visit, visit_of

Played = tuple[str, Chain]
"""What is kept of a page's last game: the name that the page gave it, and how far it is."""

LONGEST_NAME = 64

Step = tuple[Any, Told]
"""The game as it is kept, and what the page is told."""


class Play:
    """A picture or a sentence goes in; the chain grows while it is watched.

    Args:
        desk: Where calls run.
        game: What is played.
    """

    def __init__(self, desk: Desk, game: Game) -> None:
        self._desk, self._game, self._events = desk, game, Events(desk)

    async def begin(
        self,
        picture: Named | None,
        sentence: str,
        game_id: str,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Step]:
        """A new game, from the sentence if there is one."""
        visit = visit_of(request, token)
        words = str(sentence or "")
        named = None if words.strip() else picture

        async def begins(report: Report) -> Chain:
            return await opened(self._desk, self._game, named, words)

        async for step in self._grown(visit, game_id, begins, begun=False):
            yield step

    async def step(
        self,
        played: Played | None,
        words: str,
        model: str,
        language: str,
        game_id: str,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Step]:
        """The game with its next link, which is drawn from a person's words where there are any."""
        visit, chain = visit_of(request, token), _chain(played, game_id)

        async def grow(report: Report) -> Chain:
            going = await self._with(chain, words)
            caller = visit.caller
            return await self._game.step(
                going, model=model, caller=caller, report=report, language=language
            )

        # Words without a game begin one: it has to wait like any other.
        begun = chain is not None
        async for step in self._grown(visit, game_id, grow, begun=begun):
            yield step

    async def keep(
        self,
        played: Played | None,
        language: str,
        game_id: str,
        request: gr.Request,
        token: Token,
    ) -> AsyncIterator[Told]:
        """The game in one file, to be downloaded, in the language that the page speaks."""
        visit, chain = visit_of(request, token), _chain(played, game_id)
        if language in LANGUAGES:
            visit = replace(visit, language=language)

        async def pack(report: Report) -> str:
            if chain is None:
                raise Problem("game_gone")
            return address_of(await kept(chain, visit, self._game))

        async for told in self._events.follow(
            visit, "keep", pack, lambda address: {"file": address}
        ):
            yield told

    async def _with(self, chain: Chain | None, words: str) -> Chain:
        """The chain as it is to go on, by a person's words where they wrote some."""
        if not words:
            if chain is None:
                raise Problem("game_gone")
            return chain
        said = check_prompt(words, self._desk.studio.settings)
        if chain is None:  # the server was restarted, or the game is not the last one
            return Chain((Words(said),))
        return await in_thread(chain.said_otherwise, said)

    async def _grown(
        self, visit: Visit, game_id: str, grow: Ask[Chain], *, begun: bool
    ) -> AsyncIterator[Step]:
        """What is told while a link comes; the game stays as it was until it is there."""
        grown: list[Chain] = []

        def tell(chain: Chain) -> Told:
            grown.append(chain.at_rest())
            return _told(chain)

        async for told in self._events.follow(visit, "play", grow, tell, begun=begun):
            yield ((_name(game_id), grown[0]) if grown else gr.skip()), told


def _name(game_id: object) -> str:
    """A game's name as it is kept: as long as the page makes them, whatever a caller hands over."""
    return str(game_id)[:LONGEST_NAME]


def _chain(played: Played | None, game_id: object) -> Chain | None:
    """The game that the page means, if it is still the last one."""
    return played[1] if played and played[0] == _name(game_id) else None


def _told(chain: Chain) -> Told:
    """The last two links, the words that were drawn among them; the drift so far; the verdict."""
    links = [
        _link(chain, number) for number in range(max(0, len(chain.links) - 2), len(chain.links))
    ]
    return {
        "links": links,
        "length": len(chain.links),
        "rounds": len(chain.drift),
        "drift": [asdict(drift) for drift in chain.drift],
        "rests": is_at_rest(chain),
    }


def _link(chain: Chain, number: int) -> Told:
    link = chain.links[number]
    # What no game sets is nothing to tell of.
    credit = credit_parts(replace(link.credit, ignored=())) if link.credit else []
    said = said_as_json(credit)
    if isinstance(link, Words):
        return {"words": link.text, "credit": said}
    width, height = link.size
    picture = address_of(link.path)
    return {"picture": picture, "width": width, "height": height, "credit": said}
