"""What `gouji read` shows of a file: who reported it, its tables, its figures, and what was not understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from pipelines.audit.wording import name
from pipelines.core.model import Fact
from pipelines.core.relations import Reading, TableReading, rows_of
from pipelines.core.traced import squeeze
from pipelines.delivery.terminal import cell, printable, shown, table
from pipelines.families import families
from pipelines.readings import Understood

STATUS = {"parsed": "已读", "partial": "部分读出", "quarantined": "未能读取"}
FIELDS = {
    "title": "标题",
    "issuer": "编制单位",
    "district": "区县",
    "city": "市",
    "province": "省",
    "fiscal_year": "年度",
    "period_end_month": "截止月份",
    "scope": "口径",
    "families": "报告种类",
}
UNMAPPED = "unmapped:"
TITLES = {family.name: family.title_zh for family in families()}
"""Chinese names of the report families."""


def draw(result: Understood, out: Console) -> None:
    """Draws one file's reading."""
    out.rule(cell(result.entry.file, "bold"), align="left")
    if result.reading is None:
        out.print(Text(f"未能读取：{printable(result.reason or '')}", style="red"))
        return
    document, reading = result.reading.document, result.reading
    out.print(summary(reading))
    if document.reason:
        out.print(Text(printable(document.reason), style="yellow"))
    if document.status == "quarantined":
        return
    _draw_identity(result, out)
    for read in reading.tables:
        draw_table(read, out)
    _draw_facts(reading.facts, out)
    _draw_rest(reading.tables, reading.facts, out)


def summary(reading: Reading) -> str:
    """What a file gave, in one line."""
    document = reading.document
    return (
        f"{STATUS.get(document.status, document.status)} · {document.media_type} · {document.pages} 页 · "
        f"{len(reading.tables)} 张表 · {len(reading.sentences)} 句 · {len(reading.facts)} 条数据"
    )


def write_json(results: Sequence[Understood], stream: TextIO) -> None:
    """The readings as a JSON array: file, reason, and the five relations as rows."""
    whole = [{"file": r.entry.file, "reason": r.reason, **(rows_of(r.reading) if r.reading else {})} for r in results]
    json.dump(whole, stream, ensure_ascii=False, indent=1, default=_plain)
    stream.write("\n")


def identity_of(result: Understood) -> Iterator[tuple[str, Any, str]]:
    """Who reported what and when: the field's name, what it holds (None for unknown), and what shows it."""
    assert result.reading is not None
    identity = result.reading.identity
    sidecar = result.entry.sidecar or {}
    for key, zh in FIELDS.items():
        value, evidence = getattr(identity, key), identity.evidence.get(key, "")
        if sidecar.get(key) is not None:
            value, evidence = sidecar[key], f"旁注文件 {result.entry.path.name}.meta.yml"
        yield f"{zh} {key}", value, evidence


def _draw_identity(result: Understood, out: Console) -> None:
    drawn = table("身份 identity")
    for heading in ("项目", "内容", "依据"):
        drawn.add_column(heading, overflow="fold")
    for field, value, evidence in identity_of(result):
        drawn.add_row(field, cell(shown(value)) if value else Text("—", style="dim"), cell(evidence, "dim"))
    out.print(drawn)


def heading_of(read: TableReading) -> str:
    """What stands above a table: its number, title, unit, page and what it was recognised as."""
    grid = read.table
    kind = TITLES.get(read.family or "", read.kind) if read.kind else "未识别的表"
    unit = f" · 单位：{grid.unit}" if grid.unit else ""
    return f"表 {grid.number} · {grid.title or '（无题）'}{unit} · 第 {grid.page} 页 · {kind}"


