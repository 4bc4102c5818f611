"""Merged labels that were flowed into one row of their block."""

from pipelines.facts.levels import Label, carried_down, centred


def test_a_label_in_the_first_row_of_its_block_is_carried_down():
    assert carried_down(["产出", None, "效益", None, None]) == ["产出", "产出", "效益", "效益", "效益"]


def test_a_label_in_the_middle_of_its_block_covers_rows_above_and_below():
    labels = [Label(1, "数量"), Label(3, "质量")]
    assert centred(4, labels) == ["数量", "数量", "数量", "质量"]


def test_a_label_between_two_rows_covers_an_even_block():
    assert centred(4, [Label(0.5, "成本"), Label(2.5, "产出")]) == ["成本", "成本", "产出", "产出"]


def test_a_row_that_a_label_does_not_fit_goes_to_the_next_block():
    labels = [Label(0, "产出"), Label(2, "效益")]
    free = centred(5, labels)
    held = centred(5, labels, fits=lambda row, label: not (row == 1 and label == "效益"))
    assert free != held
    assert held[1] == "产出"


def test_without_labels_nothing_is_claimed():
    assert centred(3, []) == [None, None, None]
