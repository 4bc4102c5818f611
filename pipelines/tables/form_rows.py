"""The rows of a published table whose text was flowed out of a page: code, name and values one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pipelines.core.model import Line
from pipelines.core.numbers import clean_number, is_blank
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.titles import is_title
from pipelines.vocab.headings import bare_label
from pipelines.vocab.lists import class_names, economic_codes, functional_codes

_CODE = re.compile(r"[235]\d{2}(?:\d{2}){0,2}")
_MORE_CODE = re.compile(r"\d{2}")
_LONGEST_CODE = 7
_ENUMERATOR = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.．]|[(（]?\d{1,2}[)）、.．])")
_TOTAL = re.compile(r"(?:合计|总计|小计)$")
_OWN_LABEL = re.compile(r"(?:合计|总计)$|^(?:使用|年初|年末|上年|结余|结转).*(?:结转|结余|分配|下年)")
_LEFT = re.compile(r"收入|^(?:使用|年初|上年)|资金$|^(?:一般公共预算|政府性基金|国有资本经营)")
_RIGHT = re.compile(r"支出|^(?:年末|结余分配|结转下年)")
_NOTE = re.compile(r"^注[:：]")
_PART = re.compile(r"^第[一二三四五六七八九十]+部分|[。；]$")
_PAGE_NUMBER = re.compile(r"^[-—–\s]*\d{1,3}[-—–\s]*$|^第\s*\d+\s*页")
_CHINESE = re.compile(r"^[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters between spaces and the line it is on."""

    text: str
    line: Line


@dataclass(slots=True)
class Item:
    """One row as flowed: its account code (digits as printed), name, values in order, and its first line.

    `side` is `left` or `right` in a table that sets revenue against expenditure.
    """

    line: Line
    code: str = ""
    label: str = ""
    values: list[Word] = field(default_factory=list)
    side: str = ""

    @property
    def digits(self) -> str:
        """The code without spaces."""
        return squeeze(self.code)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows from some line on, the last line that belongs to them, and the notes under them.

    They are `whole` where they end with a total or a note, or where something else begins; not where they end at a line
    that could not be understood, behind which there may be more of them.
    """

    items: list[Item]
    last: int
    notes: tuple[str, ...]
    whole: bool = True


_Take = Callable[[Sequence[Line], int, list[Item]], bool]


def account_begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the first of a table's rows by account: a code and a name, or a total and its figures."""
    words = halfwidth(lines[index].text).split()
    if not words:
        return False
    if _TOTAL.search(words[0]) and len(words) > 1 and all(clean_number(w) is not None for w in words[1:]):
        return True
    return _is_code(words, 0, lines, index)


def sided_begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the first row of a table of revenue against expenditure: it has the first enumerator."""
    return re.match(r"\s*一、", lines[index].text) is not None


def account_rows(lines: Sequence[Line], first: int, heads: frozenset[str]) -> Rows:
    """The rows by account from `first` on; `heads` are the squeezed lines of the headings, repeated on later pages."""
    return _rows(lines, first, heads, _take)


def sided_rows(lines: Sequence[Line], first: int, heads: frozenset[str]) -> Rows:
    """The rows of both sides from `first` on, each label with the values that follow it.

    They are not whole where the side of some label cannot be told.
    """
    rows = _rows(lines, first, heads, _take_sided)
    seen: set[str] = set()
    for item in rows.items:
        item.side = _side(item.label, seen)
        seen.add(squeeze(item.label))
    return rows if all(i.side for i in rows.items) else replace(rows, whole=False)


def _rows(lines: Sequence[Line], first: int, heads: frozenset[str], take: _Take) -> Rows:
    items: list[Item] = []
    last, notes, whole = first, [], True
    for i in _row_lines(lines, first, heads, items):
        if _NOTE.match(squeeze(lines[i].text)):
            notes.append(lines[i].text.strip())
        elif notes or not _taken_whole(lines, i, items, take):
            whole = bool(notes) or (bool(items) and _TOTAL.search(items[-1].label) is not None)
            break
        last = i
    return Rows(items, last, tuple(notes), whole)


def _taken_whole(lines: Sequence[Line], index: int, items: list[Item], take: _Take) -> bool:
    """Takes a line's words into the rows, all of them or none."""
    count = len(items)
    latest = replace(items[-1], values=[*items[-1].values]) if items else None
    if take(lines, index, items):
        return True
    del items[count:]
    if latest is not None:
        items[-1] = latest
    return False


