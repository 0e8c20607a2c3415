"""The verbs of `run`: start the program, or test, check and measure it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from resources.setup import environment
from resources.setup.environment import DEVELOP, RUNTIME, SetupError, tell

USAGE = (
    "usage: ./run [toban ARGS... | test [PYTEST ARGS...] | check | bench [NAME...] "
    "| soak [PYTEST ARGS...] | python ARGS...]"
)
VERBS = ("toban", "test", "check", "bench", "soak", "python")
ROOT = Path(__file__).resolve().parents[2]


def main(words: list[str], root: Path = ROOT) -> int:
    """Set up what the verb needs, then run it; return the exit status."""
    verb, arguments = (words[0], words[1:]) if words else ("", [])
    if verb in ("help", "-h", "--help"):
        sys.stdout.write(USAGE + "\n")
        return 0
    if (verb and verb not in VERBS) or (verb == "check" and arguments):
        sys.stderr.write(USAGE + "\n")
        return 2
    parts = [RUNTIME] if verb in ("", "toban", "python") else [RUNTIME, DEVELOP]
    try:
        environment.ensure(root, parts)
        return run(verb, arguments, root)
    except SetupError as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def run(verb: str, arguments: list[str], root: Path) -> int:
    """Run one verb in a finished environment."""
    variables = environment.variables(root, os.environ)
    match verb:
        case "":
            return start(["-m", "ui"], root, variables)
        case "toban":
            return start(["-m", "ui.cli", *arguments], root, variables)
        case "python":
            return start(arguments, root, variables)
    from resources.setup import suites  # not needed to start the program

    os.chdir(root)
    match verb:
        case "bench":
            return start(["-m", "tests.benchmarks", *arguments], root, variables)
        case "check":
            return suites.check(environment.python(root), variables)
        case "soak":
            variables["TOBAN_SOAK"] = "1"
    return suites.test(environment.python(root), arguments, variables, title=verb)


def start(arguments: list[str], root: Path, variables: dict[str, str]) -> int:
    """Become the program, so that signals and the exit status are its own."""
    command = [str(environment.python(root)), *arguments]
    if sys.platform == "win32":
        import subprocess

        return subprocess.call(command, env=variables)  # noqa: S603  # the tree's own interpreter
    sys.stdout.flush()
    return os.execve(command[0], command, variables)  # noqa: S606  # no shell is wanted
