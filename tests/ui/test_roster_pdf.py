"""The printed roster: pages, fonts, and files that appear whole or not at all."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from tests.ui.fakes import MONDAY, week
from ui.printing import write_roster_pdf
from ui.printing.roster_pdf import _Page
from ui.widgets.roster_rows import rows_of
from wfm.errors import WfmError


def objects(path: Path) -> str:
    """Return the file's text with its compressed object streams unpacked."""
    content = path.read_bytes()
    parts = [content.decode("latin-1")]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(match[1]).decode("latin-1"))
        except zlib.error:
            continue
    return "\n".join(parts)


def pages(path: Path) -> int:
    return len(re.findall(r"/Type\s*/Page\b(?!s)", objects(path)))


@pytest.mark.parametrize(("paper", "width"), [("A3", 1191), ("A4", 842)])
def test_the_roster_prints_in_landscape_on_both_papers(
    qapp: QApplication, tmp_path: Path, paper: str, width: int
) -> None:
    path = write_roster_pdf(week(MONDAY, 10), tmp_path / "r.pdf", paper=paper, language="ja")
    box = re.search(r"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", objects(path))
    assert box is not None
    assert float(box[1]) == pytest.approx(width, abs=1)
    assert float(box[2]) < float(box[1])


def test_the_japanese_font_is_embedded(qapp: QApplication, tmp_path: Path) -> None:
    text = objects(write_roster_pdf(week(MONDAY, 10), tmp_path / "r.pdf"))
    assert "NotoSansJP" in text
    assert "/FontFile2" in text


def test_every_person_is_on_exactly_one_page(qapp: QApplication, tmp_path: Path) -> None:
    for count in (0, 1, 26, 27, 60, 200):
        view = week(MONDAY, max(count, 1))
        view = replace(view, agents=view.agents[:count])
        page = _Page(view, "ja", None, QPainter(), 420, 297)
        split = page.split(rows_of(view))
        assert [row.agent for rows in split for row in rows] == list(view.agents)
        path = write_roster_pdf(view, tmp_path / f"{count}.pdf")
        assert pages(path) == len(split)


def test_the_totals_line_fits_on_the_last_page(qapp: QApplication) -> None:
    view = week(MONDAY, 100)
    for width, height in ((420, 297), (297, 210)):
        page = _Page(view, "ja", None, QPainter(), width, height)
        most = max(len(rows) for rows in page.split(rows_of(view)))
        bottom = 12 + 16 + 9 + (most + 1) * page.row_height
        assert bottom <= height - 12 - 6


def test_an_unknown_paper_is_refused(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(WfmError, match="A3 or A4, not on B5"):
        write_roster_pdf(week(MONDAY, 1), tmp_path / "r.pdf", paper="B5")


def test_a_file_that_cannot_be_written_is_a_sentence_and_leaves_nothing(
    qapp: QApplication, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.pdf"
    taken.mkdir()
    with pytest.raises(WfmError, match="cannot be written"):
        write_roster_pdf(week(MONDAY, 1), taken)
    assert [item.name for item in tmp_path.iterdir()] == ["taken.pdf"]


def test_the_day_of_printing_is_an_argument(qapp: QApplication, tmp_path: Path) -> None:
    dated = write_roster_pdf(
        week(MONDAY, 1), tmp_path / "a.pdf", language="en", printed_on=date(2026, 11, 23)
    )
    plain = write_roster_pdf(week(MONDAY, 1), tmp_path / "b.pdf", language="en")
    assert dated.stat().st_size > plain.stat().st_size
