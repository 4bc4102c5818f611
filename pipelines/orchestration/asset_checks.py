"""Every Great Expectations suite as one asset check on its table, with the failing rows in its metadata."""

from __future__ import annotations

from collections.abc import Iterable

from dagster import AssetCheckResult, AssetCheckSeverity, AssetCheckSpec, AssetKey, MetadataValue

from pipelines.orchestration.expectations import Suite, Unmet, Validation

ROWS_SHOWN = 50
"""Failing rows of one expectation on a run's page; the count says how many there are."""


def spec(suite: Suite) -> AssetCheckSpec:
    """The check of a suite. It blocks: a structural failure stops the run before anything is published."""
    return AssetCheckSpec(
        name=suite.check,
        asset=AssetKey([suite.schema, suite.table]),
        description=suite.title,
        blocking=True,
    )


def result(validation: Validation) -> AssetCheckResult:
    """ERROR where structure fails, WARN where the reports themselves do not hold what they should."""
    suite = validation.suite
    critical = validation.forbids_publication
    return AssetCheckResult(
        asset_key=AssetKey([suite.schema, suite.table]),
        check_name=suite.check,
        passed=validation.passed,
        severity=AssetCheckSeverity.ERROR if critical else AssetCheckSeverity.WARN,
        description="；".join(_headline(u) for u in validation.unmet) or None,
        metadata={
            "rows": validation.rows,
            "expectations": validation.evaluated,
            "unmet": len(validation.unmet),
            **{f"unmet_{i}": MetadataValue.md(_details(u)) for i, u in enumerate(validation.unmet, 1)},
        },
    )


def _headline(unmet: Unmet) -> str:
    words = unmet.description or unmet.expectation
    how_much = f"{unmet.count} 行" if unmet.count else unmet.observed
    return f"{words}（{how_much}）" if how_much else words


def _details(unmet: Unmet) -> str:
    lines = [f"**{_escaped(unmet.description)}**", "", f"`{unmet.expectation}`", ""]
    if unmet.observed:
        lines += [f"observed: `{unmet.observed}`", ""]
    if unmet.rows:
        shown = unmet.rows[:ROWS_SHOWN]
        lines += markdown_table(list(shown[0]), ([row.get(c, "") for c in shown[0]] for row in shown))
    if unmet.count > len(unmet.rows[:ROWS_SHOWN]):
        lines += ["", f"… {unmet.count} rows in all"]
    return "\n".join(lines)


def markdown_table(columns: list[str], rows: Iterable[list[str]]) -> list[str]:
    """The lines of a table in Markdown."""
    head = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    return head + [f"| {' | '.join(_escaped(value) for value in row)} |" for row in rows]


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
