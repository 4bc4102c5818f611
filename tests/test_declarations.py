"""Declarations of a project's targets: its money for all years and for this one, side by side, each added up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from test_layouts import findings

from pipelines.reading import read

FORM = """<html><head><meta charset="utf-8"></head><body><table border="1">
<tr><td colspan="6">财政项目支出绩效目标申报表</td></tr>
<tr><td colspan="6">（2025年度）</td></tr>
<tr><td>项目名称</td><td colspan="2">公园养护</td><td>主管部门</td><td colspan="2">鹤壁市淇滨区城市管理局</td></tr>
<tr><td rowspan="4">项目资金（元）</td><td>项目资金总额</td><td>900,000.00</td><td>年度资金申请总额</td>
 <td colspan="2">300,000.00</td></tr>
<tr><td rowspan="2">其中：财政资金</td><td rowspan="2">850,000.00</td><td>其中：当年财政拨款</td>
 <td colspan="2">280,000.00</td></tr>
<tr><td>上年结转资金</td><td colspan="2">0.00</td></tr>
<tr><td>其他资金</td><td>50,000.00</td><td>其他资金</td><td colspan="2">20,000.00</td></tr>
<tr><td rowspan="3">绩效指标</td><td>一级指标</td><td>二级指标</td><td colspan="2">三级指标</td><td>指标值</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td colspan="2">养护面积</td><td>≥300亩</td></tr>
<tr><td>满意度指标</td><td>服务对象满意度</td><td colspan="2">居民满意度</td><td>≥90%</td></tr>
</table></body></html>"""


def test_each_side_of_the_amounts_is_a_list_of_its_own() -> None:
    facts = read(FORM.encode(), "made.html").facts
    lists = {(f.list_id, f.list_role, f.amount_yuan) for f in facts if f.list_id}
    everything, this_year = sorted({str(name) for name, _, _ in lists})
    assert {(role, amount) for name, role, amount in lists if name == everything} == {
        ("total", Decimal(900000)),
        ("part", Decimal(850000)),
        ("part", Decimal(50000)),
    }
    assert {(role, amount) for name, role, amount in lists if name == this_year} == {
        ("total", Decimal(300000)),
        ("part", Decimal(280000)),
        ("part", Decimal(0)),
        ("part", Decimal(20000)),
    }


def test_a_declaration_that_adds_up_raises_nothing(tmp_path: Path) -> None:
    assert findings({"clean": [FORM]}, tmp_path) == {"clean": {}}


@pytest.mark.parametrize(("old", "new"), [("280,000.00", "330,000.00"), ("50,000.00", "5,000.00")])
def test_the_side_that_does_not_add_up_is_told(old: str, new: str, tmp_path: Path) -> None:
    assert old in FORM
    found = findings({"wrong": [FORM.replace(old, new)]}, tmp_path)["wrong"]
    assert list(found) == ["SUM002"]
