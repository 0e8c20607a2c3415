"""How kernels are compiled: cached on disk, without the interpreter's lock, without its checks.

``kernel`` is called from Python; ``inner`` only from other kernels, which saves the compiler the
unpacking of arguments: a third of the time that compiling takes.
"""

from __future__ import annotations

from typing import Any

from numba import njit

_COMMON: dict[str, Any] = {
    "cache": True,
    "nogil": True,
    "error_model": "numpy",
    "no_cfunc_wrapper": True,
}

# numba's own types do not know all of its options
_njit: Any = njit

kernel: Any = _njit(**_COMMON)
inner: Any = _njit(**_COMMON, no_cpython_wrapper=True)
inlined: Any = _njit(**_COMMON, no_cpython_wrapper=True, inline="always")
