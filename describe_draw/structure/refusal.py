"""What is raised for a file that is built to be expensive."""


class TooComplex(OSError):
    """A picture that would take too long to read, or too much memory, for what it shows."""