def _row_lines(lines: Sequence[Line], first: int, heads: frozenset[str], items: Sequence[Item]) -> Iterator[int]:
    """The lines that may hold rows: up to the next title, part or sentence; not page numbers and repeated headings."""
    for i in range(first, len(lines)):
        text = squeeze(lines[i].text)
        if not text or text in heads:
            continue
        if (is_title(text) or _PART.search(text)) and not _NOTE.match(text):
            return
        exact = any(not w.text.isdigit() for item in items for w in item.values)
        open_code = bool(items) and bool(items[-1].code) and not items[-1].label
        if exact and not open_code and _PAGE_NUMBER.match(lines[i].text) and not _is_code([text], 0, lines, i):
            continue
        yield i


def _take(lines: Sequence[Line], index: int, items: list[Item]) -> bool:
    """Adds the words of a line to rows by account; False where it is none of theirs."""
    line = lines[index]
    words = halfwidth(line.text).split()
    item = items[-1] if items else None
    for n, word in enumerate(words):
        if _is_code(words, n, lines, index) and (n == 0 or (item is not None and item.label)):
            item = Item(line, code=word)
            items.append(item)
        elif item is not None and _extends_code(item, word):
            item.code += f" {word}"
        elif clean_number(word) is not None or (is_blank(word) and item is not None and item.label):
            if item is None:
                return False
            item.values.append(Word(word, line))
        elif _TOTAL.search(word) and (item is None or item.values or item.label):
            item = Item(line, label=word)
            items.append(item)
        elif item is not None and (not item.values or _goes_on(item, word)):
            item.label += word
        else:
            return False
    return True


def _take_sided(lines: Sequence[Line], index: int, items: list[Item]) -> bool:
    """The same for a table of revenue against expenditure."""
    line = lines[index]
    words = halfwidth(line.text).split()
    item = items[-1] if items else None
    if len(words) > 1 and all(clean_number(w) is not None for w in words):
        return False  # figures whose labels stand on other lines: whose they are is not certain
    n = 0
    while n < len(words):
        word = words[n]
        if _ENUMERATOR.fullmatch(word) and n + 1 < len(words):
            n += 1
            word += words[n]
        if (_ENUMERATOR.match(word) and clean_number(word) is None) or _OWN_LABEL.search(word):
            item = Item(line, label=word)
            items.append(item)
        elif item is None:
            return False
        elif clean_number(word) is not None or is_blank(word):
            item.values.append(Word(word, line))
        elif not item.values:
            item.label += word
        else:
            return False
        n += 1
    return True


def _is_code(words: Sequence[str], n: int, lines: Sequence[Line], index: int) -> bool:
    """Whether a word is the beginning of an account code: digits of one, then a name or more digits of the code."""
    if not _CODE.fullmatch(words[n]):
        return False
    after = words[n + 1] if n + 1 < len(words) else next((t for x in lines[index + 1 :] if (t := x.text.strip())), "")
    return bool(_CHINESE.match(after) or _MORE_CODE.fullmatch(after.split()[0] if after else ""))


def _extends_code(item: Item, word: str) -> bool:
    empty = item.code and not item.label and not item.values
    return bool(empty and _MORE_CODE.fullmatch(word) and len(item.digits) < _LONGEST_CODE)


def _goes_on(item: Item, word: str) -> bool:
    """Whether a word behind a row's values is the rest of its name, by the classification of accounts."""
    if not item.code:
        return False
    return not item.label or any(name.startswith(item.label + word) for name in _names().get(item.digits, ()))


def _side(label: str, seen: set[str]) -> str:
    bare = bare_label(label)
    if bare in class_names() or _RIGHT.search(bare):
        return "right"
    if _LEFT.search(bare):
        return "left"
    if _TOTAL.search(bare):
        return "right" if squeeze(label) in seen else "left"
    return ""


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for code in (*functional_codes(), *economic_codes()):
        names[code.code] = (*names.get(code.code, ()), code.name)
    return names
