"""The audit's own tables: their columns, types and descriptions, in one place."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipelines.audit.places import PLACE

TERM = "STRUCT(role VARCHAR, fact_id VARCHAR, weight DECIMAL(18,6))"
JUDGED_TERM = "STRUCT(role VARCHAR, fact_id VARCHAR, weight DECIMAL(18,6), low DECIMAL(28,8), high DECIMAL(28,8))"
EVIDENCE = (
    "STRUCT(file VARCHAR, page INTEGER, row_no INTEGER, col_no INTEGER, "
    "x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE, quote VARCHAR)"
)
NUMBER = "DECIMAL(28,8)"
ALTERNATIVE = (
    "STRUCT(option INTEGER, fact_id VARCHAR, page INTEGER, table_title VARCHAR, row_no INTEGER, col_no INTEGER, "
    f"printed VARCHAR, proposed {NUMBER}, unit VARCHAR, slip VARCHAR, change_zh VARCHAR, change_en VARCHAR)"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its DuckDB type and what it says, in Chinese and in English.

    `rule` is what its declaration adds to the type: a default for rows that leave it out, or that none may.
    """

    name: str
    type: str
    zh: str
    en: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the schema `audit`."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]


def _table(name: str, zh: str, en: str, *columns: tuple[str, ...]) -> Table:
    return Table(name, zh, en, tuple(Column(*c) for c in columns))


_CHECK = ("check_id", "VARCHAR", "检查编号", "check")
_DOCUMENT = ("document_id", "VARCHAR", "文档编号", "document")
_FILE = ("file", "VARCHAR", "文件", "path below data/raw")
_KEY = ("equation_key", "VARCHAR", "等式编号", "the equation among those of its check and document")

