"""Who reported what about which period: read from the report's own words, or a reason why not."""

from pathlib import Path

import pytest

from pipelines.documents.identify import identify
from pipelines.documents.text import read_text

RAW = Path(__file__).parent.parent / "data" / "raw"
FIELDS = ("title", "issuer", "district", "city", "province", "fiscal_year", "period_end_month", "scope")


def _identity(text, context=()):
    return identify(read_text(text.encode(), "0" * 64), context)


def _summary(identity):
    """The title, and the other fields in one line, `-` where a field is None."""
    rest = [getattr(identity, field) for field in FIELDS[1:]]
    return identity.title, " ".join("-" if value is None else str(value) for value in rest)


def _report(start):
    (path,) = RAW.glob(f"{start}*.txt")
    return identify(read_text(path.read_bytes(), "0" * 64))


@pytest.mark.parametrize(
    ("start", "title", "rest"),
    [
        (
            "2024-武汉",
            "部门整体支出绩效运行监控情况表(2024年度)",
            "武汉市东西湖区民政局 东西湖区 武汉市 湖北省 2024 7 部门",
        ),
        (
            "2024-株洲",
            "2024年度部门（单位）整体支出绩效自评报告",
            "株洲市芦淞区民政局 芦淞区 株洲市 湖南省 2024 12 -",
        ),
        (
            "2022-武汉",
            "武汉市蔡甸区民政局2022年度整体绩效自评结果",
            "武汉市蔡甸区民政局 蔡甸区 武汉市 湖北省 2022 12 本级",
        ),
        (
            "2023-武汉",
            "武汉市青山区民政局（本级）2023年度部门决算",
            "武汉市青山区民政局 青山区 武汉市 湖北省 2023 12 本级",
        ),
        (
            "2021-",
            "2021年度民政局本级部门预算项目绩效自评表",
            "民政局 - - - 2021 12 本级",
        ),
    ],
)  # fmt: skip
def test_the_five_reports(start, title, rest):
    assert _summary(_report(start)) == (title, rest)


def test_the_2021_table_names_no_district_and_says_why():
    assert _report("2021-").evidence["district"] == "报告只称“民政局本级”，未写明所属区县"


def test_every_answer_is_quoted_and_every_gap_has_its_reason():
    for start in ("2024-武汉", "2024-株洲", "2022-武汉", "2023-武汉", "2021-"):
        evidence = _report(start).evidence
        assert set(evidence) == set(FIELDS)
        assert all(evidence.values())
    said = _report("2024-武汉").evidence
    assert said["issuer"] == "填报单位(盖章): 武汉市东西湖区民政局"
    assert said["period_end_month"] == "1-7月"
    assert _report("2022-武汉").evidence["scope"] == "编制单位：武汉市蔡甸区民政局(本级）"


def test_a_form_dated_before_its_year_does_not_change_the_year():
    identity = _report("2022-武汉")
    assert (identity.fiscal_year, identity.period_end_month) == (2022, 12)


