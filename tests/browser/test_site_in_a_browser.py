"""The site opened from disk: every page loads whole and alone, views are shared by their address, numbers lead home."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import sites
from sites import Site

PAGES = ("index", "compare", "reports", "findings", "checks", "dictionary", "sql", "search")
DONGXIHU = "2024-武汉市东西湖区民政局-绩效运行监控情况表.txt"


@pytest.fixture(params=["desktop", "phone"])
def phone(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "phone")


def settled(page: Any) -> None:
    page.wait_for_load_state("networkidle")


def expected(part: Any) -> Any:
    """Waits until a part of the page is as said, without running a script that the page's own policy forbids."""
    from playwright.sync_api import expect  # noqa: PLC0415 - only where a browser is there

    return expect(part)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_loads_from_disk_and_fits_the_screen(
    look: Any, five: Site, picture: Any, name: str, phone: bool
) -> None:
    window = look(five, phone=phone)
    window.page.goto(window.address(name))
    settled(window.page)
    assert window.page.inner_text("h1")
    wide, screen = window.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide <= screen
    picture(window, f"{name}-{'phone' if phone else 'desktop'}")


def test_every_report_loads_from_disk_and_fits_the_screen(look: Any, five: Site, picture: Any, phone: bool) -> None:
    window = look(five, phone=phone)
    for document in five.reports.values():
        window.page.goto(window.address(f"reports/{document}"))
        settled(window.page)
        wide, screen = window.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= screen
        picture(window, f"{document}-{'phone' if phone else 'desktop'}")


def test_chinese_is_drawn_with_real_glyphs(look: Any, five: Site) -> None:
    window = look(five)
    window.page.goto(window.address("index"))
    widths = window.page.evaluate(
        """() => {
          const draw = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
          draw.font = getComputedStyle(document.querySelector("h1")).font;
          const ink = (text) => {
            draw.clearRect(0, 0, 300, 150); draw.fillText(text, 20, 60);
            return draw.getImageData(0, 0, 300, 150).data.join();
          };
          return ink("勾") === ink("稽");
        }"""
    )
    assert widths is False  # two characters without glyphs would both be the same empty box


