"""Set-up: the lock file, the stamps, the verbs and what they say, without the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from resources.setup import environment, suites, verbs
from resources.setup.environment import DEVELOP, RUNTIME, SetupError

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
SMALL_LOCK = "# == runtime ==\nnumpy==1.0 \\\n    --hash=sha256:00\n# == develop ==\nruff==2.0\n"
needs_sh = pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell here")


class Tools:
    """Stands for venv and pip: notes what they are asked, fails or waits on demand."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked: list[str] = []
        self.failure: str | None = None
        self.killed = False
        self.gate: threading.Event | None = None

    def __call__(self, command: list[str], **_: object) -> tuple[int, str]:
        python = environment.python(self.root)
        if "venv" in command:
            self.asked.append("venv")
            python.parent.mkdir(parents=True)
            python.touch()
        elif "install" in command:
            self.asked.append(f"pip {Path(command[-1]).stem}")
            if self.gate:
                assert self.gate.wait(30)
            if self.killed:
                raise KeyboardInterrupt
            if self.failure:
                return 1, self.failure
        elif "list" in command:
            return 0, "numpy==1.0\nleft_over==3.1\npip==23\n"
        elif "uninstall" in command:
            self.asked.append("remove " + command[-1])
        return 0, ""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    (tmp_path / "requirements.lock").write_text(SMALL_LOCK, encoding="utf-8")
    stand_in = Tools(tmp_path)
    monkeypatch.setattr(environment, "call", stand_in)
    return stand_in


def run_sh(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "run"), *words], capture_output=True, text=True, check=False, timeout=60,
        env={"PATH": os.defpath, **variables}, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_lock_file_names_no_index_and_hashes_every_package() -> None:
    assert not re.search(
        "py" + "pi|python" + "hosted|http|index-url|find-links", LOCK, re.IGNORECASE
    )
    packages = re.split(r"^(?=[^\s#])", LOCK, flags=re.MULTILINE)[1:]
    assert len(packages) > 50
    assert not [
        text for text in packages if not re.match(r"[a-z0-9-]+==\d\S*( ;[^\\\n]+)? \\\n", text)
    ]
    assert not [text for text in packages if not re.search(r"--hash=sha256:[0-9a-f]{64}", text)]


def test_the_lock_file_keeps_the_needs_of_other_systems_behind_markers() -> None:
    assert "sys_platform != 'win32'" in LOCK
    assert re.search(r"^tzdata==", LOCK, re.MULTILINE)


def test_every_dependency_of_the_project_is_locked_in_its_own_section() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = environment.names(environment.section(ROOT, RUNTIME))
    develop = environment.names(environment.section(ROOT, DEVELOP))

    def wanted(items: list[str]) -> set[str]:
        return {environment.normal(re.split(r"[\[<>=!~; ]", item)[0]) for item in items}

    assert wanted(project["project"]["dependencies"]) <= runtime
    groups = project["dependency-groups"]
    assert wanted([*groups["test"], *groups["check"]]) <= develop | runtime
    assert not {"pytest", "ruff", "mypy"} & runtime


def test_a_finished_set_up_is_not_repeated(tmp_path: Path, tools: Tools) -> None:
    environment.ensure(tmp_path, [RUNTIME])
    assert tools.asked == ["venv", "pip setup-runtime"]
    assert environment.is_fresh(tmp_path, RUNTIME)
    environment.ensure(tmp_path, [RUNTIME])
    assert tools.asked == ["venv", "pip setup-runtime"]


def test_tests_add_their_packages_to_the_environment_of_the_program(
    tmp_path: Path, tools: Tools
) -> None:
    environment.ensure(tmp_path, [RUNTIME])
    environment.ensure(tmp_path, [RUNTIME, DEVELOP])
    assert tools.asked[:3] == ["venv", "pip setup-runtime", "pip setup-develop"]
    assert environment.is_fresh(tmp_path, RUNTIME)
    assert environment.is_fresh(tmp_path, DEVELOP)


def test_a_changed_lock_file_updates_in_place_and_removes_what_it_no_longer_names(
    tmp_path: Path, tools: Tools
) -> None:
    environment.ensure(tmp_path, [RUNTIME])
    changed = SMALL_LOCK.replace("numpy==1.0", "numpy==1.1")
    (tmp_path / "requirements.lock").write_text(changed, encoding="utf-8")
    assert not environment.is_fresh(tmp_path, RUNTIME)
    environment.ensure(tmp_path, [RUNTIME])
    assert tools.asked[2:] == ["pip setup-runtime", "remove left-over"]


