"""The gate before the app: who comes, what they may ask, and how much they may bring."""

from describe_draw.gate.compression import Compressed
from describe_draw.gate.gate import Gate

__all__ = ["Compressed", "Gate"]
