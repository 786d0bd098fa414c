"""What is wrong with how a command was called."""


class Misuse(Exception):
    """A command that was called in a way that it can't follow, told in one sentence."""