def test_a_set_up_that_was_killed_is_done_again_from_nothing(tmp_path: Path, tools: Tools) -> None:
    environment.ensure(tmp_path, [RUNTIME])
    tools.killed = True
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(tmp_path, [RUNTIME, DEVELOP])
    assert not environment.is_fresh(tmp_path, RUNTIME)
    debris = environment.folder(tmp_path) / "lib" / "half"
    debris.mkdir(parents=True)
    tools.killed, tools.asked = False, []
    environment.ensure(tmp_path, [RUNTIME])
    assert tools.asked == ["venv", "pip setup-runtime"]
    assert not debris.exists()


def test_a_failure_of_pip_is_one_sentence_and_the_next_start_tries_again(
    tmp_path: Path, tools: Tools
) -> None:
    tools.failure = "WARNING: Retrying (Retry(total=0))\nERROR: No matching distribution found\n"
    with pytest.raises(SetupError, match=r"^the Python packages .* did not answer.* again\.$"):
        environment.ensure(tmp_path, [RUNTIME])
    assert not environment.is_fresh(tmp_path, RUNTIME)
    tools.failure = None
    environment.ensure(tmp_path, [RUNTIME])
    assert environment.is_fresh(tmp_path, RUNTIME)


def test_a_failure_to_add_the_test_packages_leaves_the_program_startable(
    tmp_path: Path, tools: Tools
) -> None:
    environment.ensure(tmp_path, [RUNTIME])
    tools.failure = "ERROR: no space left\n"
    with pytest.raises(SetupError, match="no space left"):
        environment.ensure(tmp_path, [RUNTIME, DEVELOP])
    assert environment.is_fresh(tmp_path, RUNTIME)
    assert not environment.is_fresh(tmp_path, DEVELOP)


@pytest.mark.skipif(sys.platform == "win32", reason="interpreters are no links there")
def test_another_interpreter_makes_a_finished_set_up_stale(tmp_path: Path, tools: Tools) -> None:
    environment.ensure(tmp_path, [RUNTIME])
    python = environment.python(tmp_path)
    python.rename(python.with_name("python3.99"))
    assert not environment.is_fresh(tmp_path, RUNTIME)
    python.symlink_to("python3.99")
    assert not environment.is_fresh(tmp_path, RUNTIME)


