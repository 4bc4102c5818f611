"""Numbers in workbooks read as a person sees them, without the noise of binary fractions and without loss of zeros."""

from __future__ import annotations

import datetime as dt

import pytest

from pipelines.documents.date_format import shown_date
from pipelines.documents.number_format import plain, shown

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (35842.659999999996, "35842.66"),
        (11223.7200000004, "11223.72"),
        (205.0, "205"),
        (1e-17, "0"),
        (-0.0, "0"),
        (1 / 3, "0.333333333"),
        (20240101.0, "20240101"),
        (float("nan"), "#NUM!"),
    ],
)
def test_a_number_without_a_format_is_its_shortest_text(stored: float, text: str) -> None:
    assert plain(stored) == text


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        (90, "0.00", "90.00"),
        (1234567.8, "#,##0.00", "1,234,567.80"),
        (0.4669, "0.00%", "46.69%"),
        (0.46694, "0%", "47%"),
        (1.005, "0.00", "1.01"),
        (2, "00", "02"),
        (2.5, "0.##", "2.5"),
        (12, '0.00"万元"', "12.00万元"),
        (12.5, "[$¥-804]#,##0.00", "¥12.50"),
        (1234.5, "[>=1000]#,##0.0;0.00", "1,234.5"),
        (5, "[>=1000]#,##0.0;0.00", "5.00"),
        (0.5, "# ?/?", "0.5"),
        (3, 'General"期"', "3期"),
    ],
)
def test_a_number_is_shown_with_the_decimals_grouping_and_words_of_its_format(
    stored: float, code: str, text: str
) -> None:
    assert shown(stored, code) == text


@pytest.mark.parametrize(
    ("code", "text"), [("0!.0,", "1.2"), ("0.00,", "12.35"), ("#,##0,", "12"), ("0!.00,,", "0.00")]
)
def test_a_format_that_scales_gives_the_amount_in_the_unit_the_table_states(code: str, text: str) -> None:
    assert shown(12345, code) == text


@pytest.mark.parametrize(
    ("code", "text"), [(ACCOUNTING, "0.00"), (";;;", "0"), ("0.0;-0.0;", "0.0"), ('0;-0;"无"', "0")]
)
def test_a_zero_that_its_format_hides_stays_a_zero(code: str, text: str) -> None:
    assert shown(0, code) == text


@pytest.mark.parametrize("code", ["0.00_);(0.00)", "0.00;[Red]0.00", ACCOUNTING, "0.00", "0.00_);\\(0.00\\)"])
def test_a_negative_number_has_a_minus_sign_however_its_format_marks_it(code: str) -> None:
    assert shown(-5.5, code) == "-5.50"


def test_a_number_that_rounds_to_zero_has_no_sign() -> None:
    assert shown(-0.001, "0.00") == "0.00"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('yyyy"年"m"月"d"日"', "2024年3月5日"),
        ("yyyy-mm-dd hh:mm", "2024-03-05 08:07"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd", "2024年3月5日"),
        ('yyyy"年"m"月";@', "2024年3月"),
        (None, "2024/3/5"),
    ],
)
def test_a_date_is_shown_as_its_format_says(code: str | None, text: str) -> None:
    assert shown_date(dt.datetime(2024, 3, 5, 8, 7), code) == text
