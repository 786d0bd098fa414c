"""Questions about a picture: what is asked, what was seen, and what is said of it."""

from ...chinese import LANGUAGES
from ..observation import Observation
from .answers import answered
from .asking import understood
from .chinese import Chinese
from .english import English
from .question import Question
from .speaking import Speaker

__all__ = ["Question", "answered", "speaker_of", "understood"]


def speaker_of(seen: Observation, language: str) -> Speaker:
    """Who answers in a language: English where there is no other."""
    return Chinese(seen, language) if language in LANGUAGES else English(seen)
