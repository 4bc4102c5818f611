"""The site: in its pages every number leads to where it is printed, and all that was read is there as it was read."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import duckdb
import pytest
import reports
import sites
from lxml import html
from sites import Site

from pipelines.delivery.site import findings, prose, queries, words
from pipelines.delivery.site.source import Contents, Sentence, opened
from pipelines.delivery.site.verdicts import worst

PAGES = ("index", "compare", "reports", "findings", "checks", "dictionary", "sql", "search")
AMOUNTS = (
    "initial_budget_yuan",
    "adjusted_budget_yuan",
    "budget_yuan",
    "executed_yuan",
    "basic_expenditure_yuan",
    "project_expenditure_yuan",
    "general_yuan",
    "government_fund_yuan",
)


@pytest.fixture(scope="module")
def five(published: Any) -> Site:
    return sites.five(published.settings)


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.strange(tmp_path_factory)


def series(site: Site) -> list[tuple[str, dict[str, Any]]]:
    return [(entry["name"], site.data(f"series/{entry['name']}")) for entry in site.data("series")]


def test_every_number_of_the_comparisons_leads_to_where_it_is_printed(five: Site) -> None:
    walked = 0
    printed = {row["document_id"]: five.page(f"reports/{row['document_id']}") for row in five.rows("reports")}
    with duckdb.connect(str(five.database), read_only=True) as con:
        amounts = dict(con.execute("select fact_id, amount_yuan from marts.facts").fetchall())
    for name, data in series(five):
        for row in (dict(zip(data["columns"], row, strict=True)) for row in data["rows"]):
            for column in AMOUNTS:
                if row.get(column) is None:
                    continue
                sources = row["sources"][column]
                stated = [amounts[fact] for fact in sources]
                assert Decimal(row[column]) in (*stated, sum(stated)), (name, column, row)
                for fact in sources:
                    document, _, number = fact.partition(":f")
                    _, _, as_printed, _, _, table, r, c = data["places"][fact]
                    marks = printed[document].xpath(f"//*[contains(concat(' ', @data-facts, ' '), ' {number} ')]")
                    assert len(marks) == 1, fact
                    assert table is None or marks[0].get("id") == f"t{table}r{r}c{c}"
                    assert "".join(as_printed.split()) in "".join(marks[0].text_content().split())
                    walked += 1
    assert walked > 100


def test_every_cell_of_a_table_stands_where_it_stood_with_its_spans(five: Site) -> None:
    with duckdb.connect(str(five.database), read_only=True) as con:
        cells = con.execute("select table_id, row_no, col_no, row_span, col_span, text from staging.cells").fetchall()
    pages_of = {d: five.page(f"reports/{d}") for d in five.reports.values()}
    for table_id, row, col, rows, cols, text in cells:
        document, _, number = table_id.partition(":t")
        (drawn,) = pages_of[document].xpath(f"//*[@id='t{number}r{row}c{col}']")
        assert drawn.text_content().startswith(text)
        assert (int(drawn.get("rowspan", 1)), int(drawn.get("colspan", 1))) == (rows, cols)
    for page in pages_of.values():
        for table in page.xpath("//table[contains(@class, 'grid')]"):
            assert placed(table) == {
                cell.get("id"): tuple(map(int, re.findall(r"\d+", cell.get("id"))[1:]))
                for cell in table.xpath(".//*[@id]")
            }


def placed(table: html.HtmlElement) -> dict[str, tuple[int, int]]:
    """Where a browser puts every named cell: each row fills the columns that no cell above reaches down into."""
    taken: set[tuple[int, int]] = set()
    found = {}
    for r, row in enumerate(table.xpath(".//tr")):
        c = 0
        for cell in row:
            while (r, c) in taken:
                c += 1
            span = [
                (r + i, c + j) for i in range(int(cell.get("rowspan", 1))) for j in range(int(cell.get("colspan", 1)))
            ]
            taken.update(span)
            if cell.get("id"):
                found[cell.get("id")] = (r, c)
    return found


def test_a_cell_is_drawn_in_the_colour_of_what_the_checks_say(five: Site) -> None:
    report = five.page(f"reports/{five.reports['2024-武汉市东西湖区民政局-绩效运行监控情况表.txt']}")

    def classes(text: str) -> set[str]:
        return {c.get("class", "") for c in report.xpath("//table[contains(@class,'grid')]//td") if c.text == text}

    assert any("is-error" in c for c in classes("13%"))  # 临时救助 15.6 / 62 is 25.2 %
    assert any("is-involved" in c for c in classes("15.6"))
    assert any("is-agreeing" in c for c in classes("6856. 91") | classes("6856.91"))


def test_a_cell_of_several_figures_shows_the_one_to_look_at_first() -> None:
    assert worst(["agreeing", "error", "doubt"]) == "error"
    assert worst(["unjudged", "agreeing"]) == "agreeing"
    assert worst([]) is None


def test_every_figure_of_the_prose_is_marked_inside_its_sentence(five: Site) -> None:
    for document in five.reports.values():
        page = five.page(f"reports/{document}")
        assert page.xpath("//button[contains(@class, 'apart')]") == []
        for figure in page.xpath("//button[contains(@class, 'figure')]"):
            assert figure.getparent().get("class") == "sentence"
    assert (
        len(five.page(f"reports/{five.reports['2023-武汉市青山区民政局-部门决算.txt']}").xpath("//button[@data-facts]"))
        > 200
    )


def test_a_figure_said_twice_in_a_sentence_is_marked_twice(five: Site) -> None:
    with opened(five.database) as source:
        (_, contents), *_ = source.contents([five.reports["2023-武汉市青山区民政局-部门决算.txt"]])
    fact = next(f for f in contents.facts if f.sentence is not None)
    twice = [fact._replace(number=n, as_printed="5 万元", start=n * 10) for n in (1, 2)]
    assert prose.spans("增加5万元，又增加 5万元。", twice) == ([(2, 5, (1,)), (10, 13, (2,))], [])
    assert prose.spans("增加6万元。", twice) == ([], [1, 2])


def test_what_was_not_understood_is_said(strange: Site, five: Site) -> None:
    unnamed = five.page(f"reports/{five.reports['2021-民政局本级-项目绩效自评表.txt']}")
    assert "报告只称“民政局本级”，未写明所属区县" in unnamed.get_element_by_id("gaps").text_content()
    (broken,) = (d for f, d in strange.reports.items() if f == "坏.pdf")
    assert "PDF" in strange.page(f"reports/{broken}").get_element_by_id("gaps").text_content()


def test_every_obligation_of_a_report_is_listed_with_its_verdicts_or_the_reason_for_none(five: Site) -> None:
    for document in five.reports.values():
        rows = five.page(f"reports/{document}").xpath("//table[contains(@class, 'ledger')]/tbody/tr")
        assert len(rows) == len(five.page("checks").xpath("//details[@data-check]"))
        for row in rows:
            counts = [cell.text_content().strip() for cell in row.xpath("td")]
            assert any(text not in ("–", "") for text in counts), html.tostring(row)


def test_obligations_of_a_report_are_told_in_numbers_with_the_reasons_for_the_rest(five: Site) -> None:
    with duckdb.connect(str(five.database), read_only=True) as con:
        rows = con.execute("select document_id, obligations, evaluated, failed, reasons_zh from marts.obligations")
        due = rows.fetchall()
    for document in five.reports.values():
        (table,) = five.page(f"reports/{document}").xpath("//table[contains(@class, 'obligations')]")
        shown = [[cell.text_content().strip() for cell in row.xpath("td")] for row in table.xpath("tbody/tr")]
        assert sorted((r[0], r[1], r[3]) for r in shown) == sorted(
            tuple(str(n) if n else "–" for n in row[1:4]) for row in due if row[0] == document
        )
        reasons = table.text_content()
        assert all(row[4] in reasons for row in due if row[0] == document and row[4])


def test_every_finding_leads_to_its_figures_or_its_words(five: Site) -> None:
    walked = 0
    for document in five.reports.values():
        page = five.page(f"reports/{document}")
        for finding in five.data(f"findings/{document}").values():
            places = [place for place, *_ in finding["evidence"]]
            assert places, finding["finding_id"]
            for place in places:
                if isinstance(place, int):
                    found = page.xpath(f"//*[contains(concat(' ', @data-facts, ' '), ' {place} ')]")
                elif place is not None and ":" not in place:
                    found = page.xpath(f"//*[@id='{place}' or @id='table-{place[1:]}']")
                else:
                    continue
                assert found, (finding["finding_id"], place)
                walked += 1
    assert walked > 50


def test_each_of_several_good_repairs_leads_to_its_figure(tmp_path: Any) -> None:
    text = (reports.RAW / reports.BENJI).read_text(encoding="utf-8")
    changed = text.replace("社会救助工作经费\t18.01", "社会救助工作经费\t18.10")
    site = sites.made(tmp_path, {"report.txt": changed.encode()})
    document = site.reports["report.txt"]
    (tied,) = [f for f in site.data(f"findings/{document}").values() if "alternatives" in f]
    page = site.page(f"reports/{document}")
    for option, (number, place, _, _, _, zh, en) in enumerate(tied["alternatives"], 1):
        assert number == option and "→" in zh and "→" in en
        assert page.xpath(f"//*[contains(concat(' ', @data-facts, ' '), ' {place} ')]")
    assert len(tied["alternatives"]) == 2


def test_a_heading_quoted_by_a_finding_stands_where_its_part_begins() -> None:
    contents = Contents(
        sentences=[
            Sentence("d", 1, 1, "部门概况", "一般的话。", 0, 5),
            Sentence("d", 2, 1, "部门概况 > 六、其他（一）", "部门名称共有车辆 0 辆，其中，副部(省)级用车0辆。", 5, 30),
        ]
    )
    spot = {"page": 1, "row_no": None, "col_no": None}
    assert findings.place_of(contents, {**spot, "quote": "共有车辆0辆，其中，副部（省"}) == "s2"
    assert findings.place_of(contents, {**spot, "quote": "六、其他(一)"}) == "s2"
    assert findings.place_of(contents, {**spot, "quote": "别处的话"}) is None


def test_each_family_of_checks_has_a_name_in_both_languages(five: Site) -> None:
    families = {family for _, _, family in five.data("findings")["checks"].values()}
    assert families and [f for f in sorted(families) if f"checks.{f}" not in words.words()] == []


def test_a_cell_and_a_sentence_have_their_place_on_the_page(strange: Site) -> None:
    data = strange.data(f"reports/{strange.reports[sites.BUDGET]}")
    (width, height, image), _ = data["pages"]
    assert (strange.folder / "pages" / strange.reports[sites.BUDGET] / image).is_file()
    boxes = {name: box for name, *box in data["boxes"]["2"]}
    x0, y0, x1, y1 = boxes["t1r3c1"]
    assert 0 < x0 < x1 < width and 0 < y0 < y1 < height
    assert boxes["t1r1c1"][1] >= y1  # the row above stands higher: y grows upwards
    ((page, left, bottom, right, top),) = data["lines"]["1"]
    assert page == 1 and left < right and bottom < top


def test_pages_can_be_read_without_seeing_them(five: Site) -> None:
    for name in (*PAGES, *(f"reports/{d}" for d in five.reports.values())):
        page = five.page(name)
        assert page.get("lang") == "zh-CN"
        assert len(page.xpath("//main")) == len(page.xpath("//header")) == len(page.xpath("//h1")) == 1
        for part in page.xpath("//*[@aria-labelledby]"):
            assert page.xpath(f"//*[@id='{part.get('aria-labelledby')}']"), (name, part.get("aria-labelledby"))
        for table in page.xpath("//table[not(contains(@class, 'grid'))]"):
            assert table.xpath("./thead/tr/th[@scope]"), name
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), name


def test_every_query_shown_has_an_answer(five: Site) -> None:
    with opened(five.database) as source:
        answers = [queries.answered(source, path) for path in queries.files()]
    assert len(answers) >= 6
    assert [a.name for a in answers if not a.rows] == []


def test_columns_of_the_dictionary_say_what_they_are_made_from(five: Site) -> None:
    page = five.page("dictionary")
    (row,) = page.xpath("//details[@id='marts.facts']//tr[th/code='amount_yuan']")
    assert "DECIMAL" in row.text_content() and "core.facts.amount_yuan" in row.text_content()
