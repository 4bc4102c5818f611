"""Who reported what about which period, from the report's own text, with the evidence for each answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipelines.core.model import Document, Identity
from pipelines.core.numbers import chinese_numeral
from pipelines.core.traced import halfwidth, squeeze
from pipelines.documents.cover import title_of
from pipelines.documents.issuer import Issuer, issuer_of
from pipelines.vocab.places import place_of

_YEAR = re.compile(r"(?<![\d—–~至-])(20\d\d)(?=年|度)")
_CHINESE_YEAR = re.compile(r"二[〇○零O0]([〇○零O0一二三四五六七八九]{2})年")
_YEAR_OF_REPORT = re.compile(r"(?<!\d)(20\d\d)年度")
_COMPARED = re.compile(r"(?:[较比与同]|相比|对比)20\d\d年度?")  # the year compared with is not the one reported on
_DATE = re.compile(r"20\d\d年\d{1,2}月")
_TABLE_LINE = re.compile(r"表(?:\([^()]{1,14}\))?$")
_MONITORING = re.compile(r"(?:运行|执行|绩效)(?:运行)?监控")
_MONTHS = re.compile(r"(?<!\d)[1一]月?[-—–―~至到](\d{1,2}|[一二三四五六七八九十]{1,2})月")
_PARTS_OF_YEAR = (("上半年", 6), ("前三季度", 9), ("第三季度", 9), ("三季度", 9), ("一季度", 3))
_HEAD_LINES = 60
_BEFORE_PLACE = re.compile(r"^(?:\([^()]*\))?(?:关于)?(?:20\d\d年度?)?")
_LONGEST_QUOTE = 80
_CELLS = re.compile(r"\t|\s{2,}")
_UNNAMED_PLACE = re.compile(
    r"^(?P<name>[一-龥]{1,12}?(?:新区|开发区|高新区|经开区|示范区|管理区|工业园区|保税区|区|县|旗))(?=[一-龥]{2})"
)

Answer = tuple[str | None, str]


def identify(document: Document, tables_context: Sequence[str] = (), table_rows: Sequence[str] = ()) -> Identity:
    """The identity of a report by its own text: never by its file name, and never guessed.

    `tables_context` holds lines that the document's text may lack, such as titles and captions of a workbook's tables;
    `table_rows` the rows of its tables, cells parted by tabs: a form names its unit and period among them.
    Every field of the answer has its evidence: the text it was read from, or the Chinese reason why it is None.
    `families` is left to the caller, who knows the tables.
    """
    lines = [line.text for line in document.lines] + list(tables_context)
    title = title_of(lines) or next((squeeze(t) for t in tables_context if _is_table_title(t)), None)
    issuer = issuer_of(lines, title, table_rows)
    named = issuer is not None and not issuer.placeholder
    province, city, district = _place(issuer, document.text) if named else _place_titled(title, issuer)
    year = _year(title, lines)
    period = _period(title, [*lines, *table_rows], year[0])
    scope = _scope(title, issuer)
    evidence = {
        "title": title or "报告开头没有题名",
        "issuer": _issuer_evidence(issuer),
        "district": district[1],
        "city": city[1],
        "province": province[1],
        "fiscal_year": year[1],
        "period_end_month": period[1],
        "scope": scope[1],
    }
    return Identity(
        title=title,
        issuer=issuer.name if issuer is not None and named else None,
        district=district[0],
        city=city[0],
        province=province[0],
        fiscal_year=year[0],
        period_end_month=period[0],
        scope=scope[0],
        evidence={field: _quoted(text) for field, text in evidence.items()},
    )


def _issuer_evidence(issuer: Issuer | None) -> str:
    if issuer is None:
        return "报告未写明编制单位"
    return f"单位名称处是占位符“{issuer.name}”" if issuer.placeholder else issuer.evidence


def _place_titled(title: str | None, issuer: Issuer | None) -> tuple[Answer, Answer, Answer]:
    """The place of a report that names no issuer, where its title begins with a county or district whose city is known
    (`鹿寨县2019年度“三公”经费决算情况`)."""
    words = _BEFORE_PLACE.sub("", halfwidth(title or ""))
    place = place_of(words) if issuer is None else None
    if place is None or place.district is None or place.city is None:
        reason = _issuer_evidence(issuer) + "，无法判断所属地区"
        return (None, reason), (None, reason), (None, reason)
    return (place.province, title or ""), (place.city, title or ""), (place.district, title or "")


def _place(issuer: Issuer | None, text: str) -> tuple[Answer, Answer, Answer]:
    """Province, city and district, in this order, each with its evidence."""
    if issuer is None:
        return _place_titled(None, None)
    place = place_of(issuer.name)
    if place is None:
        return _unplaced(issuer)
    province, city, seen = place.province, place.city, issuer.evidence
    if place.candidates:
        mentioned = sorted({c.city for c in place.candidates if c.city and c.city in squeeze(text)})
        if len(mentioned) == 1:
            city = mentioned[0]
            province = next(c.province for c in place.candidates if c.city == city)
            seen = f"{issuer.evidence}；正文提到“{city}”"
    if place.district is not None:
        return _with_district(place.district, city, province, seen, tuple(c.city or "" for c in place.candidates))
    level = "市级" if city is not None else "省级"
    unnamed = _UNNAMED_PLACE.match(place.rest)
    reason = (
        f"“{place.matched}{unnamed['name']}”不在行政区划代码表（GB/T 2260）中"
        if unnamed
        else f"{level}部门：{issuer.name}，不属于某个区县"
    )
    no_city = f"省级部门：{issuer.name}，不属于某个市"
    return (province, seen), (city, seen if city else no_city), (None, reason)


def _with_district(
    district: str, city: str | None, province: str | None, seen: str, cities: Sequence[str]
) -> tuple[Answer, Answer, Answer]:
    if city is None and cities:
        reason = f"“{district}”在{'、'.join(sorted(cities))}都有，报告未写明属于哪一市"
        return (province, seen if province else reason), (None, reason), (district, seen)
    return (province, seen), (city, seen if city else f"{district}由省直接管辖，没有所属地级市"), (district, seen)


def _unplaced(issuer: Issuer) -> tuple[Answer, Answer, Answer]:
    unnamed = _UNNAMED_PLACE.match(issuer.name)
    if unnamed and len(unnamed["name"]) > 2:
        reason = f"“{unnamed['name']}”不在行政区划代码表（GB/T 2260）中"
        return (None, reason), (None, reason), (None, reason)
    name = issuer.name + ("本级" if issuer.own_level else "")
    says = f"报告只称“{name}”，未写明所属"
    return (None, says + "省份"), (None, says + "城市"), (None, says + "区县")


def _year(title: str | None, lines: Sequence[str]) -> tuple[int | None, str]:
    """The fiscal year: of the title, else the commonest of table titles, of the head, of `20xx年度`, of the text."""
    in_title = _years(title or "")
    if in_title:
        return in_title[0], title or ""
    texts = [line for line in lines if line.strip()]
    dated = [t for t in texts if _YEAR_OF_REPORT.search(_COMPARED.sub("", squeeze(t)))]
    for group in (list(filter(_is_table_title, texts)), [t for t in texts[:_HEAD_LINES] if t in dated], dated, texts):
        found = [(year, text) for text in group for year in _years(text)]
        if found:
            year = Counter(year for year, _ in found).most_common(1)[0][0]
            return year, next(text for y, text in found if y == year)
    return None, "报告未写明年度"


def _is_table_title(text: str) -> bool:
    plain = halfwidth(squeeze(text))
    return _TABLE_LINE.search(plain) is not None and len(plain) <= _LONGEST_QUOTE


def _years(text: str) -> list[int]:
    bare = _COMPARED.sub("", _DATE.sub("", halfwidth(squeeze(text))))
    chinese = _CHINESE_YEAR.search(bare)
    if chinese is not None:
        tens = "".join("零" if c in "〇○O0" else c for c in chinese[1])
        digits = [chinese_numeral(c) for c in tens]
        return [2000 + 10 * (digits[0] or 0) + (digits[1] or 0)]
    return [int(y) for y in _YEAR.findall(bare)]


def _period(title: str | None, lines: Sequence[str], year: int | None) -> tuple[int | None, str]:
    """The last month of the period: of a monitoring form the one that its headings name, else December."""
    in_title = _month(title or "")
    if in_title is not None:
        return in_title, title or ""
    cells = [cell for line in lines for cell in _CELLS.split(line) if cell.strip()]
    form = next((c for c in [title or "", *filter(_is_table_title, cells)] if _MONITORING.search(squeeze(c))), None)
    if form is None:
        return (None, "报告未写明年度，无法判断期间") if year is None else (12, f"{title or f'{year}年'}（全年）")
    said = [(month, cell) for cell in cells if (month := _month(cell)) is not None]
    if not said:
        return None, f"“{squeeze(form)}”未写明监控到几月"
    month = Counter(month for month, _ in said).most_common(1)[0][0]
    return month, next(cell for m, cell in said if m == month)


def _month(text: str) -> int | None:
    plain = halfwidth(squeeze(text))
    found = _MONTHS.search(plain)
    if found is not None:
        month = int(found[1]) if found[1].isdigit() else chinese_numeral(found[1])
        return month if month is not None and 1 <= month <= 12 else None
    return next((last for word, last in _PARTS_OF_YEAR if word in plain), None)


def _scope(title: str | None, issuer: Issuer | None) -> Answer:
    if issuer is not None and issuer.own_level is not None:
        return "本级", issuer.own_level
    text = halfwidth(title or "")
    if re.search(r"部门\(单位\)|单位\(部门\)", text):
        return None, f"“{title}”只写“部门（单位）”，未说明口径"
    if "本级" in text:
        return "本级", title or ""
    if re.search(r"单位(?:整体|预算|决算|自评)", text):
        return "单位", title or ""
    if re.search(r"部门(?:整体|预算|决算|自评)|整体(?:支出)?绩效", text):
        return "部门", title or ""
    return None, "报告未写明是部门、单位还是本级口径"


def _quoted(text: str) -> str:
    t = " ".join(text.split())
    return t if len(t) <= _LONGEST_QUOTE else t[: _LONGEST_QUOTE - 1] + "…"
