"""Forms made from frozen dataclasses: one editor per field, values in and out are instances.

::

    form = form_for(Contract, render)              # every field whose metadata has a "label"
    form = form_for(Queue, render, only=("name", "patience_s"))
    form = form_for(Goal, render, asks={"target": Ask(message("Target"), form="percent")})
    form.show_value(contract)                      # fills the editors, clears every error
    form.edited.connect(...)                       # the user changed something
    form.differs                                   # … and it is not what was shown
    value = form.value()                           # an instance, or None: errors are shown inline
    form.show_error(error.message, "name")         # what a service refused; "" = the whole form
    form.revert()
    form.raw(), form.take_raw(…)                   # what stands in the editors, readable or not

A field describes itself in its metadata, where everything but ``label`` may be left out:

``label``    what the field is called (:class:`~wfm.messages.Message`)
``unit``     what stands behind the editor: a message, or one of the names of ``UNITS``
``low``, ``high``  the bounds of a number, both included
``form``     how the value is written: ``clock`` (minutes after midnight, 25:00), ``length``
             (minutes as 7:45), ``hours`` (minutes as 7.75) or ``percent`` (a share 0 … 1); else its
             type decides
``step``     minutes of one press of an arrow key in a ``clock``, ``length`` or ``hours``
``choices``  pairs (value, name) to choose from; a name is a message or a text
``suggestions``  texts offered while typing
``needed``   whether an empty text is refused
``width``    pixels of a text's editor, where it is another than that of a name
``help``     a sentence below the editor

Types: ``str``, ``int``, ``float``, ``bool``, ``date`` and each of them ``| None`` (an empty line);
``tuple[int, ...]`` with the form ``length`` is a list of lengths of time.
``asks`` describes fields whose class does not, or otherwise.  Fields that are not shown keep the
values of the instance that was shown.  What ``__post_init__`` refuses is the form's own error.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from ui.translate import Render
from ui.widgets.cards import restyle, styled_label
from ui.widgets.editors import (
    LONG,
    ChoiceEditor,
    Editor,
    Switch,
    TextEditor,
    ValueLine,
    clock_editor,
    date_editor,
    hours_editor,
    length_editor,
    lengths_editor,
    named_choices,
    number_editor,
)
from wfm.errors import WfmError
from wfm.messages import Message, message

UNITS: dict[str, Message] = {
    "": message(""),
    "min": message("min", context="unit"),
    "s": message("s", context="unit"),
    "h": message("h", context="unit"),
    "d": message("days", context="unit"),
    "y": message("years", context="unit"),
    "%": message("%", context="unit"),
}
"""Names of units in metadata → what is shown behind the editor."""

LABEL_WIDTH, GAP = 168, 8


@dataclass(frozen=True, slots=True)
class Ask:
    """How one field is asked for; see the metadata keys in the module's description."""

    label: Message
    unit: Message | str = ""
    low: float | None = None
    high: float | None = None
    form: str = ""
    step: int = 15
    choices: Sequence[tuple[Any, Message | str]] = ()
    suggestions: Sequence[str] = ()
    needed: bool = False
    width: int = LONG
    help: Message | None = None


def form_for(
    kind: type,
    render: Render,
    *,
    only: Sequence[str] | None = None,
    asks: Mapping[str, Ask] | None = None,
) -> Form:
    """Return the form of a dataclass: the fields of ``only``, in that order, else all with a label.

    A field that nothing describes and a type that has no editor are bugs (``LookupError``).
    """
    given = dict(asks or {})
    described = {
        item.name: Ask(**{key: item.metadata[key] for key in _ASKS if key in item.metadata})
        for item in dataclasses.fields(kind)
        if "label" in item.metadata
    }
    described |= given
    names = tuple(described) if only is None else tuple(only)
    hints = get_type_hints(kind)
    return Form({name: (hints[name], described[name]) for name in names}, render)


