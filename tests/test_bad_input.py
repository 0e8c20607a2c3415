"""Bad input at the command line: one sentence, the right exit status, nothing lost or half made."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ui.cli import main
from wfm.clock import fixed_clock
from wfm.messages import message
from wfm.model.change import Operation
from wfm.model.people import Agent, Contract
from wfm.model.roster import AgentWeek, Duty
from wfm.workspace import Workspace

ROOT = Path(__file__).parent.parent
CLOCK = fixed_clock(datetime(2026, 11, 23, 9, tzinfo=UTC))
WEEK = "2026-W49"
MONDAY = date(2026, 11, 30)
HEAD = "interval_start,queue,offered,aht_s\n"
HISTORY = HEAD + "".join(
    f"2026-11-{day:02d} {hour:02d}:00,sales,{4 + day % 3},300\n"
    for day in range(1, 23)
    for hour in range(9, 18)
)


def put(location: Path, *values: Any) -> None:
    """Store values as they are, as an older centre or another program may have left them."""
    with Workspace.open(str(location), "other", clock=CLOCK) as workspace:
        session = workspace._session
        with session.database.write("other", CLOCK) as unit:
            unit.put_all(values)
            unit.commit(message("Other changes"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A staffed centre of one queue and two agents, made once and copied."""
    folder = tmp_path_factory.mktemp("small")
    path, history = folder / "small.toban", folder / "history.csv"
    history.write_text(HISTORY)
    with Workspace.create(str(path), "me", name="Small", language="en", clock=CLOCK) as workspace:
        workspace.imports.acd(history)
        horizon = workspace.week_horizon(WEEK)
        workspace.demand.forecast_week(horizon)
        workspace.demand.staff_week(horizon)
        with workspace._session.database.read() as store:
            kinds = {key for item in store.all(Contract) for key in item.shift_kinds}
            contract = next(item for item in store.all(Contract) if item.shift_kinds)
    assert kinds
    skills = {"sales": 2}
    put(
        path,
        Agent("a", "1", "Aoki", "", contract.key, skills),
        Agent("b", "2", "Baba", "", contract.key, skills),
    )
    return path


