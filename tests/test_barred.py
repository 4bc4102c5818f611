"""Tables of web pages saved as text, their cells ended by bars; and tables whose rows are the three public expenses."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import handmade

from pipelines.core.model import Fact
from pipelines.documents import media
from pipelines.documents.sniff import sniff
from pipelines.reading import read

# Made up: a label and two figures a row, one cell a line.
ONE_CELL_A_LINE = "\n".join(
    f"{cell} |"
    for cell in [
        *("项 目", "预算数", "决算数"),
        *("合 计", "18", "6.28"),
        *("因公出国（境）费", "0", "0"),
        *("公务接待费", "12", "6.28"),
        *("公务用车购置及运行费", "6", "0"),
        *("其中：公务用车运行维护费", "6", "0"),
        *("公务用车购置", "0", "0"),
    ]
)
TITLE = "2019年度一般公共预算财政拨款“三公”经费支出决算表\n单位：万元\n"
# Made up: rows begin with a blank cell, and a title is filled up to the width of the table.
FORM = """绩效目标自评表（2019年度） |
|||||
项目名称 |
困难救助 |
||||
|
|
全年预算数 |
全年执行数 |
执行率 |
得分 |
|
年度资金总额 |
30 |
30 |
100% |
10 |
"""
ACROSS = """“三公”经费情况统计表 | ||
 | 单位：万元 | |
项 目 | 本年预算数 | 其中：公共预算财政拨款 |
合 计 | 34.35 | 34.35 |
1.因公出国（境）费用 | 0 | 0 |
2.公务接待费 | 1.70 | 1.70 |
3.公务用车费 | 0 | 0 |
其中：（1）公务用车运行维护费 | 32.65 | 32.65 |
（2）公务用车购置 | 0 | 0 |
4.公务用车保有量（辆） | 5 | 5 |
"""


def facts_of(text: str) -> tuple[Fact, ...]:
    return read(text.encode(), "report.txt").facts


def said(facts: tuple[Fact, ...], measure: str) -> dict[str, Decimal | None]:
    return {f.subject: f.amount_yuan for f in facts if f.measure == measure and f.fund_source == "all"}


def test_cells_of_one_line_each_are_counted_off_to_rows_that_begin_with_words() -> None:
    final = said(facts_of(TITLE + ONE_CELL_A_LINE), "final_account")
    assert final["公务接待费"] == 62800
    assert final["“三公”经费"] == 62800
    assert len(final) == 6


def test_a_title_filled_up_with_blank_cells_tells_the_width() -> None:
    facts = facts_of(FORM)
    assert {(f.measure, f.as_printed) for f in facts} >= {("adjusted_budget", "30"), ("executed", "30")}


def test_cells_that_make_no_rows_are_told_and_give_no_figures() -> None:
    ragged = "项目 |\n预算数 |\n得分 |\n合计 |\n18 |\n6 |\n4 |\n公务接待费 |\n12 |\n用车 |\n6 |\n3 |\n"
    reading = read((TITLE + ragged).encode(), "report.txt")
    assert [f for f in reading.facts if f.origin == "table"] == []
    assert [len(t.table.cells) for t in reading.tables] == [12]
    assert reading.document.status == "partial"


def test_sentences_with_half_width_commas_are_no_delimited_table() -> None:
    text = (
        "1-4月,全市收入700.4亿元,增长1.9%。其中:市本级341.5亿元,下降0.7%。\n1-4月,支出1025.5亿元,下降4%。其中:"
        "市本级417.7亿元,增长0.3%。"
    )
    assert sniff(text.encode()) == media.TEXT


def test_rows_of_the_three_public_expenses_are_told_from_their_total_and_things_counted() -> None:
    facts = facts_of(ACROSS)
    assert said(facts, "budget")["“三公”经费"] == 343500
    assert {(f.measure, f.value, f.unit) for f in facts if f.subject.startswith("公务用车保有量")} == {
        ("count", 5, "辆")
    }


def test_a_subtotal_left_at_zero_above_its_part_is_the_figure_to_blame(tmp_path: Path) -> None:
    files = [handmade.cached(tmp_path, read(ACROSS.encode(), "a.txt"), "a.txt")]
    con = handmade.warehouse(tmp_path / "audit.duckdb", files)
    found = handmade.rows(con, "select check_id, reported, repaired_value from marts.findings where severity = 'error'")
    assert [(check, float(str(value))) for check, _, value in found] == [("SUM006", 32.65), ("SUM006", 32.65)]
