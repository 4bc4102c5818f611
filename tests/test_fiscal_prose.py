"""Prose of fiscal reports and of notices on a few figures: what it says, and what no finding may rest on."""

from __future__ import annotations

import duckdb
import handmade
import pytest
from test_narrative import brief, told

from pipelines.documents.identify import identify
from pipelines.documents.text import read_text
from pipelines.reading import read

# Made up; each is right as it stands.
RIGHT = {
    "monthly": "4月，一般公共预算收入累计完成2400万元，完成年初预算数6000万元的40.0%，比上年减收100万元，下降4.0%"
    "。其中：税收收入800万元，"
    "比上年增收160万元，增长25.0%；非税收入1600万元，比上年减收260万元，下降14.0%。",
    "own_totals": "截至3月31日，全区完成财政收入3000万元，占年初预算的27.7%。其中，国税完成1100万元，地税完成1500"
    "万元，财政完成400万元，"
    "实现地方一般预算收入1900万元，占年初预算的28.9%。",
    "funds": "6月，全区一般公共预算收入累计完成3160万元，其中：税收收入累计完成2390万元；非税收入累计完成770万元"
    "；政府性基金预算收入16万元；"
    "国有资本经营收入19万元。",
    "refunds": "税收收入900亿元，其中：增值税700亿元；消费税300亿元；出口退增值税、消费税200亿元。",
    "two_sides": "2023年财政拨款收支总预算7057万元。收入包括：一般公共预算拨款7034万元、上年结转结余23万元；支出"
    "包括：教育支出5806万元、"
    "社会保障和就业支出558万元、卫生健康支出275万元、住房保障支出418万元。",
    "numbered": "2023年“三公”经费预算安排520万元：一、2023年因公出国（境）费预算170万元，二、2023年公务用车购置及"
    "运行费预算150万元，"
    "其中公务用车运行费150万元，公务用车购置费0万元，三、2023年公务接待费预算200万元。",
    "own_budget": "2018年度“三公”经费支出2.05万元，年初预算为2.95万元，差值为0.9万元。其中：公务用车运行维护费支"
    "出0万元，年初预算为0.95万元，"
    "差值为0.95万元，原因为厉行节约；公务接待费支出2.05万元，年初预算为2万元，差值为0.05万元。",
    "cut_off": "2017年度“三公”经费支出决算8.77万元，其中：因公出国（境）费支出决算0万元，公务用车购置及运行维护费"
    "支出决算8.4",
    "in_brackets": "2022年“三公”经费502.4万元。其中：因公出国（境）费0万元；公务用车购置及运行费500万元（公务用车"
    "购置费100万元，比上年增加0万元；"
    "公务用车运行维护费400万元，比上年增加0万元），比上年增加0万元；公务接待费2.4万元。",
    "whole_of_shares": "支出总预算108万元，其中：基本支出预算103万元，占支出总预算的95.4%；项目支出预算5万元，占"
    "支出总预算的4.6%。\n其中：\n"
    "（一）教育支出类科目85万元，占支出总预算78.7%。\n（二）住房保障支出类科目23万元，占支出总预算21.3%。",
    "two_bases": "2022年公务接待费支出33万元，较年初预算数减少60万元，下降64.5%，较上年减少11万元，下降25.0%。",
    "gap": "2022年支出100万元，其中：设备费60万元，完成后续改造用去9万元，劳务费31万元。",
    "two_years": "一、2022年“三公”经费预算安排情况\n2022年度“三公”经费预算总计21.8万元，其中：公务接待11.8万元，"
    "公务用车运行费用10万元。\n"
    "二、2021年“三公”经费决算情况\n2021年度“三公”经费合计支出20.12万元，其中：公务接待12.39万元，公务用车运行费用"
    "7.73万元。\n"
    "2022年度“三公”经费预算较2021年度增加1.68万元，其中公务用车运行费用较上年同期增加2.27万元，增长29.37%。",
}


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("prose")
    files = [handmade.cached(folder, read(text.encode(), f"{name}.txt"), f"{name}.txt") for name, text in RIGHT.items()]
    return handmade.warehouse(folder / "audit.duckdb", files)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_text_gives_no_finding(audited: duckdb.DuckDBPyConnection, name: str) -> None:
    told_of = handmade.rows(audited, f"select check_id, message_zh from marts.findings where file = '{name}.txt'")
    judged = handmade.rows(audited, f"select sum(candidates) from marts.check_ledger where file = '{name}.txt'")
    assert told_of == []
    assert judged[0][0] > 0


