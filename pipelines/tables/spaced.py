"""Tables whose cells were flowed out of a page with nothing but spaces and line ends between them.

Two shapes can be told apart from prose: a form with a line of indicator headings (`一级指标 二级指标 三级指标 …`), and
a published table whose columns are counted (`1 2 3 4 5 6`). Blank cells leave no trace, so a value whose column is
not certain is marked contested.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.core.model import Cell, Line, Table
from pipelines.core.numbers import clean_number, read_figure
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import is_title, unit_of
from pipelines.vocab import level1_of, level2_of
from pipelines.vocab.headings import role_of, row_label

ENGINE = "flowed-spaces"
_TOKEN_GAP = re.compile(r"(?<![(（.])\s+(?![)）])(?!(?<=[\u4e00-\u9fff][)）]\s)[\u4e00-\u9fff])")
_POINTS = re.compile(r"[(（]\d+分[^()（）]*[)）]")
_LEVEL_FRAGMENT = re.compile(r"^(?:指标?|标)$")
_LONGEST_VALUE = 8
_HEAD_ROLES = ("level1", "level2", "level3", "target", "actual", "weight", "score")
_LONGEST_ORPHAN = 24
_NAME_TAIL = 6  # lines: how many lines a name or label may be spread over
_STOP = re.compile(r"[。；]$|^第[一二三四五六七八九十]+部分")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of characters between spaces, as printed, and its line."""

    text: str
    line: Line

    @property
    def bare(self) -> str:
        """The squeezed half-width text."""
        return halfwidth(squeeze(self.text))


def split(lines: Sequence[Line], first_number: int) -> tuple[list[Table], list[Line]]:
    """The indicator forms among the lines, and the lines that are not theirs, both in reading order."""
    tables: list[Table] = []
    rest: list[Line] = []
    for page in _pages(lines):
        head = next((i for i, line in enumerate(page) if _is_indicator_head(line)), None)
        if head is None:
            rest += page
            continue
        table, outside = _form(page, head, first_number + len(tables))
        tables.append(table)
        rest += outside
    return tables, rest


