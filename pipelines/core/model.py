"""The things gouji talks about: documents, tables, cells, sentences and facts, all immutable."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points, origin bottom left."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `start` is the offset of its first character in `Document.text`."""

    page: int
    number: int
    text: str
    start: int
    box: Box | None = None

    @property
    def end(self) -> int:
        """Offset just past the last character of the line in `Document.text`."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, with the text exactly as printed (line ends inside it are kept).

    `row` and `col` count from 0. `line_no` is the line of a text source that holds its first character.
    `contested` says that two readings of this cell disagree, or that its place was inferred; `other` is what the
    reading that was not taken says, where there is one.
    """

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    page: int = 1
    box: Box | None = None
    line_no: int | None = None
    confidence: float = 1.0
    contested: bool = False
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells. `number` counts the tables of a document from 1; `unit` is its amount unit (元, 万元).

    `place` says where in a workbook it stands (`收支总表!A6:G21`), and is empty elsewhere.
    """

    number: int
    page: int
    title: str | None
    unit: str | None
    cells: tuple[Cell, ...]
    engine: str
    section: str = ""
    notes: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    place: str = ""

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return max((c.col + c.col_span for c in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of prose, mended across line ends; `offsets[i]` is where `text[i]` stands in `Document.text`."""

    number: int
    page: int
    section: str
    text: str
    offsets: tuple[int, ...]

    @property
    def start(self) -> int:
        """Offset of the first character in `Document.text`."""
        return self.offsets[0]

    @property
    def end(self) -> int:
        """Offset just past the last character in `Document.text`."""
        return self.offsets[-1] + 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: its text, its lines in reading order, and the grids that its format itself draws.

    `status` is `parsed`, `partial` or `quarantined`; `reason` says why (Chinese) when it is not `parsed`.
    """

    sha256: str
    media_type: str
    text: str
    lines: tuple[Line, ...]
    pages: int
    grids: tuple[Table, ...] = ()
    status: str = "parsed"
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reported what about which period; every field None where the report does not say.

    `evidence` maps a field name to the text it was read from, or to the reason why it is None.
    """

    title: str | None = None
    issuer: str | None = None
    district: str | None = None
    city: str | None = None
    province: str | None = None
    fiscal_year: int | None = None
    period_end_month: int | None = None
    scope: str | None = None
    families: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One mention of a figure: what it measures, of which subject, and where it is printed.

    `amount_yuan` is set for money (yuan), `value` for everything else (percent points for `%`, else in `unit`);
    `half_unit` is half of the last printed place in the unit of whichever is set, `half_unit_column` the same with
    the decimals that the column uses. `statement` groups the facts said together (a table row, a clause);
    `list_id` with `list_role` (`total` or `part`) marks a stated list. `rate_basis` is the denominator that the
    report's own words name (`initial`, `adjusted`, `prior`, or None). `year_offset` is -1 for a prior-year figure.
    """

    measure: str
    subject_kind: str
    subject: str
    as_printed: str
    origin: str
    page: int
    quote: str
    amount_yuan: Decimal | None = None
    value: Decimal | None = None
    unit: str | None = None
    half_unit: Decimal | None = None
    half_unit_column: Decimal | None = None
    comparator: str | None = None
    text_value: str | None = None
    subject_code: str | None = None
    fund_source: str = "all"
    scope: str | None = None
    year_offset: int = 0
    period_end_month: int | None = None
    statement: str = ""
    list_id: str | None = None
    list_role: str | None = None
    rate_basis: str | None = None
    table_number: int | None = None
    row: int | None = None
    col: int | None = None
    row_label: str | None = None
    column_label: str | None = None
    sentence_number: int | None = None
    start: int | None = None
    end: int | None = None
    note: str | None = None
    level1: str | None = None
    level2: str | None = None
    goal: str | None = None
    contested: bool = False
