"""Measures the app: python -m tests.benchmarks [name …]."""

import sys
from importlib import import_module

# fmt: off
ALL = ("start", "page", "engine", "loop", "hub", "game", "many", "many_page", "shell", "fairness",
       "load")
# fmt: on

if __name__ == "__main__":
    for name in [word for word in sys.argv[1:] if not word.startswith("-")] or ALL:
        for what, result in import_module(f"tests.benchmarks.{name}").measure().items():
            print(f"{what:22} {result}", flush=True)
