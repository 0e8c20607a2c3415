"""A file is looked at before it is imported: what it holds, asks and would change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.imports.files import Rows, write_csv, write_xlsx
from tests.services.small_centre import small_centre, write
from wfm.errors import Conflict, ProblemsError, StoppedError, WfmError
from wfm.history import merge_days, overlaps
from wfm.model.people import Agent, Availability, Balance, Contract, Skill
from wfm.model.roster import AgentWeek
from wfm.model.site import ImportMapping
from wfm.model.workload import HISTORY_COLUMNS, HistoryDay, Queue
from wfm.workspace import Workspace

HEAD = ["日付", "時間帯", "窓口", "着信数", "応答数", "平均処理時間"]
DAYS = [
    ["2026/11/02", "09:00", "総合", 10, 9, "5:00"],
    ["2026/11/02", "09:30", "総合", 12, 12, "4:00"],
    ["2026/11/02", "10:00", "総合", "たくさん", 3, "4:00"],
    ["2026/11/03", "09:00", "総合", 7, 7, "5:30"],
    ["合計", "", "", 29, 31, ""],
]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Workspace]:
    """A centre of one queue, three people and no history."""
    (tmp_path / "centre").mkdir()
    workspace = small_centre(tmp_path / "centre", required=False)
    yield workspace
    workspace.close()


def stored(centre: Workspace, kind: type) -> tuple[object, ...]:
    with centre._session.database.read() as store:
        return store.all(kind)


def told(preview: object, **options: str) -> ImportMapping:
    """Return a preview's mapping with further options, as the window makes it."""
    mapping: ImportMapping = preview.mapping  # type: ignore[attr-defined]
    changed = {key.replace("__", ":"): value for key, value in options.items()}
    return replace(mapping, options={**mapping.options, **changed})


# --- contact history ------------------------------------------------------------------------------


def test_a_preview_says_what_a_file_holds_and_stores_nothing(
    centre: Workspace, tmp_path: Path
) -> None:
    before = centre.log.head()
    preview = centre.imports.preview_acd(write_csv(tmp_path / "a.csv", [HEAD, *DAYS], "cp932"))
    assert centre.log.head() == before
    assert (preview.result.accepted_rows, preview.result.rejected_rows) == (3, 1)
    (queue,) = preview.queues
    assert (queue.name, queue.new, queue.contacts, queue.days) == ("総合", True, 29, 2)
    assert (queue.first, queue.last) == (date(2026, 11, 2), date(2026, 11, 3))
    assert queue.handling_s == pytest.approx((9 * 300 + 12 * 240 + 7 * 330) / 28)
    (start,) = preview.starts
    assert dict(zip(start.headings, start.columns, strict=True)) == dict(
        zip(HEAD, ["date", "time", "queue", "offered", "answered", "handle_avg"], strict=True)
    )
    assert start.rows[0][:3] == ("2026/11/02", "09:00", "総合")
    first, _, refused, last, total = start.readings
    assert first is not None
    assert (first.day, first.minute, first.length, first.queue) == (
        date(2026, 11, 2), 540, 30, "総合",
    )  # fmt: skip
    assert first.values == {"offered": 10, "answered": 9, "handle_s": 2700}
    assert refused is not None
    assert str(refused.refused) == "this is not a number"
    assert last is not None
    assert last.values["offered"] == 7
    assert total is None
    (problem,) = preview.result.problems
    assert (problem.row, problem.column, problem.value) == (4, "着信数", "たくさん")
    found = {item.key: str(item.found) for item in preview.settings}
    assert found["encoding"] == "Shift_JIS (CP932)"
    assert found["interval_minutes"] == "30 minutes"
    assert found["clock_parts:平均処理時間"] == "Minutes : seconds"
    assert preview.why_not() is None
    assert "1 row is rejected" in str(preview.why_not(strict=True))


