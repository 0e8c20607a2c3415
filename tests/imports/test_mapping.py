"""Mappings are saved, used again, and refused with the sentence that names what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.files import acd, write_csv
from wfm.errors import WfmError
from wfm.imports import OPTIONS, load_mapping, read_acd, save_mapping
from wfm.imports.options import check_options
from wfm.model.site import ImportMapping


def test_what_was_found_out_reads_the_next_file_in_the_same_way(tmp_path: Path) -> None:
    rows = [["とき", "かず", "着信数"], ["2026-11-02 09:00", 3, 5], ["2026-11-02 09:30", 4, 6]]
    first = acd(
        tmp_path, rows, columns={"とき": "interval_start", "かず": "answered"}, encoding="cp932"
    )
    assert first.mapping.columns == {
        "とき": "interval_start",
        "かず": "answered",
        "着信数": "offered",
    }
    assert first.mapping.options == {"encoding": "cp932", "delimiter": "comma"}
    save_mapping(first.mapping, tmp_path / "m.toml")
    loaded = load_mapping(tmp_path / "m.toml")
    assert loaded == first.mapping
    again = read_acd(write_csv(tmp_path / "next.csv", rows, "cp932"), loaded)
    assert [day.columns["answered"].tolist() for day in again.days] == [
        day.columns["answered"].tolist() for day in first.days
    ] or again.accepted_rows == first.accepted_rows


def test_a_mapping_may_leave_a_column_out(tmp_path: Path) -> None:
    rows = [["日時", "着信数", "入電数"], ["2026-11-02 09:00", 5, 50]]
    result = acd(tmp_path, rows, columns={"着信数": "", "入電数": "offered"})
    assert result.days[0].columns["offered"][18] == 50


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colums = 1", "a mapping has no “colums”"),
        ("[columns]\n'着信数' = 'calls_in'", "cannot be read as “calls_in”"),
        ("[options]\nencodin = 'cp932'", "no option “encodin”"),
        ("[options]\ndate_order = 'xyz'", "date_order is one of ymd, dmy, mdy"),
        ("[options]\nzone = 'Asia/Tokio'", "zone cannot be “Asia/Tokio”"),
        ("[options]\nthreshold_s = 'soon'", "threshold_s cannot be “soon”"),
        ("[options]\nqueue = ['a']", "the value of “queue” is no text"),
        ("columns = 3", r"\[columns\] is no table"),
        ("[options", "is no TOML file"),
    ],
)
def test_a_wrong_mapping_file_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WfmError, match=sentence):
        load_mapping(path)


def test_a_missing_mapping_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WfmError, match="cannot be read"):
        load_mapping(tmp_path / "none.toml")


def test_a_wrong_rename_date_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WfmError, match="names no date"):
        acd(
            tmp_path,
            [["日時", "着信数"], ["2026-11-02 09:00", 5]],
            options={"queue:a until 2026-02-31": "b"},
        )


def test_a_sheet_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WfmError, match="has no sheet “x”"):
        acd(tmp_path, [["日時", "着信数"], ["2026-11-02 09:00", 5]], options={"sheet": "x"})


@given(st.sampled_from(OPTIONS), st.text(max_size=12))
def test_an_option_accepts_a_value_or_names_itself(option: object, value: str) -> None:
    name = option.name  # type: ignore[attr-defined]
    try:
        check_options({name: value})
    except WfmError as error:
        sentence = str(error)
    else:
        sentence = f"{name} is “{value}”"
    assert name in sentence


@given(
    st.dictionaries(
        st.text('列見出し あ"\\', min_size=1, max_size=6), st.sampled_from(["offered", "queue", ""])
    ),
    st.sampled_from(["", "30", "15"]),
)
def test_a_mapping_survives_its_file(columns: dict[str, str], minutes: str) -> None:
    import tempfile

    options = {"interval_minutes": minutes} if minutes else {}
    mapping = ImportMapping("k", columns, options)
    with tempfile.TemporaryDirectory() as folder:
        save_mapping(mapping, Path(folder) / "m.toml")
        assert load_mapping(Path(folder) / "m.toml") == mapping
