"""Who answers, in which language."""

from ...chinese import LANGUAGES
from ..observation import Observation
from .chinese import Chinese
from .english import English

Speaker = English | Chinese


def speaker_of(seen: Observation, language: str) -> Speaker:
    """Who answers in a language: English where there is no other."""
    return Chinese(seen, language) if language in LANGUAGES else English(seen)