def test_a_completed_amount_its_budget_and_the_rate_over_it_are_told_apart() -> None:
    said = brief(
        told("4月，一般公共预算收入累计完成2400万元，完成年初预算数6000万元的40.0%，比上年减收100万元，下降4.0%。")
    )
    subject = "一般公共预算收入"
    assert said == [
        ("executed", subject, "2400万元"),
        ("initial_budget", subject, "6000万元"),
        ("completion_rate", subject, "40.0%"),
        ("change_amount", subject, "100万元"),
        ("change_rate", subject, "4.0%"),
    ]


def test_the_budget_that_a_rate_is_over_is_not_what_is_listed_next() -> None:
    facts = told("税收收入完成800万元，为调整预算数900万元的88.9%，其中：增值税500万元，契税300万元。")
    assert [(f.measure, f.subject) for f in facts if f.list_role == "part"] == [
        ("executed", "增值税"),
        ("executed", "契税"),
    ]


def test_what_was_completed_may_be_named_after_the_verb() -> None:
    assert brief(told("截至3月31日，全区完成财政收入3000万元。")) == [("executed", "财政收入", "3000万元")]


def test_balances_beside_a_years_figures_do_not_take_their_subject() -> None:
    facts = told("2024年度本年支出960万元，使用非财政拨款结余18万元，结余分配13万元，年末结转和结余136万元。")
    carried = next(f for f in facts if f.measure == "carried_out")
    assert (carried.subject, carried.subject_kind) == ("本部门", "department_total")
    assert {f.measure for f in facts} >= {"unmapped:使用结余", "unmapped:结余分配"}


def test_the_parts_of_last_years_total_are_last_years() -> None:
    facts = told("2023年度“三公”经费合计支出20万元，其中：公务接待12万元，公务用车运行费用8万元。")
    assert [f.year_offset for f in facts] == [-1, -1, -1]


def test_a_year_that_is_only_compared_with_is_not_the_reports() -> None:
    text = (
        "六、其他收入0万元，较2022年度决算数增加0万元。\n（二）本单位2023年度总支出125万元，较2022年度决算数增"
        "加19万元。"
    )
    assert identify(read_text(text.encode(), "0" * 64)).fiscal_year == 2023


def test_the_parts_in_a_bracket_are_parts_of_the_amount_before_it() -> None:
    facts = told(
        "“三公”经费502万元。其中：公务用车购置及运行费500万元（公务用车购置费100万元，公务用车运行费400"
        "万元）；公务接待费2万元。"
    )
    lists: dict[str, list[str]] = {}
    for fact in facts:
        if fact.list_id:
            lists.setdefault(fact.list_id, []).append(fact.subject)
    assert sorted(map(sorted, lists.values())) == [
        ["“三公”经费", "公务接待费", "公务用车购置及运行费"],
        ["公务用车购置及运行费", "公务用车购置费", "公务用车运行费"],
    ]


def test_what_another_bracket_states_is_no_part_of_the_list() -> None:
    facts = told("支出100万元，其中：设备60万元（合同金额90万元）；劳务40万元。")
    assert [f.as_printed for f in facts if f.list_role == "part"] == ["60万元", "40万元"]


def test_a_kind_of_expenditure_before_a_colon_is_what_the_next_clauses_speak_of() -> None:
    said = brief(told("教育类支出：预算安排316万元，比上年增加48万元。"))
    assert said == [("budget", "教育类支出", "316万元"), ("change_amount", "教育类支出", "48万元")]


