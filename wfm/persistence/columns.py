"""Column types for values that are more than one number or text, and the log's packed rows.

Arrays are float64, little-endian, compressed with zlib; NaN ("not recorded") is kept.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from wfm.model.workload import Floats

LEVEL = 5
"""zlib's effort; higher levels gain under 2 % on history days."""

LARGEST = 1 << 28
"""No stored value may unpack to more bytes than this, whatever a damaged file says."""


INTEGERS = 1 << 31
"""A server's whole numbers lie below this."""


def storable(item: Any) -> bool:
    """Tell whether every engine keeps a field's item: plain, or JSON data.

    Text is Unicode without NUL (a file's name need not be), whole numbers fit, others are finite.
    """
    if isinstance(item, str):
        return "\0" not in item and not any("\ud800" <= sign <= "\udfff" for sign in item)
    if isinstance(item, int):
        return abs(item) < INTEGERS
    if isinstance(item, float):
        return math.isfinite(item)
    if isinstance(item, (dict, list)):
        try:
            json.dumps(item, ensure_ascii=False, allow_nan=False).encode()
        except ValueError:
            return False
    return True


def pack(data: Any) -> bytes:
    """Return JSON data compressed."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode(), LEVEL)


def unpack(content: bytes) -> Any:
    """Return the data of :func:`pack`."""
    return json.loads(inflate(content))


def inflate(content: bytes) -> bytes:
    """Return decompressed bytes; raises ValueError or zlib.error on damage."""
    engine = zlib.decompressobj()
    data = engine.decompress(bytes(content), LARGEST)
    if not engine.eof:
        raise ValueError("a compressed value is cut off or too large")
    return data


def write_arrays(arrays: Mapping[Any, Floats]) -> bytes:
    """Return named one-dimensional arrays as bytes: their names and lengths, NUL, the numbers."""
    flat = {str(name): np.ascontiguousarray(item, "<f8") for name, item in arrays.items()}
    head = json.dumps([[name, item.size] for name, item in flat.items()])
    return head.encode() + b"\0" + b"".join(item.tobytes() for item in flat.values())


def read_arrays(data: bytes) -> dict[str, Floats]:
    """Return the arrays of :func:`write_arrays`, read-only."""
    head, _, body = data.partition(b"\0")
    result, start = {}, 0
    for name, length in json.loads(head):
        end = start + 8 * length
        if end > len(body):
            raise ValueError("an array is cut off")
        array = np.frombuffer(body[start:end], "<f8").astype(np.float64, copy=False)
        array.setflags(write=False)
        result[name] = array
        start = end
    return result


def pack_row(row: Mapping[str, Any]) -> bytes:
    """Return a row as the log keeps it: arrays as numbers, dates as text, the rest as JSON."""
    plain: dict[str, Any] = {}
    arrays: dict[str, Floats] = {}
    mappings: dict[str, list[str]] = {}
    for name, item in row.items():
        if isinstance(item, np.ndarray):
            arrays[name] = item
        elif isinstance(item, dict) and any(isinstance(part, np.ndarray) for part in item.values()):
            mappings[name] = [str(key) for key in item]
            arrays |= {f"{name}\n{key}": part for key, part in item.items()}
        else:
            plain[name] = item.isoformat() if isinstance(item, date) else item
    head = json.dumps([plain, mappings], ensure_ascii=False, sort_keys=True, allow_nan=False)
    return zlib.compress(head.encode() + b"\0" + write_arrays(arrays), LEVEL)


def unpack_row(content: bytes) -> dict[str, Any]:
    """Return the row of :func:`pack_row`; dates stay text."""
    head, _, body = inflate(content).partition(b"\0")
    plain, mappings = json.loads(head)
    row: dict[str, Any] = dict(plain)
    arrays = read_arrays(body)
    for name, keys in mappings.items():
        row[name] = {key: arrays.pop(f"{name}\n{key}") for key in keys}
    return {**row, **arrays}


class Nested(NamedTuple):
    """JSON data as a column holds it: text, or bytes of :func:`pack`.

    Equal contents are known again without reading them, and can be written as they are.
    """

    content: str | bytes

    def data(self) -> Any:
        """Return the JSON data."""
        if isinstance(self.content, str):
            return json.loads(self.content)
        return unpack(self.content)


class JsonText(TypeDecorator[Any]):
    """JSON as readable text: small nested values; read as :class:`Nested`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Write JSON data."""
        if value is None or isinstance(value, Nested):
            return value and value.content
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def process_result_value(self, value: Any, dialect: Any) -> Nested | None:  # noqa: ARG002
        """Read the text."""
        return None if value is None else Nested(value)


class PackedJson(TypeDecorator[Any]):
    """JSON compressed: rosters; read as :class:`Nested`."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Write JSON data."""
        if value is None or isinstance(value, Nested):
            return value and value.content
        return pack(value)

    def process_result_value(self, value: Any, dialect: Any) -> Nested | None:  # noqa: ARG002
        """Read the bytes."""
        return None if value is None else Nested(bytes(value))


class FloatArray(TypeDecorator[Any]):
    """One array of numbers, compressed."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:  # noqa: ARG002
        """Write an array."""
        return None if value is None else zlib.compress(write_arrays({"": value}), LEVEL)

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Read an array."""
        return None if value is None else read_arrays(inflate(value))[""]


class FloatArrays(TypeDecorator[Any]):
    """Named arrays of numbers, compressed together; names are read back as text."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:  # noqa: ARG002
        """Write named arrays."""
        return None if value is None else zlib.compress(write_arrays(value), LEVEL)

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Read named arrays."""
        return None if value is None else read_arrays(inflate(value))
