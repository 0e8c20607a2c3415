"""Compiles the solver's kernels once, at set-up, so that the first roster does not wait for it."""

from __future__ import annotations

import sys

from solver.warm import warm_up


def main() -> int:
    """Run every kernel once; what is compiled is kept on disk."""
    warm_up()
    return 0


if __name__ == "__main__":
    sys.exit(main())
