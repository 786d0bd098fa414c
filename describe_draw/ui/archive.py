"""A game that a caller begins, and the file that it is kept in."""

from pathlib import Path

from describe_draw.game import Chain, Game, archive
from describe_draw.problems import Problem
from describe_draw.store import full
from describe_draw.threads import in_thread
from describe_draw.ui import chain as html
from describe_draw.ui.desk import Desk
from describe_draw.ui.picture import Named
from describe_draw.ui.visit import Visit


async def opened(desk: Desk, game: Game, named: Named | None, sentence: str = "") -> Chain:
    """A game's beginning, from a picture that a caller named or a sentence.

    Raises:
        Problem: As `Intake.file` and `Game.begin`.
    """
    return await game.begin(await desk.picture(named), sentence)


async def kept(chain: Chain, visit: Visit, game: Game) -> Path:
    """A zip with all that there is of a game.

    Raises:
        Problem: A picture of it is gone, or there is no room for the zip.
    """
    page = html.page(chain, visit)

    def pack() -> Path:
        """Beside the last picture: however often it is asked for, a game has one archive."""
        game.store.check_room()
        folder = chain.pictures[-1].path.parent if chain.pictures else game.store.new()
        try:
            return archive.pack(chain, page, folder)
        except OSError as error:
            is_gone = isinstance(error, FileNotFoundError)
            raise (Problem("game_gone") if is_gone else full(error)) from error

    return await in_thread(pack)