_MINUTES: dict[str, Callable[..., ValueLine]] = {
    "clock": clock_editor,
    "length": length_editor,
    "hours": hours_editor,
}
_ASKS = tuple(item.name for item in dataclasses.fields(Ask))


def editor_for(hint: Any, ask: Ask, render: Render) -> Editor:
    """Return the editor of a type; ``LookupError`` where there is none."""
    members = [item for item in get_args(hint) if item is not NoneType]
    optional = NoneType in get_args(hint)
    plain = members[0] if optional and len(members) == 1 else hint
    if ask.choices:
        return ChoiceEditor(named_choices(ask.choices, render))
    low, high = ask.low, ask.high
    if get_origin(plain) is tuple and ask.form == "length":
        return lengths_editor()
    if ask.form in _MINUTES:
        make = _MINUTES[ask.form]
        bounds = {} if high is None else {"high": int(high)}
        return make(low=int(low or 0), step=ask.step, optional=optional, **bounds)
    if plain is bool:
        return Switch()
    if plain in (int, float):
        percent = ask.form == "percent"
        return number_editor(
            whole=plain is int, low=low, high=high, percent=percent, optional=optional
        )
    if plain is date:
        return date_editor(optional=optional)
    if plain is str:
        return TextEditor(needed=ask.needed, suggestions=ask.suggestions, width=ask.width)
    raise LookupError(f"no editor for {hint}")


class _Row:
    """One field of a form: its label, editor, unit, and the sentence below it."""

    def __init__(self, hint: Any, ask: Ask, render: Render) -> None:
        self.ask = ask
        self.editor = editor_for(hint, ask, render)
        self.label = styled_label(render(ask.label))
        self.label.setWordWrap(True)
        self.label.setMinimumHeight(30)
        self._help = render(ask.help) if ask.help is not None else ""
        unit = UNITS.get(ask.unit) if isinstance(ask.unit, str) else ask.unit
        self.unit = styled_label(render(unit) if unit is not None else str(ask.unit), "subtitle")
        self.below = styled_label(self._help, "caption")
        self.below.setWordWrap(True)
        if not self._help:
            self.below.hide()
        widget = self.editor.widget()
        widget.setMinimumHeight(28)
        widget.setAccessibleName(self.label.text())
        widget.setAccessibleDescription(self._help)
        self.label.setBuddy(widget)
        self.error = ""

    def show_error(self, text: str) -> None:
        """Show what is wrong below the editor; an empty text takes it away."""
        self.error = text
        self.below.setText(text or self._help)
        self.below.setVisible(bool(text or self._help))
        self.below.setProperty("role", "error" if text else "caption")
        widget = self.editor.widget()
        widget.setProperty("tone", "bad" if text else "")
        widget.setAccessibleDescription(text or self._help)
        restyle(self.below)
        restyle(widget)


