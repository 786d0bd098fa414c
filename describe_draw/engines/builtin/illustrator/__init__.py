"""Prompt → picture, offline: words, scene description, layout, painting."""

from .editing import THEN
from .illustrator import Illustration, Illustrator

__all__ = ["THEN", "Illustration", "Illustrator"]
