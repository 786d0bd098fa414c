"""What of a prompt comes back: drawn and described by the built-in engine, by kinds of prompts.

The prompts in loop_prompts.tsv have the words by which their main subject may come back. They are
for measuring: nothing is made to fit them.
"""

import csv
from collections import defaultdict
from pathlib import Path

from describe_draw.engines.builtin.describer.describer import Describer
from describe_draw.engines.builtin.illustrator import Illustrator

PROMPTS = Path(__file__).with_name("loop_prompts.tsv")


def measure() -> dict[str, str]:
    """The share of captions that keep the main subject."""
    illustrator, describer = Illustrator(), Describer()
    kept: dict[str, list[bool]] = defaultdict(list)
    with PROMPTS.open(encoding="utf-8", newline="") as file:
        for seed, (kind, prompt, words) in enumerate(csv.reader(file, delimiter="\t")):
            drawing = illustrator.draw(prompt, seed=seed).image
            language = "zh" if kind == "chinese" else ""
            caption = describer.describe(drawing, language=language)
            kept[kind].append(any(word in caption for word in words.split("|")))
            kept["all"].append(kept[kind][-1])
    return {
        f"subject kept, {kind}": f"{sum(found)} of {len(found)}" for kind, found in kept.items()
    }
