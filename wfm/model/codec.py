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
    result: T = _decode(kind, data, path or kind.__name__)
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


def _fail(path: str, expected: str, data: Json) -> WfmError:
    shown = json.dumps(data, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return WfmError(
        message(
            "{path}: expected {expected}, found {value}.", path=path, expected=expected, value=shown
        )
    )


def _decode(hint: Any, data: Json, path: str) -> Any:
    origin = get_origin(hint)
    if members := _union_members(hint):
        return _decode_union(members, data, path)
    if origin is tuple:
        return _decode_tuple(get_args(hint), data, path)
    if origin is dict:
        return _decode_mapping(get_args(hint), data, path)
    if origin in (frozenset, set):
        return frozenset(_decode_tuple((get_args(hint)[0], ...), data, path))
    if origin is np.ndarray:
        return _decode_array(data, path)
    if hint is Any:
        return data
    if hint is Message:
        return _decode_message(data, path)
    if dataclasses.is_dataclass(hint):
        return _decode_dataclass(hint, data, path)
    return _decode_scalar(hint, data, path)


def _decode_scalar(hint: Any, data: Json, path: str) -> Any:
    if hint is bool and isinstance(data, bool):
        return data
    if hint is int and isinstance(data, int) and not isinstance(data, bool):
        return data
    if hint is float and isinstance(data, (int, float)) and not isinstance(data, bool):
        if math.isfinite(data):
            return float(data)
    elif hint is str and isinstance(data, str):
        return data
    elif hint is type(None) and data is None:
        return None
    elif hint in (date, datetime) and isinstance(data, str):
        try:
            return hint.fromisoformat(data)
        except ValueError:
            pass
    raise _fail(path, getattr(hint, "__name__", str(hint)), data)


def _decode_union(members: tuple[Any, ...], data: Json, path: str) -> Any:
    if data is None and type(None) in members:
        return None
    classes: dict[str, Any] = {
        item.__name__: item
        for item in members
        if isinstance(item, type) and dataclasses.is_dataclass(item)
    }
    if len(classes) > 1:
        name = data.get("type") if isinstance(data, dict) else None
        if name not in classes:
            raise _fail(path, " | ".join(classes), data)
        rest = {key: item for key, item in data.items() if key != "type"}
        return _decode_dataclass(classes[name], rest, path)
    for member in members:
        if member is not type(None):
            return _decode(member, data, path)
    raise _fail(path, "null", data)


def _decode_tuple(arguments: tuple[Any, ...], data: Json, path: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise _fail(path, "a list", data)
    if len(arguments) == 2 and arguments[1] is ...:
        return tuple(
            _decode(arguments[0], item, f"{path}[{place}]") for place, item in enumerate(data)
        )
    if len(data) != len(arguments):
        raise _fail(path, f"a list of {len(arguments)}", data)
    return tuple(
        _decode(hint, item, f"{path}[{place}]")
        for place, (hint, item) in enumerate(zip(arguments, data, strict=True))
    )


def _decode_mapping(arguments: tuple[Any, ...], data: Json, path: str) -> dict[Any, Any]:
    if not isinstance(data, dict):
        raise _fail(path, "an object", data)
    key_hint, value_hint = arguments
    result = {}
    for name, item in data.items():
        key = name
        if key_hint is not str:
            try:
                key = date.fromisoformat(name) if key_hint is date else key_hint(name)
            except ValueError:
                raise _fail(path, f"a key of {key_hint.__name__}", name) from None
        result[key] = _decode(value_hint, item, f"{path}.{name}")
    return result


def _decode_array(data: Json, path: str) -> Any:
    if not isinstance(data, list):
        raise _fail(path, "a list of numbers", data)
    for place, item in enumerate(data):
        if item is None:
            continue
        if isinstance(item, bool) or not isinstance(item, (int, float)) or not math.isfinite(item):
            raise _fail(f"{path}[{place}]", "a number", item)
    array = np.array([math.nan if item is None else item for item in data], dtype=np.float64)
    array.setflags(write=False)
    return array


def _decode_message(data: Json, path: str) -> Message:
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise _fail(path, "a message", data)
    values = {
        key: _decode_message(item, f"{path}.{key}") if isinstance(item, dict) else item
        for key, item in dict(data.get("values") or {}).items()
    }
    return Message(
        data["text"], values, str(data.get("context") or ""), str(data.get("plural") or "")
    )


def _decode_dataclass(kind: Any, data: Json, path: str) -> Any:
    if not isinstance(data, dict):
        raise _fail(path, "an object", data)
    hints = _hints(kind)
    fields = {item.name: item for item in dataclasses.fields(kind)}
    for name in data:
        if name not in fields:
            raise WfmError(
                message(
                    "{path}: there is no field “{field}”; it has {fields}.",
                    path=path,
                    field=name,
                    fields=", ".join(fields),
                )
            )
    values = {}
    for name, item in fields.items():
        if name in data:
            values[name] = _decode(hints[name], data[name], f"{path}.{name}")
        elif item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            raise WfmError(
                message("{path}: the field “{field}” is missing.", path=path, field=name)
            )
    try:
        return kind(**values)
    except WfmError as error:
        raise WfmError(message("{path}: {reason}", path=path, reason=error.message)) from error
