"""Great Expectations suites: one UTF-8 JSON a table in expectations/, run on Arrow-backed frames of the warehouse.

`expectations/<schema>.<table>.json` states what must hold of a table; a second suite about the same table adds a
word to the name (`staging.facts.identities.json`) and may bring its own frame, the SELECT in a `.sql` beside it.
An expectation of severity `critical` is about structure, and its failure forbids publication; `warning` is about
what the reports themselves say. Listing suites is cheap; running them imports Great Expectations, which is not.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb

from pipelines.orchestration.late import late
from pipelines.settings import MODELS

EXPECTATIONS = MODELS / "expectations"
"""The folder of all suites."""
PLACE = "place"
"""Where in its suite an expectation stands, so that results can be told apart and keep their order."""
STRUCTURE = "structure"
"""The check name of a table's first suite."""


HARDLY_USED = ("scipy.stats", "altair")
"""What Great Expectations imports for expectations about distributions and for their drawing: a third of its start."""
_IMPORTING = threading.Lock()


class SuiteError(ValueError):
    """A suite file is not in form; the message names it."""


@dataclass(frozen=True, slots=True)
class Suite:
    """What must hold of one table: `check` names it among the suites of `schema.table`."""

    schema: str
    table: str
    check: str
    title: str
    keys: tuple[str, ...]
    select: str
    body: Mapping[str, Any]

    @property
    def full_name(self) -> str:
        """`schema.table`."""
        return f"{self.schema}.{self.table}"


@dataclass(frozen=True, slots=True)
class Unmet:
    """One expectation that does not hold, with its failing rows as text (empty where the table as a whole fails)."""

    expectation: str
    description: str
    critical: bool
    count: int
    rows: tuple[dict[str, str], ...]
    observed: str = ""


@dataclass(frozen=True, slots=True)
class Validation:
    """The outcome of one suite."""

    suite: Suite
    rows: int
    evaluated: int
    unmet: tuple[Unmet, ...]

    @property
    def passed(self) -> bool:
        """Whether every expectation holds."""
        return not self.unmet

    @property
    def forbids_publication(self) -> bool:
        """Whether an expectation about structure does not hold."""
        return any(u.critical for u in self.unmet)


def suites(schema: str, root: Path = EXPECTATIONS) -> tuple[Suite, ...]:
    """The suites of one schema's tables, by file name."""
    return tuple(load(path) for path in sorted(root.glob(f"{schema}.*.json")))


def load(path: Path) -> Suite:
    """One suite file. Raises SuiteError where its name or its `meta` is not in form."""
    parts = path.stem.split(".")
    if len(parts) not in (2, 3):
        raise SuiteError(f"{path.name}: the name must be <schema>.<table>.json or <schema>.<table>.<check>.json")
    body = json.loads(path.read_text(encoding="utf-8"))
    meta = body.get("meta", {})
    if body.get("name") != path.stem or not meta.get("title") or not meta.get("keys"):
        raise SuiteError(f"{path.name}: needs name {path.stem!r}, and in meta a title and the keys of a row")
    schema, table, check = (*parts, STRUCTURE)[:3]
    frame = path.with_suffix(".sql")
    select = frame.read_text(encoding="utf-8") if frame.exists() else f"select * from {schema}.{table}"
    return Suite(schema, table, check, meta["title"], tuple(meta["keys"]), select, body)


def validate(con: duckdb.DuckDBPyConnection, suites: Iterable[Suite]) -> list[Validation]:
    """Runs the suites on the open warehouse, in an ephemeral context that writes and sends nothing."""
    gx = _great_expectations()
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    # One asset lends itself to every frame: each one more has the context write its whole configuration again.
    asset = context.data_sources.add_pandas("warehouse").add_dataframe_asset("table")
    whole = asset.add_batch_definition_whole_dataframe("whole")
    return [_validate(con, whole, suite) for suite in suites]


def load_ahead() -> None:
    """Begins to import Great Expectations beside whatever this process waits for; `validate` waits for the rest."""
    threading.Thread(target=_great_expectations, name="import", daemon=True).start()


def _great_expectations() -> Any:
    """The library with the project's own expectations registered; the first call takes seconds."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with _IMPORTING, late(*HARDLY_USED):
        gx = import_module("great_expectations")
        import_module("pipelines.orchestration.identities")
    return gx


def _validate(con: duckdb.DuckDBPyConnection, whole: Any, suite: Suite) -> Validation:
    import pandas as pd  # noqa: PLC0415 - comes with Great Expectations
    from great_expectations.core.expectation_suite import ExpectationSuite  # noqa: PLC0415

    # Arrow keeps decimals exact, where DuckDB's own data frames turn them into floats.
    frame = con.sql(suite.select).to_arrow_table().to_pandas(types_mapper=pd.ArrowDtype)
    batch = whole.get_batch({"dataframe": frame})

    def run(expectations: Iterable[dict[str, Any]], form: Any) -> list[Any]:
        results = batch.validate(ExpectationSuite(suite.body["name"], list(expectations)), result_format=form).results
        return sorted(results, key=lambda r: r.expectation_config.meta[PLACE])

    # Gathering failing rows costs as much again as judging; so it is done for what fails, which is rare.
    stated = [{**e, "meta": {PLACE: i}} for i, e in enumerate(suite.body["expectations"])]
    failed = [r.expectation_config.meta[PLACE] for r in run(stated, "BOOLEAN_ONLY") if not r.success]
    rows = {"result_format": "COMPLETE", "unexpected_index_column_names": list(suite.keys)}
    unmet = [_unmet(r, suite.keys) for r in run([stated[i] for i in failed], rows)] if failed else []
    return Validation(suite, len(frame), len(stated), tuple(unmet))


def _unmet(result: Any, keys: tuple[str, ...]) -> Unmet:
    config, outcome = result.expectation_config, result.result
    error = _error(result.exception_info)
    failing = outcome.get("unexpected_index_list") or ()
    rows = [{k: _text(v) for k, v in _in_order(row, keys).items()} for row in failing]
    observed = outcome.get("observed_value")
    return Unmet(
        expectation=_worded(config),
        description=config.description or "",
        # An expectation that could not be evaluated says that the table is not what the suite was written for.
        critical=bool(error) or config.severity.value == "critical",
        count=outcome.get("unexpected_count") or len(rows),
        rows=tuple(rows),
        observed=error or ("" if observed is None else str(observed)),
    )


def _in_order(row: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {k: row[k] for k in keys} | {k: v for k, v in row.items() if k not in keys}


def _text(value: Any) -> str:
    """A value for people: decimals without exponent or padding zeros."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _worded(config: Any) -> str:
    shown = {k: v for k, v in config.kwargs.items() if k not in ("batch_id", "ignore_row_if", "column_list")}
    if "column_list" in config.kwargs and not {"parts", "numerator"} & shown.keys():
        shown["column_list"] = config.kwargs["column_list"]
    return f"{config.type}({', '.join(f'{k}={v}' for k, v in shown.items())})"


def _error(info: Mapping[str, Any]) -> str:
    """The words of what was raised: one record, or one for each metric."""
    records = [info] if "raised_exception" in info else list(info.values())
    return "; ".join(str(r["exception_message"]).strip() for r in records if r.get("raised_exception"))
