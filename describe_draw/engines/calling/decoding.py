"""Pictures that came in, whole; what Pillow makes of broken ones is told apart from all else."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
from PIL import Image

from describe_draw import pictures
from describe_draw.engines.calling.failures import BrokenPicture
from describe_draw.problems import Problem
from describe_draw.threads import in_thread


async def decoded(drawn: Image.Image | bytes) -> Image.Image:
    """A model's drawing, encoded or not decoded yet, as a whole RGB picture.

    Raises:
        BrokenPicture: It is none.
    """
    try:
        return await in_thread(pictures.whole, drawn)
    except Problem:
        raise
    except Exception as error:  # decoders raise anything on damaged data
        raise BrokenPicture from error


@contextmanager
def opening() -> Iterator[None]:
    """For calls of a library that opens the picture itself.

    Raises:
        BrokenPicture: It is none; what the connection raises stays as it is.
    """
    try:
        yield
    except (httpx2.HTTPError, ConnectionError, TimeoutError):
        raise
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise BrokenPicture from error
