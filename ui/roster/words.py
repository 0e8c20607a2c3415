"""Small words that several parts of the roster screen share."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.messages import Message, message


def listed(texts: Sequence[Message]) -> Message:
    """Return several short texts as one list, with the language's own sign between them."""
    joined = texts[0]
    for text in texts[1:]:
        joined = message("{first}, {next}", context="list", first=joined, next=text)
    return joined


def named_few(names: Sequence[str], shown: int) -> Message:
    """Return the first names of a list, and how many more there are."""
    few = listed([message("{name}", context="name", name=name) for name in names[:shown]])
    more = len(names) - shown
    if more <= 0:
        return few
    return message("{names} and {count} more", plural="{names} and {count} more", names=few,
                   count=more)  # fmt: skip
