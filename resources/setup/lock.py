"""For developers: write requirements.lock from pyproject.toml, as a runtime and a develop part.

Run with `./run python resources/setup/lock.py [--upgrade]`; needs the program `uv`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
HEAD = "# Exact releases with their hashes, for every system; written by resources/setup/lock.py\n"
COMPILE = (
    "uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11",
    "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header",
    "--no-annotate", "--no-config", "--quiet",
)  # fmt: skip
GROUPS = ("--group", "test", "--group", "check")


def compiled(output: Path, *options: str) -> list[str]:
    """Resolve the project; return one text per package: its line and its hashes."""
    # Folders of wheels on the developer's machine must not decide what others install.
    outer = {name: value for name, value in os.environ.items() if name != "PIP_FIND_LINKS"}
    line = [*COMPILE, *options, "--output-file", str(output)]
    subprocess.run(line, cwd=ROOT, env=outer, check=True)  # noqa: S603  # a fixed tool
    return entries(output.read_text(encoding="utf-8"))


def entries(text: str) -> list[str]:
    """Cut a lock file into one text per package."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.findall(r"^\S[^\n]*(?:\n {4}--hash[^\n]*)*", "\n".join(lines), re.MULTILINE)


def sections(everything: list[str], runtime: list[str]) -> str:
    """Return the lock file: what the program needs, then what its tests and checks add."""
    # A package that the program needs on one system only may be a test's need on all.
    develop = [entry for entry in everything if entry not in runtime]
    texts = [HEAD, "# == runtime ==", *runtime, "# == develop ==", *develop]
    return "\n".join(texts) + "\n"


def main() -> int:
    """Write the lock file; keep present releases unless asked to upgrade."""
    if shutil.which("uv") is None:
        sys.stderr.write("toban: the program `uv` was not found.\n")
        return 1
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    with tempfile.TemporaryDirectory() as folder:
        whole, part = Path(folder) / "all.txt", Path(folder) / "runtime.txt"
        whole.write_text("\n".join(entries(LOCK.read_text(encoding="utf-8"))), encoding="utf-8")
        everything = compiled(whole, *GROUPS, *upgrade)
        runtime = compiled(part, "--constraints", str(whole))
    LOCK.write_text(sections(everything, runtime), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
