"""What a printed figure stands for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.numbers import chinese_numeral, clean_number, is_blank, read_figure


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("≥99%", "99", "%", ">="),
        ("约1100人", "1100", "人", "~"),
        ("36.5万元", "36.5", "万元", "="),
        ("计划拨付53 万元", "53", "万元", "="),
        ("10万元/年", "10", "万元/年", "="),
        ("１２．５％", "12.5", "%", "="),
        ("277,992,200.00", "277992200.00", None, "="),
        ("95%以上", "95", "%", ">="),
        ("不低于90%", "90", "%", ">="),
        ("至少1个小区", "1", "个小区", ">="),
        ("每人每月100元", "100", "元", "="),
        ("6587余万元", "6587", "万元", ">="),
        ("一百二十三", "123", None, "="),
        ("三家", "3", "家", "="),
        ("3. 5万/年", "3.5", "万/年", "="),
        ("-1,330.5", "-1330.5", None, "="),
        ("不低于最低生活保障标准的1.3倍", "1.3", "倍", ">="),
    ],
)
def test_a_figure_keeps_its_value_unit_and_comparator(text, value, unit, comparator):
    figure = read_figure(text)
    assert figure is not None
    assert (figure.value, figure.unit, figure.comparator) == (Decimal(value), unit, comparator)


@pytest.mark.parametrize(
    "text", ["每月10号前", "当年发放", "是", "2022.3.15", "2023年", "达成预期目标", "一般", "三", "万元"]
)
def test_a_date_a_word_or_a_lone_numeral_is_not_a_figure(text):
    assert read_figure(text) is None


@pytest.mark.parametrize("text", ["", " ", "　", "——", "／", "无", "不适用", "-"])
def test_a_blank_is_not_a_zero(text):
    assert is_blank(text)
    assert clean_number(text) is None
    assert read_figure(text) is None


def test_the_figure_in_brackets_is_kept_beside_the_one_before_it():
    figure = read_figure("42（3）")
    assert figure is not None
    assert (figure.value, figure.bracket) == (Decimal(42), Decimal(3))


def test_a_number_broken_after_its_point_is_mended():
    assert clean_number("6856. 91") == Decimal("6856.91")


def test_a_row_of_numbers_is_not_one_number():
    assert clean_number("4 7 12 44 47") is None
    assert read_figure("1 2 3") is None


def test_accounting_brackets_mean_a_negative_amount_but_a_bracketed_ordinal_is_no_number():
    assert clean_number("（12.30）") == Decimal("-12.30")
    assert clean_number("(3)") is None


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("两万", 20000), ("一千零五", 1005), ("三亿二千万", 320000000)]
)
def test_chinese_numerals(text, value):
    assert chinese_numeral(text) == value


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_amount_survives_printing_with_thousands_separators(amount):
    printed = f"{amount:,.2f}"
    assert clean_number(printed) == amount
    figure = read_figure(printed + "万元")
    assert figure is not None
    assert (figure.value, figure.unit, figure.half_unit) == (amount, "万元", Decimal("0.005"))


@given(st.text(max_size=40))
def test_no_text_makes_a_figure_reader_fail(text):
    figure = read_figure(text)
    assert figure is None or figure.value.is_finite()
    number = clean_number(text)
    assert number is None or number.is_finite()
