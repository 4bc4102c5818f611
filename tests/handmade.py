"""Small readings made by hand, and warehouses of them: what a parser would give for a few lines of a report."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.audit.run import audit
from pipelines.core.model import Cell, Document, Fact, Identity, Sentence, Table
from pipelines.core.relations import Reading, TableReading, sha256_of
from pipelines.warehouse import build, cache
from pipelines.warehouse.build import SourceFile

WAN = Decimal(10_000)


def linked(subject: str, subject_code: str | None) -> tuple[str, str] | None:
    """A stand-in vocabulary of three programmes, so that these tests do not hang on the real one's words."""
    for word, programme in (("低保", "minimum_living"), ("临时救助", "temporary_aid"), ("高龄", "old_age_allowance")):
        if word in subject:
            return programme, f"alias {word}"
    return ("minimum_living", f"code {subject_code}") if (subject_code or "").startswith("20819") else None


def money(measure: str, wan: str, **more: object) -> Fact:
    """A figure printed in 万元, with the half of its last place."""
    fact = Fact(
        measure=measure,
        subject_kind="programme",
        subject="城乡低保补助",
        as_printed=wan,
        origin="table",
        page=1,
        quote=wan,
        amount_yuan=Decimal(wan) * WAN,
        unit="万元",
        half_unit=Decimal(5).scaleb(Decimal(wan).as_tuple().exponent - 1) * WAN,  # type: ignore[operator]
    )
    return replace(fact, **more)  # type: ignore[arg-type]


def percent(measure: str, printed: str, **more: object) -> Fact:
    """A percentage as printed (`46%`)."""
    number = Decimal(printed.rstrip("%"))
    half = Decimal(5).scaleb(number.as_tuple().exponent - 1)  # type: ignore[operator]
    fact = money(measure, "0")
    fact = replace(fact, amount_yuan=None, value=number, unit="%", half_unit=half, as_printed=printed, quote=printed)
    return replace(fact, **more)  # type: ignore[arg-type]


def row(number: int, subject: str, figures: dict[str, str], kind: str = "programme", **more: object) -> list[Fact]:
    """One row of table 1: a figure a measure (a blank is left out); rates carry a `%`."""
    place = {"statement": f"t1r{number}", "table_number": 1, "row": number, "subject": subject, "subject_kind": kind}
    return [
        (percent if text.endswith("%") else money)(measure, text, **{**place, "col": col, **more})  # type: ignore[arg-type]
        for col, (measure, text) in enumerate(figures.items(), 1)
        if text
    ]


def reading(
    name: str,
    identity: Identity,
    facts: list[Fact] | None = None,
    sentences: tuple[str, ...] = (),
    family: str | None = None,
    status: str = "parsed",
    title: str = "情况表",
    sections: tuple[str, ...] = (),
) -> Reading:
    """A document whose bytes are its name: table 1 holds the facts that have a row, the rest are in its sentences.

    `sections` are those of the sentences, one by one; 一、情况 where there are none.
    """
    facts = facts or []
    offset = 0
    prose = []
    for number, text in enumerate(sentences, 1):
        section = sections[number - 1] if sections else "一、情况"
        prose.append(Sentence(number, 1, section, text, tuple(range(offset, offset + len(text)))))
        offset += len(text)
    rows = sorted({f.row for f in facts if f.row is not None})
    cells = [Cell(r, 0, next(f.subject for f in facts if f.row == r)) for r in rows]
    cells += [Cell(f.row, f.col, f.as_printed) for f in facts if f.row is not None and f.col is not None]
    table = Table(1, 1, title, "万元", tuple(cells), "flowed")
    return Reading(
        Document(sha256_of(name.encode()), "text/plain", "".join(sentences), (), 1, status=status),
        identity,
        (TableReading(table, family, "kind" if family else None, ("奇怪的表头",)),) if cells else (),
        tuple(prose),
        tuple(facts),
    )


