"""The log: one line an event, and nothing in it that callers sent."""

import logging

CHATTY = ("httpx", "httpx2")
REPEATING = ("root", "mcp")
"""Loggers whose lines repeat what agents sent; `root` is whoever has none of its own."""


def set_up() -> None:
    """Have the app's lines written to the standard error output."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        handler.addFilter(without_messages)


def without_messages(record: logging.LogRecord) -> bool:
    """Keep of a repeating logger's warnings where they come from, and not what they say."""
    if record.name.partition(".")[0] in REPEATING and record.levelno >= logging.WARNING:
        record.msg, record.args = f"a message was refused in {record.module}:{record.lineno}", ()
        record.exc_info = record.exc_text = record.stack_info = None
    return True