def test_an_increase_of_expenditure_is_a_change_of_what_was_spent() -> None:
    said = brief(told("全区民生支出达19.83亿元，较2023年同期增加支出3.52亿元，增幅达21.56%。"))
    assert [measure for measure, _, _ in said] == ["expenditure", "change_amount", "change_rate"]
    assert {subject for _, subject, _ in said} == {"全区民生支出"}


def test_a_change_after_several_parts_may_be_that_of_the_whole_and_is_doubtful() -> None:
    facts = told(
        "事业运行经费预算3734万元，其中：基本支出预算49万元，项目支出预算3685万元，同比增加2713万元，增长265.6%。"
    )
    assert [f.contested for f in facts if f.measure in ("change_amount", "change_rate")] == [True, True]
    each = told("“三公”经费5万元，其中：公务接待费2万元，比上年增加1万元；公务用车运行费3万元，比上年减少1万元。")
    assert not any(f.contested for f in each)


def test_a_change_is_not_that_of_an_amount_said_before_another_that_no_shape_announces() -> None:
    facts = told("政府集中采购预算338万元，比上年增加209万元。零星自行购买305万元，比上年增加34万元。")
    assert [f.subject for f in facts if f.measure == "change_amount"] == ["政府集中采购", "零星自行购买"]


def test_year_on_year_holds_for_the_rate_after_the_amount() -> None:
    facts = told("公务用车购置费支出205万元，同比减少54万元，下降20.9%。")
    assert [f.rate_basis for f in facts if f.measure in ("change_amount", "change_rate")] == ["prior", "prior"]


def test_what_is_added_up_to_a_total_is_all_of_it() -> None:
    facts = told(
        "一般公共预算收入36.82亿元，同比下降9.7%。加上上级补助收入49.82亿元、上年结转9.67亿元、调入预算稳定调节基"
        "金0.18亿元，"
        "一般公共预算收入总计96.49亿元。"
    )
    listed = [(f.list_role, f.as_printed) for f in facts if "added" in (f.list_id or "")]
    parts = ["36.82亿元", "49.82亿元", "9.67亿元", "0.18亿元"]
    assert sorted(listed) == sorted([("total", "96.49亿元"), *(("part", p) for p in parts)])


def test_an_addition_that_names_a_part_without_its_amount_is_left_alone() -> None:
    facts = told(
        "一般公共预算收入53亿元，加上上级补助收入50亿元、调入资金和上年结转9亿元、债务收入，收入总量为160亿元。"
    )
    assert not any(f.list_id and "added" in f.list_id for f in facts)


WRONG = {
    "taxes": ("一般公共预算收入完成2400万元，其中：税收收入700万元，非税收入1600万元。", "SUM021"),
    "collectors": ("全区一般公共预算收入完成560万元，其中：税务部门完成268万元，财政部门完成275万元。", "SUM021"),
    "levels": ("全市一般公共预算收入完成700亿元，其中：市本级收入完成314亿元，区级收入完成358亿元。", "SUM021"),
    "remainder": ("税收收入485万元，其中：增值税121万元，企业所得税32万元，契税等其他税种314万元。", "SUM021"),
    "sides": (
        "2023年财政拨款收支总预算7057万元。收入包括：一般公共预算拨款7034万元、上年结转结余23万元；支出包括：教育"
        "支出5806万元、"
        "卫生健康支出275万元、住房保障支出418万元。",
        "SUM021",
    ),
    "nation": ("全国一般公共预算收入1159亿元。从结构看，全国税收收入941亿元；非税收入281亿元。", "SUM021"),
    "balances": (
        "2024年度政府性基金预算财政拨款年初结转和结余49万元，本年收入344万元，本年支出261万元，年末结转和结余123万元。",
        "SUM022",
    ),
    "three_public": (
        "2023年“三公”经费预算520万元。因公出国（境）费预算170万元。公务用车购置及运行费预算150万元。公务接待费预"
        "算220万元。",
        "SUM006",
    ),
    "two_bases": (
        "2022年公务接待费支出33万元，较年初预算数减少60万元，下降64.5%，较上年减少11万元，下降20.0%。",
        "CHG002",
    ),
    "three_kinds": ("2021年度支出799万元。其中：人员经费支出435万元，公用经费支出77万元，项目支出268万元。", "SUM004"),
}


