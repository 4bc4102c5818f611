"""`gouji read --html`: one page for a browser that shows each page of a file with the cells that were read on it.

It is whole in itself: no script, no address of another place. A cell tells, under the pointer, what it says and which
figures were taken from it; beside the pages stand the tables as they were understood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files

from pipelines.core.model import Cell, Fact, Table
from pipelines.core.relations import TableReading
from pipelines.core.traced import squeeze
from pipelines.delivery import reading_view as words
from pipelines.delivery.page_pictures import Picture, pictures
from pipelines.delivery.terminal import printable, shown
from pipelines.readings import Understood, bytes_of

_MOST_PAGES = 120  # of one file shown as pictures; a browser grows slow with more

Facts = Mapping[tuple[int, int, int], Sequence[Fact]]
"""The facts of cells by table, row and column."""


def page_of(results: Sequence[Understood]) -> str:
    """The whole HTML page about some files."""
    style = files("pipelines.delivery").joinpath("reading_page.css").read_text("utf-8")
    body = "\n".join(part for r in results for part in _file(r))
    title = escape("、".join(printable(r.entry.file) for r in results))
    return (
        '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title} · gouji read</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _file(result: Understood) -> Iterator[str]:
    yield f"<h1>{_text(result.entry.file)}</h1>"
    if result.reading is None:
        yield f'<p class="bad">未能读取：{_text(result.reason or "")}</p>'
        return
    document, reading = result.reading.document, result.reading
    yield f"<p>{_text(words.summary(reading))}</p>"
    if document.reason:
        yield f'<p class="bad">{_text(document.reason)}</p>'
    yield from _identity(result)
    yield "<h2>未读懂的部分 <small>not understood</small></h2>"
    rest = words.not_understood(reading.tables, reading.facts)
    yield "<ul>" + "".join(f'<li class="doubt">{_text(x)}</li>' for x in rest) + "</ul>" if rest else "<p>无</p>"
    facts = _by_cell(reading.facts)
    yield from _doubts(reading.tables)
    yield from _pages(result, [t.table for t in reading.tables], facts)
    yield "<h2>表格 <small>tables</small></h2>"
    for read in reading.tables:
        yield from _table(read, facts)
    yield from _prose(reading.facts)


def _text(value: str) -> str:
    return escape(printable(value)).replace("\n", "<br>")


def _identity(result: Understood) -> Iterator[str]:
    rows = "".join(
        f"<tr><th>{_text(zh)}</th><td>{_text(shown(value)) or '—'}</td><td class=dim>{_text(evidence)}</td></tr>"
        for zh, value, evidence in words.identity_of(result)
    )
    yield f"<h2>身份 <small>identity</small></h2><table>{rows}</table>"


def _by_cell(facts: Iterable[Fact]) -> Facts:
    out: dict[tuple[int, int, int], list[Fact]] = defaultdict(list)
    for f in facts:
        if f.table_number is not None and f.row is not None and f.col is not None:
            out[f.table_number, f.row, f.col].append(f)
    return out


def _doubts(tables: Iterable[TableReading]) -> Iterator[str]:
    """The contested cells, each with what was taken and what else may stand there."""
    rows = [
        f"<tr><td>第{c.page}页 表{t.table.number} 行{c.row + 1} 列{c.col + 1}</td><td>{_text(c.text)}</td>"
        f"<td>{_text(c.other) if c.other else '—'}</td><td>{c.confidence:.0%}</td></tr>"
        for t in tables
        for c in t.table.cells
        if c.contested
    ]
    if rows:
        yield f"<h2>有争议的单元格 <small>contested cells</small>（{len(rows)}）</h2>"
        yield "<table><tr><th>位置</th><th>采用的读法</th><th>另一读法</th><th>可信度</th></tr>"
        yield "".join(rows) + "</table>"


def _pages(result: Understood, tables: Sequence[Table], facts: Facts) -> Iterator[str]:
    assert result.reading is not None
    document = result.reading.document
    boxed: dict[int, list[tuple[Table, Cell]]] = defaultdict(list)
    for t in tables:
        for c in t.cells:
            if c.box is not None:
                boxed[c.page].append((t, c))
    data = bytes_of(result.entry)
    if data is None:
        return
    found = pictures(data, document.media_type, range(1, min(document.pages, _MOST_PAGES) + 1))
    if not found:
        return
    yield "<h2>页面 <small>pages</small></h2>"
    yield '<p class="key"><i class="cell"></i>单元格 cell <i class="fact"></i>取为数据 taken as a figure'
    yield '<i class="contested"></i>有争议 contested</p>'
    for number, picture in found.items():
        yield f"<h3>第 {number} 页</h3>"
        yield _page(picture, boxed.get(number, []), facts)
    if document.pages > _MOST_PAGES:
        yield f"<p>只显示前 {_MOST_PAGES} 页，共 {document.pages} 页。</p>"


def _page(picture: Picture, cells: Iterable[tuple[Table, Cell]], facts: Facts) -> str:
    width, height = picture.width, picture.height
    boxes = "".join(_box(t, c, height, facts.get((t.number, c.row, c.col), ())) for t, c in cells)
    return (
        f'<svg class="page" viewBox="0 0 {width:.1f} {height:.1f}" width="{width:.0f}pt">'
        f'<image href="{picture.address}" width="{width:.1f}" height="{height:.1f}"/>{boxes}</svg>'
    )


def _box(table: Table, cell: Cell, height: float, facts: Sequence[Fact]) -> str:
    b = cell.box
    assert b is not None
    kind = "contested" if cell.contested else "fact" if facts else "cell"
    said = [f"表{table.number} 行{cell.row + 1} 列{cell.col + 1}：{squeeze(cell.text) or '（空白）'}"]
    if cell.other:
        said.append(f"另一读法：{cell.other}")
    said += [words.fact_line(f) for f in facts]
    return (
        f'<rect class="{kind}" x="{b.x0:.1f}" y="{height - b.y1:.1f}" width="{b.x1 - b.x0:.1f}"'
        f' height="{b.y1 - b.y0:.1f}"><title>{escape(printable(chr(10).join(said)))}</title></rect>'
    )


def _table(read: TableReading, facts: Facts) -> Iterator[str]:
    t = read.table
    yield f"<h3>{_text(words.heading_of(read))}</h3>"
    rows: dict[int, list[Cell]] = defaultdict(list)
    for c in t.cells:
        rows[c.row].append(c)
    drawn = "".join(
        "<tr>" + "".join(_cell(c, facts.get((t.number, c.row, c.col), ())) for c in _across(rows[r])) + "</tr>"
        for r in range(t.rows)
    )
    yield f"<table>{drawn}</table>"
    if t.notes:
        yield '<ul class="dim">' + "".join(f"<li>{_text(n)}</li>" for n in t.notes) + "</ul>"


def _across(cells: Iterable[Cell]) -> list[Cell]:
    return sorted(cells, key=lambda c: c.col)


def _cell(cell: Cell, facts: Sequence[Fact]) -> str:
    kind = "contested" if cell.contested else "fact" if facts else ""
    said = [f"另一读法：{cell.other}"] if cell.other else []
    said += [words.fact_line(f) for f in facts]
    span = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    span += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    title = f' title="{escape(printable(chr(10).join(said)))}"' if said else ""
    return f'<td class="{kind}"{span}{title}>{_text(cell.text)}</td>'


def _prose(facts: Iterable[Fact]) -> Iterator[str]:
    rows = "".join(
        f"<tr><td>第{f.page}页 第{f.sentence_number}句</td><td>{_text(words.fact_line(f))}</td>"
        f"<td>{_text(f.quote)}</td></tr>"
        for f in facts
        if f.origin != "table"
    )
    if rows:
        yield f"<h2>文字中的数据 <small>figures in prose</small></h2><table>{rows}</table>"
