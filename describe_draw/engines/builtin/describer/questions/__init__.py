"""Questions about a picture: what is asked, what was seen, and what is said of it."""

from .answers import answered
from .asking import understood
from .question import Question
from .speaking import speaker_of

__all__ = ["Question", "answered", "speaker_of", "understood"]
