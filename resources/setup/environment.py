"""The virtual environment: built from the lock file, proved by stamps, one builder at a time."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

# Raised whenever the way of building changes, so that environments built the old way are redone.
VERSION = 1
RUNTIME, DEVELOP = "runtime", "develop"
MARK = "# == {} =="
INSTALLERS = {"pip", "setuptools", "wheel"}
# Settings of the user's own Python that would lead into other packages than the locked ones.
FOREIGN = {
    "PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONEXECUTABLE", "PYTHONPLATLIBDIR",
    "PYTHONSTARTUP", "PYTHONINSPECT", "__PYVENV_LAUNCHER__",
}  # fmt: skip
PIP_INSTALL = (
    "install", "--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-input",
    "--progress-bar", "off", "--disable-pip-version-check", "--no-warn-script-location",
)  # fmt: skip


class SetupError(Exception):
    """One sentence that tells the user why the set-up stopped and what to do."""


def tell(sentence: str) -> None:
    """Write a message of the set-up, never into the output of the command that follows."""
    sys.stderr.write(f"toban: {sentence}\n")
    sys.stderr.flush()


def folder(root: Path) -> Path:
    """Return the folder of the virtual environment."""
    return root / ".venv"


def python(root: Path) -> Path:
    """Return the interpreter of the virtual environment."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return folder(root).joinpath(*inside)


def stamp(root: Path, part: str) -> Path:
    """Return the file that proves a finished part."""
    return folder(root) / f"setup-{part}.stamp"


def unfinished(root: Path) -> Path:
    """Return the file that exists while a set-up is at work, and after it was killed."""
    return folder(root) / "setup-unfinished"


def section(root: Path, part: str) -> str:
    """Return the lines of one part of the lock file."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    _, mark, rest = text.partition(MARK.format(part) + "\n")
    if not mark:
        raise SetupError(f"requirements.lock has no section named {part}.")
    return rest.partition("# == ")[0]


def names(text: str) -> set[str]:
    """Return the package names of lock-file lines, in normal form."""
    lines = [line for line in text.splitlines() if line[:1].isalnum() and "==" in line]
    return {normal(line.partition("==")[0]) for line in lines}


def normal(name: str) -> str:
    """Return a package name as installers compare it."""
    return name.strip().lower().replace("_", "-").replace(".", "-")


def key(root: Path, part: str) -> str:
    """Return what a stamp must say: the lock, this builder, the place and the interpreter."""
    # The develop part builds upon the runtime part, so it depends on both sections.
    parts = (RUNTIME,) if part == RUNTIME else (RUNTIME, DEVELOP)
    facts = [str(VERSION), str(folder(root)), os.path.realpath(python(root))]
    facts += [section(root, each) for each in parts]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def is_fresh(root: Path, part: str) -> bool:
    """Tell whether a part is installed as the lock file says."""
    if unfinished(root).exists() or not python(root).exists():
        return False
    try:
        return stamp(root, part).read_text(encoding="utf-8") == key(root, part)
    except OSError:
        return False


def ensure(root: Path, parts: Iterable[str]) -> None:
    """Bring the environment up to date; nothing happens where every part is fresh."""
    wanted = list(parts)
    if all(is_fresh(root, part) for part in wanted):
        return
    try:
        with exclusive(root):
            # Another start may have done the work while this one waited.
            stale = [part for part in wanted if not is_fresh(root, part)]
            if stale:
                build(root, stale)
    except OSError as error:
        raise SetupError(f"the set-up could not write its files ({error}).") from error


def build(root: Path, parts: list[str]) -> None:
    """Create or update the environment, then stamp each part."""
    began = time.monotonic()
    updating = usable(root)
    if not updating:
        create(root)
    unfinished(root).touch()
    for part in parts:
        stamp(root, part).unlink(missing_ok=True)
        try:
            install(root, part)
        except SetupError:
            # pip downloads everything before it installs and rolls back what fails: the
            # environment is as it was, and the next start may go on from here.
            unfinished(root).unlink()
            raise
    if updating:
        prune(root)
    if RUNTIME in parts:
        compile_kernels(root)
    for part in parts:
        write(stamp(root, part), key(root, part))
    unfinished(root).unlink()
    tell(f"set-up finished in {time.monotonic() - began:.0f} s.")


def compile_kernels(root: Path) -> None:
    """Let the solver compile its kernels into the user's cache; they compile later otherwise."""
    tell("compiling the solver's kernels; this happens once.")
    import subprocess

    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603
            [str(python(root)), "-m", "solver.warm"],
            env=variables(root, os.environ),
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=180,
            check=False,
        )


