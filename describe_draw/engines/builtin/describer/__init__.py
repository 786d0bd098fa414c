"""Pictures into words, offline."""

from .describer import Describer

__all__ = ["Describer"]