def test_the_file_name_is_never_asked():
    assert _identity("会议通知\n请各位按时参加。\n").evidence == {
        "title": "报告开头没有题名",
        "issuer": "报告未写明编制单位",
        "district": "报告未写明编制单位，无法判断所属地区",
        "city": "报告未写明编制单位，无法判断所属地区",
        "province": "报告未写明编制单位，无法判断所属地区",
        "fiscal_year": "报告未写明年度",
        "period_end_month": "报告未写明年度，无法判断期间",
        "scope": "报告未写明是部门、单位还是本级口径",
    }


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        (
            "上海市普陀区2026年区级单位预算\n预算单位：上海市普陀区司法局\n\n目 录\n一、单位主要职能\n",
            "上海市普陀区2026年区级单位预算",
            "上海市普陀区司法局 普陀区 上海市 上海市 2026 12 单位",
        ),
        (
            "上海市普陀区2025年区级部门预算\n预算主管部门：上海市普陀区人民政府万里街道办事处\n\n目 录\n",
            "上海市普陀区2025年区级部门预算",
            "上海市普陀区人民政府万里街道办事处 普陀区 上海市 上海市 2025 12 部门",
        ),
        (
            "上海市普陀区财政局\n2024年度部门决算\n\n目 录\n1 上海市普陀区财政局（本级）\n",
            "上海市普陀区财政局2024年度部门决算",
            "上海市普陀区财政局 普陀区 上海市 上海市 2024 12 部门",
        ),
        (
            "2022年度\n\n华容县民政局部门决算\n\n目 录\n第一部分华容县民政局概况\n",
            "2022年度华容县民政局部门决算",
            "华容县民政局 华容县 岳阳市 湖南省 2022 12 部门",
        ),
        (
            "附件1\n项目支出绩效自评表\n（2023年度）\n填报单位（盖章）：武汉市江岸区民政局    填报日期：2024年3月1日\n",
            "项目支出绩效自评表（2023年度）",
            "武汉市江岸区民政局 江岸区 武汉市 湖北省 2023 12 -",
        ),
        (
            "部门整体绩效自评表\n（2023年度）\n\t单位名称\n\t武汉市汉阳区民政局\n\t\n\n\t基本支出总额\n\t100\n",
            "部门整体绩效自评表（2023年度）",
            "武汉市汉阳区民政局 汉阳区 武汉市 湖北省 2023 12 部门",
        ),
        (
            "重庆市九龙坡区民政局本级2025年单位预算情况说明\n\n一、单位基本情况\n",
            "重庆市九龙坡区民政局本级2025年单位预算情况说明",
            "重庆市九龙坡区民政局 九龙坡区 重庆市 重庆市 2025 12 本级",
        ),
        (
            "二〇二四年度部门整体支出绩效自评报告\n单位名称：长沙市望城区民政局\n",
            "二〇二四年度部门整体支出绩效自评报告",
            "长沙市望城区民政局 望城区 长沙市 湖南省 2024 12 部门",
        ),
        (
            "关于2023年度部门整体支出绩效自评的报告\n区财政局：\n如下。\n武汉市硚口区民政局\n2024年3月20日\n",
            "关于2023年度部门整体支出绩效自评的报告",
            "武汉市硚口区民政局 硚口区 武汉市 湖北省 2023 12 部门",
        ),
    ],
)  # fmt: skip
def test_reports_of_other_bureaus(text, title, rest):
    assert _summary(_identity(text)) == (title, rest)


def test_a_province_level_department_has_a_province_and_says_why_no_more():
    identity = _identity("江苏省政协办公厅 2018 年度\n部门预算公开\n\n- 2 -\n目 录\n")
    assert (identity.province, identity.city, identity.district) == ("江苏省", None, None)
    assert identity.evidence["district"].startswith("省级部门")
    assert identity.fiscal_year == 2018


def test_a_city_level_department_has_no_district():
    identity = _identity("2021年度邵阳市民政局部门决算\n第一部分  邵阳市民政局单位概况\n")
    assert (identity.city, identity.district) == ("邵阳市", None)
    assert identity.evidence["district"].startswith("市级部门")


def test_a_report_of_tables_only_is_known_by_their_fields_and_titles():
    text = "表一\n部门：江苏省政协办公厅 单位：万元\n功能科目名称 金额\n合计 1\n2017年政府采购预算表\n"
    identity = _identity(text)
    assert (identity.issuer, identity.fiscal_year, identity.title) == ("江苏省政协办公厅", 2017, None)
    assert _identity(text, ["收支预算总表"]).title == "收支预算总表"


def test_a_report_without_a_cover_is_known_by_the_sentences_that_name_it():
    text = (
        "目 录\n第二部分 2019 年度部门预算表\n一、收支预算\n"
        "江苏省政协办公厅 2019 年度收入、支出预算总计 1 万元\n江苏省政协办公厅 2019 年度财政拨款收入 1 万元\n"
    )
    identity = _identity(text)
    assert (identity.issuer, identity.title, identity.fiscal_year) == ("江苏省政协办公厅", "2019年度部门预算", 2019)