def test_importing_a_preview_stores_what_it_showed_and_the_next_file_is_read_alike(
    centre: Workspace, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEAD, *DAYS])
    done = centre.imports.as_seen(centre.imports.preview_acd(path))
    assert (done.accepted, done.rejected) == (3, 1)
    again = centre.imports.preview_acd(path)
    assert again.reused
    (queue,) = again.queues
    assert (queue.new, queue.overlap.days, queue.overlap.changed) == (False, 2, 0)
    rows = [list(row) for row in DAYS]
    rows[0][3] = 11
    rows.append(["2026/11/04", "09:00", "総合", 5, 5, "5:00"])
    changed = centre.imports.preview_acd(write_csv(tmp_path / "b.csv", [HEAD, *rows], "cp932"))
    (queue,) = changed.queues
    assert (queue.overlap.days, queue.overlap.changed, queue.overlap.added) == (2, 1, 0)
    notes = centre.imports.as_seen(changed).notes
    assert "1 recorded number was replaced" in " ".join(map(str, notes))


@pytest.mark.parametrize(("order", "day"), [("dmy", date(2026, 4, 3)), ("mdy", date(2026, 3, 4))])
def test_the_order_of_day_and_month_is_asked_with_the_day_that_each_answer_means(
    centre: Workspace, tmp_path: Path, order: str, day: date
) -> None:
    rows: Rows = [HEAD, ["03/04/2026", "09:00", "総合", 10, 9, "5:00"]]
    path = write_csv(tmp_path / "a.csv", rows)
    preview = centre.imports.preview_acd(path)
    (question,) = preview.open_questions
    assert question.key == "date_order:日付"
    assert {answer.value: answer.day for answer in question.answers} == {
        "dmy": date(2026, 4, 3),
        "mdy": date(2026, 3, 4),
    }
    assert "1 question is open" in str(preview.why_not())
    with pytest.raises(ProblemsError):
        centre.imports.as_seen(preview)
    answered = centre.imports.preview_acd(path, told(preview, date_order__日付=order))
    assert not answered.open_questions
    assert answered.queues[0].first == day
    centre.imports.as_seen(answered)
    later = [HEAD, ["05/04/2026", "09:00", "総合", 10, 9, "5:00"]]
    following = centre.imports.preview_acd(write_csv(tmp_path / "b.csv", later))
    assert following.reused
    assert not following.open_questions


def test_unknown_headings_are_answered_by_naming_the_columns(
    centre: Workspace, tmp_path: Path
) -> None:
    rows: Rows = [
        ["レポート"], ["いつ", "どこ", "なんけん"], ["2026/11/02 09:00", "総合", 4],
        ["2026/11/02 09:30", "総合", 5],
    ]  # fmt: skip
    path = write_csv(tmp_path / "a.csv", rows)
    preview = centre.imports.preview_acd(path)
    (question,) = preview.open_questions
    assert (question.key, question.answers) == ("columns", ())
    assert (preview.starts[0].header_row, preview.starts[0].guessed) == (2, True)
    assert preview.starts[0].headings[:3] == ("いつ", "どこ", "なんけん")
    columns = {"いつ": "interval_start"}
    half = centre.imports.preview_acd(path, ImportMapping("a", columns))
    assert half.open_questions
    assert half.starts[0].columns[0] == "interval_start"
    columns |= {"どこ": "queue", "なんけん": "offered"}
    whole = centre.imports.preview_acd(path, ImportMapping("a", columns))
    assert whole.why_not() is None
    assert whole.queues[0].contacts == 9


def test_a_file_without_headings_is_read_by_position(centre: Workspace, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["2026/11/02 09:00", 4], ["2026/11/02 09:30", 5]])
    bare = centre.imports.preview_acd(path)
    assert bare.starts[0].headings == ("#1", "#2")
    mapping = ImportMapping("a", {"#1": "interval_start", "#2": "offered"}, {"header_row": "0"})
    preview = centre.imports.preview_acd(path, mapping)
    assert preview.result.accepted_rows == 2
    centre.imports.as_seen(preview)
    assert centre.imports.preview_acd(path).result.accepted_rows == 2
    headed = centre.imports.preview_acd(write_csv(tmp_path / "b.csv", [HEAD, *DAYS]))
    assert (headed.reused, headed.result.accepted_rows) == (False, 3)


