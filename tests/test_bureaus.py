"""Reports of education, health and a township as flowed text: read right, clean ones silent, slips found once."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_bureaus import EDUCATION, HEALTH, TOWNSHIP
from test_layouts import findings

from pipelines.reading import read

TEXTS = {"education": EDUCATION, "health": HEALTH, "township": TOWNSHIP}
SLIPS = {
    "education": ("支出决算为15,100.00", "支出决算为15,010.00"),
    "health": ("支出决算为4,000.00", "支出决算为4,400.00"),
    "township": ("项目支出1,300.00", "项目支出1,030.00"),
    "goods": ("货物支出620.10", "货物支出602.10"),
    "car": ("运行维护费5.00", "运行维护费6.00"),
}
"""One figure of each report misprinted."""
SLIPPED = {"goods": "education", "car": "township"}


def _said(name: str) -> dict[tuple[str, str, int], str]:
    facts = read(TEXTS[name].encode(), "made").facts
    return {(f.subject, f.measure, f.year_offset): f.as_printed for f in facts}


@pytest.mark.parametrize(
    ("name", "issuer", "year", "family"),
    [
        ("education", "武汉市洪山区教育局", 2023, "final_accounts"),
        ("health", "长沙市望城区卫生健康局", 2024, "final_accounts"),
        ("township", "岳阳县月田镇人民政府", 2023, "self_evaluation_department"),
    ],
)
def test_bureaus_of_every_kind_are_known_by_their_reports(name: str, issuer: str, year: int, family: str) -> None:
    identity = read(TEXTS[name].encode(), "made").identity
    assert (identity.issuer, identity.fiscal_year, identity.families) == (issuer, year, (family,))


def test_an_account_in_a_line_of_its_own_heads_the_figures_below_it() -> None:
    said = _said("health")
    for account, final in (
        ("卫生健康支出（类）基层医疗卫生机构（款）乡镇卫生院（项）", "4,000.00万元"),
        ("社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位基本养老保险缴费支出（项）", "600.30万元"),
    ):
        assert said[account, "final_account", 0] == final
    assert ("本部门", "final_account", 0) not in said
    parts = [f for f in read(HEALTH.encode(), "made").facts if f.list_id == "sec14:final_account"]
    assert [f.list_role for f in parts] == ["total", *["part"] * 5]


def test_items_that_run_into_their_text_are_their_own_subjects() -> None:
    said = _said("education")
    assert said["教育支出（类）普通教育（款）初中教育（项）", "initial_budget", 0] == "11,650.00万元"
    assert said["机关运行经费支出", "change_amount", 0] == "15.60万元"
    assert said["政府采购工程支出", "expenditure", 0] == "840.40万元"
    assert said["授予小微企业合同金额", "share", 0] == "60.0%"


def test_the_score_of_our_township_is_the_departments() -> None:
    scores = [f for f in read(TOWNSHIP.encode(), "made").facts if f.as_printed == "98.75分"]
    assert [(f.subject, f.subject_kind) for f in scores] == [("本部门", "department_total")]


def test_clean_reports_of_other_bureaus_raise_nothing(tmp_path: Path) -> None:
    assert findings({name: [text] for name, text in TEXTS.items()}, tmp_path) == {name: {} for name in TEXTS}


@pytest.mark.parametrize("slips", [("education", "health", "township"), ("goods", "car")])
def test_each_slip_in_a_report_of_another_bureau_is_found_once(slips: tuple[str, ...], tmp_path: Path) -> None:
    spoiled = {name: TEXTS[SLIPPED.get(name, name)].replace(*SLIPS[name], 1) for name in slips}
    found = findings({name: [text] for name, text in spoiled.items()}, tmp_path)
    assert {name: len(found[name]) for name in slips} == dict.fromkeys(slips, 1)
    for name in slips:
        (quotes,) = found[name].values()
        assert any(SLIPS[name][1] in quote for quote in quotes), name