class Form(QWidget):
    """Editors of an instance's fields, one below the other; made by :func:`form_for`."""

    edited = Signal()

    def __init__(self, fields: Mapping[str, tuple[Any, Ask]], render: Render) -> None:
        super().__init__()
        self._render = render
        self._shown: Any = None
        self._rows = {name: _Row(hint, ask, render) for name, (hint, ask) in fields.items()}
        self._own = styled_label("", "error")
        self._own.setWordWrap(True)
        self._own.hide()
        self._arrange()

    def _arrange(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, row in enumerate(self._rows.values()):
            line = QHBoxLayout()
            line.setContentsMargins(0, 1, 0, 1)
            line.setSpacing(8)
            line.addWidget(row.editor.widget())
            line.addWidget(row.unit)
            line.addStretch(1)
            grid.addWidget(row.label, 3 * place, 0, top)
            grid.addLayout(line, 3 * place, 1)
            grid.addWidget(row.below, 3 * place + 1, 1)
            grid.setRowMinimumHeight(3 * place + 2, GAP)
            row.editor.edited.connect(self._edited)
        grid.addWidget(self._own, 3 * len(self._rows), 0, 1, 2)
        grid.setRowStretch(3 * len(self._rows) + 1, 1)

    # --- values ----------------------------------------------------------------------------------

    def show_value(self, value: Any) -> None:
        """Show an instance; errors of what was typed before are gone."""
        self._shown = value
        self._clear_errors()
        for name, row in self._rows.items():
            row.editor.show_value(getattr(value, name))

    def show_base(self, value: Any) -> None:
        """Take another instance for the fields that are not shown; what is typed stays."""
        self._shown = value

    def revert(self) -> None:
        """Show the instance again as it was."""
        if self._shown is not None:
            self.show_value(self._shown)

    def value(self) -> Any:
        """Return the instance as typed; ``None`` with the errors beside their fields otherwise."""
        self._clear_errors()
        typed = {}
        for name, row in self._rows.items():
            try:
                typed[name] = row.editor.value()
            except WfmError as error:
                row.show_error(self._render(error.message))
        if self._shown is None or len(typed) < len(self._rows):
            return None
        try:
            return dataclasses.replace(self._shown, **typed)
        except WfmError as error:
            self.show_error(error.message)
            return None

    @property
    def shown(self) -> Any:
        """The instance that was shown last: what an edit started from."""
        return self._shown

    @property
    def differs(self) -> bool:
        """Whether the editors say something else than the instance shown, or nothing readable."""
        if self._shown is None:
            return False
        try:
            return any(
                row.editor.value() != getattr(self._shown, name) for name, row in self._rows.items()
            )
        except WfmError:
            return True

    def raw(self) -> dict[str, Any]:
        """Return what stands in the editors, readable or not."""
        return {name: row.editor.raw() for name, row in self._rows.items()}

    def take_raw(self, raw: Mapping[str, Any]) -> None:
        """Show again what :meth:`raw` returned; fields that are no more are passed over."""
        for name, value in raw.items():
            if name in self._rows:
                self._rows[name].editor.take_raw(value)

    # --- errors ----------------------------------------------------------------------------------

    @property
    def errors(self) -> dict[str, str]:
        """The sentences shown, by field; "" is the whole form's."""
        found = {name: row.error for name, row in self._rows.items() if row.error}
        return found | ({"": self._own.text()} if self._own.text() else {})

    def show_error(self, text: Message, name: str = "") -> None:
        """Show what is wrong beside a field, or below all of them."""
        sentence = self._render(text)
        if name in self._rows:
            self._rows[name].show_error(sentence)
        else:
            self._own.setText(sentence)
            self._own.show()

    def _clear_errors(self) -> None:
        for row in self._rows.values():
            row.show_error("")
        self._own.setText("")
        self._own.hide()

    # --- parts -----------------------------------------------------------------------------------

    def editor(self, name: str) -> QWidget:
        """Return the widget of a field, to give it the focus or another width."""
        return self._rows[name].editor.widget()

    def label(self, name: str) -> QLabel:
        """Return the label of a field."""
        return self._rows[name].label

    def asked(self, name: str) -> tuple[Message | str, ...]:
        """Return the words of a field (label, help, choices), for a search."""
        ask = self._rows[name].ask
        choices = tuple(text for _, text in ask.choices)
        return (ask.label, *(() if ask.help is None else (ask.help,)), *choices)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields shown, in order."""
        return tuple(self._rows)

    def show_only(self, names: Sequence[str]) -> None:
        """Show these fields and hide the others, as a search asks for."""
        for place, (name, row) in enumerate(self._rows.items()):
            there = name in names
            self._grid.setRowMinimumHeight(3 * place + 2, GAP if there else 0)
            for part in (row.label, row.editor.widget(), row.unit):
                part.setVisible(there)
            row.below.setVisible(there and bool(row.below.text()))

    def _edited(self) -> None:
        for row in self._rows.values():
            if row.error:
                row.show_error("")
        self._own.hide()
        self.edited.emit()
