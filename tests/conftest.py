"""Shared fixtures: hypothesis profiles, benchmark data, and what no test may leave behind."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SOAK = os.environ.get("TOBAN_SOAK") == "1"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TOBAN_LANG"] = "en"

settings.register_profile(
    "suite", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "soak", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("soak" if SOAK else "suite")


def repetitions(full: int, suite: int) -> int:
    """Return how often a repeated test runs: ``full`` in `./run soak`, ``suite`` otherwise."""
    return full if SOAK else suite


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """Run the tests in an application that can measure its events."""
    from tests.ui.measured import MeasuredApplication

    return MeasuredApplication


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> object:
    """Make the one application of a process before a command that exports a picture makes it."""
    return qapp


@pytest.fixture
def bench_data() -> Path:
    """The folder of benchmark data, or a skip that says what is missing."""
    folder = os.environ.get("TOBAN_BENCH_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("TOBAN_BENCH_DATA names no folder of benchmark data")
    return Path(folder)


@pytest.fixture(autouse=True)
def no_warning_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that logs a warning fails, unless it cleared the log on purpose."""
    yield
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    """A test that leaves a living thread fails."""
    before = set(threading.enumerate())
    yield
    left = [
        thread for thread in threading.enumerate() if thread not in before and not thread.daemon
    ]
    assert not left, left
