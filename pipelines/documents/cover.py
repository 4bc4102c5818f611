"""The title of a report: on its cover, over its first table, or in the headings of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipelines.core.traced import halfwidth, squeeze

_COVER_LINES = 30
_MOST_LINES = 5
_LONGEST_LINE = 50
_LONGEST_TITLE = 90
# All patterns are matched against half-width text without white space.
_FINAL = re.compile(r"(?:表|报告|预算|决算|结果|说明|公开|总结|自评|评价|情况|材料|书|信息|方案)(?:\([^()]{1,14}\))?$")
_ABOUT = re.compile(r"绩效|预算|决算|支出|整体|项目|收支|部门|单位|资金|20\d\d年|[局厅委院会办站]$|中心$|街道|办事处")
_CONTINUES = re.compile(r"^(?:绩效|公开|执行|自评|评价|情况|运行|监控|项目|支出|部门|单位)|^\([^()]{1,14}\)$")
_STOP = re.compile(
    r"^(?:目录|第[一二三四五六七八九十]部分|[一二三四五六七八九十]{1,2}[、.．]|序号|项目名称|"
    r"(?:[市区县省]级)?(?:预算)?(?:部门|单位)(?:\((?:部门|单位)\))?名称|主管部门|实施单位|资金来源)|[。；;！？]"
)
_NOT_TITLE = re.compile(
    r"^[-—\d]*$|^附[件表][一二三四五六七八九十\d]*:?$|^(?:部门|单位|预算|决算|公开|附)*表[一二三四五六七八九十\d]{1,3}$|^公开\d+表$|"
    r"^20\d\d年\d{1,2}月(?:\d{1,2}日)?$|:|^\[[^\[\]]{2,8}\]"
)
_SHORTEST_FULL_LINE = 10  # characters: a title of fewer is not parted over two lines
_DATA_ROW = re.compile(r"[一-龥]\s+[\d,]+(?:\.\d+)?$")
_PART = re.compile(r"^第[一二三四五六七八九十]部分")
_PART_TITLE = re.compile(r"^第[一二三四五六七八九十]部分(?P<title>.{0,40}?20\d\d年度?(?:部门|单位)?(?:预算|决算))")


def title_of(lines: Sequence[str]) -> str | None:
    """The title that the lines of a report begin with, white space removed, a wrapped title joined; None without one.

    A report without a cover takes its title from the headings of its parts (`第二部分 某局2023年度部门决算表`).
    """
    filled = [line for line in lines if line.strip()]
    cover = takewhile(lambda line: not _DATA_ROW.search(line.strip()), filled[:_COVER_LINES])
    return _on_cover(list(cover)) or _in_parts([squeeze(line) for line in filled])


def is_one_title(line: str, following: str) -> bool:
    """Whether two lines in a row are one title inside a report, however far apart: the first is long and leads to no
    end of a title, the second, shorter, is nothing but such an end (`2023年度某项目` / `绩效自评结果`)."""
    first, second = halfwidth(squeeze(line)), halfwidth(squeeze(following))
    if len(first) < max(_SHORTEST_FULL_LINE, len(second)) or _STOP.search(first) or _NOT_TITLE.search(first):
        return False
    leads = _ABOUT.search(first) is not None and _FINAL.search(first) is None
    return leads and _CONTINUES.search(second) is not None and _FINAL.search(second) is not None


def _on_cover(lines: Sequence[str]) -> str | None:
    parts: list[str] = []
    for line in lines:
        text = squeeze(line)
        plain = halfwidth(text)
        if _STOP.search(plain) or len(parts) == _MOST_LINES or text in parts:
            break
        if parts and _FINAL.search(halfwidth("".join(parts))):
            own = plain.endswith("表") and not parts[-1].endswith("表")  # the title of the first table
            if own or "\t" in line or not _CONTINUES.search(plain):
                break
        if _is_part(plain):
            parts.append(text)
        elif _ended(parts):
            break
        else:
            parts = []  # what began like a title was the name of a column of the site, or the like
    # What went on like a title but led to no end of one (`部门决算` / `项目 年初预算数`) does not belong to it.
    return _ended(parts)


def _ended(parts: Sequence[str]) -> str | None:
    """The longest beginning of the parts that leads to the end of a title, None where none does."""
    beginnings = ("".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((t for t in beginnings if _FINAL.search(halfwidth(t)) and len(t) <= _LONGEST_TITLE), None)


def _is_part(plain: str) -> bool:
    if _NOT_TITLE.search(plain) or len(plain) > _LONGEST_LINE:
        return False
    return _ABOUT.search(plain) is not None or _CONTINUES.search(plain) is not None or _FINAL.search(plain) is not None


def _in_parts(texts: Sequence[str]) -> str | None:
    for i, text in enumerate(texts):
        if _PART.match(text):
            joined = "".join(texts[i : i + 2])
            found = _PART_TITLE.match(halfwidth(joined))
            if found is not None:
                return joined[found.start("title") : found.end("title")]
    return None
