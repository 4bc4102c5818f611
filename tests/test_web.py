"""Web pages: spans, layout tables, encodings, what is hidden, and pages that are not what they should be."""

from __future__ import annotations

import random
from email.message import EmailMessage

import pytest

from pipelines.core.model import Document, Table
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.web import page_text, read_html, read_mhtml

SHA = "0" * 64
TABLE = """<table border=1><tr><th rowspan=2>项目<th colspan=2>金额</tr><tr><th>预算<th>决算</tr>
<tr><td>合计<td>1.00<td>2.00</tr></table>"""


def read(html: str, codec: str = "utf-8") -> Document:
    return read_html(html.encode(codec), SHA)


def texts(table: Table) -> list[list[str]]:
    return [[c.text for c in table.cells if c.row == row] for row in range(table.rows)]


def spans(table: Table) -> dict[tuple[int, int], tuple[int, int]]:
    return {(c.row, c.col): (c.row_span, c.col_span) for c in table.cells}


def test_a_table_has_the_title_and_unit_above_it_and_the_notes_below() -> None:
    document = read(f"<p>一、部门收支总表</p><p align=right>单位：万元</p>{TABLE}<p>注：不含结转。</p><p>完。</p>")
    (table,) = document.grids
    assert (table.title, table.unit, table.notes) == ("一、部门收支总表", "万元", ("注：不含结转。",))
    assert texts(table) == [["项目", "金额"], ["预算", "决算"], ["合计", "1.00", "2.00"]]
    assert [line.text for line in document.lines] == ["一、部门收支总表", "单位：万元", "注：不含结转。", "完。"]


def test_the_caption_of_a_table_is_its_title() -> None:
    (table,) = read("<p>说明如下。</p><table><caption>三公经费表</caption><tr><td>a<td>b<tr><td>1<td>2</table>").grids
    assert table.title == "三公经费表"


@pytest.mark.parametrize("seed", range(12))
def test_random_spans_are_walked_as_a_browser_walks_them(seed: int) -> None:
    chance = random.Random(seed)
    rows, columns = chance.randint(3, 9), chance.randint(3, 8)
    free = {(r, c) for r in range(rows) for c in range(columns)}
    expected: dict[tuple[int, int], tuple[int, int]] = {}
    while free:
        r, c = min(free)
        height, width = chance.choice([1, 1, 1, 2, 3]), chance.choice([1, 1, 2, 3])
        inside = {(i, j) for i in range(r, r + height) for j in range(c, c + width)}
        if not inside <= free:
            height = width = 1
            inside = {(r, c)}
        free -= inside
        expected[r, c] = height, width
    html = "".join(
        "<tr>"
        + "".join(f"<td rowspan={h} colspan='{w}'>{r},{c}" for (r, c), (h, w) in sorted(expected.items()) if r == row)
        for row in range(rows)
    )
    (table,) = read(f"<table>{html}</table>").grids
    assert spans(table) == expected
    assert all(c.text == f"{c.row},{c.col}" for c in table.cells)


def test_spans_end_with_their_row_group_and_with_the_columns_in_use() -> None:
    head, foot = "<thead><tr><td rowspan=9>甲<td>乙</thead>", "<tfoot><tr><td colspan=99>己</tfoot>"
    body = "<tbody><tr><td>丙<td rowspan=0>丁<tr><td>戊</tbody>"
    (table,) = read(f"<table>{foot}{head}{body}</table>").grids
    assert spans(table) == {
        (0, 0): (1, 1),
        (0, 1): (1, 1),
        (1, 0): (1, 1),
        (1, 1): (2, 1),
        (2, 0): (1, 1),
        (3, 0): (1, 2),
    }


def test_a_layout_table_gives_way_to_what_it_holds() -> None:
    page = (
        f"<table><tr><td colspan=2>网站首页<tr><td>左栏<td><p>收支总表</p><p>单位：元</p>{TABLE}<p>注：无。</p></table>"
    )
    document = read(page)
    (table,) = document.grids
    assert (table.title, table.unit, table.notes) == ("收支总表", "元", ("注：无。",))
    assert texts(table)[2] == ["合计", "1.00", "2.00"]
    assert [line.text for line in document.lines][:2] == ["网站首页", "左栏"]


def test_a_table_nested_in_a_form_is_a_table_of_its_own() -> None:
    page = f"<table><tr><td>项目<td>低保<tr><td>目标<td>保障<tr><td>指标<td>{TABLE}</table>"
    outer, inner = read(page).grids
    assert texts(outer) == [["项目", "低保"], ["目标", "保障"], ["指标", ""]]
    assert texts(inner)[2] == ["合计", "1.00", "2.00"]


@pytest.mark.parametrize(
    ("codec", "head"),
    [
        ("utf-8", "<meta charset=utf-8>"),
        ("utf-8", ""),
        ("utf-8", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", ""),
        ("gb18030", "<meta charset='no-such-charset'>"),
        ("big5", "<meta charset=big5>"),
    ],
)
def test_the_encoding_is_found(codec: str, head: str) -> None:
    assert "財政撥款" in read(f"<html><head>{head}</head><body><p>財政撥款</p></body></html>", codec).text


def test_one_broken_byte_costs_one_character_and_not_the_page() -> None:
    broken = "<p>财政拨款收入</p><p>合计</p>".encode().replace("收".encode(), b"\xe6\x94", 1)
    assert page_text(broken).endswith("<p>合计</p>")
    assert "财政拨款" in read_html(broken, SHA).text


def test_scripts_menus_and_hidden_parts_are_not_text() -> None:
    page = (
        "<head><title>决算公开</title></head><script>var a='脚本'</script><nav>导航</nav>"
        "<div style='DISPLAY: none'>隐藏</div><p hidden>也隐藏</p><p>正<b>文</b>&nbsp;一<br>二</p><o:p>三</o:p>"
    )
    assert [line.text for line in read(page).lines] == ["决算公开", "正文 一", "二", "三"]


def test_the_invisible_row_that_excel_adds_is_dropped() -> None:
    (table,) = read("<table><tr><td>a<td>b<tr><td>1<td>2<tr style='display:none'><td width=9><td></table>").grids
    assert table.rows == 2


def test_tags_that_are_never_closed_lose_nothing_within_two_thousand_levels() -> None:
    document = read("<font>" * 1500 + TABLE + "<p>完。</p>")
    assert len(document.grids) == 1
    assert document.lines[-1].text == "完。"


def test_a_page_nested_too_deeply_is_partial_and_says_so() -> None:
    document = read("<p>开头</p>" + "<div>字" * 5000)
    assert document.status == "partial"
    assert "嵌套过深" in (document.reason or "")


def test_a_thousand_tables_in_each_other_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="嵌套"):
        read("<table><tr><td>甲<td>" * 1000)


def test_a_table_of_absurd_width_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="庞大"):
        read("<table><tr>" + "<td colspan=1000>x" * 3 + "</table>")


def test_a_page_without_text_says_that_a_script_may_load_it() -> None:
    for page in ("<html><body><script>load()</script></body></html>", "<!-- -->", "<html></html>"):
        with pytest.raises(UnreadableDocument, match="没有可读的文字"):
            read(page)


def test_a_page_saved_in_one_file_is_read() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content(f"<html><p>收支总表</p>{TABLE}</html>", subtype="html", charset="gb18030")
    message.add_related(b"x", "image", "png")
    document = read_mhtml(bytes(message), SHA)
    assert document.grids[0].title == "收支总表"
    with pytest.raises(UnreadableDocument, match="没有网页正文"):
        read_mhtml(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", SHA)
