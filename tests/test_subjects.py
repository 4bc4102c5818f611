"""Subjects as the five reports print them, and the programmes they belong to."""

import pytest

from pipelines.facts.subjects import Link, link

DONGXIHU = {
    "城乡低保补助": "minimum_living_guarantee",
    "城乡特困供养人员救助": "extreme_poverty_support",
    "临时救助": "temporary_assistance",
    "救急难基金补助资金": "emergency_relief",
    "社区纳凉取暖": "community_cooling_heating",
    "低保工作经费": "social_assistance_administration",
    "老龄卫生健康事务(居 家养老补贴)": "home_community_elderly_care",
    "其他城市生活救助(集 中孤寡)": "other_living_assistance",
    "其他农村生活救助(定 期定量救助资金)": "other_living_assistance",
    "其他农村生活救助(节 日慰问资金)": "holiday_visits",
    "其他农村生活救助(集中特困换季衣被费和护 理管理费)": "extreme_poverty_support",
    "其他农村生活救助(低 保对象大病补充医疗保 险)": "supplementary_medical_insurance",
    "社区惠民项目": "community_benefit",
    "社区工作经费": "community_work_funds",
    "社区干事招聘(基政工作经费、社区工作者培训、社区工作者技能大赛)": "community_workers",
    "街道社工站建设运营管 理服务项目": "social_work",
    "残疾人两补发放资金": "disability_allowances",
    "精神障碍社区康复服务 工作项目": "mental_rehabilitation",
    "社会组织培育发展资金": "social_organisations",
    '春节、"六一"、暑假等节假日开展慰问活动': "holiday_visits",
    "政府购买儿童相关服务": "child_welfare",
    "儿童福利经费(含孤儿 助学)": "child_welfare",
    "勘界成果转化及道路清 理": "boundaries_place_names",
    "养老职业技能培训": "elderly_care_staff",
    "公益服务费": None,
    "一院一社工": "social_work",
    "社区养老服务设施运营 补贴": "home_community_elderly_care",
    "春节慰问": "holiday_visits",
    "第三方评估": None,
    "养老机构监控": "elderly_institutions",
    "养老服务设施场地险和 养老机构床位险": "elderly_facility_insurance",
    "护理员岗位补贴": "elderly_care_staff",
    "高龄津贴": "old_age_allowance",
    "老年人意外伤害保险": "elderly_accident_insurance",
    "特殊困难老年人居家养 老服务补贴": "home_community_elderly_care",
    "老年人食堂运营补贴试 点": "elderly_meals",
    "养老机构运营补贴": "elderly_institutions",
    "免除特殊困难群众基本 殡葬费用": "funeral",
    "生活无着的流浪乞讨人 员救助管理工作经费": "vagrant_relief",
    "其他民政管理事务(婚 姻登记)": "marriage_registration",
    "部门整体": None,
}
LUSONG = {
    "儿童福利项目": "child_welfare",
    "高龄补贴项目": "old_age_allowance",
    "惠民礼葬项目": "funeral",
    "养老服务体系建设项目": "elderly_care",
    "残疾人两项补贴项目": "disability_allowances",
    "城乡最低生活保障项目": "minimum_living_guarantee",
    "城乡特困供养救助人员项目": "extreme_poverty_support",
    "孤儿基本生活费和事实无人抚养儿童基本生活补贴项目": "orphans_unsupported_children",
    "惠民礼葬补贴项目": "funeral",
    "精简退职救济项目": "retrenched_worker_relief",
    "用于社会福利的彩票公益金项目": "welfare_lottery_fund",
    "特困供养基本生活补贴和护理补贴": "extreme_poverty_support",
    "临时价格补贴": "price_linkage_subsidy",
    "困难群众临时生活救助及流浪乞讨人员救助": "social_assistance",
    "孤儿基本生活费、事实无人抚养儿童生活补贴": "orphans_unsupported_children",
    "收养评估": "adoption",
    "高龄补贴": "old_age_allowance",
    "民政管理事务经费": "civil_affairs_management",
    "三公经费": None,
    "公务接待": None,
    "水费、电费、差旅费": None,
    "会议费、培训费": None,
    "政府采购金额": None,
}
QINGSHAN = {
    "一般行政管理事务": "general_administration",
    "行政运行": "agency_operation",
    "行政区划和地名管理": "boundaries_place_names",
    "基层政权建设和社区治理": "community_governance",
    "其他民政管理事务支出": "other_civil_affairs",
    "行政事业单位养老支出": "staff_retirement",
    "儿童福利": "child_welfare",
    "老年福利": "elderly_welfare",
    "殡葬": "funeral",
    "社会福利事业单位": "welfare_institutions",
    "养老服务": "elderly_care",
    "残疾人就业": "disability_employment",
    "残疾人生活和护理补贴": "disability_allowances",
    "城市最低生活保障金支出": "urban_minimum_living_guarantee",
    "城市特困人员救助供养支出": "urban_extreme_poverty_support",
    "其他城市生活救助": "other_living_assistance",
    "基本公共卫生服务": "public_health",
    "突发公共卫生事件应急处理": "epidemic_response",
    "行政事业单位医疗": "staff_medical",
    "住房保障支出": "staff_housing",
    "困难人员救助经费项目": "social_assistance",
    "高龄老人居家养老服务经费": "home_community_elderly_care",
    "“社区好味到”食堂建设经费": "elderly_meals",
    "其他民政事业费项目": "other_civil_affairs",
    "低保中心专干人员经费": "social_assistance_administration",
    "纳凉取暖经费": "community_cooling_heating",
    "政府购买专业社工服务项目": "social_work",
    "城市低保金项目": "urban_minimum_living_guarantee",
    "老龄事业发展经费项目": "ageing_affairs",
    "“互联网+居家养老”平台运营经费": "home_community_elderly_care",
    "人工智能养老社会实验社区建设补助": "elderly_care",
    "养老服务体系建设运营补助资金": "elderly_care",
    "大楼运行经费": "agency_operation",
    "社区工作者建设经费": "community_workers",
    "街道级行政区域界线勘定工作经费": "boundaries_place_names",
    "国际化社区试点建设经费": "community_governance",
    "残疾人补贴项目": "disability_allowances",
    "其他地方自行试点项目收益专项债券收入安排的支出": None,
    "卫生健康支出": None,
}
OWN_LEVEL_2021 = {
    "办公设备购置": None,
    "婚姻登记工作": "marriage_registration",
    "基层政权和社区建设": "community_governance",
    "界线争议调处维权": "boundaries_place_names",
    "民办社会福利机构": "welfare_institutions",
    "其他一般管理事务": "general_administration",
    "区人才工作专项": None,
    "社工助弱服务资助金": "social_work",
    "社会福利救济金": None,
    "社会救助工作经费": "social_assistance_administration",
    "社会组织管理": "social_organisations",
    "社区服务中心运营经费": "community_governance",
    "重大节日慰问活动": "holiday_visits",
    "养老服务": "elderly_care",
    "龙南区养老服务设施建设改造工程": "elderly_care",
}
CAIDIAN = {"一般公共预算财政拨款收入": None, "其他收入": None, "基本支出总额": None, "部门整体支出总额": None}


