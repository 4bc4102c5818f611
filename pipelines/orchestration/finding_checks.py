"""What the audit found, by family of checks, as asset checks on its findings; and what got worse since publication.

A family's check warns and never blocks: a wrong report is published with its findings, not kept back.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import duckdb
from dagster import AssetCheckResult, AssetCheckSeverity, AssetCheckSpec, AssetKey, MetadataValue

from pipelines.audit.checks import SEVERITIES, discover
from pipelines.orchestration.asset_checks import ROWS_SHOWN, markdown_table
from pipelines.orchestration.metadata import PUBLISHED

FINDINGS = AssetKey(["audit", "findings"])
_SHOWN = ("severity", "check_id", "file", "page", "message_zh")
_SAME = ("file", "check_id", "subject", "equation")
"""What two findings share that are one, also where the report was handed in anew and its hash is another."""
_RANK = f"list_position({list(SEVERITIES)}, severity)"


@cache
def families() -> tuple[str, ...]:
    """The families of checks: the folders of sql/checks/."""
    return tuple(sorted({check.family for check in discover()}))


def specs() -> list[AssetCheckSpec]:
    """One check a family."""
    return [
        AssetCheckSpec(
            name=family,
            asset=FINDINGS,
            description=f"各份报告在“{family}”一类检查上没有差错。/ No report has a finding of the family `{family}`.",
            blocking=False,
        )
        for family in families()
    ]


def results(con: duckdb.DuckDBPyConnection) -> Iterator[AssetCheckResult]:
    """The outcome of each family: how many findings of which severity in how many reports, and their rows."""
    for family in families():
        counts = dict(
            con.execute(
                "select severity, count(*) from audit.findings where check_family = ? group by all", [family]
            ).fetchall()
        )
        ((total, documents),) = con.execute(
            "select count(*), count(distinct document_id) from audit.findings where check_family = ?", [family]
        ).fetchall()
        ((candidates,),) = con.execute(
            "select coalesce(sum(candidates), 0) from audit.check_ledger where list_contains(?, check_id)",
            [[check.id for check in discover() if check.family == family]],
        ).fetchall()
        yield AssetCheckResult(
            asset_key=FINDINGS,
            check_name=family,
            passed=not total,
            severity=AssetCheckSeverity.WARN,
            description=f"{total} 处，涉及 {documents} 份报告" if total else None,
            metadata={
                "candidates": int(candidates),
                "findings": total,
                "documents": documents,
                **{f"{severity}s": counts.get(severity, 0) for severity in SEVERITIES},
                "rows": _listed(
                    con,
                    f"select {', '.join(_SHOWN)} from audit.findings where check_family = '{family}'"
                    f" order by {_RANK}, file, page, finding_id",
                ),
            },
        )


def changes(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The findings that are new, gone, or of a worse severity since the last publication, counted and listed."""
    needed = {*_SAME, *_SHOWN, "finding_id"}
    there = con.execute(
        "select column_name from duckdb_columns() where database_name = ? and schema_name = 'audit' "
        "and table_name = 'findings'",
        [PUBLISHED],
    ).fetchall()
    if not needed <= {name for (name,) in there}:
        return {"findings_compared_with": "nothing published yet"}
    # the same words may stand twice in a report: the first is compared with the first
    one = f"select *, row_number() over (partition by {', '.join(_SAME)} order by finding_id) as nth from"
    same = " and ".join(f"a.{c} is not distinct from b.{c}" for c in (*_SAME, "nth"))
    here, before = f"({one} audit.findings)", f"({one} {PUBLISHED}.audit.findings)"
    kinds = {
        "new": f"select a.* from {here} as a anti join {before} as b on {same}",
        "gone": f"select a.* from {before} as a anti join {here} as b on {same}",
        "worse": f"select a.* from {here} as a semi join {before} as b"
        f" on {same} and {_RANK.replace('severity', 'a.severity')} < {_RANK.replace('severity', 'b.severity')}",
    }
    out: dict[str, Any] = {}
    for kind, sql in kinds.items():
        ((count,),) = con.execute(f"select count(*) from ({sql})").fetchall()
        out[f"findings_{kind}"] = count
        if count:
            out[f"findings_{kind}_rows"] = _listed(
                con, f"select {', '.join(_SHOWN)} from ({sql}) order by {_RANK}, file, page, finding_id"
            )
    return out


def _listed(con: duckdb.DuckDBPyConnection, sql: str) -> MetadataValue[Any]:
    rows = con.execute(f"select * from ({sql}) limit {ROWS_SHOWN}").fetchall()
    lines = markdown_table(list(_SHOWN), ([_text(v) for v in row] for row in rows)) if rows else ["–"]
    return MetadataValue.md("\n".join(lines))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