def usable(root: Path) -> bool:
    """Tell whether there is an environment that can be updated in place."""
    if unfinished(root).exists() or not python(root).exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return call([str(python(root)), "-I", "-c", probe])[0] == 0


def create(root: Path) -> None:
    """Make an empty environment in place of whatever lies there."""
    tell("creating the virtual environment in .venv.")
    clear(root)
    unfinished(root).touch()
    status, output = call([sys.executable, "-I", "-m", "venv", str(folder(root))])
    if status:
        raise SetupError(
            f"the virtual environment could not be created ({last_line(output)}); "
            "Python needs its venv and ensurepip modules, on Debian the package python3-venv."
        )


def clear(root: Path) -> None:
    """Empty the environment's folder, except for the lock that this start holds."""
    import shutil

    for entry in folder(root).iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != "setup.lock":
            entry.unlink()


def install(root: Path, part: str) -> None:
    """Install one section of the lock file with pip, which honours its own configuration."""
    text = section(root, part)
    requirements = folder(root) / f"setup-{part}.txt"
    write(requirements, text)
    tell(f"installing {len(names(text))} Python packages ({part} part); this happens once.")
    command = [str(python(root)), "-I", "-m", "pip", *PIP_INSTALL, "-r", str(requirements)]
    status, output = call(command, show=True)
    if status:
        raise SetupError(
            f"the Python packages could not be installed ({pip_reason(output)}); check the "
            "network and pip's configuration, then run the same command again."
        )


def pip_reason(output: str) -> str:
    """Return the cause of a failure in pip's own words, or say that nobody answered."""
    if "Retrying (" in output:
        return "the package index did not answer"
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    return errors[-1].removeprefix("ERROR:").strip() if errors else last_line(output)


def last_line(output: str) -> str:
    """Return the last line that says anything."""
    lines = output.strip().splitlines()
    return lines[-1].strip() if lines else "no message"


def prune(root: Path) -> None:
    """Remove packages that an earlier lock file named and this one does not."""
    pip = [str(python(root)), "-I", "-m", "pip", "--disable-pip-version-check"]
    _, listed = call([*pip, "list", "--format", "freeze"])
    locked = names(section(root, RUNTIME)) | names(section(root, DEVELOP)) | INSTALLERS
    surplus = sorted(names(listed) - locked)
    if surplus:
        call([*pip, "uninstall", "--yes", *surplus])


def call(command: list[str], *, show: bool = False) -> tuple[int, str]:
    """Run a tool of the set-up; return its status and all that it said."""
    import subprocess

    # The user's pip settings stay, but none may move the packages out of the environment.
    outer = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    away = {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}
    inner = {name: value for name, value in outer.items() if name not in away} | {"PIP_USER": "0"}
    process = subprocess.Popen(  # noqa: S603  # the commands are this file's own
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=inner, text=True, encoding="utf-8", errors="replace", close_fds=False,
    )  # fmt: skip
    lines = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line)
        if show and line.startswith(("Collecting", "Installing", "Retrying", "WARNING: Retrying")):
            progress(line)
    if show:
        progress("")
    return process.wait(), "".join(lines)


def progress(line: str) -> None:
    """Show in one line of a terminal what pip is doing."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{line.partition(' (from')[0].strip()[:78]}")
        sys.stderr.flush()


@contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Hold the set-up of this tree; wait, and say so, where another start holds it."""
    folder(root).mkdir(exist_ok=True)
    with (folder(root) / "setup.lock").open("a+b") as handle:
        if not locked(handle):
            tell("another start is setting this folder up; waiting for it.")
            while not locked(handle):
                time.sleep(0.2)
        # Where this process is killed, a pip that lives on keeps the next set-up waiting.
        os.set_inheritable(handle.fileno(), True)
        yield


def locked(handle: IO[bytes]) -> bool:
    """Try to take the lock on an open file."""
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a file system without locks must not keep anybody from starting
    return True


def write(path: Path, text: str) -> None:
    """Write a small file so that it is either the old one or the new one."""
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.replace(path)


def variables(root: Path, outer: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a started program: this tree's modules and no others."""
    inner = {name: value for name, value in outer.items() if name not in FOREIGN}
    # The tree is on the path by name; a file in the user's folder can then shadow no module.
    inner |= {"PYTHONPATH": str(root), "PYTHONSAFEPATH": "1", "PYTHONNOUSERSITE": "1"}
    inner["VIRTUAL_ENV"] = str(folder(root))
    inner.setdefault("NUMBA_CACHE_DIR", str(cache(outer) / "toban" / "numba"))
    return inner


def cache(outer: Mapping[str, str]) -> Path:
    """Return the user's folder for files that can be made again."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(outer.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    return Path(outer.get("XDG_CACHE_HOME") or home / ".cache")