def tokens_of(line: Line) -> list[Token]:
    """The cells of a line: split at spaces, but not inside brackets or a number broken after its point."""
    return [Token(t, line) for t in _TOKEN_GAP.split(line.text.strip()) if squeeze(t)]


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Pages of text that was flowed out of a PDF: a form feed, or a first line that begins with a space."""
    pages: list[list[Line]] = [[]]
    previous = None
    for line in lines:
        starts = line.text.startswith((" ", "\f")) and squeeze(line.text) != "" and bool(pages[-1])
        if starts or (previous is not None and line.page != previous):
            pages.append([])
        pages[-1].append(line)
        previous = line.page
    return pages


def _is_indicator_head(line: Line) -> bool:
    roles = [role_of(t.bare) for t in tokens_of(line)]
    return "level3" in roles and len([r for r in roles if r in _HEAD_ROLES]) >= 4


def _form(page: list[Line], head: int, number: int) -> tuple[Table, list[Line]]:
    begin = head
    while begin > 0 and not _STOP.search(squeeze(page[begin - 1].text)):
        begin -= 1
    body = page[begin:]
    title = next((squeeze(line.text) for line in body if is_title(line.text)), None)
    unit = next((u for line in body if (u := unit_of(line.text))), None)
    rows: list[list[Token | None]] = []
    above = page[begin:head]
    rows += _pairs(above)
    rows += _fund_rows(above)
    headings = tokens_of(page[head])
    rows.append(list(headings))
    roles = [role_of(t.bare) for t in headings]
    data, orphans = _indicator_rows(page[head + 1 :], roles)
    contested = _place_orphans(data, orphans, roles)
    first_data = len(rows)
    rows += data
    cells = []
    for r, row in enumerate(rows):
        for c, token in enumerate(row):
            if token is not None:
                doubt = (r - first_data, c) in contested
                cells.append(Cell(r, c, token.text, page=token.line.page, line_no=token.line.number, contested=doubt))
    return Table(number, page[head].page, title, unit, tuple(cells), ENGINE), page[:begin]


def _pairs(lines: Sequence[Line]) -> list[list[Token | None]]:
    """`项目名称 X` lines above the figures."""
    out: list[list[Token | None]] = []
    for line in lines:
        tokens = tokens_of(line)
        if len(tokens) == 2 and role_of(tokens[0].bare) in ("subject", "department"):
            out.append([tokens[0], tokens[1]])
    return out


def _fund_rows(lines: Sequence[Line]) -> list[list[Token | None]]:
    """The heading line of the amounts, completed by headings on lines of their own, and the rows of amounts."""
    out: list[list[Token | None]] = []
    headings: list[Token] = []
    pending: list[Token] = []
    for line in lines:
        tokens = tokens_of(line)
        numbers = [t for t in tokens if _is_value(t)]
        if len(tokens) >= 3 and not numbers and all("算" in t.bare or "执行" in t.bare for t in tokens):
            headings, pending = tokens, []
        elif headings and not numbers:
            headings += [t for t in tokens if role_of(t.bare) in ("weight", "score")]
            pending += tokens
        elif headings and len(numbers) == len(headings):
            label = _label([t for t in [*pending, *tokens] if not _is_value(t)])
            if label is not None:
                if not out:
                    out.append([None, *headings])
                out.append([label, *numbers])
            pending = []
    return out


def _label(tokens: Sequence[Token]) -> Token | None:
    """The shortest run of last tokens that together name a row of amounts (`年度财政` + `资金总额`)."""
    for size in range(1, min(len(tokens), _NAME_TAIL) + 1):
        text = "\n".join(t.text for t in tokens[-size:])
        longer = "\n".join(t.text for t in tokens[-size - 1 :])
        if row_label(text) and not (size < len(tokens) and row_label(longer)):
            return Token(text, tokens[-size].line)
    return None


def _is_value(token: Token) -> bool:
    return clean_number(token.bare) is not None or (
        (figure := read_figure(token.bare)) is not None and not figure.qualifier
    )


def _indicator_rows(lines: Sequence[Line], roles: Sequence[str | None]) -> tuple[list[list[Token | None]], list[Token]]:
    """Rows under the indicator headings, and the texts left over below the total."""
    values = len([r for r in roles if r in ("target", "actual", "weight", "score")])
    level1 = level2 = None
    pending: list[Token] = []
    out: list[list[Token | None]] = []
    orphans: list[Token] = []
    closed = False
    for line in lines:
        tokens = tokens_of(line)
        if closed:
            orphans += [Token(line.text.strip(), line)] if 0 < len(squeeze(line.text)) <= _LONGEST_ORPHAN else []
            continue
        if is_title(line.text) or re.match(r"(?:部门|单位)名称[:：]", squeeze(line.text)):
            continue
        while tokens and (found := _level(tokens[0], pending)):
            if found == 1:
                level1, pending = tokens[0], []
            elif found == 2:
                level2, pending = tokens[0], []
            tokens = tokens[1:]
        if not tokens:
            continue
        if squeeze(tokens[0].text) in ("总分", "合计") and len(tokens) == 2:
            out.append([tokens[0], *[None] * (len(roles) - 2), tokens[1]])
            closed = True
            continue
        row = _indicator_row([*pending, *tokens], tokens, values)
        if row is None:
            pending += tokens
            continue
        out.append([level1, level2, *row])
        level1 = level2 = None
        pending = []
    return out, orphans


def _level(token: Token, pending: Sequence[Token]) -> int:
    """1 or 2 for a level label, 3 for what is left of one (`标`, `（40分）`), 0 for anything else."""
    bare = _POINTS.sub("", token.bare)
    if not bare or (_LEVEL_FRAGMENT.match(bare) and not pending):
        return 3
    if len(bare) <= _LONGEST_VALUE and (not pending or bare.endswith("指标")):
        if bare in ("服务对象",):
            return 3
        if level2_of(bare) is not None and level1_of(bare) != bare:
            return 2
        if level1_of(bare) is not None:
            return 1
    return 0


def _indicator_row(tokens: Sequence[Token], own: Sequence[Token], values: int) -> list[Token | None] | None:
    """Name, values and score, where the line ends a row: its last cell is a number after a name and a value."""
    if clean_number(own[-1].bare) is None or len(own) < 2:
        return None
    names = len(own) - min(values, len(own))
    if names == 0 and not _is_value(own[0]):
        names = 1
    elif names > 1:
        return None
    if names == 0 and len(tokens) == len(own):
        return None
    head = tokens[: len(tokens) - len(own) + names]
    name = Token("\n".join(t.text for t in head), head[0].line)
    tail: list[Token | None] = list(own[names:])
    tail[:-1] = [*[None] * (values - len(tail)), *tail[:-1]]
    return [name, *tail]


def _place_orphans(
    rows: list[list[Token | None]], orphans: Sequence[Token], roles: Sequence[str | None]
) -> set[tuple[int, int]]:
    """Targets that were flowed below the table go back to the rows without one, if there are as many; all in doubt."""
    if "target" not in roles or "actual" not in roles:
        return set()
    target, actual = roles.index("target"), roles.index("actual")
    lacking = [r for r, row in enumerate(rows) if len(row) > actual and row[target] is None and row[actual] is not None]
    found = [t for t in orphans if any(c.isdigit() for c in t.bare)]
    doubtful = {(r, actual) for r in lacking}
    if len(found) == len(lacking):
        for r, token in zip(lacking, found, strict=True):
            rows[r][target] = token
            doubtful.add((r, target))
    return doubtful
