"""Where a pasted block lands in a grid, as in a spreadsheet: filled, tiled, or from a corner on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ui.models.tsv import Block

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells: first and last row and column, all included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return self.right - self.left + 1

    def cells(self) -> Iterator[Cell]:
        """Yield every cell, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


@dataclass(frozen=True, slots=True)
class Placed:
    """The texts of a block by cell, how many of them lie outside the grid, and the area taken."""

    texts: dict[Cell, str]
    outside: int
    area: Area


def place(block: Block, selected: Sequence[Area], shape: tuple[int, int]) -> Placed:
    """Return where a block of at least one cell lands, given what is selected (at least one cell).

    A single value fills every selected cell; a selection that is a whole multiple of the block is
    tiled; otherwise the block stands at the selection's first cell.
    """
    height, width = len(block), len(block[0])
    if height == width == 1:
        text = block[0][0]
        texts = {cell: text for area in selected for cell in area.cells()}
        return Placed(texts, 0, selected[0])
    first = min(selected, key=lambda area: (area.top, area.left))
    tiled = len(selected) == 1 and first.rows % height == 0 and first.columns % width == 0
    rows, columns = (first.rows, first.columns) if tiled else (height, width)
    bottom = min(first.top + rows, shape[0]) - 1
    right = min(first.left + columns, shape[1]) - 1
    area = Area(first.top, first.left, bottom, right)
    texts = {
        (row, column): block[(row - first.top) % height][(column - first.left) % width]
        for row, column in area.cells()
    }
    return Placed(texts, _outside(block, first, shape) if not tiled else 0, area)


def _outside(block: Block, first: Area, shape: tuple[int, int]) -> int:
    """Return how many cells with text lie beyond the grid's last row or column."""
    room_down, room_right = shape[0] - first.top, shape[1] - first.left
    return sum(
        bool(text.strip()) and (row >= room_down or column >= room_right)
        for row, texts in enumerate(block)
        for column, text in enumerate(texts)
    )