def test_a_shared_district_name_needs_its_city_said_somewhere():
    said = _identity("青山区民政局2023年度部门决算\n一、概况\n按照武汉市民政局要求\n")
    assert (said.district, said.city, said.province) == ("青山区", "武汉市", "湖北省")
    unsaid = _identity("青山区民政局2023年度部门决算\n一、概况\n按照要求\n")
    assert (unsaid.district, unsaid.city, unsaid.province) == ("青山区", None, None)
    assert unsaid.evidence["city"] == "“青山区”在包头市、武汉市都有，报告未写明属于哪一市"


def test_a_place_that_the_code_table_lacks_is_not_guessed():
    identity = _identity("龙南区民政局2023年度部门决算\n")
    assert identity.district is None
    assert identity.evidence["district"] == "“龙南区”不在行政区划代码表（GB/T 2260）中"
    zone = _identity("武汉东湖新技术开发区管理委员会\n2023年度部门决算\n")
    assert (zone.city, zone.district) == ("武汉市", None)


def test_an_unfilled_form_has_no_issuer():
    identity = _identity("上海市 XX 局\n2024 年度部门决算\n\n目 录\n")
    assert (identity.issuer, identity.district) == (None, None)
    assert identity.evidence["issuer"] == "单位名称处是占位符“上海市XX局”"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("武汉市江夏区民政局2024年1-6月项目支出绩效运行监控表\n", 6),
        ("2024年上半年部门预算绩效运行监控报告\n填报单位：洪山区民政局\n", 6),
        ("2024年部门预算绩效运行监控情况表\n项目名称\t1—9月执行数\t1—9月执行率\n", 9),
        ("2024年部门预算绩效运行监控情况表\n项目名称\t执行数\n", None),
        ("2024年度部门决算\n其中1-7月未正常开展服务。\n", 12),
    ],
)
def test_the_period_of_a_monitoring_form_is_the_one_its_headings_name(text, month):
    identity = _identity(text)
    assert identity.period_end_month == month


def test_a_superior_named_in_a_field_is_not_the_issuer_when_the_title_names_one():
    identity = _identity("武汉市青山区福利院2023年度单位决算\n主管部门：武汉市青山区民政局\n")
    assert identity.issuer == "武汉市青山区福利院"


@pytest.mark.parametrize(
    ("text", "issuer", "district"),
    [
        ("万源市民政局关于2021年度困难群众救助资金绩效自评报告\n一、基本情况\n", "万源市民政局", "万源市"),
        ("（2018部门预算公开）濉溪县民政局2018年部门预算\n一、收支情况\n", "濉溪县民政局", "濉溪县"),
        ("2025年“三公”经费预算公开\n经绵竹市财政局汇总，2025年预算总额为1969万元。\n", "绵竹市财政局", "绵竹市"),
        (
            "项目绩效目标表（2021年度）填报单位（盖章）：宁乡市坝塘镇人民政府 项目名称：道路\n",
            "宁乡市坝塘镇人民政府",
            "宁乡市",
        ),
        ("鹿寨县2019年度“三公”经费支出决算情况\n2019年支出1165万元。\n", None, "鹿寨县"),
        ("2023年政府决算公开\n一、收支情况\n", None, None),
    ],
)
def test_who_reports_is_read_from_titles_of_notices_and_from_who_added_up(
    text: str, issuer: str | None, district: str | None
) -> None:
    found = _identity(text)
    assert (found.issuer, found.district) == (issuer, district)


def test_a_column_of_the_site_over_the_title_does_not_hide_it():
    text = (
        "预算绩效管理\n- 索引号: 2025-00002\n- 发布日期: 2025-04-29\n濉溪县民政局2024年度项目支出绩效自评报告"
        "\n一、基本情况\n"
    )
    assert _identity(text).title == "濉溪县民政局2024年度项目支出绩效自评报告"