@pytest.mark.parametrize(
    ("subject", "programme"),
    [pair for report in (DONGXIHU, LUSONG, QINGSHAN, OWN_LEVEL_2021, CAIDIAN) for pair in report.items()],
)
def test_the_programme_of_a_subject_as_printed(subject, programme):
    found = link(subject)
    assert (found.programme if found else None) == programme


def test_the_basis_says_which_words_or_code_made_the_link():
    assert link("高龄津贴") == Link("old_age_allowance", "alias 高龄津贴")
    assert link("城乡低保补助") == Link("minimum_living_guarantee", "alias 城乡低保")
    assert link("社区纳凉取暖") == Link("community_cooling_heating", "containment 纳凉取暖")
    assert link("某项支出", "2081901") == Link("urban_minimum_living_guarantee", "code 2081901")


def test_a_link_unpacks_to_programme_and_basis():
    found = link("殡葬")
    assert found is not None
    programme, basis = found
    assert (programme, basis) == ("funeral", "alias 殡葬")


def test_the_cost_of_administering_a_benefit_is_not_the_benefit():
    assert link("低保工作经费") == Link("social_assistance_administration", "alias 低保工作经费")
    assert link("特困人员救助工作经费") == Link("social_assistance_administration", "work_cost 特困人员救助+工作经费")
    assert link("高龄津贴监管工作经费") == Link("ageing_affairs", "work_cost 高龄津贴+工作经费")
    assert link("特困供养人员经费") == Link("extreme_poverty_support", "containment 特困供养")


def test_two_joined_programmes_give_the_one_that_holds_both_or_none():
    both = link("困难群众临时生活救助及流浪乞讨人员救助")
    assert both == Link("social_assistance", "composite 困难群众临时生活救助+流浪乞讨")
    assert link("低保、婚姻登记") is None


def test_words_before_the_code_and_the_code_where_words_fail():
    named = link("社会福利院运行经费", "2081005")
    assert named == Link("welfare_institutions", "containment 社会福利院")
    assert link("行政运行", "2040601") == Link("agency_operation", "alias 行政运行")
    assert link("其他司法支出", "2040699") is None


def test_a_functional_path_is_linked_by_its_last_level():
    assert link("社会保障和就业支出(类)社会福利(款)殡葬(项)") == Link("funeral", "alias 殡葬")
    assert link("社会保障和就业支出（208类）行政事业单位养老支出（05款）行政单位离退休（01项）") == Link(
        "staff_retirement", "alias 行政单位离退休"
    )


@pytest.mark.parametrize("subject", ["最低保障线标准", "特困企业补助", "驻地名称变更", "区委社工部经费", ""])
def test_letters_that_only_look_like_a_programme_link_to_nothing(subject):
    assert link(subject) is None


def test_a_staff_pension_is_not_elderly_care():
    found = link("机关事业单位基本养老保险缴费支出")
    assert found is not None
    assert found.programme == "staff_retirement"


def test_enumerators_and_broken_words_do_not_matter():
    assert link("（1）城 乡最低生活保障项目") == link("城乡最低生活保障")
    assert link("2.困难人员救助经费") == link("困难人员救助")
