"""The Great Expectations of this project's own: sums and ratios of rounded figures, filled columns, column types.

Importing this module registers them and imports Great Expectations, which takes seconds: import it late.
Every figure column `x` stands beside a column `x_half_unit`, half of the last place that x is printed with; a
figure is the interval x ± x_half_unit, and an identity fails only where no values inside the intervals satisfy it
(XBRL Calculations 1.1). Rows in which a figure is missing are not evaluated.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Literal

import pandas as pd
from great_expectations.compatibility import pydantic
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation, MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (
    MulticolumnMapMetricProvider,
)

from pipelines.core.interval import Interval, quotient

DOMAIN_KEYS = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")


def half_unit_column(column: str) -> str:
    """The column that holds half of the last printed place of `column`."""
    return f"{column}_half_unit"


def sum_holds(row: dict[str, Any], parts: list[str], total: str) -> bool:
    """Whether some values inside the parts' intervals add up to one inside the total's."""
    added = _interval(row, parts[0])
    for part in parts[1:]:
        added = added + _interval(row, part)
    return added.meets(_interval(row, total))


def ratio_holds(row: dict[str, Any], numerator: str, denominator: str, percent: str) -> bool:
    """Whether 100 · numerator ÷ denominator can be `percent`; a denominator that can be zero proves nothing."""
    computed = quotient(_interval(row, numerator), _interval(row, denominator))
    return computed is None or computed.meets(_interval(row, percent))


def _interval(row: dict[str, Any], column: str) -> Interval:
    return Interval.around(Decimal(row[column]), Decimal(row[half_unit_column(column)]))


def _rows(columns: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(columns.columns, row, strict=True)) for row in columns.itertuples(index=False, name=None)]


class SumIdentity(MulticolumnMapMetricProvider):
    """Rows in which the parts add up to the total."""

    condition_metric_name = "multicolumn_values.sum_identity"
    condition_domain_keys = DOMAIN_KEYS
    condition_value_keys = ("parts", "total")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, parts: list[str], total: str, **_: Any) -> pd.Series:
        return pd.Series([sum_holds(r, parts, total) for r in _rows(column_list)], column_list.index, bool)


class RatioIdentity(MulticolumnMapMetricProvider):
    """Rows in which the stated percentage is the quotient."""

    condition_metric_name = "multicolumn_values.ratio_identity"
    condition_domain_keys = DOMAIN_KEYS
    condition_value_keys = ("numerator", "denominator", "percent")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, numerator: str, denominator: str, percent: str, **_: Any) -> pd.Series:
        holds = [ratio_holds(r, numerator, denominator, percent) for r in _rows(column_list)]
        return pd.Series(holds, column_list.index, bool)


class FilledColumns(MulticolumnMapMetricProvider):
    """Rows in which no column is NULL."""

    condition_metric_name = "multicolumn_values.filled"
    condition_domain_keys = DOMAIN_KEYS
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series:
        return column_list.notna().all(axis=1)


class _Identity(MulticolumnMapExpectation):
    """Fills `column_list`, which Great Expectations wants, from the figures that the identity names."""

    figures: ClassVar[tuple[str, ...]] = ()
    ignore_row_if: Literal["all_values_are_missing", "any_value_is_missing", "never"] = "all_values_are_missing"

    @pydantic.root_validator(pre=True)
    def _name_the_columns(cls, values: dict[str, Any]) -> dict[str, Any]:
        named: list[str] = []
        for key in cls.figures:
            value = values.get(key, [])
            named += [value] if isinstance(value, str) else list(value)
        columns = [c for name in named for c in (name, half_unit_column(name))]
        return values | {"column_list": columns, "ignore_row_if": "any_value_is_missing"}


class ExpectSumIdentity(_Identity):
    """In every row the `parts` add up to `total`, as far as their printed places let it be said."""

    parts: list[str]
    total: str
    figures: ClassVar[tuple[str, ...]] = ("parts", "total")
    map_metric: ClassVar[str] = "multicolumn_values.sum_identity"
    success_keys: ClassVar[tuple[str, ...]] = ("parts", "total", "mostly")
    args_keys: ClassVar[tuple[str, ...]] = ("parts", "total")


class ExpectRatioIdentity(_Identity):
    """In every row `percent` is 100 · `numerator` ÷ `denominator`, as far as the printed places let it be said."""

    numerator: str
    denominator: str
    percent: str
    figures: ClassVar[tuple[str, ...]] = ("numerator", "denominator", "percent")
    map_metric: ClassVar[str] = "multicolumn_values.ratio_identity"
    success_keys: ClassVar[tuple[str, ...]] = ("numerator", "denominator", "percent", "mostly")
    args_keys: ClassVar[tuple[str, ...]] = ("numerator", "denominator", "percent")


class ExpectFilledColumns(MulticolumnMapExpectation):
    """In every row all columns of `column_list` are filled: one pass where the stock expectation needs one a column."""

    ignore_row_if: Literal["all_values_are_missing", "any_value_is_missing", "never"] = "all_values_are_missing"
    map_metric: ClassVar[str] = "multicolumn_values.filled"

    @pydantic.root_validator(pre=True)
    def _look_at_every_row(cls, values: dict[str, Any]) -> dict[str, Any]:
        return values | {"ignore_row_if": "never"}


class ExpectColumnTypes(BatchExpectation):
    """Every column of `types` has the Arrow type given there (the stock expectation knows no Arrow types)."""

    types: dict[str, str]
    metric_dependencies: ClassVar[tuple[str, ...]] = ("table.column_types",)
    success_keys: ClassVar[tuple[str, ...]] = ("types",)
    args_keys: ClassVar[tuple[str, ...]] = ("types",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002 - the base class's signature
        execution_engine: Any = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        found = {c["name"]: str(c["type"]).removesuffix("[pyarrow]") for c in metrics["table.column_types"]}
        wrong = {name: found.get(name, "missing") for name, want in self.types.items() if found.get(name) != want}
        return {"success": not wrong, "result": {"observed_value": wrong}}
