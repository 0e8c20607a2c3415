"""Text as data: an English key with named values, translated only where it is shown.

A message travels through services, processes and the operation log unchanged; the front end turns
it into a sentence of the reader's language with :func:`render`.  The English template is both the
gettext key and the English text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable sentence: ``text`` is the English template, ``values`` fill its braces.

    ``context`` tells apart equal English words with different translations; ``plural`` is the
    English plural template, chosen by the integer value named ``count``.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    context: str = ""
    plural: str = ""

    def __str__(self) -> str:
        """Return the English sentence, for logs and tests."""
        return render(self, english)

    def __hash__(self) -> int:
        return hash((self.text, self.context, tuple(sorted(map(str, self.values.items())))))


Translate = Callable[[Message], str]
"""Returns the template of a message in some language, its braces still unfilled."""


def message(text: str, /, *, context: str = "", plural: str = "", **values: object) -> Message:
    """Make a message: ``message("Less than {hours} h rest", hours=11)``."""
    return Message(text, values, context, plural)


def english(value: Message) -> str:
    """Return the English template of a message."""
    if value.plural and value.values.get("count") != 1:
        return value.plural
    return value.text


def render(value: Message, translate: Translate) -> str:
    """Translate a message and fill in its values; a value that is a message is rendered too.

    A template whose braces do not match its values is shown unfilled rather than raising: a wrong
    translation must never hide the sentence from the user.
    """
    template = translate(value)
    filled = {
        name: render(item, translate) if isinstance(item, Message) else item
        for name, item in value.values.items()
    }
    try:
        return template.format(**filled)
    except (KeyError, IndexError, ValueError):
        return template