def test_two_set_ups_at_once_install_once(
    tmp_path: Path, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    second_waits = tools.gate = threading.Event()

    def tell(sentence: str) -> None:
        if "waiting for it" in sentence:
            second_waits.set()

    monkeypatch.setattr(environment, "tell", tell)
    starts = [
        threading.Thread(target=environment.ensure, args=(tmp_path, [RUNTIME])) for _ in range(2)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert tools.asked == ["venv", "pip setup-runtime"]


def test_messages_of_the_set_up_go_to_stderr_only(
    tmp_path: Path, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.ensure(tmp_path, [RUNTIME])
    said = capsys.readouterr()
    assert said.out == ""
    assert "installing 1 Python packages" in said.err


def test_a_failed_set_up_ends_a_verb_with_status_1_and_no_traceback(
    tmp_path: Path, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    tools.failure = "ERROR: refused\n"
    assert verbs.main(["python", "-c", ""], tmp_path) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "refused" in said.err
    assert "Traceback" not in said.err


def test_an_unknown_verb_is_a_usage_error_before_anything_is_set_up(
    tmp_path: Path, tools: Tools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verbs.main(["frobnicate"], tmp_path) == 2
    assert verbs.main(["check", "this"], tmp_path) == 2
    assert capsys.readouterr() == ("", 2 * (verbs.USAGE + "\n"))
    assert not tools.asked


@needs_sh
def test_the_shell_and_the_bootstrap_refuse_an_unknown_verb_alike() -> None:
    done = run_sh("frobnicate")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", verbs.USAGE + "\n")
    done = run_sh("--help")
    assert (done.returncode, done.stdout, done.stderr) == (0, verbs.USAGE + "\n", "")


@needs_sh
def test_without_rights_the_missing_system_packages_are_named_in_one_sentence(
    tmp_path: Path,
) -> None:
    answers = {
        "id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 9",
        "dpkg-query": "echo /python3:installed//libgl1:config-files//libegl1t64:installed/",
        "apt-cache": "case $2 in libglib2.0-0t64) ;; *) exit 1 ;; esac",
    }  # fmt: skip
    for name, body in answers.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    done = run_sh("toban", PATH=f"{tmp_path}{os.pathsep}{os.defpath}")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    command = line.partition("sudo apt-get install ")[2].split()
    assert {"libglib2.0-0t64", "libgl1", "python3-venv"} <= set(command)
    assert not {"python3", "libegl1", "libegl1t64", "libglib2.0-0", "xvfb"} & set(command)


def test_a_started_program_sees_this_tree_and_not_the_users_own_packages(tmp_path: Path) -> None:
    outer = {"PYTHONPATH": "/elsewhere", "PYTHONHOME": "/nowhere", "LANG": "C", "HOME": "/home/a"}
    inner = environment.variables(tmp_path, outer)
    assert inner["PYTHONPATH"] == str(tmp_path)
    assert "PYTHONHOME" not in inner
    assert inner["PYTHONNOUSERSITE"] == inner["PYTHONSAFEPATH"] == "1"
    assert inner["LANG"] == "C"


def test_a_file_in_the_users_folder_shadows_no_module_and_the_folder_is_kept(
    tmp_path: Path,
) -> None:
    for name in ("wfm.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit(9)", encoding="utf-8")
    code = "import json, os, wfm; print(os.getcwd()); print(wfm.__path__[0])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env=environment.variables(ROOT, os.environ),
    )  # fmt: skip
    assert done.stdout.split() == [str(tmp_path.resolve()), str(ROOT / "wfm")]


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder has other names")
def test_compiled_kernels_are_kept_in_the_users_cache_folder(tmp_path: Path) -> None:
    found = environment.variables(ROOT, {"XDG_CACHE_HOME": "/cache"})
    assert found["NUMBA_CACHE_DIR"] == str(Path("/cache/toban/numba"))
    own = environment.variables(ROOT, {"NUMBA_CACHE_DIR": "/mine"})
    assert own["NUMBA_CACHE_DIR"] == "/mine"


def junit(tests: int, failures: int, errors: int, skipped: int) -> str:
    counts = f'tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    return f"<testsuites><testsuite {counts}/></testsuites>"


class Pytest:
    """Stands for pytest: leaves one prepared report after another."""

    def __init__(self, *runs: tuple[int, str]) -> None:
        self.runs = list(runs)

    def __call__(self, line: list[str], *_: object, **__: object) -> int:
        status, report = self.runs.pop(0)
        if report:
            Path(line[-1].partition("=")[2]).write_text(report, encoding="utf-8")
        return status


@pytest.mark.parametrize(
    ("runs", "status", "total"),
    [
        ([(0, junit(5, 0, 0, 1)), (0, junit(2, 0, 0, 0))], 0, "6 passed, 0 failed, 1 skipped"),
        ([(0, junit(5, 0, 0, 1)), (5, junit(0, 0, 0, 0))], 0, "4 passed, 0 failed, 1 skipped"),
        ([(0, junit(5, 0, 0, 1)), (1, junit(3, 1, 1, 0))], 1, "5 passed, 2 failed, 1 skipped"),
        ([(3, ""), (0, junit(2, 0, 0, 0))], 1, "2 passed, 0 failed, 0 skipped"),
        ([(0, junit(2, 0, 0, 2)), (5, junit(0, 0, 0, 0))], 1, "0 passed, 0 failed, 2 skipped"),
    ],
)
def test_the_last_line_is_the_honest_total_of_all_runs(
    runs: list[tuple[int, str]],
    status: int,
    total: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, *last = runs  # between them the tests that run alone
    monkeypatch.setattr(suites, "command", Pytest(first, (5, junit(0, 0, 0, 0)), *last))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert suites.test(Path("python"), [], {}, title="test") == status
    assert capsys.readouterr().out.splitlines()[-1] == f"toban tests: {total}"


def test_every_check_runs_even_when_an_earlier_one_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    statuses = iter([1, 0, 2, 0])
    monkeypatch.setattr(suites, "command", lambda *_: next(statuses))
    assert suites.check(Path("python"), {}) == 1
    assert capsys.readouterr().out.splitlines()[-1] == (
        "toban check: ruff check FAILED, ruff format ok, mypy FAILED, import-linter ok"
    )


def test_the_windows_twin_hands_every_word_to_the_same_bootstrap() -> None:
    text = (ROOT / "run.cmd").read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n")
    assert text.count(b'resources\\setup\\bootstrap.py" %*') == 2
