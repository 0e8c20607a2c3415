"""Column types for values that are more than one number or text."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sqlalchemy import LargeBinary, Text
from sqlalchemy.types import TypeDecorator


def pack(data: Any) -> bytes:
    """Return JSON data compressed."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return zlib.compress(text.encode(), 6)


def unpack(content: bytes) -> Any:
    """Return the data of :func:`pack`."""
    return json.loads(zlib.decompress(content))


class JsonText(TypeDecorator[Any]):
    """JSON as readable text: small nested values."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:  # noqa: ARG002
        """Write JSON data."""
        return None if value is None else json.dumps(value, ensure_ascii=False, allow_nan=False)

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Read JSON data."""
        return None if value is None else json.loads(value)


class PackedJson(TypeDecorator[Any]):
    """JSON compressed: arrays, rosters, and the log's before and after."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:  # noqa: ARG002
        """Write JSON data."""
        return None if value is None else pack(value)

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002
        """Read JSON data."""
        return None if value is None else unpack(bytes(value))
