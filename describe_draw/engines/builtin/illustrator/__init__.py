"""Prompt → picture, offline: words, scene description, layout, painting."""

from .illustrator import Illustration, Illustrator

__all__ = ["Illustration", "Illustrator"]
