"""JSON form of the model's values, driven by their type hints.

A dataclass becomes an object of its fields; a tuple or array a list; a date ISO text; a mapping
an object with text keys.  A value of a union of dataclasses carries its class in ``"type"``.
Reading is strict: an unknown or missing field and a wrong type are :class:`~wfm.errors.WfmError`
with the path of the culprit, for files come from other programs.
"""

from __future__ import annotations

import dataclasses
import json
import math
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from wfm.errors import WfmError
from wfm.messages import Message, message

T = TypeVar("T")
Json = Any


def to_json(value: Any) -> Json:
    """Return the JSON form of a model value."""
    kind: Any = type(value)
    return _encoder(kind)(value)


def from_json(kind: type[T], data: Json, path: str = "") -> T:
    """Build a value of ``kind`` from its JSON form; raises :class:`~wfm.errors.WfmError`."""
    hint: Any = kind
    try:
        result: T = _decoder(hint)(data)
    except _Misfit as found:
        raise found.error(path or kind.__name__) from found.__cause__
    return result


def dump_document(value: Any, format_name: str) -> str:
    """Return a documented file's text: the value with its ``format`` first."""
    body = {"format": format_name, **to_json(value)}
    return json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def load_document(text: str, kind: type[T], format_name: str, file: str = "") -> T:
    """Read a documented file; raises :class:`~wfm.errors.WfmError` naming file and place."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WfmError(
            message("{file} is not readable JSON: {detail}.", file=file, detail=str(error))
        ) from None
    if not isinstance(data, dict) or data.get("format") != format_name:
        raise WfmError(
            message("{file} is not a file of the form “{format}”.", file=file, format=format_name)
        )
    data.pop("format")
    return from_json(kind, data, file or kind.__name__)


def tagged(value: Any) -> Json:
    """Return the JSON form with the class name in ``"type"``, for unions and streams."""
    return {"type": type(value).__name__, **to_json(value)}


# --- writing -------------------------------------------------------------------------------------


@cache
def _encoder(kind: type) -> Callable[[Any], Json]:
    """Return the writer of a type; cached, for a large roster holds few types."""
    if dataclasses.is_dataclass(kind):
        return _dataclass_encoder(kind)
    if issubclass(kind, (bool, int, str, type(None))):
        return lambda value: value
    if issubclass(kind, float):
        return _number
    if issubclass(kind, (date, datetime)):
        return lambda value: value.isoformat()
    if issubclass(kind, np.ndarray):
        return lambda value: [_number(item) for item in value.tolist()]
    if issubclass(kind, np.generic):
        return lambda value: _number(value.item())
    if issubclass(kind, Mapping):
        return lambda value: {_key(key): to_json(item) for key, item in value.items()}
    if issubclass(kind, (tuple, list)):
        return lambda value: [to_json(item) for item in value]
    if issubclass(kind, (set, frozenset)):
        return lambda value: sorted(to_json(item) for item in value)
    raise TypeError(f"{kind.__name__} has no JSON form")


def _dataclass_encoder(kind: type) -> Callable[[Any], Json]:
    names = [item.name for item in dataclasses.fields(kind)]
    in_union = {name for name, hint in _hints(kind).items() if _is_tagged(hint)}

    def encode(value: Any) -> Json:
        result = {}
        for name in names:
            item = getattr(value, name)
            if name not in in_union:
                result[name] = to_json(item)
            elif isinstance(item, (tuple, list)):
                result[name] = [tagged(part) for part in item]
            else:
                result[name] = None if item is None else tagged(item)
        return result

    return encode


def _number(value: Any) -> Json:
    """Write whole floats as integers (12, not 12.0), and NaN ("not recorded") as null."""
    if isinstance(value, float):
        if math.isnan(value):
            return None
        if value.is_integer() and abs(value) < 2**53:
            return int(value)
    return value


def _key(key: Any) -> str:
    return key.isoformat() if isinstance(key, date) else str(key)


# --- reading -------------------------------------------------------------------------------------


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _union_members(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, types.UnionType) else ()


def _is_tagged(hint: Any) -> bool:
    """Tell whether a hint is (a tuple of) a union of several dataclasses."""
    if get_origin(hint) is tuple and get_args(hint):
        return _is_tagged(get_args(hint)[0])
    members = [item for item in _union_members(hint) if dataclasses.is_dataclass(item)]
    return len(members) > 1


class _Misfit(Exception):  # never leaves this module
    """Data that is not what its type asks for; the path grows while the readers are left."""

    def __init__(self, words: Callable[[str], Message]) -> None:
        super().__init__()
        self.words = words
        self.steps: list[str] = []

    def error(self, path: str) -> WfmError:
        """Return the error to raise, its path from ``path`` inwards."""
        return WfmError(self.words(path + "".join(reversed(self.steps))))


def _unlike(expected: str, data: Json) -> _Misfit:
    shown = json.dumps(data, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return _Misfit(
        lambda path: message(
            "{path}: expected {expected}, found {value}.", path=path, expected=expected, value=shown
        )
    )


_Decoder = Callable[[Json], Any]


@cache
def _decoder(hint: Any) -> _Decoder:
    """Return the reader of a type; made once, for a large roster holds few types."""
    origin = get_origin(hint)
    if members := _union_members(hint):
        return _union_decoder(members)
    if origin is tuple:
        return _tuple_decoder(get_args(hint))
    if origin is dict:
        return _mapping_decoder(get_args(hint))
    if origin in (frozenset, set):
        items = _tuple_decoder((get_args(hint)[0], ...))
        return lambda data: frozenset(items(data))
    if origin is np.ndarray:
        return _read_array
    if hint is Any:
        return lambda data: data
    if hint is Message:
        return _read_message
    if dataclasses.is_dataclass(hint):
        return _dataclass_decoder(hint)
    return _scalar_decoder(hint)


def _scalar_decoder(hint: Any) -> _Decoder:
    name = getattr(hint, "__name__", str(hint))

    def number(data: Json) -> Any:
        if isinstance(data, (int, float)) and not isinstance(data, bool) and math.isfinite(data):
            return float(data)
        raise _unlike(name, data)

    def moment(data: Json) -> Any:
        if isinstance(data, str):
            try:
                return hint.fromisoformat(data)
            except ValueError:
                pass
        raise _unlike(name, data)

    def plain(data: Json) -> Any:
        # of JSON's types only int has a subtype, and true is no number
        if type(data) is hint:
            return data
        raise _unlike(name, data)

    return number if hint is float else moment if hint in (date, datetime) else plain


def _union_decoder(members: tuple[Any, ...]) -> _Decoder:
    optional = type(None) in members
    classes: dict[str, Any] = {
        item.__name__: item
        for item in members
        if isinstance(item, type) and dataclasses.is_dataclass(item)
    }
    if len(classes) > 1:
        return _tagged_decoder(classes, optional)
    read = _decoder(next(item for item in members if item is not type(None)))
    return lambda data: None if data is None and optional else read(data)


def _tagged_decoder(classes: dict[str, Any], optional: bool) -> _Decoder:
    def decode(data: Json) -> Any:
        if data is None and optional:
            return None
        name = data.get("type") if isinstance(data, dict) else None
        if not isinstance(name, str) or name not in classes:
            raise _unlike(" | ".join(classes), data)
        return _decoder(classes[name])({key: part for key, part in data.items() if key != "type"})

    return decode


def _tuple_decoder(arguments: tuple[Any, ...]) -> _Decoder:
    endless = len(arguments) == 2 and arguments[1] is ...
    readers = () if endless else tuple(_decoder(item) for item in arguments)
    each = _decoder(arguments[0]) if endless else None

    def decode(data: Json) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise _unlike("a list", data)
        if not endless and len(data) != len(readers):
            raise _unlike(f"a list of {len(readers)}", data)
        result: list[Any] = []
        try:
            if each is not None:
                for item in data:
                    result.append(each(item))  # noqa: PERF401  # tells where it failed
            else:
                for read, item in zip(readers, data, strict=True):
                    result.append(read(item))
        except _Misfit as found:
            found.steps.append(f"[{len(result)}]")
            raise
        return tuple(result)

    return decode


def _mapping_decoder(arguments: tuple[Any, ...]) -> _Decoder:
    key_hint, value_hint = arguments
    key_of = date.fromisoformat if key_hint is date else key_hint
    read = _decoder(value_hint)

    def decode(data: Json) -> dict[Any, Any]:
        if not isinstance(data, dict):
            raise _unlike("an object", data)
        result = {}
        for name, item in data.items():
            key = name
            if key_hint is not str:
                try:
                    key = key_of(name)
                except ValueError:
                    raise _unlike(f"a key of {key_hint.__name__}", name) from None
            try:
                result[key] = read(item)
            except _Misfit as found:
                found.steps.append(f".{name}")
                raise
        return result

    return decode


def _read_array(data: Json) -> Any:
    if not isinstance(data, list):
        raise _unlike("a list of numbers", data)
    for place, item in enumerate(data):
        if item is None:
            continue
        if isinstance(item, bool) or not isinstance(item, (int, float)) or not math.isfinite(item):
            found = _unlike("a number", item)
            found.steps.append(f"[{place}]")
            raise found
    array = np.array([math.nan if item is None else item for item in data], dtype=np.float64)
    array.setflags(write=False)
    return array


def _read_message(data: Json) -> Message:
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise _unlike("a message", data)
    values = {}
    for key, item in dict(data.get("values") or {}).items():
        try:
            values[key] = _read_message(item) if isinstance(item, dict) else item
        except _Misfit as found:
            found.steps.append(f".{key}")
            raise
    return Message(
        data["text"], values, str(data.get("context") or ""), str(data.get("plural") or "")
    )


def _dataclass_decoder(kind: Any) -> _Decoder:
    hints = _hints(kind)
    fields = {item.name: item for item in dataclasses.fields(kind)}
    needed = [
        name
        for name, item in fields.items()
        if item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING
    ]
    readers: dict[str, _Decoder] = {}

    def decode(data: Json) -> Any:
        if not isinstance(data, dict):
            raise _unlike("an object", data)
        if not readers:
            # not before the first value: a class may hold itself
            readers.update({name: _decoder(hints[name]) for name in fields})
        values = {}
        for name, item in data.items():
            if name not in readers:
                raise _unknown_field(name, fields)
            try:
                values[name] = readers[name](item)
            except _Misfit as found:
                found.steps.append(f".{name}")
                raise
        for name in needed:
            if name not in values:
                raise _missing_field(name)
        try:
            return kind(**values)
        except WfmError as error:
            raise _refused(error.message) from error

    return decode


def _unknown_field(name: str, fields: Mapping[str, Any]) -> _Misfit:
    return _Misfit(
        lambda path: message(
            "{path}: there is no field “{field}”; it has {fields}.",
            path=path,
            field=name,
            fields=", ".join(fields),
        )
    )


def _missing_field(name: str) -> _Misfit:
    return _Misfit(
        lambda path: message("{path}: the field “{field}” is missing.", path=path, field=name)
    )


def _refused(reason: Message) -> _Misfit:
    return _Misfit(lambda path: message("{path}: {reason}", path=path, reason=reason))
