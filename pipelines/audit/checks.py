"""The checks: every SQL file of sql/checks/<family>/, with what its header says of it. Nothing is registered.

A file is one SELECT of candidate equations over the relations of sql/checks/*.sql: `figures`, `statements`, `lists`,
`nearby`, for tables of accounts `accounts`, `branches` and `sheets`, for the tables of one report against each other
`mentions` and `twice`, for cells without a figure `gaps`, for what figures are about `said_in_tables`, `said_in_prose`
and `tied`, for what is said in words `passages`, `reports` and `years`, and for what several reports say `neighbours`
and `comparable`. Its header is `-- 标题 / Title`, then `-- @tag text`, where `--   text` carries on the line above:

@formula @basis  what must hold, and by what identity, form note or rule
@severity        error, warning or hint, for a failure that no other reading explains
@needs           the measures without which a document has nothing to check
@origin          table, narrative or any: where those figures must stand
@across          the relations of `neighbours` (any of them) without which there is no other report to compare with
@reading         `name 中文 / English`, for each reading besides the named one
@message_zh @message_en    what is wrong, with {fields} (see pipelines/audit/wording.py)
@fits_zh @fits_en          the same where another reading fits
@good @bad       small facts as JSON (see pipelines/audit/examples.py): no finding, exactly one finding
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipelines.settings import MODELS

CHECKS = MODELS / "sql" / "checks"
SEVERITIES = ("error", "warning", "hint")
ORIGINS = ("table", "narrative", "any")
_USED = re.compile(r"\b(?:from|join)\s+(\w+)")
_COMMENT = re.compile(r"--.*")
_TAG = re.compile(r"^@(\w+)\s+(.*)$")
_SINGLE = (
    "formula",
    "basis",
    "severity",
    "needs",
    "origin",
    "across",
    "message_zh",
    "message_en",
    "fits_zh",
    "fits_en",
)
_OPTIONAL = ("across", "fits_zh", "fits_en")

Example = list[dict[str, Any]]


class CheckError(ValueError):
    """A check file is not in form; the message names the file and says what is missing."""


@dataclass(frozen=True)
class Check:
    """One check: what it says must hold, and the SELECT that finds the places where it must."""

    id: str
    family: str
    title_zh: str
    title_en: str
    severity: str
    formula: str
    basis: str
    needs: tuple[str, ...]
    origin: str
    across: tuple[str, ...]
    message: dict[str, str]
    fits: dict[str, str]
    readings: dict[str, tuple[str, str]]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    sql: str = field(repr=False)


def discover(root: Path = CHECKS) -> tuple[Check, ...]:
    """All checks, in the order of their ids. Raises CheckError for a file out of form or an id used twice."""
    checks = [load(path) for path in sorted(root.glob("*/*.sql"), key=lambda p: (p.stem, str(p)))]
    for one, other in pairwise(checks):
        if one.id == other.id:
            raise CheckError(f"two checks are called {one.id}: in {one.family}/ and {other.family}/")
    return tuple(checks)


def relations(checks: Iterable[Check], root: Path = CHECKS) -> dict[str, str]:
    """The relations that these checks are stated over, name → SELECT, in the order they are built.

    `figures` and `gaps` are always among them; `neighbours` where a check compares reports.
    """
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(root.glob("*.sql"))}
    uses = {name: sorted(found.keys() & _named(sql) - {name}) for name, sql in found.items()}
    asked: set[str] = set()
    more = {"figures", "gaps"} | {name for check in checks for name in found.keys() & _named(check.sql)}
    if any(check.across for check in checks):
        more.add("neighbours")
    while more:
        asked |= more
        more = {other for name in more for other in uses[name]} - asked
    try:
        order = TopologicalSorter({name: uses[name] for name in sorted(asked)}).static_order()
        return {name: found[name] for name in order}
    except CycleError as e:
        raise CheckError(f"relations of {root.name}/ are stated over each other: {', '.join(e.args[1])}") from e


def _named(sql: str) -> set[str]:
    return set(_USED.findall(_COMMENT.sub("", sql)))


def load(path: Path) -> Check:
    """One check file. Raises CheckError where its header lacks something."""
    text = path.read_text(encoding="utf-8")
    title, tags = _header(path, text)

    def one(name: str) -> str:
        values = tags.get(name, [])
        if len(values) > 1 or (not values and name not in _OPTIONAL):
            raise CheckError(f"{path.name}: @{name} must stand exactly once")
        return values[0] if values else ""

    unknown = set(tags) - set(_SINGLE) - {"reading", "good", "bad"}
    if unknown:
        raise CheckError(f"{path.name}: unknown tags {', '.join(sorted(unknown))}")
    if one("severity") not in SEVERITIES or one("origin") not in ORIGINS:
        raise CheckError(f"{path.name}: @severity is one of {SEVERITIES}, @origin one of {ORIGINS}")
    if not tags.get("good") or not tags.get("bad"):
        raise CheckError(f"{path.name}: needs a @good and a @bad example")
    readings = dict(_named_reading(path, r) for r in tags.get("reading", []))
    if bool(readings) != bool(one("fits_zh") and one("fits_en")):
        raise CheckError(
            f"{path.name}: @fits_zh and @fits_en are needed where there are @reading lines, and only there"
        )
    return Check(
        id=path.stem,
        family=path.parent.name,
        title_zh=title[0],
        title_en=title[1],
        severity=one("severity"),
        formula=one("formula"),
        basis=one("basis"),
        needs=tuple(re.split(r"[,\s]+", one("needs"))),
        origin=one("origin"),
        across=tuple(one("across").split()),
        message={"zh": one("message_zh"), "en": one("message_en")},
        fits={"zh": one("fits_zh"), "en": one("fits_en")},
        readings=readings,
        good=tuple(_example(path, e) for e in tags["good"]),
        bad=tuple(_example(path, e) for e in tags["bad"]),
        sql=text,
    )


def _header(path: Path, text: str) -> tuple[tuple[str, str], dict[str, list[str]]]:
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line[2:])
    tags: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in lines[1:]:
        m = _TAG.match(line.strip())
        if m:
            last = tags.setdefault(m[1], [])
            last.append(m[2].strip())
        elif last is not None and line.startswith("   "):
            last[-1] += " " + line.strip()
        else:
            raise CheckError(f"{path.name}: not a tag and not the rest of one: {line.strip()!r}")
    return _both(path, lines[0] if lines else ""), tags


def _both(path: Path, text: str) -> tuple[str, str]:
    zh, slash, en = text.strip().partition(" / ")
    if not slash:
        raise CheckError(f"{path.name}: needs Chinese, ` / `, English: {text!r}")
    return zh.strip(), en.strip()


def _named_reading(path: Path, text: str) -> tuple[str, tuple[str, str]]:
    name, _, words = text.partition(" ")
    return name, _both(path, words)


def _example(path: Path, text: str) -> Example:
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as e:
        raise CheckError(f"{path.name}: an example is not JSON: {e}") from e
    if not isinstance(facts, list) or not facts:
        raise CheckError(f"{path.name}: an example is a list of facts")
    return facts
