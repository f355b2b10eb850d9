"""Where both recognisers put what they find: values with their places, and an account of every cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tomoni.imports.reading.grid import Cell, Grid
from tomoni.kernel.japanese import plain
from tomoni.plans.sheet.document import Correction, Document, Line, Measure, Node, Text, Unplaced
from tomoni.plans.sheet.hierarchy import Heading, Path
from tomoni.plans.sheet.statuses import Scale

HEADER, FURNITURE, UNPLACED = "header", "furniture", "unplaced"

_PAGE = re.compile(
    r"^[-‐(（\[]?\s*(?:p\.?|page)?\s*\d{1,3}\s*(?:/\s*\d{1,3})?\s*(?:頁|ページ)?[-‐)）\]]?$", re.IGNORECASE
)
_SITE = re.compile(
    "copied!|academicyear|印刷用ページ|このページに関する|お問い合わせ|cookie|ダウンロード|シェアする|transcript|^資料\\d*$"
)


@dataclass(slots=True)
class Build:
    """A document in the making."""

    document: Document
    path: Path = field(default_factory=Path)
    loose: list[tuple[int, Text]] = field(default_factory=list)  # texts of a measure whose year or field stays open

    @classmethod
    def of(cls, grid: Grid, levels: tuple[str, ...] = ()) -> Build:
        return cls(Document(grid.name, grid.sha256, grid.kind), Path(names=levels))

    @property
    def measures(self) -> list[Measure]:
        return self.document.measures

    def is_told(self, cell: Cell) -> bool:
        return cell.at in self.document.cells

    def put(self, cell: Cell, pointer: str) -> None:
        """This cell became (also) that value. What a merged cell says is put down to the cell itself."""
        at = cell.spread_from or cell.at
        held = self.document.cells.get(at)
        if held is None or held in (HEADER, FURNITURE, UNPLACED):
            self.document.cells[at] = pointer
        elif isinstance(held, list):
            if pointer not in held:
                held.append(pointer)
        elif held != pointer:
            self.document.cells[at] = [held, pointer]

    def mark(self, cell: Cell, kind: str) -> None:
        """The cell is a head or furniture; a value it already became stays."""
        self.document.cells.setdefault(cell.at, kind)

    def set_aside(self, cell: Cell, why: str) -> None:
        """The cell becomes nothing, and the document says why."""
        if cell.is_own and not self.is_told(cell):
            self.document.cells[cell.at] = UNPLACED
            self.document.unplaced.append(Unplaced(cell.at, cell.text, why))

    def heading(self, heading: Heading, cell: Cell) -> Node:
        """Open a heading. A repeated one is furniture."""
        node, is_new = self.path.enter(heading, cell.at)
        if is_new:
            self.put(cell, self._of_node(node))
        else:
            self.mark(cell, FURNITURE)
        return node

    def heading_in_column(self, depth: int, heading: Heading, cell: Cell) -> Node:
        """Open the heading that stands in a column of the table; its repetitions all name the same value."""
        node, _ = self.path.enter_column(depth, heading, cell.at)
        self.put(cell, self._of_node(node))
        return node

    def _of_node(self, node: Node) -> str:
        return f"/nodes/{int(node.id[1:]) - 1}/title"

    def number_of_node(self, node: Node, cell: Cell) -> None:
        self.put(cell, f"/nodes/{int(node.id[1:]) - 1}/number")

    def add(self, measure: Measure) -> int:
        self.measures.append(measure)
        return len(self.measures) - 1

    def rate(self, cell: Cell, where: tuple[int, int, int], scale: Scale, trust: float = 1.0) -> None:
        """Put a rating where it belongs: measure, line and year. An unclear one stays open and says why."""
        index, line, year = where
        entry = self.measures[index].lines[line].year(year)
        verdict = scale.read(cell.text)
        entry.status, entry.status_text = verdict.status, cell.text.strip()
        entry.status_at, entry.confidence = cell.spread_from or cell.at, verdict.confidence * trust
        entry.why_open = verdict.why
        self.correct(cell, scale)
        name = "status" if verdict.status else "status_text"
        self.put(cell, f"/measures/{index}/lines/{line}/years/{year}/{name}")

    def correct(self, cell: Cell, scale: Scale) -> None:
        """Say where a slip of the scan was read through, whether or not the rating found its year."""
        mended = scale.read(cell.text).mended
        if mended and cell.is_own:
            self.document.corrections.append(Correction(cell.at, cell.text.strip(), mended))

    def write(self, cell: Cell, where: tuple[int, int, int], name: str) -> bool:
        """Put a text into a field of a year. False when something stands there already."""
        index, line, year = where
        entry = self.measures[index].lines[line].year(year)
        at = cell.spread_from or cell.at
        if name in entry.texts and entry.texts[name].at != at:
            return False
        entry.texts[name] = Text(cell.text.strip(), at)
        self.put(cell, f"/measures/{index}/lines/{line}/years/{year}/{name}")
        return True

    def split_leads(self, index: int, cell: Cell | None) -> None:
        """The second sub-row of a measure whose one cell names two departments: each gets its line."""
        lines = self.measures[index].lines
        names = lines[-1].leads
        lines.append(Line(leads=names[1:]))
        lines[-2].leads = names[:1]
        if cell is not None:
            self.document.cells.pop(cell.spread_from or cell.at, None)
            self.put(cell, f"/measures/{index}/lines/{len(lines) - 2}/leads")
            self.put(cell, f"/measures/{index}/lines/{len(lines) - 1}/leads")

    def finish(self, grid: Grid) -> Document:
        """Account for every cell of the file that was not told yet, in the order of the file."""
        for cell in grid.cells():
            if not self.is_told(cell):
                self.set_aside(cell, "どの欄の値か判断できませんでした。")
        order = {cell.at: i for i, cell in enumerate(grid.cells())}
        cells = self.document.cells
        self.document.cells = {at: cells[at] for at in sorted(cells, key=lambda a: order.get(a, len(order)))}
        self.document.unplaced.sort(key=lambda u: order.get(u.at, len(order)))
        self.document.nodes = self.path.nodes
        return self.document


def is_furniture(text: str) -> bool:
    """Page numbers and the texts a web page or viewer adds."""
    return bool(_PAGE.match(text.strip())) or (len(text) < 60 and bool(_SITE.search(plain(text))))