def test_rows_that_name_one_interval_are_rejected_until_the_planner_says_what_to_do(
    centre: Workspace, tmp_path: Path
) -> None:
    rows: Rows = [HEAD, DAYS[0], ["2026/11/02", "09:00", "総合", 3, 3, "5:00"], DAYS[1]]
    path = write_csv(tmp_path / "a.csv", rows)
    preview = centre.imports.preview_acd(path)
    question = next(item for item in preview.questions if item.key == "duplicates")
    assert (question.open, question.standing, preview.result.disputed) == (False, "reject", 2)
    added = centre.imports.preview_acd(path, told(preview, duplicates="sum"))
    assert added.queues[0].contacts == 25
    assert next(q for q in added.questions if q.key == "duplicates").standing == "sum"


def test_a_queue_under_another_name_can_be_told_to_be_a_known_one(
    centre: Workspace, tmp_path: Path
) -> None:
    write(centre, Queue("general", "総合窓口", "phone"))
    path = write_csv(tmp_path / "a.csv", [HEAD, *DAYS])
    preview = centre.imports.preview_acd(path)
    question = next(item for item in preview.questions if item.key == "queue:総合")
    assert (question.standing, question.suggested) == ("", "general")
    merged = centre.imports.preview_acd(path, told(preview, queue__総合="general"))
    assert [(queue.key, queue.new) for queue in merged.queues] == [("general", False)]
    assert next(q for q in merged.questions if q.key == "queue:総合").standing == "general"
    centre.imports.as_seen(merged)
    assert {item.queue for item in stored(centre, HistoryDay)} == {"general"}
    assert centre.imports.preview_acd(path).queues[0].key == "general"


def test_two_spellings_of_a_new_queue_are_pointed_out(tmp_path: Path) -> None:
    with Workspace.create(str(tmp_path / "c.toban"), "me", language="en") as centre:
        rows: Rows = [
            HEAD, ["2026/11/02", "09:00", "Sales", 1, 1, "5:00"],
            ["2026/11/02", "09:30", "ＳＡＬＥＳ", 2, 2, "5:00"],
            ["2026/11/02", "09:30", "技術", 2, 2, "5:00"],
        ]  # fmt: skip
        preview = centre.imports.preview_acd(write_csv(tmp_path / "a.csv", rows))
        assert {item.key: item.suggested for item in preview.questions} == {
            "queue:Sales": "ＳＡＬＥＳ",
            "queue:ＳＡＬＥＳ": "Sales",
        }
        one = centre.imports.preview_acd(
            preview.source.path, told(preview, queue__ＳＡＬＥＳ="Sales")
        )
        assert sorted((queue.key, queue.contacts) for queue in one.queues) == [
            ("Sales", 3),
            ("技術", 2),
        ]


def test_a_file_of_people_is_known_as_such_and_the_other_way_round(
    centre: Workspace, tmp_path: Path
) -> None:
    people = write_csv(tmp_path / "p.csv", [["社員番号", "氏名", "契約"], ["1", "佐藤", "Free"]])
    history = write_csv(tmp_path / "a.csv", [HEAD, *DAYS])
    assert centre.imports.preview_acd(people).other == "people"
    assert centre.imports.preview_people(history).other == "acd"
    assert centre.imports.preview_acd(history).other == ""
    assert centre.imports.preview_people(people).other == ""


