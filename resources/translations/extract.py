"""Developer's tool: collects every message template of the program into the catalogues.

Run ``python resources/translations/extract.py`` after adding or rewording a message: new
templates appear in ``ja.po`` with an empty translation, templates nobody uses any more are
dropped, finished translations stay.  A template that is no literal cannot be translated, so it
is reported as a mistake.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("wfm", "solver", "ui")
TARGETS = ("ja",)


@dataclass(frozen=True, slots=True)
class Template:
    """One message template of the sources, with the file that holds it."""

    text: str
    context: str
    plural: str
    file: str


def templates(root: Path = ROOT) -> tuple[list[Template], list[str]]:
    """Return the template of every ``message(…)`` call, and the places where it is no literal."""
    found, mistakes = [], []
    for file, call in message_calls(root):
        try:
            found.append(_template(call, file))
        except ValueError:
            mistakes.append(f"{file}:{call.lineno}")
    return sorted(found, key=lambda item: (item.file, item.text, item.context)), mistakes


def message_calls(root: Path = ROOT) -> Iterator[tuple[str, ast.Call]]:
    """Yield file and node of every call of ``message``."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            file = path.relative_to(root).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id == "message"
                ):
                    yield file, node


def _template(call: ast.Call, file: str) -> Template:
    named = {item.arg: item.value for item in call.keywords if item.arg in ("context", "plural")}
    text = _literal(call.args[0] if call.args else None)
    context, plural = (
        _literal(named[name]) if name in named else "" for name in ("context", "plural")
    )
    return Template(text, context, plural, file)


def _literal(node: ast.expr | None) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError("the template of a message is no literal text")


def read_catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as committed, or an empty one."""
    path = ROOT / "resources" / "translations" / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language, project="Toban", fuzzy=False)
    return read_po(BytesIO(path.read_bytes()), locale=language)


def updated(found: list[Template], old: Catalog) -> Catalog:
    """Return the catalogue of ``found``, with the translations that ``old`` already has."""
    new = Catalog(
        locale=old.locale,
        header_comment="# Japanese texts of Toban; the English text is the key.",
        project="Toban",
        version="1",
        msgid_bugs_address="",
        creation_date=old.creation_date,
        revision_date=old.revision_date or old.creation_date,
        last_translator="Toban",
        language_team="Toban",
        fuzzy=False,
    )
    for item in found:
        if not item.text:
            continue
        key = (item.text, item.plural) if item.plural else item.text
        known = old.get(item.text, item.context or None)
        string = known.string if known and bool(item.plural) == bool(known.pluralizable) else ""
        new.add(key, string, locations=[(item.file, 1)], context=item.context or None)
    return new


def main() -> int:
    """Update every catalogue; return how many messages are not translated or cannot be."""
    found, mistakes = templates()
    for place in mistakes:
        sys.stdout.write(f"{place}: the template of this message is no literal text\n")
    missing = len(mistakes)
    for language in TARGETS:
        catalogue = updated(found, read_catalogue(language))
        out = BytesIO()
        write_po(out, catalogue, width=100, include_lineno=False, sort_output=False)
        path = ROOT / "resources" / "translations" / f"{language}.po"
        path.write_bytes(out.getvalue())
        empty = [item.id for item in catalogue if item.id and not _finished(item.string)]
        missing += len(empty)
        sys.stdout.write(f"{path.name}: {len(catalogue)} templates, {len(empty)} untranslated\n")
        for text in empty:
            sys.stdout.write(f"  {text!r}\n")
    return missing


def _finished(string: str | tuple[str, ...] | list[str]) -> bool:
    return bool(string) if isinstance(string, str) else all(string)


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
