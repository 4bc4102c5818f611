"""What `gouji check` shows: every finding with its place, equation and repair, and what was and was not checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, TextIO

import duckdb
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipelines.delivery.terminal import cell

SEVERITIES = {"error": ("错误", "bold red"), "warning": ("警告", "yellow"), "hint": ("提示", "cyan")}
PLACES_SHOWN = 6
ALTERNATIVES_SHOWN = 6
RELATION = re.compile(r"[=≠≈<>≤≥＝＞＜]")
"""What makes an equation of a list of figures; a mere list only repeats what the places quote."""
REASONS = {
    "document not read": "文件未能读取",
    "scan illegible": "扫描件无法辨认",
    "no such table in this family": "这类报告没有相应的表",
    "table not read": "没有读到相应的表",
    "table holds no figures": "相应的表里没有数",
    "no facts of this kind": "报告里没有这类数",
    "heading not mapped": "没有读到这类数，且有表头未识别",
    "figures not stated together": "相关的数没有同在一处",
    "no other report to compare with": "没有可以对照的其他报告",
}
"""The audit's reasons why a check found nothing to evaluate, for readers."""

Row = dict[str, Any]


def totals(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """How many documents could not be read, and how many findings are errors that nobody has acknowledged."""
    unreadable = con.execute("select count(*) from marts.documents where status = 'quarantined'").fetchall()[0][0]
    open_errors = "select count(*) from marts.findings where severity = 'error' and not acknowledged"
    errors = con.execute(open_errors).fetchall()[0][0]
    return int(unreadable), int(errors)


def draw(con: duckdb.DuckDBPyConnection, out: Console, compared: Sequence[str] = ()) -> None:
    """Draws the findings and the ledger of every document of an audited warehouse, and what it was compared with."""
    for document in _rows(con, "select * from marts.documents order by file"):
        out.rule(cell(document["file"], "bold"), align="left")
        who = " · ".join(str(document[k]) for k in ("issuer", "district", "fiscal_year") if document[k])
        if who:
            out.print(cell(who))
        if document["status_reason"]:
            out.print(cell(document["status_reason"], "yellow"))
        if document["status"] == "quarantined":
            continue
        findings = _rows(
            con,
            "select * from marts.findings where document_id = ? "
            "order by acknowledged, case severity when 'error' then 0 when 'warning' then 1 else 2 end, "
            "page, finding_id",
            [document["document_id"]],
        )
        titles = dict(con.execute("select check_id, title_zh from marts.check_catalogue").fetchall())
        for finding in findings:
            _draw_finding(finding, titles.get(finding["check_id"], ""), _addresses(con, finding), out)
        _draw_ledger(con, document, findings, out)
    if compared:
        out.print(cell(f"对照了已发布的 {len(compared)} 份同单位报告：{'、'.join(compared)}"), soft_wrap=True)
        out.print("只看文件本身请加 --alone / compared with what is published; --alone leaves that out", style="dim")


def write_json(con: duckdb.DuckDBPyConnection, stream: TextIO, compared: Sequence[str] = ()) -> None:
    """Documents, findings and ledger as one JSON object; DuckDB writes decimals as exact numbers."""
    parts = []
    for name, source in (
        ("documents", "select * from marts.documents order by file"),
        ("findings", "select * from marts.findings order by file, page, finding_id"),
        ("ledger", "select * from marts.check_ledger order by document_id, check_id"),
    ):
        rows = con.execute(f"select to_json(r)::varchar from ({source}) as r").fetchall()
        parts.append(f'"{name}": [' + ",\n".join(row[0] for row in rows) + "]")
    parts.append(f'"compared_with": {json.dumps(list(compared), ensure_ascii=False)}')
    stream.write("{" + ",\n".join(parts) + "}\n")


def _draw_finding(finding: Row, title: str, addresses: list[str], out: Console) -> None:
    word, style = SEVERITIES.get(finding["severity"], (finding["severity"], ""))
    accepted = finding["acknowledged"]
    head = (f"[{word}·已认可] ", "dim") if accepted else (f"[{word}] ", style)
    out.print(Text.assemble(head, (f"{finding['check_id']} {title}", "bold"), (f"  {finding['finding_id']}", "dim")))
    lines = [cell(finding["message_zh"])]
    if accepted:
        on, by, reason = (finding[f"acknowledged_{k}"] for k in ("on", "by", "reason"))
        lines.append(cell(f"认可：{reason}（{by}，{on}）", "dim"))
    for label, text in (("算式", finding["equation"]), ("建议", finding["repair"])):
        if text and text not in finding["message_zh"] and (label != "算式" or RELATION.search(text)):
            lines.append(cell(f"{label}：{text}"))
    lines += [cell(line) for line in _alternatives(finding)]
    places = _places(finding["evidence"] or [], finding["table_title"], finding["file"])
    lines += [cell(place, "dim") for place in dict.fromkeys(places)]
    if addresses:
        lines.append(cell(f"更正时写作：{'，'.join(addresses)}", "dim"))
    for line in lines:
        _print_indented(line, out)


def _print_indented(line: Text, out: Console) -> None:
    """A terminal wraps under the indent; a file or pipe keeps a line whole, so that it can be searched and cut."""
    if out.is_terminal:
        out.print(Padding(line, (0, 0, 0, 4), expand=False))
    else:
        out.print(Text("    ") + line, soft_wrap=True)


def _addresses(con: duckdb.DuckDBPyConnection, finding: Row) -> list[str]:
    """The figures of a finding as `gouji correct` takes their places, the one held to be wrong first."""
    found = con.execute(
        "select case when table_no is null then char_start || '-' || char_end "
        "else 't' || table_no || 'r' || row_no || 'c' || col_no end as address, as_printed "
        "from marts.facts where document_id = ? and list_contains(?::varchar[], fact_id) "
        "order by list_position(?::varchar[], fact_id)",
        [finding["document_id"], finding["fact_ids"] or [], finding["fact_ids"] or []],
    ).fetchall()
    said = dict.fromkeys(f"{address} “{printed}”" for address, printed in found if address)
    return list(said)[:PLACES_SHOWN]


def _alternatives(finding: Row) -> Iterator[str]:
    """Repairs that are about equally likely, one a line: which figure on which page, from what to what."""
    changes = finding["alternatives"] or []
    for option, of_option in groupby(changes[:ALTERNATIVES_SHOWN], key=lambda c: c["option"]):
        told = "；".join(f"{c['change_zh']}，{_spot(c)}" for c in of_option)
        yield f"可能的改法 {option}：{told}"
    if len(changes) > ALTERNATIVES_SHOWN:
        yield f"可能的改法：另有 {len(changes) - ALTERNATIVES_SHOWN} 处"


def _spot(change: Row) -> str:
    """Where the figure of a change is printed."""
    page = "" if change["page"] is None else f"第 {change['page']} 页"
    if change["row_no"] is None:
        return f"{page} “{change['printed']}”".strip()
    table = f"《{change['table_title']}》" if change["table_title"] else "表"
    return f"{page} {table} 行 {change['row_no'] + 1} 列 {change['col_no'] + 1}".strip()


def _places(evidence: list[Row], table_title: str | None, file: str) -> Iterator[str]:
    """Where the figures stand: those of one table row on one line, those of another report with its file."""
    shown = evidence[:PLACES_SHOWN]
    for (other, page, row), cells in groupby(shown, key=lambda e: (e["file"], e["page"], e["row_no"])):
        page_of = f"第 {page} 页" if other == file else f"{other} 第 {page} 页"
        if row is None:
            yield from (f"位置：{page_of} “{e['quote']}”" for e in cells)
        else:
            where = "，".join(f"列 {e['col_no'] + 1} “{e['quote']}”" for e in cells)
            table = f"《{table_title}》" if table_title and other == file else "表"
            yield f"位置：{page_of} {table} 行 {row + 1}：{where}"
    if len(evidence) > len(shown):
        yield f"位置：另有 {len(evidence) - len(shown)} 处"


def _draw_ledger(con: duckdb.DuckDBPyConnection, document: Row, findings: list[Row], out: Console) -> None:
    """How many obligations were checked, and of the others why not: silence must not look like a pass."""
    document_id = document["document_id"]
    (n,) = _rows(
        con,
        "select coalesce(sum(passed + rounding + failed), 0) as judged, coalesce(sum(passed), 0) as passed, "
        "coalesce(sum(rounding), 0) as rounding, coalesce(sum(failed), 0) as failed, "
        "coalesce(sum(not_applicable), 0) as not_applicable, coalesce(sum(insufficient_data), 0) as insufficient, "
        "coalesce(sum(parse_doubt), 0) as doubt, count(*) filter (where passed + rounding + failed > 0) as checks "
        "from marts.check_ledger where document_id = ?",
        [document_id],
    )
    by_severity = {s: sum(f["severity"] == s and not f["acknowledged"] for f in findings) for s in SEVERITIES}
    accepted = sum(f["acknowledged"] for f in findings)
    counts = [f"{SEVERITIES[s][0]} {count}" for s, count in by_severity.items() if count]
    silent = "未发现不符" if document["facts"] else "没有读到可以核对的数，不能说明相符"
    found = "，".join(counts) or ("没有未认可的问题" if accepted else silent)
    found += f"；另有已认可 {accepted}" if accepted else ""
    out.print(Text(f"小结：{found}", style="bold"))
    out.print(
        f"  核对了 {n['judged']} 个等式（{n['checks']} 项检查）：相符 {n['passed']}，"
        f"仅因四舍五入有差 {n['rounding']}，不符 {n['failed']}"
    )
    unjudged = (("数据不足", n["insufficient"]), ("不适用", n["not_applicable"]), ("识读存疑", n["doubt"]))
    if any(count for _, count in unjudged):
        out.print("  未能裁定的等式：" + "，".join(f"{words} {count}" for words, count in unjudged if count))
    reasons = con.execute(
        "select not_evaluated_reason, list(check_id order by check_id) as checks from marts.check_ledger "
        "where document_id = ? and not_evaluated_reason is not null "
        "group by all order by len(checks) desc, not_evaluated_reason",
        [document_id],
    ).fetchall()
    for reason, checks in reasons:
        out.print(
            cell(f"  没有核对的检查：{REASONS.get(reason, reason)}（{len(checks)} 项）：{' '.join(checks)}", "dim"),
            soft_wrap=not out.is_terminal,
        )


def _rows(con: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None) -> list[Row]:
    found = con.execute(sql, parameters or [])
    names = [d[0] for d in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
