"""A workbook's stored date as its cell shows it."""

from __future__ import annotations

import datetime as dt
import re

Moment = dt.datetime | dt.date | dt.time | dt.timedelta
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|(y+|m+|d+|h+|s+|AM/PM|上午/下午)|(.)', re.IGNORECASE | re.DOTALL)
_FIRST_DAY = dt.datetime(1899, 12, 30)
_LONG_DATE = "[$-F800]"  # "the system's long date", which in China is 2026年3月15日


def shown_date(value: Moment, code: str | None) -> str:
    """A date or time as the format code shows it (`2026年3月15日`), `2026/3/15` where there is none."""
    if isinstance(value, dt.timedelta):
        seconds = int(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S")
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    if code and code.upper().startswith(_LONG_DATE):
        code = 'yyyy"年"m"月"d"日"'
    text = _rendered(moment, code.split(";")[0]) if code else ""
    return text if re.search(r"\d", text) else f"{moment.year}/{moment.month}/{moment.day}"


def serial(value: Moment) -> float | None:
    """The number that a date is stored as (1900 system), None for a bare time."""
    if isinstance(value, dt.timedelta | dt.time):
        return None
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    return (moment - _FIRST_DAY) / dt.timedelta(days=1)


def is_date(code: str | None) -> bool:
    """Whether a format code shows a date or a time."""
    return bool(code) and any(m[3] for m in _TOKEN.finditer((code or "").split(";")[0]))


def _rendered(moment: dt.datetime, code: str) -> str:
    tokens = [m for m in _TOKEN.finditer(code)]
    fields = [(m[3] or "").lower() for m in tokens]
    out = []
    for i, m in enumerate(tokens):
        if m[3]:
            out.append(_field(moment, fields, i))
        else:
            out.append(m[1] or m[2] or m[4] or "")
    return "".join(out).strip()


def _field(moment: dt.datetime, fields: list[str], i: int) -> str:
    field = fields[i]
    before = next((f for f in reversed(fields[:i]) if f), "")
    after = next((f for f in fields[i + 1 :] if f), "")
    minutes = field[0] == "m" and (before.startswith("h") or after.startswith("s"))
    number = {
        "y": moment.year if len(field) > 2 else moment.year % 100,
        "m": moment.minute if minutes else moment.month,
        "d": moment.day,
        "h": moment.hour,
        "s": moment.second,
    }.get(field[0])
    if number is None:
        return "上午" if moment.hour < 12 else "下午"
    if field.startswith("d") and len(field) > 2:
        return "星期" + "一二三四五六日"[moment.weekday()]
    return f"{number:02d}" if len(field) == 2 else str(number)