DONGXIHU = Identity(
    title="2024年度绩效运行监控情况表",
    issuer="武汉市东西湖区民政局",
    district="东西湖区",
    city="武汉市",
    province="湖北省",
    fiscal_year=2024,
    period_end_month=7,
    families=("monitoring_projects",),
    evidence={"issuer": "填报单位(盖章): 武汉市东西湖区民政局", "city": "武汉市"},
)
QINGSHAN = Identity(
    title="2023年度部门决算",
    issuer="武汉市青山区民政局（本级）",
    district="青山区",
    city="武汉市",
    province="湖北省",
    fiscal_year=2023,
    period_end_month=12,
    scope="本级",
    families=("final_accounts",),
)
NOWHERE = Identity(
    title="2021年度民政局本级项目绩效自评表",
    fiscal_year=2021,
    period_end_month=12,
    evidence={"district": "报告全文没有写明区县"},
)


def monitoring() -> Reading:
    """A department row and four projects of 东西湖, its fund sources, and a note's transfer."""
    columns = ("initial_budget", "budget_adjustment", "adjusted_budget", "executed", "execution_rate")

    def project(number: int, subject: str, *figures: str, kind: str = "programme") -> list[Fact]:
        return row(number, subject, dict(zip(columns, figures, strict=True)), kind, rate_basis="adjusted")

    total = {"initial_budget": "6856.91", "budget_adjustment": "632.48", "executed": "3496.71"}
    general = {"initial_budget": "6816.91", "budget_adjustment": "359.12", "executed": "3431.38"}
    return reading(
        "东西湖",
        DONGXIHU,
        [
            *row(1, "资金总额", {**total, "forecast_executed": "4636"}, "department_total"),
            *row(2, "公共预算", general, "fund_source", fund_source="general"),
            *project(3, "部门整体", "6856.91", "632.48", "7489.39", "3496.71", "17%", kind="department_total"),
            *project(4, "城乡低保补助", "423", "1174.77", "1597.77", "734.19", "46%"),
            *project(5, "低保工作经费", "25", "0", "25", "4.26", "17%"),
            *project(6, "临时救助", "50", "12", "62", "15.6", "13%"),
            *project(7, "社区纳凉取暖", "133", "-133", "0", "0", "100%"),
            money("transferred", "266", statement="t1r7", table_number=1, row=7, col=6, subject="社区纳凉取暖"),
            money("unmapped:奇怪的表头", "9", statement="t1r7", table_number=1, row=7, col=7, subject="社区纳凉取暖"),
        ],
        family="monitoring_projects",
    )


def final_account() -> Reading:
    """Three items of 青山's prose with their sentences, and its department's total of the general budget."""
    sentences = (
        "1.行政运行。年初预算数264.32万元，支出决算为314.55万元，完成年初预算数的119%。",
        "2.一般行政管理事务。年初预算为0万元，支出决算为10万元，完成预算数的100%。",
        "3.高龄津贴。年初预算数为1899.16万元，支出决算数为3100.89万元。",
        "支出合计21062.23万元，其中：基本支出498.42万元，项目支出20563.81万元。",
        "政府性基金支出9838.51万元。",
    )

    def said(
        sentence: int, subject: str, *facts: Fact, kind: str = "functional_item", fund: str = "general"
    ) -> list[Fact]:
        more = {"sentence_number": sentence, "statement": f"s{sentence}.1", "origin": "narrative", "subject": subject}
        return [replace(f, **more, subject_kind=kind, fund_source=fund) for f in facts]  # type: ignore[arg-type]

    return reading(
        "青山",
        QINGSHAN,
        [
            *said(
                1,
                "行政运行",
                money("initial_budget", "264.32"),
                money("final_account", "314.55"),
                percent("completion_rate", "119%", rate_basis="initial"),
            ),
            *said(
                2,
                "一般行政管理事务",
                money("initial_budget", "0"),
                money("final_account", "10"),
                percent("completion_rate", "100%", rate_basis="stated"),
            ),
            *said(3, "高龄津贴", money("initial_budget", "1899.16"), money("final_account", "3100.89")),
            *said(
                4,
                "支出合计",
                money("final_account", "21062.23"),
                money("basic_expenditure", "498.42"),
                money("project_expenditure", "20563.81"),
                kind="department_total",
                fund="all",
            ),
            *said(5, "政府性基金", money("final_account", "9838.51"), kind="fund_source", fund="government_fund"),
        ],
        sentences,
        family="final_accounts",
    )


