"""`./run bench [NAME …]`: runs benchmarks by name, all of them without one."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = tuple(
    sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem[0] != "_")
)


def main(names: list[str]) -> int:
    """Run the named benchmarks one after the other; returns 2 for an unknown name."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.stderr.write(f"no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}\n")
        return 2
    for name in names or NAMES:
        print(f"== {name}", flush=True)
        importlib.import_module(f"tests.benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
