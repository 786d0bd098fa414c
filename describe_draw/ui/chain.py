"""A game as an HTML page of its own, for its zip: the strip of links, the dials, the plot."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

from describe_draw import zip_page
from describe_draw.game import Chain, Drift, Picture, Words, archive
from describe_draw.game.plot import percent, plot
from describe_draw.game.rest import is_at_rest
from describe_draw.texts import listed
from describe_draw.ui.credits import credit_line
from describe_draw.ui.visit import Visit

Address = Callable[[Path], str]
STYLE = Path(__file__).parent / "chain.css"


def strip(chain: Chain, visit: Visit, address: Address) -> str:
    """The links in their order, each picture a link to its full size.

    Args:
        chain: The game.
        visit: The language to name things in.
        address: A picture's address.
    """
    cards = [_card(chain, number, visit, address) for number in range(len(chain.links))]
    return f'<ol class="chain">{"".join(cards)}</ol>'


def dials(chain: Chain, rounds: int, visit: Visit) -> str:
    """How far the story has drifted, in numbers and as a plot; nothing before the first round."""
    if not chain.drift:
        return ""
    last = chain.drift[-1]
    meters = "".join(
        f'<div class="dial {name}"><dt>{escape(visit.say(f"game.{name}"))}</dt>'
        f"<dd>{percent(getattr(last, name))}</dd></div>"
        for name in ("meaning", "look")
    )
    heading = escape(visit.say("game.drift"))
    hint = visit.say("game.drift_hint")
    if last.model:
        hint += " " + visit.say("game.drift_model", model=last.model)
    return (
        f'<section class="drift"><h2>{heading}</h2><dl>{meters}</dl>{things(last, visit)}'
        f"{plot(chain.drift, rounds, visit.language)}<p>{escape(hint)}</p></section>"
    )


def things(drift: Drift, visit: Visit) -> str:
    """What became of the things that the first words tell of, as a list of at most three rows."""
    pairs = zip(drift.kept, drift.became, strict=True)
    rows = {
        "kept": [one if one == other else f"{one} → {other}" for one, other in pairs],
        "lost": list(drift.lost),
        "invented": list(drift.invented),
    }
    said = "".join(
        f'<li class="{name}">{escape(_row(f"game.things_{name}", found, visit))}</li>'
        for name, found in rows.items()
        if found
    )
    return f'<ul class="things">{said}</ul>' if said else ""


def _row(key: str, found: list[str], visit: Visit) -> str:
    return visit.say(key, things=listed(found, visit.language))


def page(chain: Chain, visit: Visit) -> str:
    """The whole game as an HTML page for the archive: no script, nothing from elsewhere."""
    names = archive.file_names(chain)
    title = visit.say("game.title", rounds=len(chain.drift))
    body = strip(chain, visit, names.__getitem__) + _verdict(chain, visit)
    body += dials(chain, len(chain.drift), visit)
    return zip_page.page(title, body, STYLE.read_text("utf-8"), visit.language)


def _verdict(chain: Chain, visit: Visit) -> str:
    said = visit.say("game.came_to_rest", rounds=len(chain.drift))
    return f"<p>{escape(said)}</p>" if is_at_rest(chain) else ""


def _card(chain: Chain, number: int, visit: Visit, address: Address) -> str:
    link = chain.links[number]
    turn = _turn(number, visit)
    if isinstance(link, Words):
        return f'<li class="link words">{turn}<blockquote>{escape(link.text)}</blockquote>' + (
            f"{_by(link, visit)}</li>"
        )
    before = chain.links[number - 1] if number else None
    after = chain.links[number + 1] if number + 1 < len(chain.links) else None
    told = before or after
    alt = escape(told.text if isinstance(told, Words) else visit.say("game.start"), quote=True)
    source = escape(address(link.path), quote=True)
    width, height = link.size
    picture = f'<img src="{source}" alt="{alt}" width="{width}" height="{height}">'
    return (
        f'<li class="link picture">{turn}'
        f'<a href="{source}" target="_blank" rel="noopener">{picture}</a>{_by(link, visit)}</li>'
    )


def _turn(number: int, visit: Visit) -> str:
    key, values = (
        ("game.start", {}) if number == 0 else ("game.round", {"number": (number + 1) // 2})
    )
    return f'<p class="turn">{escape(visit.say(key, **values))}</p>'


def _by(link: Words | Picture, visit: Visit) -> str:
    """Who answered; the options that no game sets are nothing to tell of."""
    if link.credit:
        return credit_line(replace(link.credit, ignored=()), visit)
    if isinstance(link, Picture):
        return ""
    return f'<p class="credit">{escape(visit.say("game.yours"))}</p>'
