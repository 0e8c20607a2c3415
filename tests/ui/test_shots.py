"""Pictures of every screen, by the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from ui.commands.shots import picture_size
from ui.screens import SCREENS
from wfm.errors import WfmError

ROOT = Path(__file__).parents[2]


def shots(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("DISPLAY", None)
    return subprocess.run(
        [sys.executable, "-m", "ui.cli", "shots", *arguments],
        cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.slow
def test_every_screen_is_pictured_at_the_size_and_scale_asked_for(tmp_path: Path) -> None:
    done = shots(
        "--out", "pictures", "--lang", "en", "--theme", "dark", "--size", "1280x720",
        "--scale", "1.5", "--as-of", "2026-11-23", "--seconds", "3", "--json", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = json.loads(done.stdout)["pictures"]
    names = [Path(file).stem for file in files]
    assert names == ["start", *(spec.key for spec in SCREENS)]
    for file in files:
        picture = QImage(str(tmp_path / file))
        assert (picture.width(), picture.height()) == (1920, 1080)
        colours = {picture.pixel(x, y) for x in range(0, 1920, 40) for y in range(0, 1080, 40)}
        assert len(colours) > 3, f"{file} is blank"


@pytest.mark.parametrize("value", ["", "1366", "100x100", "99999x99999", "1366x", "axb"])
def test_an_impossible_size_is_refused_in_words(value: str) -> None:
    with pytest.raises(WfmError, match="is no size of a window"):
        picture_size(value)


def test_an_impossible_scale_or_folder_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    wrong = shots("--out", "file", cwd=tmp_path)
    assert wrong.returncode == 1
    assert "is a file, not a folder" in wrong.stderr
    wrong = shots("--out", "x", "--scale", "9", cwd=tmp_path)
    assert wrong.returncode == 1
    assert "The scale lies between 0.5 and 4" in wrong.stderr
