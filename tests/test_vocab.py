"""The vocabulary: every row has its source, codes hang together, places and units are what the standards say."""

import csv
import re
from importlib.resources import files

import pytest

from pipelines.vocab import (
    districts,
    economic_codes,
    functional_codes,
    programme_rules,
    programmes,
    unit_of,
    units,
)
from pipelines.vocab.places import place_of

LISTS = (
    "programmes", "programme_rules", "functional_codes", "economic_codes", "districts", "measures", "units",
    "indicator_levels",
)  # fmt: skip


def _rows(name):
    return list(csv.DictReader(files("pipelines.vocab").joinpath(name).read_text("utf-8").splitlines()))


@pytest.mark.parametrize("name", LISTS)
def test_every_row_of_every_list_names_its_source(name):
    rows = _rows(f"{name}.csv")
    assert rows
    assert [r for r in rows if not r["source"].strip()] == []


def test_programmes_have_one_meaning_an_alias_and_parents_that_exist():
    ids = [p.programme for p in programmes()]
    assert len(ids) == len(set(ids))
    aliases = [a.removeprefix("=") for p in programmes() for a in p.aliases]
    assert len(aliases) == len(set(aliases))
    for p in programmes():
        assert re.fullmatch(r"[a-z_]+", p.programme)
        assert p.parent is None or p.parent in ids
        assert p.work_cost is None or p.work_cost in ids
        assert p.kind in {"benefit", "service", "administration", "operation", "fund"}


def test_no_programme_is_its_own_ancestor():
    parent = {p.programme: p.parent for p in programmes()}
    for programme in parent:
        seen = [programme]
        while (above := parent[seen[-1]]) is not None:
            assert above not in seen
            seen.append(above)


def test_a_functional_code_belongs_to_one_programme_and_is_in_the_classification():
    codes = [c for p in programmes() for c in p.functional_codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= {c.code for c in functional_codes()}


def test_rules_of_linking_are_of_the_kinds_that_are_read():
    assert {r.rule for r in programme_rules()} == {"suffix", "work", "join", "aside", "mask"}


@pytest.mark.parametrize("codes", [functional_codes(), economic_codes()], ids=["functional", "economic"])
def test_codes_hang_from_their_class_and_section(codes):
    known = {c.code for c in codes}
    for c in codes:
        assert {3: "class", 5: "section", 7: "item"}[len(c.code)] == c.level
        assert c.parent == (c.code[:-2] or None if len(c.code) > 3 else None)
        assert c.parent is None or c.parent in known
        assert c.valid_from is None or c.valid_to is None or c.valid_from <= c.valid_to


def _names(code, year):
    return {c.name for c in functional_codes() if c.code == code and c.in_use(year)}


def test_210_was_renamed_in_2019():
    assert _names("210", 2018) == {"医疗卫生与计划生育支出"}
    assert _names("210", 2026) == {"卫生健康支出"}


def test_names_of_codes_that_the_reports_print():
    assert _names("20805", 2017) == {"行政事业单位离退休"}
    assert _names("20805", 2024) == {"行政事业单位养老支出"}
    assert _names("2080208", 2023) == {"基层政权建设和社区治理"}
    assert _names("2081901", 2023) == {"城市最低生活保障金支出"}
    assert _names("2081006", 2019) == set()
    assert "用于社会福利的彩票公益金支出" in _names("2296002", 2023)
    assert {c.name for c in economic_codes() if c.code == "310" and c.in_use(2024)} == {"资本性支出"}


def test_districts_are_counted_as_the_ministry_counts_them():
    today = [d for d in districts() if d.district and d.valid_to is None]
    count = {
        province: sum(d.province == province for d in today)
        for province in ("北京市", "上海市", "江苏省", "湖北省", "湖南省", "广东省")
    }
    assert count == {"北京市": 16, "上海市": 16, "江苏省": 95, "湖北省": 103, "湖南省": 122, "广东省": 122}
    assert sum(d.code.endswith("0000") for d in districts()) == 34
    codes = [d.code for d in districts()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"\d{6}", c) for c in codes)


def test_the_districts_of_wuhan_and_zhuzhou():
    names = {d.district: d.code for d in districts() if d.city == "武汉市" and d.district}
    assert len(names) == 13
    assert names["青山区"] == "420107"
    assert names["东西湖区"] == "420112"
    assert names["蔡甸区"] == "420114"
    zhuzhou = {d.district: d.code for d in districts() if d.city == "株洲市" and d.district and d.valid_to is None}
    assert zhuzhou == {
        "荷塘区": "430202", "芦淞区": "430203", "石峰区": "430204", "天元区": "430211", "渌口区": "430212",
        "攸县": "430223", "茶陵县": "430224", "炎陵县": "430225", "醴陵市": "430281",
    }  # fmt: skip


def test_a_place_is_read_from_the_beginning_of_a_name_only():
    place = place_of("武汉市东西湖区民政局")
    assert place is not None
    assert (place.district, place.city, place.province, place.rest) == ("东西湖区", "武汉市", "湖北省", "民政局")
    assert place_of("区人才工作专项") is None
    assert place_of("龙南区养老服务设施建设改造工程") is None


def test_a_name_that_two_cities_share_is_left_open():
    place = place_of("青山区民政局")
    assert place is not None
    assert (place.district, place.city) == ("青山区", None)
    assert {c.city for c in place.candidates} == {"武汉市", "包头市"}


@pytest.mark.parametrize(
    ("name", "district", "city"),
    [
        ("湖北武汉东西湖区民政局", "东西湖区", "武汉市"),
        ("铜陵市郊区民政局", "郊区", "铜陵市"),
        ("昆山市民政局", "昆山市", "苏州市"),
        ("内蒙古自治区呼伦贝尔市鄂温克族自治旗民政局", "鄂温克族自治旗", "呼伦贝尔市"),
        ("忠县民政局", "忠县", "重庆市"),
        ("吉林省吉林市船营区民政局", "船营区", "吉林市"),
        ("下城区民政局", "下城区", "杭州市"),
        ("天门市民政局", "天门市", None),
        ("株洲市民政局", None, "株洲市"),
    ],
)
def test_places_of_other_bureaus(name, district, city):
    place = place_of(name)
    assert place is not None
    assert (place.district, place.city) == (district, city)


def test_units_know_their_other_names():
    spellings = [s for u in units() for s in (u.unit, *u.aliases)]
    assert len(spellings) == len(set(spellings))
    wan = unit_of("万")
    assert wan is not None
    assert (wan.unit, wan.factor) == ("万元", 10_000)
    person = unit_of("名")
    assert person is not None
    assert person.unit == "人"
    assert unit_of("月10号前") is None