CANDIDATES = _table(
    "candidates",
    "各项检查提出的等式，每种读法一行",
    "the equations that the checks state, one row a reading",
    _CHECK,
    (*_DOCUMENT, "not null"),
    (*_KEY, "not null"),
    (
        "reading",
        "VARCHAR",
        "读法",
        "empty for the reading that the report names, else the name of another",
        "default ''",
    ),
    ("rank", "INTEGER", "读法次序", "order in which readings are tried, 0 for the named one", "default 0"),
    (
        "kind",
        "VARCHAR",
        "种类",
        "sum, same, partial_sum, doubtful_sum, ratio, defined, bound, order or flag",
        "not null",
    ),
    ("subject", "VARCHAR", "事项", "what the equation is about"),
    ("holds", "BOOLEAN", "是否成立", "of a flag: whether all is well; NULL for what the judge decides"),
    (
        "terms",
        f"{TERM}[]",
        "各项",
        "the figures with role and weight; fact_id is NULL where the report gives none",
        f"default []::{TERM}[]",
    ),
    ("places", f"{PLACE}[]", "文字位置", "places in the text that a flag points at", f"default []::{PLACE}[]"),
    (
        "words",
        "MAP(VARCHAR, VARCHAR)",
        "用词",
        "words that a flag gives to the messages of its check",
        "default map {}::map(varchar, varchar)",
    ),
)
VERDICTS = _table(
    "verdicts",
    "每个等式的裁定",
    "one row an equation: its figures as intervals, and whether they agree",
    _CHECK,
    _DOCUMENT,
    _KEY,
    ("kind", "VARCHAR", "种类", "sum, same, partial_sum, doubtful_sum, ratio, defined, bound, order or flag"),
    ("subject", "VARCHAR", "事项", "what the equation is about"),
    ("verdict", "VARCHAR", "裁定", "pass, rounding, fail, not_applicable, insufficient_data or parse_doubt"),
    ("reading", "VARCHAR", "读法", "the reading that decided; of a fail not empty: the other reading that fits"),
    (
        "terms",
        f"{JUDGED_TERM}[]",
        "各项及区间",
        "the figures with the interval each stands for, yuan or percent points",
    ),
    ("result_fact_id", "VARCHAR", "结果数据编号", "the stated result"),
    ("stated", NUMBER, "报告数", "the stated result, yuan or percent points"),
    ("computed_low", NUMBER, "计算下限", "lower end of what the named reading's figures give"),
    ("computed_high", NUMBER, "计算上限", "upper end of what the named reading's figures give"),
    ("difference", NUMBER, "差额", "stated result less the middle of what is computed"),
)
FINDINGS = _table(
    "findings",
    "发现的问题，每个原因一行",
    "one row a thing that is wrong",
    ("finding_id", "VARCHAR", "问题编号", "stays the same while the check and the figures do"),
    _CHECK,
    ("check_family", "VARCHAR", "检查类别", "family of the check"),
    ("severity", "VARCHAR", "严重程度", "error, warning or hint"),
    _DOCUMENT,
    _FILE,
    ("district", "VARCHAR", "区县", "district or county"),
    ("fiscal_year", "INTEGER", "年度", "fiscal year of the report"),
    ("page", "INTEGER", "页码", "page of the first figure"),
    ("table_title", "VARCHAR", "表名", "title of its table, NULL in prose"),
    ("subject", "VARCHAR", "事项", "what it is about"),
    ("message_zh", "VARCHAR", "说明", "what is wrong, in Chinese"),
    ("message_en", "VARCHAR", "英文说明", "what is wrong, in English"),
    ("reported", NUMBER, "报告数", "the figure held to be wrong, in `unit`"),
    ("expected_low", NUMBER, "应在下限", "least value with which the equations hold, in `unit`"),
    ("expected_high", NUMBER, "应在上限", "greatest value with which the equations hold, in `unit`"),
    ("difference", NUMBER, "差额", "reported less expected, in `unit`"),
    ("unit", "VARCHAR", "单位", "unit of reported, expected, difference and repaired_value, as printed"),
    ("equation", "VARCHAR", "等式", "the equation with its figures"),
    ("repair", "VARCHAR", "修改建议", "the change proposed; NULL where none is likelier than all others"),
    ("repaired_value", NUMBER, "建议值", "the value proposed, in `unit`"),
    (
        "alternatives",
        f"{ALTERNATIVE}[]",
        "可能的改法",
        "where no repair is claimed: those that are about equally likely, a row a figure to change",
    ),
    ("slip", "VARCHAR", "笔误种类", "the slip that explains it: one_digit, decimal_point … NULL where none is claimed"),
    ("search", "VARCHAR", "查找范围", "complete, or bounded where the search for repairs stopped at its limit"),
    ("fact_ids", "VARCHAR[]", "涉及数据", "the figure held to be wrong first, then those that prove it"),
    ("equations", "STRUCT(check_id VARCHAR, equation_key VARCHAR)[]", "不成立的等式", "the equations that it breaks"),
    ("evidence", f"{EVIDENCE}[]", "所在位置", "where each of these figures is printed"),
    ("signature", "VARCHAR", "问题特征", "check and figures, whatever the bytes of the file"),
)
LEDGER = _table(
    "check_ledger",
    "检查台账：每份文件、每项检查一行",
    "what was checked: one row a check and document",
    _CHECK,
    _DOCUMENT,
    _FILE,
    ("candidates", "INTEGER", "等式数", "equations found"),
    ("passed", "INTEGER", "相符", "equations that agree"),
    ("rounding", "INTEGER", "四舍五入", "equations that agree but for rounding, truncation or trailing zeros"),
    ("failed", "INTEGER", "不符", "equations that do not agree"),
    ("not_applicable", "INTEGER", "不适用", "equations without meaning here, such as a rate over zero"),
    ("insufficient_data", "INTEGER", "数据不足", "equations of which the report gives too little"),
    ("parse_doubt", "INTEGER", "识读存疑", "equations that fail over a figure whose reading is contested"),
    ("not_evaluated_reason", "VARCHAR", "未检查的原因", "why there is no equation; NULL where there is one"),
)
CATALOGUE = _table(
    "check_catalogue",
    "检查目录",
    "one row a check",
    _CHECK,
    ("family", "VARCHAR", "类别", "family of checks"),
    ("severity", "VARCHAR", "严重程度", "severity of a failure that no other reading explains"),
    ("title_zh", "VARCHAR", "名称", "name in Chinese"),
    ("title_en", "VARCHAR", "英文名称", "name in English"),
    ("formula", "VARCHAR", "公式", "what must hold"),
    ("basis", "VARCHAR", "依据", "accounting identity, note of the form, or regulation"),
    (
        "smallest_error_caught",
        "VARCHAR",
        "必能发现的最小差错",
        "the smallest misprint that its equations are sure to catch, by unit: typical, and at most; NULL without any",
    ),
    ("good", "JSON", "正例", "example facts without a finding"),
    ("bad", "JSON", "反例", "example facts with exactly one finding"),
)
TABLES = (CANDIDATES, VERDICTS, FINDINGS, LEDGER, CATALOGUE)


def create(con: duckdb.DuckDBPyConnection) -> None:
    """Creates the schema `audit` and its tables, empty and commented; what was there before is dropped."""
    con.execute("create schema if not exists audit")
    for table in TABLES:
        columns = ", ".join(f"{c.name} {c.type} {c.rule}" for c in table.columns)
        con.execute(f"create or replace table audit.{table.name} ({columns})")
        con.execute(f"comment on table audit.{table.name} is {_quoted(f'{table.zh} / {table.en}')}")
        for c in table.columns:
            con.execute(f"comment on column audit.{table.name}.{c.name} is {_quoted(f'{c.zh} / {c.en}')}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
