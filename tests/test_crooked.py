"""Tables whose wrapped cells a converter broke apart: no figure is given to the wrong indicator, and it is said."""

from __future__ import annotations

from pipelines.core.relations import Reading
from pipelines.reading import read

_HEAD = "一级指标\t二级指标\t三级指标\t年初目标值\t实际完成值\n"


def _read(text: str) -> Reading:
    return read(f"2024年度江夏区卫生健康局部门整体绩效自评表\n\n{text}".encode(), "made")


def _indicators(reading: Reading) -> set[tuple[str, str, str]]:
    return {(f.subject, f.measure, f.as_printed) for f in reading.facts if f.origin == "table"}


def test_rows_set_off_by_a_cell_give_no_indicator_the_name_of_its_level() -> None:
    reading = _read(
        f"{_HEAD}\t产出指标\t数量指标\t家庭医生签约人数\t5000人\t5200人\n\t\t\t建档人数\t800人\t810人\n"
        "\t\t质量指标\t随访规范\t规范\t规范\n"
    )
    assert _indicators(reading) == set()
    assert reading.document.status == "partial"
    assert "与表头对不上" in (reading.document.reason or "")


def test_a_level_whose_row_was_broken_is_not_the_level_above() -> None:
    reading = _read(
        f"{_HEAD}产出指标\t质量指标\t随访规范率\t90%\t95%\n\t时效\n指标\t及时率\t100%\t100%\n\t\t报告及时\t7天\t5天\n"
    )
    assert {f.level2 for f in reading.facts if f.subject == "随访规范率"} == {"质量指标"}
    assert {f.level2 for f in reading.facts if f.subject == "报告及时"} == {None}


def test_rows_under_their_headings_are_read_and_nothing_is_said() -> None:
    reading = _read(f"{_HEAD}产出指标\t质量指标\t随访规范率\t90%\t95%\n\t时效指标\t报告及时率\t100%\t100%\n")
    assert ("随访规范率", "actual", "95%") in _indicators(reading)
    assert "与表头对不上" not in (reading.document.reason or "")


def test_an_unknown_table_whose_figures_stand_past_its_headings_gives_none() -> None:
    page = "说明\n\n名称\t编制数\t实际在职人数\n医政股\t6\t5\n药政股\t医改\t3\t4\n"
    reading = read(page.encode(), "made")
    assert reading.tables[0].kind is None
    assert _indicators(reading) == set()
    assert reading.tables[0].crooked_rows == 2
    straight = read(page.replace("\t医改", "").encode(), "made")
    assert ("药政股", "3") in {(f.subject, f.as_printed) for f in straight.facts}


def test_an_unknown_table_that_lost_a_blank_cell_gives_none() -> None:
    page = "人员情况\t编制数\t2024年实际在职人数\t控制率\n12\t12\t100%\n"
    reading = read(page.encode(), "made")
    assert _indicators(reading) == set()
