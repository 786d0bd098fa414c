"""`python -m describe_draw`: the same as `describe-draw`."""

import sys

from describe_draw.commands import main

if __name__ == "__main__":
    sys.exit(main())