def test_a_programme_is_compared_over_districts_and_kept_as_a_file(look: Any, five: Site, picture: Any) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("compare"))
    page.select_option("select[name=programme]", "temporary_assistance")
    page.wait_for_selector("#series-name:has-text('临时救助')")
    places = [row.split()[0] for row in page.locator("#series tbody tr").all_inner_texts()]
    assert set(places) == {"青山区", "东西湖区"}
    assert page.locator("#chart svg path").count() > 0
    page.click("#series th:has-text('执行率') button")
    assert page.get_attribute("#series th:has-text('执行率')", "aria-sort") == "descending"
    assert page.evaluate("document.activeElement.dataset.sort") == "execution_rate"
    rates = page.locator("#series tbody td", has_text=re.compile(r"^[\d.]+%$")).all_inner_texts()
    assert rates[0] == "38.78%"  # 青山 57 of 147, before 东西湖 15.6 of 62
    picture(window, "compare-programme")
    with page.expect_download() as download:
        page.click("#download")
    with Path(download.value.path()).open(encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    assert {row["district"] for row in rows} == {"青山区", "东西湖区"}
    assert {row["executed_yuan"] for row in rows} == {"570000", "156000"}


def test_budget_and_execution_stated_apart_make_no_pair_of_bars(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("compare"))
    page.wait_for_selector("#series tbody tr")
    # 青山 states its budget for one fund and what was executed for all of them.
    assert "青山区" in page.inner_text("#chart-note") and "口径" in page.inner_text("#chart-note")
    drawn = "".join(page.locator("#chart svg text").all_text_contents())
    assert drawn.count("※") == 2
    page.goto(window.address("compare", "programme=temporary_assistance"))
    page.wait_for_selector("#series-name:has-text('临时救助')")
    assert page.inner_text("#chart-note") == ""


def test_a_missing_number_names_its_reason(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("compare"))
    page.click("#series tr:has-text('青山区') sup a >> nth=0")
    note = page.evaluate("document.activeElement.textContent")
    assert "预算与执行出自不同的陈述" in note
    window.page.goto(window.address("compare", "lang=en"))
    page.wait_for_selector("#series-reasons li")
    assert "stated apart" in page.inner_text("#series-reasons")


def test_from_the_first_page_to_the_printed_figure_in_two_clicks(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("index"))
    page.click(".chips a:has-text('临时救助')")
    page.wait_for_selector("#series-name:has-text('临时救助')")
    page.click("#series tr:has-text('青山区') a.printed:has-text('57')")
    page.wait_for_selector(".is-chosen")
    assert "57" in page.inner_text(".is-chosen")


def test_a_number_of_a_comparison_leads_to_its_cell(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("compare", "programme=temporary_assistance"))
    page.click("#series tr:has-text('东西湖区') a.printed:has-text('15.6')")
    page.wait_for_selector("td.is-chosen")
    assert page.inner_text("td.is-chosen").startswith("15.6")
    assert "执行数" in page.inner_text("#said")


def test_filters_are_shared_by_their_address(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("findings"))
    page.wait_for_selector(".finding")
    everything = page.inner_text("#findings-count")
    page.select_option("select[name=district]", "东西湖区")
    page.select_option("select[name=severity]", "error")
    expected(page.locator("#findings-count")).not_to_have_text(everything)
    settled(page)
    shown = page.locator(".finding .message").all_inner_texts()
    assert shown and all("东西湖" in about for about in page.locator(".finding .about").all_inner_texts())
    shared = look(five)
    shared.page.goto(page.url)
    shared.page.wait_for_selector(".finding")
    settled(shared.page)
    assert shared.page.locator(".finding .message").all_inner_texts() == shown
    assert shared.page.input_value("select[name=severity]") == "error"
    page.go_back()
    expected(page.locator("select[name=severity]")).to_have_value("")


def test_a_finding_leads_to_its_box_on_the_page(look: Any, strange: Site, picture: Any, phone: bool) -> None:
    window = look(strange, phone=phone)
    page = window.page
    page.goto(window.address("findings"))
    page.click(".finding.is-error:has-text('三公') >> text=看印它的地方")
    page.wait_for_selector("#paper .mark")
    cell = page.locator(".is-chosen").first
    data = strange.data(f"reports/{strange.reports[sites.BUDGET]}")
    (box,) = [box for name, *box in data["boxes"]["2"] if name == cell.get_attribute("id")]
    mark = page.locator("#paper .mark").first
    assert abs(float(mark.get_attribute("x")) - box[0]) < 5
    assert page.input_value("#page-number") == "2"
    expected(page.locator("#paper img")).to_have_js_property("complete", True)
    assert page.evaluate("document.querySelector('#paper img').naturalWidth") > 0
    assert page.locator("#paper .mark").first.is_visible()
    picture(window, f"finding-on-page-{'phone' if phone else 'desktop'}")


def test_a_box_on_the_page_leads_to_its_cell_and_a_sentence_to_its_lines(look: Any, strange: Site) -> None:
    window = look(strange)
    page = window.page
    page.goto(window.address(f"reports/{strange.reports[sites.BUDGET]}", "cell=t1r1c3"))
    page.wait_for_selector("#paper .mark")
    page.click("#paper [data-cell=t1r3c2]")
    page.wait_for_selector("#t1r3c2.is-chosen")
    assert "1.35" in page.inner_text("#said")
    page.click("#s1 .figure")
    expected(page.locator("#page-number")).to_have_value("1")
    expected(page.locator("#paper .mark")).to_have_count(1)


def test_a_table_is_walked_with_the_keyboard(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address(f"reports/{five.reports[DONGXIHU]}"))
    settled(page)
    assert page.locator("table.grid").first.locator("[tabindex='0']").count() == 1
    page.locator("table.grid").first.locator("[tabindex='0']").focus()
    start = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") not in ("", start)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == start
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{start}.is-chosen")


def test_the_first_tab_stop_skips_to_the_content(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("findings", "severity=error"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.url.endswith("#severity=error")  # the state of the view is not lost on the way


def test_english_goes_along_from_page_to_page(look: Any, five: Site, picture: Any) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("index"))
    page.click("#language")
    page.wait_for_selector("h1:has-text('Overview')")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("nav >> text=Findings")
    page.wait_for_selector(".finding")
    assert "lang=en" in page.url and page.inner_text("h1") == "Findings"
    assert re.search(r"the fund sources do not add up", page.inner_text("#findings"))
    picture(window, "findings-english")
    page.click("#language")
    page.wait_for_selector("h1:has-text('问题')")


def test_words_are_found_in_reports_programmes_and_subjects(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("index"))
    page.fill("#search-words", "临时救助")
    page.keyboard.press("Enter")
    page.wait_for_selector("#search-results a")
    first = page.locator("#search-results a").first
    assert "compare.html#programme=temporary_assistance" in str(first.get_attribute("href"))
    page.click("#search-results section:has-text('报告里的事项') a")
    page.wait_for_selector(".is-chosen")
    assert "临时救助" in page.inner_text("#said")


def test_a_check_shows_its_account_of_every_report(look: Any, five: Site) -> None:
    window = look(five)
    page = window.page
    page.goto(window.address("checks", "check=RAT001"))
    page.wait_for_selector("#check-RAT001 tbody tr")
    assert page.locator("#check-RAT001 tbody tr").count() == 5
    page.click("#check-RAT001 thead button:has-text('相符')")
    assert page.locator("#check-RAT001 [aria-sort=descending]").inner_text().startswith("相符")


def test_what_a_report_holds_does_not_run(look: Any, strange: Site) -> None:
    window = look(strange)
    page = window.page
    page.on("dialog", lambda dialog: window.wrong.append(dialog.message))
    page.goto(window.address(f"reports/{strange.reports[sites.HOSTILE]}", "cell=t1r1c0"))
    page.wait_for_selector(".is-chosen")
    assert "<b onmouseover=alert(1)>" in page.inner_text("#said")
    page.goto(window.address("reports"))
    page.wait_for_selector("#reports tbody tr")
    assert "<script>" in page.inner_text("#reports")
