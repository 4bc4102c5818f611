"""Markdown and delimited text."""

from __future__ import annotations

import pytest

from pipelines.core.model import Document, Table
from pipelines.documents.delimited import read_csv
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.markup import read_markdown
from pipelines.documents.media import TSV

SHA = "0" * 64


def texts(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


def markdown(text: str) -> Document:
    return read_markdown(text.encode(), SHA)


def test_a_pipe_table_has_its_title_unit_and_notes() -> None:
    document = markdown(
        "# 一、收支情况\n\n**部门收支总表**\n\n单位：万元\n\n"
        "| 项目 | 金额 |\n|:---|---:|\n| 基本\\|人员<br>支出 | `1.50` |\n"
        "| 合计 | **1.50** |\n\n注：*不含结转。\n\n正文**一句**。\n"
    )
    (table,) = document.grids
    assert (table.title, table.unit, table.notes) == ("部门收支总表", "万元", ("注：*不含结转。",))
    assert texts(table) == [["项目", "金额"], ["基本|人员\n支出", "1.50"], ["合计", "1.50"]]
    assert document.lines[0].text == "一、收支情况"
    assert document.lines[-1].text == "正文一句。"


def test_a_table_written_with_a_blank_heading_begins_with_its_first_row() -> None:
    (table,) = markdown("|  |  |\n|---|---|\n| 项目 | 金额 |\n| 合计 | 1 |\n").grids
    assert texts(table) == [["项目", "金额"], ["合计", "1"]]


def test_a_row_with_fewer_cells_is_filled_with_blanks() -> None:
    (table,) = markdown("| a | b |\n|---|---|\n| 1 |\n").grids
    assert texts(table) == [["a", "b"], ["1", ""]]


def test_an_html_table_inside_markdown_keeps_its_spans() -> None:
    document = markdown(
        "收支总表\n\n<table><tr><td rowspan=2>项目</td><td>金额</td></tr><tr><td>1</td></tr>"
        "<tr><td>合计</td><td>2</td></tr></table>\n\n完。\n"
    )
    (table,) = document.grids
    assert table.title == "收支总表"
    assert [(c.text, c.row_span) for c in table.cells][:2] == [("项目", 2), ("金额", 1)]
    assert document.lines[-1].text == "完。"


def test_a_dash_and_a_pipe_in_prose_make_no_table() -> None:
    assert markdown("甲 | 乙\n\n---\n\n完。\n").grids == ()


def test_csv_as_excel_exports_it_has_its_title_unit_and_note_apart() -> None:
    head = "部门收支总表,,\n编制单位：某局,,单位：万元\n项目,预算数,决算数\n"
    text = head + '"基本,人员\n支出","1,234.50",0\n合计,1,2\n注：无。,,\n'
    for codec in ("utf-8-sig", "gb18030"):
        (table,) = read_csv(text.encode(codec), SHA).grids
        assert (table.title, table.unit, table.notes) == ("部门收支总表", "万元", ("注：无。",))
        assert texts(table)[1] == ["基本,人员\n支出", "1,234.50", "0"]
        assert table.engine == "csv"


def test_two_tables_in_one_csv_are_two_tables() -> None:
    text = "收入表\n项目,金额\n甲,1\n\n支出表\n项目,金额\n乙,2\n"
    assert [t.title for t in read_csv(text.encode(), SHA).grids] == ["收入表", "支出表"]


def test_tab_and_semicolon_delimit_too() -> None:
    assert texts(read_csv("项目\t金额\n甲\t1\n".encode(), SHA, TSV).grids[0]) == [["项目", "金额"], ["甲", "1"]]
    assert texts(read_csv("项目;金额\n甲;1,5\n".encode(), SHA).grids[0]) == [["项目", "金额"], ["甲", "1,5"]]


def test_bytes_in_no_encoding_and_blank_files_say_so() -> None:
    with pytest.raises(UnreadableDocument, match="编码"):
        read_csv(b"\xff,\xff\n1,2\n", SHA)
    with pytest.raises(UnreadableDocument, match="没有任何文字"):
        read_markdown(b" \n\n", SHA)