@pytest.fixture
def centre(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small centre in a folder of its own, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(small, tmp_path / "c.toban"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run one command and return status, stdout and stderr."""
    capsys.readouterr()
    status = main([str(item) for item in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def operations(centre: Path) -> tuple[Operation, ...]:
    with Workspace.open(str(centre), "me", read_only=True) as workspace:
        return workspace.log.last(100)


def refused(
    capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 1, says: str = ""
) -> str:
    """Run a command that must fail with a sentence; return the sentence."""
    found, out, err = run(capsys, *arguments)
    assert found == status, err
    assert says in err
    assert err.strip()
    for word in ("Traceback", "did not expect", "Errno"):
        assert word not in err
    assert out == ""
    return err


# --- the centre's file ---------------------------------------------------------------------------


def _text(path: Path) -> None:
    path.write_text("hello\n" * 300)


def _empty(path: Path) -> None:
    path.touch()


def _folder(path: Path) -> None:
    path.mkdir()


def _other(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("create table invoices (number)")
    other.close()


def dump_of(path: Path) -> list[str]:
    """The whole content of a database as SQL."""
    raw = sqlite3.connect(path)
    try:
        return list(raw.iterdump())
    finally:
        raw.close()


@pytest.mark.parametrize("make", [_text, _empty, _folder, _other])
@pytest.mark.parametrize("command", [("log",), ("forecast",), ("solve",), ("backup",)])
def test_a_file_that_is_no_centre_is_named_and_left_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, make: Any, command: tuple[str, ...]
) -> None:
    path = tmp_path / "strange.toban"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    refused(capsys, *command, path, says="strange.toban")
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_centre_of_a_newer_version_asks_for_an_update(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    with sqlite3.connect(centre) as raw:
        raw.execute("update alembic_version set version_num = '9999'")
    raw.close()
    before = dump_of(centre)
    refused(capsys, "forecast", centre, says="newer Toban")
    assert dump_of(centre) == before


def test_a_centre_locked_by_another_program_says_so(
    capsys: pytest.CaptureFixture[str], centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wfm.persistence.sqlite.WAIT_MS", 50)
    other = sqlite3.connect(centre, isolation_level=None)
    other.execute("begin exclusive")
    try:
        refused(capsys, "forecast", centre, says="another program")
    finally:
        other.close()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_centre_says_where_to_copy_it(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    centre.chmod(0o400)
    refused(capsys, "forecast", centre, says="read-only")


def test_a_server_that_does_not_answer_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, "log", "postgresql://me@127.0.0.1:1/none", says="does not answer")


@pytest.mark.skipif(os.name != "posix", reason="file size limits are POSIX")
def test_a_disk_that_fills_up_leaves_no_half_made_centre(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        "from ui.cli import main;"
        f"sys.exit(main(['new', {str(tmp_path / 'x.toban')!r}, '--sample']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "x.toban" in done.stderr
    assert "did not expect" not in done.stderr
    assert list(tmp_path.iterdir()) == []


# --- dates and numbers of the call ---------------------------------------------------------------


@pytest.mark.parametrize("week", ["2026-W54", "2026-W00", "9999-W52", "0001-W01", "soon"])
@pytest.mark.parametrize("command", ["forecast", "staff", "solve"])
def test_a_week_that_does_not_exist_is_quoted(
    capsys: pytest.CaptureFixture[str], centre: Path, week: str, command: str
) -> None:
    before = operations(centre)
    refused(capsys, command, centre, "--week", week, says=week)
    assert operations(centre) == before


def test_a_week_without_forecast_or_requirement_names_the_command_to_run_first(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    assert "toban forecast" in refused(
        capsys, "staff", centre, "--week", "2027-W20", says="2027-W20"
    )
    assert "toban staff" in refused(capsys, "solve", centre, "--week", "2027-W20", says="2027-W20")


@pytest.mark.parametrize("month", ["2026-13", "0001-01", "9999-12", "December"])
def test_a_month_that_does_not_exist_is_quoted(
    capsys: pytest.CaptureFixture[str], centre: Path, month: str
) -> None:
    refused(capsys, "export", "payroll", centre, "--month", month, "--out", "x.csv", says=month)
    assert not Path("x.csv").exists()


@pytest.mark.parametrize("day", ["nonsense", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_date_that_does_not_exist_makes_no_centre(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, day: str
) -> None:
    refused(capsys, "new", tmp_path / "x.toban", "--sample", "--as-of", day, says=day)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("solve", "x", "--time-limit", "0"), "--time-limit cannot be “0.0”"),
        (("solve", "x", "--workers", "many"), "--workers cannot be “many”"),
        (("solve", "x", "--week"), "--week"),
        (("export", "roster", "x", "--out", "y", "--format", "doc"), "csv, xlsx, ics, pdf"),
        (("export", "payroll", "x", "--month", "2026-12", "--out", "y", "--format", "z"), "“z”"),
        (("log", "x", "--last", "-1"), "--last cannot be “-1”"),
        (("undo", "x", "seven"), "OPERATION cannot be “seven”"),
        (("undo", "x", "9" * 30), "9" * 30),
        (("check", "a", "b", "c"), "too many arguments: c"),
        (("new",), "FILE is missing"),
        (("import", "acd", "f.csv"), "--into is missing"),
        (("slove",), "no command slove"),
        (("solve", "x", "--wek", "1"), "Did you mean --week?"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_where_help_is(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    err = refused(capsys, *arguments, status=2, says=says)
    assert err.splitlines()[-1].endswith("--help")


# --- files to import -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "bad.csv"),
        (HEAD, "no rows"),
        (HEAD + "2026-11-02 09:00,sales,-5,200\n", "-5"),
        (HEAD + "2026-11-02 09:00,sales,99999999999,200\n", "99999999999"),
        ("a,b\n1,2\n", "bad.csv"),
        ("\x00\x01" * 50, "bad.csv"),
    ],
)
def test_a_history_without_a_usable_row_stores_nothing(
    capsys: pytest.CaptureFixture[str], centre: Path, content: str, says: str
) -> None:
    Path("bad.csv").write_text(content)
    before = operations(centre)
    refused(capsys, "import", "acd", "bad.csv", "--into", centre, "--save-map", "m.toml", says=says)
    assert operations(centre) == before
    assert not Path("m.toml").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("bogus = 1\n", "bogus"),
        ('[columns]\n"offered" = "zzz"\n', "zzz"),
        ('[options]\nfoo = "1"\n', "foo"),
        ('[options]\nthreshold_s = "abc"\n', "abc"),
        ("not toml [", "map.toml"),
    ],
)
def test_a_mapping_file_with_an_unknown_key_is_refused(
    capsys: pytest.CaptureFixture[str], centre: Path, content: str, says: str
) -> None:
    Path("map.toml").write_text(content)
    Path("h.csv").write_text(HISTORY)
    before = operations(centre)
    err = refused(capsys, "import", "acd", "h.csv", "--into", centre, "--map", "map.toml")
    assert "map.toml" in err
    assert says in err
    assert operations(centre) == before


def test_a_person_without_a_contract_is_rejected_with_row_and_choices(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    Path("people.csv").write_text("社員番号,氏名,契約\n7,Chiba,\n8,Doi,nothing\n", encoding="utf-8")
    before = operations(centre)
    err = refused(capsys, "import", "people", "people.csv", "--into", centre)
    assert "people.csv:3:契約: “nothing”" in err
    assert "2 rejected" in err
    assert operations(centre) == before


# --- a centre whose parts do not fit together ----------------------------------------------------


def test_an_agent_without_a_contract_is_named_before_solving(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    put(centre, Agent("c", "3", "Chiba", "", "gone"))
    refused(capsys, "solve", centre, "--week", WEEK, says="Chiba has no contract")


def test_a_contract_that_names_a_missing_shift_kind_is_named_before_solving(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    put(centre, Contract("k", "Odd", ("moon",)), Agent("c", "3", "Chiba", "", "k"))
    refused(capsys, "solve", centre, "--week", WEEK, says="“moon”")


def test_a_week_without_agents_says_so_and_leaves_no_folder(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    gone = date(2020, 1, 1)
    put(centre, *(replace(item, left=gone) for item in agents_of(centre)))
    refused(capsys, "solve", centre, "--week", WEEK, says="no agents")
    refused(capsys, "plan", centre, "--week", WEEK, "--out", "out", says="no agents")
    assert not Path("out").exists()


def agents_of(centre: Path) -> tuple[Agent, ...]:
    with (
        Workspace.open(str(centre), "me", read_only=True) as workspace,
        workspace._session.database.read() as store,
    ):
        return tuple(store.all(Agent))


def test_locks_that_no_law_allows_still_give_a_roster_and_the_list_of_what_is_not_met(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    with Workspace.open(str(centre), "me", read_only=True) as workspace:
        problem = workspace.rosters.build_problem(workspace.week_horizon(WEEK))
    first = problem.options[problem.agents[0].options[0]]
    duties = tuple(
        Duty("a", MONDAY + timedelta(days=day), first.start, first.end, kind=first.kind,
             letter=first.letter, locked=True)
        for day in range(7)
    )  # fmt: skip
    put(centre, AgentWeek("a", MONDAY, duties))
    status, out, err = run(capsys, "solve", centre, "--week", WEEK, "--time-limit", "1", "--json")
    assert status == 0, err
    assert json.loads(out)["duties"] > 0
    assert "Aoki has no lawful week: " in err
    assert "Baba has no lawful week" not in err
    assert "Staff is missing for" in err
    assert "Accept" in str(operations(centre)[-1].text)
    status, _, err = run(
        capsys, "export", "roster", centre, "--week", WEEK, "--format", "csv", "--out", "r.csv"
    )
    assert status == 0, err


# --- problem and roster documents ----------------------------------------------------------------


@pytest.fixture
def document(centre: Path) -> dict[str, Any]:
    """The small centre's problem in its document form."""
    from wfm.model.codec import to_json

    with Workspace.open(str(centre), "me", read_only=True) as workspace:
        problem = workspace.rosters.build_problem(workspace.week_horizon(WEEK))
    return {"format": "toban.problem/1", **to_json(problem)}


def roster_of(document: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """A roster document without any duty."""
    return {
        "format": "toban.roster/1", "horizon": {**document["horizon"], **changed}, "duties": [],
        "objective": 0, "lower_bound": 0, "status": "feasible",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        (("bogus",), 1, "bogus"),
        (("format",), "toban.roster/1", "toban.problem/1"),
        (("agents",), None, "agents"),
        (("options", 0, "start"), 9.5, "start"),
        (("options", 0, "end"), 64800, "48:00"),
        (("horizon", "start"), "2026-13-01", "2026-13-01"),
        (("demands", 0, "required"), [1, 2], "2 intervals"),
        (("demands", 0, "required"), "many", "many"),
        (("agents", 0, "options"), [999], "option"),
        (("measures",), {}, "measure"),
    ],
)
def test_a_problem_file_with_a_fault_is_refused_by_solve_and_check(
    capsys: pytest.CaptureFixture[str], document: dict[str, Any], place: tuple[Any, ...],
    value: Any, says: str,
) -> None:  # fmt: skip
    target: Any = document
    for step in place[:-1]:
        target = target[step]
    target[place[-1]] = value
    Path("p.json").write_text(json.dumps(document))
    Path("r.json").write_text(json.dumps(roster_of(document)))
    for call in (("solve", "p.json", "--out", "z.json"), ("check", "p.json", "r.json")):
        err = refused(capsys, *call, says=says)
        assert "p.json" in err
    assert not Path("z.json").exists()


def test_a_rule_that_names_a_day_outside_the_problem_is_refused_by_check(
    capsys: pytest.CaptureFixture[str], document: dict[str, Any]
) -> None:
    document["agents"][0]["primitives"].append(
        {"type": "Mask", "rule": {"key": "odd"}, "day": 99, "options": [0]}
    )
    Path("p.json").write_text(json.dumps(document))
    Path("r.json").write_text(json.dumps(roster_of(document)))
    refused(capsys, "check", "p.json", "r.json", says="p.json: Rule odd")


@pytest.mark.parametrize("content", [b'{"format":', b"[]", b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_json_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(content)
    refused(capsys, "solve", path, "--out", tmp_path / "z.json", says="p.json")
    assert list(tmp_path.iterdir()) == [path]


def test_a_roster_of_another_week_is_not_checked_against_the_problem(
    capsys: pytest.CaptureFixture[str], document: dict[str, Any]
) -> None:
    Path("p.json").write_text(json.dumps(document))
    Path("r.json").write_text(json.dumps(roster_of(document, start="2027-01-04")))
    refused(capsys, "check", "p.json", "r.json", says="another problem")


# --- files to write ------------------------------------------------------------------------------


def roster_in(centre: Path) -> None:
    put(centre, AgentWeek("a", MONDAY, (Duty("a", MONDAY + timedelta(1), 540, 1080),)))


@pytest.mark.parametrize("name", ["csv", "xlsx", "ics", "pdf"])
@pytest.mark.parametrize(("out", "says"), [("nowhere/x", "nowhere"), ("/proc/x", "/proc/x")])
def test_a_roster_for_a_place_that_cannot_be_written_is_not_written(
    capsys: pytest.CaptureFixture[str], centre: Path, name: str, out: str, says: str
) -> None:
    roster_in(centre)
    refused(
        capsys, "export", "roster", centre, "--week", WEEK, "--format", name, "--out", out,
        says=says,
    )  # fmt: skip
    assert not Path("nowhere").exists()
    assert not list(Path().rglob("*.part*"))


def test_a_full_disk_keeps_the_payroll_file_that_was_there(
    capsys: pytest.CaptureFixture[str], centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster_in(centre)
    Path("x.csv").write_text("old")
    before = operations(centre)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr("wfm.publishing.atomic.os.fsync", full)
        refused(
            capsys, "export", "payroll", centre, "--month", "2026-12", "--out", "x.csv",
            says="x.csv cannot be written",
        )  # fmt: skip
    assert Path("x.csv").read_text() == "old"
    assert operations(centre) == before
    assert not list(Path().rglob("*.part*"))


def test_a_month_without_duties_and_a_week_without_roster_export_nothing(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    refused(
        capsys, "export", "payroll", centre, "--month", "2030-01", "--out", "x.csv", says="2030-01"
    )
    for name in ("csv", "pdf"):
        refused(
            capsys, "export", "roster", centre, "--week", WEEK, "--format", name, "--out", "x",
            says=WEEK,
        )  # fmt: skip
    assert not Path("x.csv").exists()
    assert not Path("x").exists()


@pytest.mark.parametrize("numbers", [("", "2"), ("1", "1")])
def test_payroll_with_a_missing_or_duplicate_number_names_the_people(
    capsys: pytest.CaptureFixture[str], centre: Path, numbers: tuple[str, str]
) -> None:
    roster_in(centre)
    put(centre, *(
        replace(item, number=number)
        for item, number in zip(agents_of(centre), numbers, strict=True)
    ))  # fmt: skip
    refused(
        capsys, "export", "payroll", centre, "--month", "2026-12", "--out", "x.csv", says="Aoki"
    )
    assert not Path("x.csv").exists()


def test_long_work_is_not_begun_for_a_place_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    before = operations(centre)
    Path("file").touch()
    refused(capsys, "solve", centre, "--week", WEEK, "--out", "nowhere/r.json", says="nowhere")
    refused(capsys, "plan", centre, "--week", WEEK, "--out", "file", says="file")
    refused(capsys, "plan", centre, "--week", WEEK, "--out", "file/deep", says="file")
    refused(capsys, "forecast", centre, "--week", WEEK, "--out", "nowhere/f.csv", says="nowhere")
    assert operations(centre) == before


def test_a_backup_never_overwrites_a_file(capsys: pytest.CaptureFixture[str], centre: Path) -> None:
    Path("old.toban").write_text("precious")
    refused(capsys, "backup", centre, "--out", "old.toban", says="old.toban")
    assert Path("old.toban").read_text() == "precious"


# --- undo ----------------------------------------------------------------------------------------


def test_an_operation_that_is_unknown_or_built_upon_is_not_undone(
    capsys: pytest.CaptureFixture[str], centre: Path
) -> None:
    put(centre, *(replace(item, name=item.name + "!") for item in agents_of(centre)))
    before = operations(centre)
    people = before[-2].id
    refused(capsys, "undo", centre, "999", says="999")
    refused(capsys, "undo", centre, people, says="Not undone")
    assert operations(centre) == before


# --- interruption and language -------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_interrupt_while_solving_keeps_the_best_roster(centre: Path) -> None:
    command = [
        sys.executable, "-m", "ui.cli", "solve", str(centre), "--week", WEEK, "--json",
        "--time-limit", "60",
    ]  # fmt: skip
    many = [Agent(f"x{n}", f"1{n:02d}", f"X{n}", "", agents_of(centre)[0].contract, {"sales": 2})
            for n in range(25)]  # fmt: skip
    put(centre, *many)
    for delay in (4, 8, 16):  # on a busy machine the first call may come before the solver runs
        child = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(delay)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
        if child.returncode == 0:
            break
        assert out == ""
        assert "Traceback" not in err
    assert child.returncode == 0, err
    assert json.loads(out)["status"] in {"stopped", "optimal"}
    assert "Accept" in str(operations(centre)[-1].text)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_refusal_speaks_the_users_language(tmp_path: Path, language: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "forecast", str(tmp_path / "x.toban"), "--week", "W"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={**os.environ, "TOBAN_LANG": language},
    )  # fmt: skip
    assert done.returncode == 1
    assert "x.toban" in done.stderr
    assert done.stderr.isascii() is (language == "en")