def draw_table(read: TableReading, out: Console) -> None:
    """Draws one table, contested cells with what else they may say."""
    grid = read.table
    # Not the table's own title: that would be folded to the width of a narrow table.
    out.print(cell(heading_of(read), "bold"))
    drawn = table()
    drawn.show_lines = True
    drawn.show_header = False
    texts = {(c.row, c.col): c for c in grid.cells}
    for _ in range(grid.cols):
        drawn.add_column(overflow="fold")
    for row in range(grid.rows):
        drawn.add_row(*(_cell(texts.get((row, col))) for col in range(grid.cols)))
    out.print(drawn)
    for note in grid.notes:
        out.print(cell(note, "dim"))


def _cell(found: Any) -> Text:
    if found is None:
        return Text("")
    other = f"\n〔另一读法：{found.other}〕" if found.other else ""
    return cell(found.text + other, "yellow" if found.contested else "")


def _draw_facts(facts: Sequence[Fact], out: Console) -> None:
    drawn = table("数据 facts")
    for heading, justify in (("事项", "left"), ("指标", "left"), ("原文", "right"), ("值", "right"), ("出处", "left")):
        drawn.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for fact in facts:
        drawn.add_row(
            cell(" ".join(filter(None, (fact.subject_code, fact.subject)))),
            cell(_measure(fact)),
            cell(fact.as_printed),
            cell(_value(fact)),
            cell(_place(fact), "dim"),
        )
    out.print(drawn)


def fact_line(fact: Fact) -> str:
    """A fact in one line: whose, which measure, what value."""
    subject = " ".join(filter(None, (fact.subject_code, squeeze(fact.subject))))
    return f"{subject} · {_measure(fact)} · {_value(fact)}" + (" · 有争议" if fact.contested else "")


def _value(fact: Fact) -> str:
    comparator = fact.comparator if fact.comparator not in (None, "=", "text") else ""
    if fact.amount_yuan is not None:
        return f"{comparator}{shown(fact.amount_yuan, '_yuan')} 元"
    if fact.value is not None:
        return f"{comparator}{shown(fact.value)}{fact.unit or ''}"
    return fact.text_value or ""


def _measure(fact: Fact) -> str:
    fund = f"·{name(fact.fund_source, 'zh')}" if fact.fund_source != "all" else ""
    prior = "上年" if fact.year_offset == -1 else ""
    return f"{prior}{name(fact.measure, 'zh')}{fund}"


def _place(fact: Fact) -> str:
    if fact.origin == "table":
        return f"表 {fact.table_number} 行 {(fact.row or 0) + 1} 列 {(fact.col or 0) + 1}"
    return f"第 {fact.sentence_number} 句"


def not_understood(tables: Iterable[TableReading], facts: Sequence[Fact]) -> list[str]:
    """What was not understood or is in doubt, so that nobody takes silence for understanding."""
    lines = []
    cells = 0
    for read in tables:
        if read.kind is None:
            lines.append(f"表 {read.table.number} 未识别为已知种类")
        lines += [f"表 {read.table.number} 的表头未识别：{heading}" for heading in read.unmapped_headings]
        cells += sum(c.contested for c in read.table.cells)
    unmapped = sum(fact.measure.startswith(UNMAPPED) for fact in facts)
    if unmapped:
        lines.append(f"{unmapped} 条数据的指标未识别（measure 以 {UNMAPPED} 开头）")
    contested = sum(fact.contested for fact in facts)
    if contested:
        lines.append(f"{contested} 条数据的识读有争议")
    if cells:
        lines.append(f"{cells} 个单元格的识读有争议（表中标出，另一读法附在其后）")
    return lines


def _draw_rest(tables: Iterable[TableReading], facts: Sequence[Fact], out: Console) -> None:
    lines = not_understood(tables, facts)
    out.print(Text("未读懂的部分 not understood", style="bold"))
    for line in lines or ["无"]:
        out.print(cell(f"  {line}", "yellow" if lines else ""))


def _plain(value: Any) -> Any:
    """Decimals as text: exact, where a JSON number would be taken for a float."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(f"not JSON: {value!r}")