@pytest.fixture(scope="module")
def misprinted(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("misprints")
    files = [handmade.cached(folder, read(text.encode(), f"{k}.txt"), f"{k}.txt") for k, (text, _) in WRONG.items()]
    return handmade.warehouse(folder / "audit.duckdb", files)


@pytest.mark.parametrize("name", WRONG)
def test_a_misprint_in_what_the_text_says_is_complete_is_an_error(
    misprinted: duckdb.DuckDBPyConnection, name: str
) -> None:
    found = handmade.rows(misprinted, f"select check_id, severity from marts.findings where file = '{name}.txt'")
    assert found == [(WRONG[name][1], "error")]


def test_an_item_that_is_level_is_what_the_next_clauses_speak_of() -> None:
    facts = told(
        "“三公”经费支出决算5万元，比去年增加2万元。其中，公务接待费支出决算比预算无增减变化，比去年增加1万元，增长50%。"
    )
    assert [f.subject for f in facts if f.measure == "change_amount"] == ["“三公”经费", "公务接待费"]


def test_last_years_figure_beside_a_part_is_of_the_part() -> None:
    facts = told(
        "“三公”经费支出431万元。其中：公车运行费支出251万元，接待费支出124万元，比上年累计支出148万元下降24万元。"
    )
    prior = next(f for f in facts if f.year_offset == -1)
    assert (prior.measure, prior.subject) == ("prior_year_executed", "接待费支出")


def test_what_a_clause_before_names_without_an_amount_is_the_whole_that_is_listed() -> None:
    facts = told(
        "国债还本支出2150万元、城市维护建设支出1450万元。置换出来的资金用于工资，其中奖金6938万元、补助199万元。"
    )
    assert not any(f.list_id for f in facts)


def test_an_adjustment_says_what_the_budget_was_and_what_it_became() -> None:
    said = brief(told("税收收入由267,000万元调减为238,000万元，调减29,000万元，下降9.7%。"))
    assert said[:3] == [
        ("initial_budget", "税收收入", "267,000万元"),
        ("adjusted_budget", "税收收入", "238,000万元"),
        ("budget_adjustment", "税收收入", "29,000万元"),
    ]


def test_what_was_raised_is_named_before_the_verb() -> None:
    facts = told("非税收入由年初预算3574万元调整为3842万元，主要由于：（1）镇属企业利润上缴调增49万元。")
    assert [f.subject for f in facts if f.measure == "budget_adjustment"] == ["镇属企业利润上缴"]


def test_a_list_with_an_amount_that_nobody_understood_may_lack_parts() -> None:
    facts = told("支出100万元，其中：设备费60万元，完成后续改造用去9万元，劳务费31万元。")
    assert {f.list_id for f in facts if f.list_role == "part"} == {"s1.l1:expenditure:gap"}


def test_items_that_the_end_of_the_text_cuts_off_are_no_list() -> None:
    facts = told(
        "“三公”经费支出决算5万元。具体情况如下：",
        "（一）因公出国（境）费支出决算0万元。",
        "（二）公务用车购置及运行费支出决算3万元。",
        "主要用于机要文件交换、",
    )
    assert not any(f.list_id for f in facts)


def test_parts_after_last_years_total_are_last_years() -> None:
    facts = told("2021年的“三公”经费决算数合计为807万元，其中：接待费39万元，公车费768万元。", year=2022)
    reception = next(f for f in facts if f.subject == "接待费")
    assert reception.year_offset == -1
