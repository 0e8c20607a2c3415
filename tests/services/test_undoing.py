"""What undo and redo would take back, against a plain editor's two piles."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from wfm.messages import Message, message
from wfm.model.change import Change, Operation
from wfm.services.undoing import replay

EDIT = message("Change {what}", what="x")


def operation(
    number: int, undoes: int | None = None, kind: str = "agent", text: Message = EDIT
) -> Operation:
    change = Change(kind, "k", None, None)
    return Operation(number, datetime(2026, 1, 1, tzinfo=UTC), "me", text, (change,), undoes)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=40))
def test_any_sequence_of_edits_undos_and_redos_walks_like_an_editor(steps: list[str]) -> None:
    log: list[Operation] = []
    done: list[str] = []
    undone: list[str] = []
    names: dict[int, str] = {}
    for number, step in enumerate(steps, start=1):
        state = replay(log)
        if step == "edit":
            log.append(operation(number))
            names[number] = f"edit {number}"
            done.append(names[number])
            undone.clear()
        elif step == "undo" and state.undo is not None:
            log.append(operation(number, state.undo.id))
            names[number] = names[state.undo.id]
            undone.append(done.pop())
        elif step == "redo" and state.redo is not None:
            log.append(operation(number, state.redo.id))
            names[number] = names[state.redo.id]
            done.append(undone.pop())
        state = replay(log)
        assert (None if state.undo is None else names[state.undo.id]) == (
            done[-1] if done else None
        )
        assert (None if state.redo is None else names[state.redo.id]) == (
            undone[-1] if undone else None
        )


def test_records_of_what_happened_are_never_undone() -> None:
    edit = operation(1)
    export = operation(2, kind="export_record")
    assert replay([edit, export]).undo == edit


def test_a_centre_cannot_be_undone_out_of_existence() -> None:
    founding = operation(1, text=message("Create the centre {name}", name="x"))
    filled = operation(2, text=message("Fill with the sample centre"))
    assert replay([founding, filled]).undo is None


def test_an_older_change_undone_from_the_log_leaves_the_newer_one_on_top() -> None:
    first, second = operation(1), operation(2)
    taken = operation(3, undoes=1)
    state = replay([first, second, taken])
    assert state.undo == second
    assert state.redo == taken
