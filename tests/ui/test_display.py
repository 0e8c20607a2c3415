"""A display counts only when its server answers."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ui import display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have one always")


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": ":987"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": "127.0.0.1:59000"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_a_name_that_nobody_answers_to_is_no_display(environ: dict[str, str]) -> None:
    assert not display.has_display(environ)


def test_a_server_that_listens_is_a_display(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "X11_SOCKETS", tmp_path)
    with socket.socket(socket.AF_UNIX) as x11, socket.socket(socket.AF_UNIX) as wayland:
        x11.bind(str(tmp_path / "X7"))
        wayland.bind(str(tmp_path / "wayland-0"))
        assert not display.has_display({"DISPLAY": ":7"})
        x11.listen()
        wayland.listen()
        assert display.has_display({"DISPLAY": ":7.0"})
        assert display.has_display(
            {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        )


def test_a_forwarded_display_is_asked_over_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_INET) as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        monkeypatch.setattr(display, "X11_PORT", server.getsockname()[1] - 10)
        assert display.has_display({"DISPLAY": "127.0.0.1:10.0"})


def test_opening_a_window_without_a_display_is_a_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "open", str(tmp_path / "c.toban")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PATH": "/usr/bin:/bin", "TOBAN_LANG": "en", "DISPLAY": ":987"},
    )
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
