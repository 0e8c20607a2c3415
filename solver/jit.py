"""How kernels are compiled: cached on disk, without the interpreter's lock, without its checks.

``kernel`` is called from Python; ``inner`` only from other kernels, which saves the compiler the
unpacking of arguments: about half of the time that compiling takes.
"""

from __future__ import annotations

from numba import njit

kernel = njit(cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True)
inner = njit(
    cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True, no_cpython_wrapper=True
)
inlined = njit(
    cache=True, nogil=True, error_model="numpy", no_cfunc_wrapper=True, no_cpython_wrapper=True,
    inline="always",
)  # fmt: skip
