"""What a file comes to, as a row of figures."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.forecast.import_state import Seen
from ui.forecast.import_tables import Words
from ui.translate import format_date
from ui.widgets.cards import FigureCard
from wfm.messages import Message, message
from wfm.services.acd_preview import AcdPreview
from wfm.services.people_preview import PeoplePreview

Shown = tuple[str, str, str]
"""A figure, its neighbour and its tone."""


class Figures(QWidget):
    """Five cards: rows, rejected rows, and what kind of file it is decides the other three."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        render = words.render
        captions = {
            "rows": message("Rows to import"),
            "rejected": message("Rejected rows"),
            "queues": message("Queues"),
            "contacts": message("Contacts"),
            "period": message("Period"),
            "recorded": message("Recorded already"),
            "new": message("New people"),
            "changed": message("Changed people"),
            "same": message("Unchanged people"),
        }
        self.cards = {key: FigureCard(render(text)) for key, text in captions.items()}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in self.cards.values():
            row.addWidget(card)

    def show_seen(self, seen: Seen) -> None:
        """Show what a file comes to."""
        shown = self._rows(seen)
        shown |= self._acd(seen) if isinstance(seen, AcdPreview) else self._people(seen)
        for key, card in self.cards.items():
            card.setVisible(key in shown)
            if key in shown:
                card.show_figure(*shown[key])

    def _rows(self, seen: Seen) -> dict[str, Shown]:
        result, words = seen.result, self._words
        if seen.open_questions:
            return dict.fromkeys(("rows", "rejected"), ("–", "", ""))
        of = self._say(
            message(
                "of {number} row",
                plural="of {number} rows",
                count=result.rows,
                number=words.number(result.rows),
            )
        )
        tone = "bad" if result.rejected_rows else ""
        left = (
            self._say(message("{count} left out", count=result.skipped_rows))
            if result.skipped_rows
            else ""
        )
        return {
            "rows": (words.number(result.accepted_rows), of, ""),
            "rejected": (words.number(result.rejected_rows), left, tone),
        }

    def _acd(self, seen: AcdPreview) -> dict[str, Shown]:
        words, queues = self._words, seen.queues
        if not queues:
            return dict.fromkeys(("queues", "contacts", "period", "recorded"), ("–", "", ""))
        new = sum(queue.new for queue in queues)
        first = min(queue.first for queue in queues)
        last = max(queue.last for queue in queues)
        days = sum(queue.overlap.days for queue in queues)
        changed = sum(queue.overlap.changed for queue in queues)
        replaced = self._say(
            message("{count} number replaced", plural="{count} numbers replaced", count=changed)
        )
        recorded = self._say(message("{count} queue day", plural="{count} queue days", count=days))
        tone = "warn" if changed else ""
        until = self._say(message("to {day}", day=format_date(last, words.language, short=True)))
        return {
            "queues": (
                words.number(len(queues)),
                self._say(message("{count} new", count=new)) if new else "",
                "",
            ),
            "contacts": (words.number(sum(queue.contacts for queue in queues)), "", ""),
            "period": (format_date(first, words.language, short=True), until, ""),
            "recorded": (recorded if days else "–", replaced if days else "", tone),
        }

    def _people(self, seen: PeoplePreview) -> dict[str, Shown]:
        counts = {
            state: sum(person.state == state for person in seen.people)
            for state in ("new", "changed", "same")
        }
        shifts = sum(person.duties for person in seen.people)
        brought = message(
            "{count} shift in the file", plural="{count} shifts in the file", count=shifts
        )
        beside = self._say(brought) if shifts else ""
        return {
            "new": (self._words.number(counts["new"]), "", ""),
            "changed": (self._words.number(counts["changed"]), "", ""),
            "same": (self._words.number(counts["same"]), beside, ""),
        }

    def _say(self, text: Message) -> str:
        return self._words.render(text)
