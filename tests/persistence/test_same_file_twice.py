"""A program that opens a centre a second time keeps the locks of the first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.persistence.conftest import ticking_clock
from tests.persistence.test_store import put
from tests.persistence.values import agent
from wfm.errors import WfmError
from wfm.model.people import Agent
from wfm.persistence import create_database, open_database, place, verify

ROOT = Path(__file__).parent.parent.parent

OTHER = """
import sys
from tests.persistence.test_store import put
from tests.persistence.values import agent
from wfm.persistence import open_database
database = open_database(sys.argv[1])
put(database, agent(sys.argv[2]))
database.close()
"""

TWICE = """
import os, signal, subprocess, sys
from tests.persistence.test_store import put
from tests.persistence.values import agent
from wfm.persistence import open_database
first = open_database(sys.argv[1])
put(first, agent("a1"))
second = open_database(sys.argv[1])
subprocess.run([sys.executable, "-c", sys.argv[2], sys.argv[1], "a2"], check=True)
print(put(first, agent("a3")), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_a_change_acknowledged_after_opening_twice_survives_another_program_and_a_kill(
    file: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWICE, str(file), OTHER],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert (done.returncode, done.stdout.strip()) == (-signal.SIGKILL, "3"), done.stderr
    database = open_database(str(file), read_only=True)
    with database.read() as store:
        assert [item.key for item in store.all(Agent)] == ["a1", "a2", "a3"]
    assert verify(database) is None
    database.close()


def test_a_file_is_looked_at_again_when_it_is_no_longer_open(tmp_path: Path) -> None:
    path = tmp_path / "c.toban"
    first = create_database(str(path), clock=ticking_clock())
    second = open_database(str(path), clock=ticking_clock())
    put(first, agent("a1"))
    first.close()
    put(second, agent("a2"))
    second.close()
    second.close()
    path.write_bytes(b"no centre any more" * 20)
    with pytest.raises(WfmError, match="not a centre"):
        place.recognise(path)
