"""Describe & Draw: pictures into words, words into pictures."""

__version__ = "0.1.0"
