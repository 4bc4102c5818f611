"""The marts: names that others rely on, and what becomes of the figures of a report in each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import handmade
import pytest

from pipelines.audit.run import audit
from pipelines.core.model import Fact
from pipelines.core.relations import Reading, sha256_of
from pipelines.warehouse import build, objects
from pipelines.warehouse.build import SourceFile

EVIDENCE = (
    "STRUCT(file VARCHAR, page INTEGER, row_no INTEGER, col_no INTEGER, x0 DOUBLE, y0 DOUBLE, x1 DOUBLE, y1 DOUBLE, "
    "quote VARCHAR)[]"
)
PROMISED = {
    "documents": "document_id, file, sha256, media_type, pages, title, issuer, district, city, province, fiscal_year, "
    "period_end_month, family, status, status_reason, tables, facts, checks_evaluated, errors, warnings, hints",
    "facts": "fact_id, document_id, file, district, fiscal_year, period_end_month, subject_kind, subject, "
    "subject_code, programme, fund_source, measure, amount_yuan, value, unit, as_printed, half_unit, origin, page, "
    "table_title, row_label, column_label, row_no, col_no, x0, y0, x1, y1, char_start, char_end, quote, contested",
    "execution": "document_id, file, district, fiscal_year, period_end_month, subject_kind, subject, subject_code, "
    "programme, fund_source, initial_budget_yuan, budget_adjustment_yuan, adjusted_budget_yuan, executed_yuan, "
    "forecast_executed_yuan, final_account_yuan, execution_rate_reported, execution_rate_computed, rate_basis, note, "
    "verdict",
    "indicators": "document_id, file, district, fiscal_year, project, goal, level1, level2, level3, target_text, "
    "actual_text, comparator, target_value, actual_value, unit, score_weight, score, achieved, note",
    "final_accounts": "document_id, file, district, fiscal_year, table_no, table_title, subject_code, subject, level, "
    "side, measure, amount_yuan",
    "district_year": "district, city, province, fiscal_year, files, initial_budget_yuan, adjusted_budget_yuan, "
    "executed_yuan, execution_rate, basic_expenditure_yuan, project_expenditure_yuan, general_yuan, "
    "government_fund_yuan, rank, change, errors, warnings, coverage",
    "programme_year": "programme, programme_zh, district, fiscal_year, initial_budget_yuan, adjusted_budget_yuan, "
    "executed_yuan, execution_rate, share_of_district, change_from_prior_year, source_facts",
    "findings": "finding_id, check_id, check_family, severity, document_id, file, district, fiscal_year, page, "
    "table_title, subject, message_zh, message_en, reported, expected_low, expected_high, difference, equation, "
    "repair, repaired_value, fact_ids, evidence",
    "check_ledger": "check_id, document_id, file, candidates, passed, rounding, failed, not_applicable, "
    "insufficient_data, parse_doubt, not_evaluated_reason",
    "check_catalogue": "check_id, family, severity, title_zh, title_en, formula, basis, smallest_error_caught",
}
MONITORING = "2024-东西湖.txt"


def built(path: Path, files: list[SourceFile]) -> duckdb.DuckDBPyConnection:
    """Every layer of a warehouse over the files."""
    con = build.open_database(path)
    build.load_staging(con, files, {}, handmade.linked)
    build.build_layer(con, "core")
    audit(con)
    build.build_layer(con, "marts")
    return con


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("marts")
    return built(folder / "gouji.duckdb", handmade.five_files(folder))


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple]:  # type: ignore[type-arg]
    return con.execute(sql).fetchall()


def another(made: Reading, name: str, **identity: object) -> Reading:
    """The same figures in another report."""
    document = replace(made.document, sha256=sha256_of(name.encode()))
    return replace(made, document=document, identity=replace(made.identity, **identity))  # type: ignore[arg-type]


def one(tmp_path: Path, *facts: Fact, family: str | None = None) -> duckdb.DuckDBPyConnection:
    """A warehouse of one report of 东西湖 with these facts."""
    made = handmade.reading("one", handmade.DONGXIHU, list(facts), family=family)
    return built(tmp_path / "one.duckdb", [handmade.cached(tmp_path, made, "one.txt")])


# Names


@pytest.mark.parametrize("mart", PROMISED)
def test_a_mart_begins_with_its_promised_columns_in_order(warehouse: duckdb.DuckDBPyConnection, mart: str) -> None:
    promised = PROMISED[mart].split(", ")
    assert [r[0] for r in rows(warehouse, f"describe marts.{mart}")][: len(promised)] == promised


def test_money_is_decimal_and_evidence_is_a_list_of_places(warehouse: duckdb.DuckDBPyConnection) -> None:
    inexact = rows(
        warehouse,
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts' "
        "and column_name like '%_yuan' and data_type not like 'DECIMAL%'",
    )
    assert inexact == []
    types = {r[0]: r[1] for r in rows(warehouse, "describe marts.findings")}
    assert types["evidence"].replace('"', "") == EVIDENCE
    assert types["fact_ids"] == "VARCHAR[]"


def test_the_chinese_views_show_the_same_rows_in_wan_and_say_so(warehouse: duckdb.DuckDBPyConnection) -> None:
    views = rows(warehouse, "select view_name from duckdb_views() where schema_name = 'marts_zh' order by 1")
    assert ("预算执行",) in views
    for (view,) in views:
        names = [r[0] for r in rows(warehouse, f'describe marts_zh."{view}"')]
        assert not [n for n in names if n.isascii()], view
    shown = rows(
        warehouse,
        'select "年初预算数（万元）", "执行数（万元）", "报告的执行率（%）" from marts_zh."预算执行"'
        " where \"事项\" = '城乡低保补助'",
    )
    assert shown == [(Decimal("423"), Decimal("734.19"), Decimal("46"))]
    assert objects.count(warehouse, 'marts_zh."预算执行"') == objects.count(warehouse, "marts.execution")


# Execution


def test_execution_gives_the_department_once_and_every_project_as_printed(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        warehouse,
        "select subject, initial_budget_yuan, budget_adjustment_yuan, adjusted_budget_yuan, executed_yuan, "
        f"execution_rate_reported from marts.execution where file = '{MONITORING}'",
    )
    assert [r[0] for r in found] == ["部门整体", "城乡低保补助", "低保工作经费", "临时救助", "社区纳凉取暖"]
    assert found[1][1:] == (4_230_000, Decimal("11747700"), Decimal("15977700"), Decimal("7341900"), 46)


def test_a_split_by_fund_source_stands_apart_and_is_not_added_to_its_total(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    split = rows(
        warehouse,
        f"select subject, fund_source, executed_yuan from marts.execution_by_fund where file = '{MONITORING}'",
    )
    assert split == [("公共预算", "general", Decimal("34313800"))]
    assert rows(
        warehouse,
        f"select subject from marts.execution_statements where shown_in = 'repeated_total' and file = '{MONITORING}'",
    ) == [("资金总额",)]


def test_one_row_with_columns_of_several_funds_shows_its_total(tmp_path: Path) -> None:
    con = one(
        tmp_path,
        *handmade.row(1, "社工资助金", {"budget": "5906.95", "executed": "5985.53"}),
        *handmade.row(1, "社工资助金", {"budget": "5295.56", "executed": "5274.37"}, fund_source="general"),
        *handmade.row(2, "居家养老", {"budget": "36", "executed": "30"}, fund_source="general"),
    )
    assert rows(con, "select subject, fund_source, budget_yuan from marts.execution") == [
        ("社工资助金", "all", Decimal("59069500")),
        ("居家养老", "general", Decimal("360000")),
    ]
    assert rows(con, "select subject, fund_source from marts.execution_by_fund") == [("社工资助金", "general")]


@pytest.mark.parametrize(
    ("subject", "computed", "basis"),
    [
        ("部门整体", Decimal("46.69"), "none"),
        ("城乡低保补助", Decimal("45.95"), "adjusted"),
        ("临时救助", Decimal("25.16"), "none"),
        ("社区纳凉取暖", None, "none"),
        ("行政运行", Decimal("119.00"), "initial"),
        ("一般行政管理事务", None, "none"),
        ("高龄津贴", Decimal("163.28"), None),
        ("养老服务补助", Decimal("98.67"), "budget"),
    ],
)
def test_the_rate_is_computed_and_its_denominator_found(
    warehouse: duckdb.DuckDBPyConnection, subject: str, computed: Decimal | None, basis: str | None
) -> None:
    found = rows(
        warehouse,
        f"select execution_rate_computed, rate_basis from marts.execution where subject = '{subject}'",
    )
    assert found == [(computed, basis)]


def test_a_rate_over_the_initial_budget_in_a_column_of_the_adjusted_is_found_out(tmp_path: Path) -> None:
    figures = {"initial_budget": "4572.76", "adjusted_budget": "4532.05", "executed": "4532.05"}
    con = one(tmp_path, *handmade.row(1, "年度资金总额", {**figures, "execution_rate": "99.11%"}, "department_total"))
    assert rows(con, "select execution_rate_reported, execution_rate_computed, rate_basis from marts.execution") == [
        (Decimal("99.11"), Decimal("100.00"), "initial")
    ]


def test_a_rate_over_the_budget_with_what_was_added_fits_though_no_sum_is_printed(tmp_path: Path) -> None:
    figures = {"initial_budget": "0", "budget_adjustment": "205.9", "executed": "129.43", "completion_rate": "62.9%"}
    con = one(tmp_path, *handmade.row(1, "应急处理", figures))
    assert rows(con, "select adjusted_budget_yuan, execution_rate_computed, rate_basis from marts.execution") == [
        (None, Decimal("62.86"), "adjusted")
    ]


def test_a_figure_with_many_digits_does_not_stop_the_build(tmp_path: Path) -> None:
    figures = {"initial_budget": "9" * 13, "adjusted_budget": "0.01", "executed": "9" * 13, "execution_rate": "99%"}
    con = one(tmp_path, *handmade.row(1, "天文数字", {**figures, "execution_rate": "9" * 15 + "%"}))
    assert rows(con, "select execution_rate_computed, rate_basis from marts.execution") == [(None, "none")]


def test_a_blank_is_no_zero_and_its_row_is_still_there(tmp_path: Path) -> None:
    con = one(
        tmp_path,
        *handmade.row(1, "护理员岗位补贴", {"initial_budget": "9", "executed": "3"}),
        *handmade.row(2, "收养评估", {"initial_budget": "4", "executed": ""}),
    )
    assert rows(con, "select subject, executed_yuan from marts.execution") == [
        ("护理员岗位补贴", Decimal("30000")),
        ("收养评估", None),
    ]


def test_what_only_states_a_budget_is_not_its_execution(tmp_path: Path) -> None:
    con = one(tmp_path, *handmade.row(1, "收养评估", {"budget": "4"}))
    assert rows(con, "select * from marts.execution") == []


def test_a_figure_of_last_year_is_not_in_this_years_row(tmp_path: Path) -> None:
    con = one(
        tmp_path,
        *handmade.row(1, "高龄津贴", {"final_account": "3", "initial_budget": "4"}),
        *handmade.row(1, "高龄津贴", {"final_account": "2"}, year_offset=-1),
    )
    assert rows(con, "select final_account_yuan from marts.execution") == [(Decimal("30000"),)]


def test_every_item_of_the_prose_comes_with_its_sentence(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select subject, initial_budget_yuan, final_account_yuan, execution_rate_reported, quote, fund_source "
        "from marts.execution where file = '2023-青山.txt' and subject_kind = 'functional_item'",
    )
    assert [r[:4] for r in found] == [
        ("行政运行", Decimal("2643200"), Decimal("3145500"), Decimal("119")),
        ("一般行政管理事务", Decimal("0"), Decimal("100000"), Decimal("100")),
        ("高龄津贴", Decimal("18991600"), Decimal("31008900"), None),
    ]
    assert all(r[0] in r[4] and r[5] == "general" for r in found)


def test_the_quote_of_a_table_row_is_the_row(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(warehouse, "select quote, transferred_yuan from marts.execution where subject = '社区纳凉取暖'")
    assert found == [("社区纳凉取暖 | 133 | -133 | 0 | 0 | 100% | 266 | 9", Decimal("2660000"))]


def test_the_verdict_of_a_row_is_the_worst_of_the_checks_that_lie_in_it(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    found = dict(rows(warehouse, f"select subject, verdict from marts.execution where file = '{MONITORING}'"))
    assert found["部门整体"] == "fail"
    assert found["城乡低保补助"] == "pass"


def test_an_equation_over_many_rows_blames_none_of_them(tmp_path: Path) -> None:
    con = one(
        tmp_path,
        *handmade.row(1, "甲", {"initial_budget": "9", "executed": "3"}),
        *handmade.row(2, "乙", {"initial_budget": "9", "executed": "3"}),
    )
    first, second = (r[0] for r in rows(con, "select fact_ids[1] from marts.execution"))
    con.execute(
        "insert into audit.verdicts by name select 'SUM999' as check_id, 'x' as document_id, 'k' as equation_key, "
        "'fail' as verdict, [{'role': 'part', 'fact_id': ?}, {'role': 'result', 'fact_id': ?}] as terms",
        [first, second],
    )
    build.build_layer(con, "marts")
    assert "fail" not in {r[0] for r in rows(con, "select verdict from marts.execution")}


# Indicators


@pytest.mark.parametrize(
    ("name", "comparator", "achieved"),
    [
        ("满意度", ">=", False),
        ("设施数量", "=", True),
        ("服务对象", "~", None),
        ("发放时间", "text", True),
        ("服务成本", "=", None),
        ("准确率", ">=", None),
        ("床位数", "=", None),
        ("网点数", "=", False),
        ("未填", "=", None),
    ],
)
def test_an_indicator_is_met_or_missed_only_where_it_can_be_told(
    warehouse: duckdb.DuckDBPyConnection, name: str, comparator: str, achieved: bool | None
) -> None:
    found = rows(warehouse, f"select comparator, achieved from marts.indicators where level3 = '{name}'")
    assert found == [(comparator, achieved)]


def test_an_indicator_knows_the_project_of_its_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, "select distinct project from marts.indicators") == [("养老服务补助",)]


def test_a_cost_target_is_compared_in_yuan(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select target_value, actual_value, unit, target_text, target_unit from marts.indicators "
        "where level3 = '服务成本'",
    ) == [(1_800_000, 530_000, "元", "180万", "万")]


def test_the_weight_of_a_group_is_no_indicator(tmp_path: Path) -> None:
    weight = handmade.percent("score_weight", "40%", subject_kind="indicator", subject="产出指标", level1="产出指标")
    con = one(tmp_path, replace(weight, statement="t1r1", table_number=1, row=1, col=1))
    assert rows(con, "select * from marts.indicators") == []


def test_what_prose_repeats_of_an_indicator_is_not_a_second_one(tmp_path: Path) -> None:
    target = handmade.percent("target", "100%", subject_kind="indicator", subject="建成率", level1="产出指标")
    table = replace(target, statement="t1r1", table_number=1, row=1, col=1, goal="年度目标1")
    prose = replace(target, statement="s1.1", sentence_number=1, origin="narrative", goal="年度目标1")
    other = replace(prose, statement="s2.1", goal="年度目标2")
    con = one(tmp_path, table, prose, other)
    assert rows(con, "select goal, table_id is not null from marts.indicators") == [
        ("年度目标1", True),
        ("年度目标2", False),
    ]


# Final accounts


def test_codes_of_a_final_account_say_their_level(tmp_path: Path) -> None:
    facts = [
        fact
        for number, code in enumerate(("208", "20819", "2081901"), 1)
        for fact in handmade.row(number, "低保", {"expenditure": "5"}, "functional_item", subject_code=code)
    ]
    con = one(tmp_path, *facts, family="final_accounts")
    assert rows(con, "select subject_code, level, side, amount_yuan from marts.final_accounts") == [
        ("208", "class", "expenditure", Decimal("50000")),
        ("20819", "section", "expenditure", Decimal("50000")),
        ("2081901", "item", "expenditure", Decimal("50000")),
    ]


def test_other_reports_have_no_final_account(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, f"select * from marts.final_accounts where file = '{MONITORING}'") == []


# Districts and programmes


def test_a_district_has_one_row_a_year_and_its_totals_their_facts(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select district, fiscal_year, period_end_month, bureau, files, initial_budget_yuan, adjusted_budget_yuan, "
        "executed_yuan, execution_rate, general_yuan from marts.district_year where district = '东西湖区'",
    )
    assert found == [
        (
            "东西湖区",
            2024,
            7,
            "民政局",
            [MONITORING],
            Decimal("68569100"),
            Decimal("74893900"),
            Decimal("34967100"),
            Decimal("46.69"),
            Decimal("34313800"),
        )
    ]
    sources = rows(
        warehouse,
        "select distinct f.subject from marts.district_year as d, unnest(d.source_facts) as s(fact_id) "
        "inner join core.facts as f on f.fact_id = s.fact_id where d.district = '东西湖区' order by 1",
    )
    assert sources == [("公共预算",), ("部门整体",)]


def test_basic_and_project_expenditure_stand_beside_the_total(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select executed_yuan, basic_expenditure_yuan, project_expenditure_yuan, government_fund_yuan, execution_rate "
        "from marts.district_year where fiscal_year = 2023",
    ) == [(Decimal("210622300"), Decimal("4984200"), Decimal("205638100"), Decimal("98385100"), None)]


def test_a_report_without_district_is_in_no_comparison_but_among_the_documents(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    for mart in ("district_year", "programme_year"):
        assert rows(warehouse, f"select * from marts.{mart} where fiscal_year = 2021") == []
    assert rows(warehouse, "select file from marts.documents where district is null and status = 'parsed'") == [
        ("2021-本级.txt",)
    ]


def test_a_part_of_the_department_is_not_taken_for_the_whole(tmp_path: Path) -> None:
    con = one(
        tmp_path,
        *handmade.row(
            1, "项目支出", {"initial_budget": "9", "adjusted_budget": "9", "executed": "3"}, "department_total"
        ),
        *handmade.row(2, "支出合计", {"executed": "5"}, "department_total"),
    )
    assert rows(
        con, "select executed_yuan, project_expenditure_yuan, initial_budget_yuan from marts.district_year"
    ) == [(Decimal("50000"), Decimal("30000"), None)]
    assert rows(con, "select subject from marts.execution") == [("支出合计",)]


def test_a_year_so_far_and_a_whole_year_never_share_a_row(tmp_path: Path) -> None:
    part = handmade.monitoring()
    whole = another(part, "全年", period_end_month=12)
    con = built(
        tmp_path / "w.duckdb",
        [handmade.cached(tmp_path, part, "1-7月.txt"), handmade.cached(tmp_path, whole, "全年.txt")],
    )
    assert rows(con, "select period_end_month, files, rank from marts.district_year") == [
        (7, ["1-7月.txt"], 1),
        (12, ["全年.txt"], 1),
    ]
    assert rows(con, "select distinct period_end_month, source_file from marts.programme_year order by 1") == [
        (7, "1-7月.txt"),
        (12, "全年.txt"),
    ]


def test_two_reports_of_one_district_and_year_are_not_added(tmp_path: Path) -> None:
    made = handmade.monitoring()
    con = built(
        tmp_path / "w.duckdb",
        [handmade.cached(tmp_path, made, "a.txt"), handmade.cached(tmp_path, another(made, "b"), "b.txt")],
    )
    assert rows(con, "select files, executed_yuan, source_files from marts.district_year") == [
        (["a.txt", "b.txt"], Decimal("34967100"), ["a.txt"])
    ]
    assert rows(con, "select executed_yuan from marts.programme_year where programme = 'temporary_aid'") == [
        (Decimal("156000"),)
    ]


def test_bureaus_and_places_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    made = handmade.monitoring()
    others = {
        "财政": another(made, "财政", issuer="武汉市东西湖区财政局"),
        "别省": another(made, "别省", issuer="东西湖区民政局", city="包头市", province="内蒙古自治区"),
    }
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, m, f"{n}.txt") for n, m in others.items()])
    assert rows(con, "select bureau, city, files from marts.district_year order by 1") == [
        ("民政局", "包头市", ["别省.txt"]),
        ("财政局", "武汉市", ["财政.txt"]),
    ]


def test_change_is_against_the_same_district_and_period_of_the_year_before(tmp_path: Path) -> None:
    now = handmade.monitoring()
    before = another(now, "去年", fiscal_year=2023)
    more = replace(
        now,
        facts=tuple(
            replace(f, amount_yuan=f.amount_yuan * 2) if f.measure == "executed" and f.amount_yuan else f
            for f in now.facts
        ),
    )
    con = built(
        tmp_path / "w.duckdb",
        [handmade.cached(tmp_path, before, "2023.txt"), handmade.cached(tmp_path, more, "2024.txt")],
    )
    assert rows(con, "select fiscal_year, change, initial_budget_change from marts.district_year order by 1") == [
        (2023, None, None),
        (2024, Decimal("100.00"), Decimal("0.00")),
    ]
    assert rows(
        con, "select fiscal_year, change_from_prior_year from programme_series('temporary_aid') order by fiscal_year"
    ) == [(2023, None), (2024, Decimal("100.00"))]


def test_projects_of_one_programme_are_added_within_one_table(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select subjects, initial_budget_yuan, executed_yuan, execution_rate, share_of_district, len(source_facts) "
        "from marts.programme_year where programme = 'minimum_living'",
    ) == [
        (
            ["城乡低保补助", "低保工作经费"],
            Decimal("4480000"),
            Decimal("7384500"),
            Decimal("45.51"),
            Decimal("21.12"),
            10,
        )
    ]


def test_a_section_already_holds_its_items(tmp_path: Path) -> None:
    figures = {"initial_budget": "9", "executed": "3"}
    con = one(
        tmp_path,
        *handmade.row(1, "最低生活保障", figures, "functional_item", subject_code="20819"),
        *handmade.row(2, "城市最低生活保障金", figures, "functional_item", subject_code="2081901"),
        *handmade.row(3, "农村最低生活保障金", figures, "functional_item", subject_code="2081902"),
    )
    assert rows(con, "select subjects, executed_yuan from marts.programme_year") == [
        (["最低生活保障"], Decimal("30000"))
    ]


def test_a_lists_total_already_holds_its_parts(tmp_path: Path) -> None:
    def listed(number: int, subject: str, role: str) -> list[Fact]:
        figures = {"initial_budget": "9", "executed": "3"}
        return handmade.row(number, subject, figures, list_id="t1:executed", list_role=role)

    con = one(tmp_path, *listed(1, "低保合计", "total"), *listed(2, "城市低保", "part"), *listed(3, "农村低保", "part"))
    assert rows(con, "select subjects, executed_yuan from marts.programme_year") == [(["低保合计"], Decimal("30000"))]


def test_a_sum_with_a_blank_is_not_given(tmp_path: Path) -> None:
    con = one(
        tmp_path,
        *handmade.row(1, "城市低保", {"initial_budget": "9", "executed": "3"}),
        *handmade.row(2, "农村低保", {"initial_budget": "9"}),
    )
    assert rows(con, "select initial_budget_yuan, executed_yuan from marts.programme_year") == [(180_000, None)]


def test_districts_can_be_compared_by_macro(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, "select district, rank, errors > 0 from compare_districts(2024)") == [("东西湖区", 1, True)]


# Documents


def test_documents_count_what_was_read_and_found(warehouse: duckdb.DuckDBPyConnection) -> None:
    tables, facts, unmapped, errors, evaluated = rows(
        warehouse,
        "select tables, facts, unmapped_facts, errors, checks_evaluated from marts.documents "
        f"where file = '{MONITORING}'",
    )[0]
    assert (tables, unmapped) == (1, 1)
    assert facts == len(handmade.monitoring().facts)
    assert (
        errors
        == rows(warehouse, f"select count(*) from marts.findings where severity = 'error' and file = '{MONITORING}'")[
            0
        ][0]
    )
    assert errors > 0
    assert evaluated > 0
