"""The hard sizes of the house, and the words that must not appear in it."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for package in ("wfm", "solver", "ui") for path in (ROOT / package).rglob("*.py")
)
FILE_LINES, FUNCTION_LINES, PUBLIC_METHODS = 500, 50, 20
VAGUE = ("Manager", "Helper", "Util", "Data", "Info")


def compiled(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a function is a compiled kernel, which cannot be cut up freely."""
    return any(ast.unparse(item) in {"kernel", "inner"} for item in node.decorator_list)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_functions_and_classes_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = []
    if len(text.splitlines()) > FILE_LINES:
        found.append(f"{len(text.splitlines())} lines")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not compiled(node):
            length = (node.end_lineno or 0) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{node.name}: {length} lines")
        if isinstance(node, ast.ClassDef):
            methods = [
                item.name
                for item in node.body
                if isinstance(item, ast.FunctionDef) and not item.name.startswith("_")
            ]
            if len(methods) > PUBLIC_METHODS:
                found.append(f"{node.name}: {len(methods)} public methods")
            if node.name.endswith(VAGUE):
                found.append(f"{node.name} is a vague name")
    assert not found


def test_every_module_and_public_class_starts_with_its_purpose() -> None:
    missing = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            missing.append(str(path.relative_to(ROOT)))
        missing += [
            f"{path.relative_to(ROOT)}:{node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert not missing


def test_the_top_level_holds_only_what_the_design_names() -> None:
    allowed = {
        "wfm", "ui", "solver", "resources", "tests", "pyproject.toml", "run", "run.cmd",
        "requirements.lock", "README.md", "CHANGELOG.md", "LICENSE", ".ci", ".git", ".gitignore",
    }  # fmt: skip
    generated = {".venv", "out"}
    found = {
        path.name
        for path in ROOT.iterdir()
        if path.name not in generated and not path.name.endswith(("_cache", ".hypothesis"))
    }
    assert found <= allowed


def test_the_lock_file_and_sources_name_no_package_index() -> None:
    hosts = re.compile("py" + "pi\\.org|python" + "hosted|registry\\.np" + "mjs|deb\\.deb" + "ian")
    texts = [*SOURCES, ROOT / "requirements.lock", ROOT / "pyproject.toml", ROOT / "run"]
    assert not [path.name for path in texts if hosts.search(path.read_text(encoding="utf-8"))]


def test_the_qt_pin_is_the_tested_release() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [item for item in project["project"]["dependencies"] if item.startswith("PySide6")]
    assert pins == ["PySide6-Essentials==6.11.3"]