def test_a_file_changed_or_gone_since_it_was_looked_at_is_not_imported(
    centre: Workspace, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEAD, *DAYS])
    preview = centre.imports.preview_acd(path)
    write_csv(path, [HEAD, *DAYS[:2]])
    with pytest.raises(WfmError, match=r"a\.csv was changed after it was looked at"):
        centre.imports.as_seen(preview)
    path.unlink()
    with pytest.raises(WfmError, match=r"There is no file .*a\.csv\. Nothing was imported"):
        centre.imports.as_seen(preview)
    assert stored(centre, HistoryDay) == ()


def test_a_file_that_may_not_be_read_is_one_sentence(
    centre: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_csv(tmp_path / "a.csv", [HEAD, *DAYS])

    def forbidden(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(WfmError, match=r"You may not read .*a\.csv"):
        centre.imports.preview_acd(path)


def test_queues_changed_since_the_preview_are_minded(centre: Workspace, tmp_path: Path) -> None:
    preview = centre.imports.preview_acd(write_csv(tmp_path / "a.csv", [HEAD, *DAYS]))
    write(centre, Queue("general", "総合", "phone"))
    centre.imports.as_seen(preview)
    assert {item.queue for item in stored(centre, HistoryDay)} == {"general"}


def test_strict_imports_all_rows_or_none(centre: Workspace, tmp_path: Path) -> None:
    preview = centre.imports.preview_acd(write_csv(tmp_path / "a.csv", [HEAD, *DAYS]))
    with pytest.raises(ProblemsError):
        centre.imports.as_seen(preview, strict=True)
    assert stored(centre, HistoryDay) == ()


@pytest.mark.parametrize("looks", [0, 1, 3, 5])
def test_reading_ends_when_it_is_stopped(centre: Workspace, tmp_path: Path, looks: int) -> None:
    path = write_csv(tmp_path / "a.csv", [HEAD, *DAYS])
    left = iter([False] * looks + [True] * 99)
    with pytest.raises(StoppedError, match="not read to its end"):
        centre.imports.preview_acd(path, should_stop=lambda: next(left))


def test_an_import_can_be_stopped_until_it_is_stored(centre: Workspace, tmp_path: Path) -> None:
    preview = centre.imports.preview_acd(write_csv(tmp_path / "a.csv", [HEAD, *DAYS]))
    before = centre.log.head()
    with pytest.raises(StoppedError):
        centre.imports.as_seen(preview, should_stop=lambda: True)
    assert (stored(centre, HistoryDay), centre.log.head()) == ((), before)


def test_rejected_rows_are_written_without_any_formula(centre: Workspace, tmp_path: Path) -> None:
    written = centre.imports.write_table(tmp_path / "r.csv", [["値", "=1+1"], ["a", "b"]])
    assert written.read_bytes() == "値,'=1+1\r\na,b\r\n".encode("utf-8-sig")


def test_reading_in_a_worker_leaves_the_centre_readable(centre: Workspace, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [HEAD, *DAYS])
    waiting, go_on = threading.Event(), threading.Event()

    def should_stop() -> bool:
        waiting.set()
        go_on.wait(10)
        return False

    worker = threading.Thread(
        target=lambda: centre.imports.preview_acd(path, should_stop=should_stop)
    )
    worker.start()
    assert waiting.wait(10)
    assert centre.counts()["queues"] == 1
    go_on.set()
    worker.join()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\n\n \n", "is empty"),
        ("torn.xlsx", b"PK\x03\x04 torn", "not a readable workbook"),
        ("nul.csv", "日付,着信数\n1,\0\n".encode(), "NUL"),
        ("quote.csv", '日付,着信数\n"1,2\n'.encode(), "never"),
        ("named.xlsx", b"a,b\n1,2\n", "none"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    centre: Workspace, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for look in (centre.imports.preview_acd, centre.imports.preview_people):
        with pytest.raises(WfmError, match=sentence):
            look(path)
    with pytest.raises(WfmError, match="There is no file"):
        centre.imports.preview_acd(tmp_path / "none.csv")
    with pytest.raises(WfmError, match="is a folder"):
        centre.imports.preview_acd(tmp_path)


@given(st.data())
def test_overlaps_count_what_merging_changes(data: st.DataObject) -> None:
    cell = st.sampled_from([np.nan, 0.0, 1.0, 2.0])

    def day(minutes: int) -> HistoryDay:
        size = 1440 // minutes
        head = data.draw(st.lists(cell, min_size=8, max_size=8))
        values = np.array(head + [np.nan] * (size - 8))
        return HistoryDay(
            "q", date(2026, 11, 2), minutes, {name: values.copy() for name in HISTORY_COLUMNS}
        )

    old = day(data.draw(st.sampled_from([15, 30])))
    new = day(data.draw(st.sampled_from([15, 30])))
    merged = merge_days([old], [new])
    found = overlaps([old], [new])["q"]
    assert (found.days, found.changed, found.added) == (1, len(merged.changed), merged.added)
    assert overlaps([], [new]) == {}


# --- people ---------------------------------------------------------------------------------------

PEOPLE: Rows = [
    ["社員番号", "氏名", "契約", "スキル", "月", "火", "水", "木", "金"],
    ["a", "A", "Free", "Phone:2", "", "", "", "", ""],
    ["b", "B. Renamed", "Free", "Phone:3", "9-18", "", "", "", ""],
    ["n1", "New One", "Free", "Chat", "", "", "", "", ""],
    ["n2", "", "Free", "", "", "", "", "", ""],
]


def test_a_preview_of_people_says_who_is_new_changed_or_the_same(
    centre: Workspace, tmp_path: Path
) -> None:
    write(centre, Availability("a", {}))
    preview = centre.imports.preview_people(write_xlsx(tmp_path / "p.xlsx", {"名簿": PEOPLE}))
    assert [(item.name, item.state) for item in preview.people] == [
        ("New One", "new"),
        ("B. Renamed", "changed"),
        ("A", "same"),
    ]
    changes = {str(item.label): (item.before, item.after) for item in preview.people[1].differences}
    assert changes == {
        "Name": ("B", "B. Renamed"),
        "Skills": ("Phone 2", "Phone 3"),
        "Availability": (None, None),
    }
    (start,) = preview.starts
    assert start.columns[:5] == ("staff_number", "staff_name", "contract", "skill_list", "weekday")
    assert preview.result.rejected_rows == 1
    done = centre.imports.as_seen(preview)
    assert (done.accepted, done.rejected) == (3, 1)
    assert {item.key for item in stored(centre, Agent)} == {"a", "b", "c", "n1"}
    assert [item.state for item in centre.imports.preview_people(preview.source.path).people] == [
        "same"
    ] * 3


def test_an_unknown_contract_is_asked_and_remembered(centre: Workspace, tmp_path: Path) -> None:
    write(centre, Contract("full", "正社員（フルタイム）", ("day",)))
    rows: Rows = [["社員番号", "氏名", "契約"], ["1", "佐藤", "正社員"], ["2", "鈴木", "嘱託"]]
    path = write_csv(tmp_path / "p.csv", rows)
    preview = centre.imports.preview_people(path)
    assert "No row" in str(preview.why_not())
    asked = {item.key: item for item in preview.questions}
    assert list(asked) == ["contract:正社員", "contract:嘱託"]
    assert (asked["contract:正社員"].standing, asked["contract:正社員"].suggested) == ("", "full")
    answered = centre.imports.preview_people(path, told(preview, contract__正社員="full"))
    assert (answered.result.accepted_rows, answered.result.rejected_rows) == (1, 1)
    assert {q.key: q.standing for q in answered.questions} == {
        "contract:正社員": "full",
        "contract:嘱託": "",
    }
    centre.imports.as_seen(answered)
    again = centre.imports.preview_people(path)
    assert (again.reused, again.result.accepted_rows) == (True, 1)


def test_people_without_any_contract_get_the_one_named(centre: Workspace, tmp_path: Path) -> None:
    write(centre, Contract("full", "Full", ("day",)))
    path = write_csv(tmp_path / "p.csv", [["社員番号", "氏名", "スキル"], ["1", "佐藤", "Phone"]])
    preview = centre.imports.preview_people(path)
    assert [item.key for item in preview.questions] == ["contract"]
    answered = centre.imports.preview_people(path, told(preview, contract="full"))
    assert [agent.contract for agent in answered.result.agents] == ["full"]


def test_the_month_of_a_roster_is_asked_never_guessed(centre: Workspace, tmp_path: Path) -> None:
    days = [*range(1, 29)]
    rows: Rows = [["氏名", *days], ["A", *["D"] * 5, *["休"] * 23]]
    path = write_csv(tmp_path / "r.csv", rows)
    preview = centre.imports.preview_people(path)
    (question,) = preview.open_questions
    assert question.key == "month"
    assert question.suggested in {answer.value for answer in question.answers}
    answered = centre.imports.preview_people(path, told(preview, month="2026-11"))
    (person,) = answered.people
    assert (person.key, person.duties, person.leaves) == ("a", 5, 23)
    centre.imports.as_seen(answered)
    weeks = {item.start for item in stored(centre, AgentWeek)}
    assert date(2026, 11, 2) in weeks
    assert centre.imports.preview_people(path).open_questions, "the next roster is of another month"


def test_unknown_columns_of_people_can_be_named(centre: Workspace, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [["ひと", "しごと"], ["佐藤", "Phone"]])
    preview = centre.imports.preview_people(path)
    assert [item.key for item in preview.open_questions] == ["columns"]
    columns = {"ひと": "staff_name", "しごと": "skill_list"}
    named = centre.imports.preview_people(path, ImportMapping("p", columns, {"contract": "free"}))
    assert [(agent.name, agent.skills) for agent in named.result.agents] == [("佐藤", {"phone": 2})]
    centre.imports.as_seen(named)
    assert centre.imports.preview_people(path).reused


def test_people_changed_since_the_preview_are_not_overwritten(
    centre: Workspace, tmp_path: Path
) -> None:
    preview = centre.imports.preview_people(write_xlsx(tmp_path / "p.xlsx", {"名簿": PEOPLE}))
    write(centre, Agent("b", "b", "B", "", "free", {"phone": 1}, reading="びい"))
    with pytest.raises(Conflict, match="look at it again"):
        centre.imports.as_seen(preview)
    assert len(stored(centre, Agent)) == 3


def test_balances_open_the_month_that_was_named(centre: Workspace, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "p.csv", [["氏名", "残業（分）"], ["A", 90]])
    preview = centre.imports.preview_people(path)
    assert [item.key for item in preview.open_questions] == ["month"]
    centre.imports.as_seen(centre.imports.preview_people(path, told(preview, month="2026-11")))
    assert stored(centre, Balance) == (Balance("a", date(2026, 11, 1), 90),)


@pytest.mark.parametrize("option", ["month", "zone", "contract:x", "nothing"])
def test_a_wrong_option_is_one_sentence(centre: Workspace, tmp_path: Path, option: str) -> None:
    path = write_csv(tmp_path / "p.csv", PEOPLE)
    mapping = ImportMapping("p", {}, {option: "?"})
    if option == "contract:x":
        assert centre.imports.preview_people(path, mapping).result.rejected_rows == 1
        return
    with pytest.raises(WfmError, match=r"Mapping option|has no option"):
        centre.imports.preview_people(path, mapping)


def test_skills_of_a_file_are_named_as_the_centre_names_them(
    centre: Workspace, tmp_path: Path
) -> None:
    write(centre, Skill("k9", "英語"))
    path = write_csv(tmp_path / "p.csv", [["氏名", "契約", "スキル"], ["A", "Free", "英語:3"]])
    (person,) = centre.imports.preview_people(path).people
    assert [(item.before, item.after) for item in person.differences] == [("Phone 2", "英語 3")]
