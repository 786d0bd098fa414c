"""The gate before the app: who comes, what they may ask, and how much they may bring."""

from describe_draw.gate.gate import Gate

__all__ = ["Gate"]