def indicators() -> Reading:
    """A single project's self-evaluation: its budget row and indicators of every kind of target, of nobody known."""

    def indicator(number: int, name: str, target: Fact, actual: Fact | None, level2: str = "数量指标") -> list[Fact]:
        said = {"statement": f"t1r{number}", "table_number": 1, "row": number, "subject": name}
        level = {"subject_kind": "indicator", "level1": "产出指标", "level2": level2}
        facts = [replace(target, measure="target", col=3), replace(actual, measure="actual", col=4) if actual else None]
        return [replace(f, **said, **level) for f in facts if f is not None]  # type: ignore[arg-type]

    def of(text: str, value: str | None = None, unit: str | None = None, comparator: str = "=") -> Fact:
        number = Decimal(value) if value is not None else None
        shown = "text" if value is None else comparator
        return replace(
            percent("target", "0%"), value=number, unit=unit, comparator=shown, text_value=text, as_printed=text
        )

    cost = replace(of("180万", None, "万"), amount_yuan=Decimal(1_800_000), comparator="=")
    spent = replace(of("53万元", None, "万元"), amount_yuan=Decimal(530_000), comparator="=")
    return reading(
        "本级",
        NOWHERE,
        [
            *row(1, "养老服务补助", {"budget": "1286.7", "executed": "1269.62", "execution_rate": "98.70%"}),
            *indicator(2, "满意度", of("≥90%", "90", "%", ">="), of("89%", "89", "%")),
            *indicator(3, "设施数量", of("76个", "76", "个"), of("123", "123")),
            *indicator(4, "服务对象", of("约1100人", "1100", "人", "~"), of("1043", "1043")),
            *indicator(5, "发放时间", of("每月10号前"), of("每月10号前"), "时效指标"),
            *indicator(6, "服务成本", cost, spent, "经济成本指标"),
            *indicator(7, "准确率", of("≥95%", "95", "%", ">="), of("≥90%", "90", "%", ">=")),
            *indicator(8, "床位数", of("12次", "12", "次"), of("100%", "100", "%")),
            *indicator(9, "网点数", of("32", "32"), of("26", "26")),
            *indicator(10, "未填", of("32", "32"), None),
        ],
        family="self_evaluation_project",
    )


def cached(folder: Path, made: Reading, file: str, **more: object) -> SourceFile:
    """The reading saved below `folder`, as the record of a file of that path."""
    place = cache.folder_of(folder, made.document.sha256)
    cache.save(made, place)
    return SourceFile(file, made.document.sha256, 100, place, **more)  # type: ignore[arg-type]


def five_files(folder: Path) -> list[SourceFile]:
    """Three reports, a copy of one of them, and a file that nobody could read."""
    return [
        cached(folder, monitoring(), "2024-东西湖.txt"),
        cached(folder, final_account(), "2023-青山.txt", sidecar={"district": "青山", "url": "https://example.cn/1"}),
        cached(folder, indicators(), "2021-本级.txt"),
        cached(folder, monitoring(), "旧/2024-东西湖 副本.txt"),
        SourceFile("坏.pdf", sha256_of(b"broken"), 6, None, "quarantined", "文件损坏，读不出页面", "application/pdf"),
    ]


def warehouse(
    path: Path, files: list[SourceFile], linked: build.Link = linked, **meta: str
) -> duckdb.DuckDBPyConnection:
    """Every layer of a warehouse over the files, linked by the stand-in vocabulary."""
    con = build.open_database(path)
    build.load_staging(con, files, meta, linked)
    build.build_layer(con, "core")
    audit(con)
    build.build_layer(con, "marts")
    return con


def one(folder: Path, *facts: Fact, family: str | None = None, **more: Any) -> duckdb.DuckDBPyConnection:
    """A warehouse of one report of 东西湖 with these facts."""
    identity = replace(DONGXIHU, families=(family,)) if family else DONGXIHU
    made = reading("one", identity, list(facts), family=family, **more)
    return warehouse(folder / "one.duckdb", [cached(folder, made, "one.txt")])


def another(made: Reading, name: str, **identity: object) -> Reading:
    """The same figures in another report."""
    document = replace(made.document, sha256=sha256_of(name.encode()))
    return replace(made, document=document, identity=replace(made.identity, **identity))  # type: ignore[arg-type]


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return con.execute(sql).fetchall()
