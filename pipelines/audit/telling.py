"""What a finding tells people, as a row: its message, proposed repair, expected values, and where its figures are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.audit.equations import Figure
from pipelines.audit.findings import Finding
from pipelines.audit.judge import Verdict
from pipelines.audit.places import Place
from pipelines.audit.proposals import also_text, alternatives, alternatives_text, change_text, repaired, worth_telling
from pipelines.audit.wording import Said, equation, fields, name, printed

MOST_EVIDENCE = 60
MOST_DIFFERENCES = 4
_KEEP = Decimal("0.00000001")


def row(
    finding: Finding,
    details: Mapping[str, Mapping[str, Any]],
    texts: Mapping[Place, Mapping[str, Any]],
    document: Mapping[str, Any],
    documents: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """A finding as a row of audit.findings.

    `details` are the core.facts rows of its figures, by fact_id, `texts` where the places are that it points at,
    `documents` all documents by id, to name those that its figures stand in besides `document`. What stands in the
    document itself comes first.
    """
    ids = [i for i in finding.fact_ids if i in details]
    ids.sort(key=lambda i: details[i]["document_id"] != document["document_id"])
    figures = [details[i] for i in ids]
    said = {
        i: Said(d["subject"], d["measure"], d["fund_source"], d["origin"]) for i, d in zip(ids, figures, strict=True)
    }
    spots = [texts[p] for p in finding.places if p in texts]
    spots.sort(key=lambda spot: spot["file"] != document["file"])
    places = [*figures, *spots]
    verdict, figure, blamed = finding.verdict, finding.figure, finding.blamed
    words = fields(verdict, finding.check, said)
    subject = "；".join(dict.fromkeys(f.verdict.equation.subject for f in (finding, *finding.twins)))
    words["subject"] = subject
    others = sorted({documents[d]["file"]: documents[d] for v in finding.proof for d in v.equation.others}.items())
    for key in ("other", "other_en"):  # a check may have a word of its own for the other item
        words.setdefault(key, "、".join(_report(d) for _, d in others))
    quoted = [str(spot["quote"] or "") for spot in spots]
    words["quote"], words["quote_en"] = "；".join(dict.fromkeys(quoted)), "; ".join(dict.fromkeys(quoted))
    rate = figure is not None and _is_rate(verdict, figure)
    low, high = _expected(finding)
    marks = _marks(finding, figures, document["document_id"])
    reported = figure.in_unit if figure is not None else None
    return {
        "finding_id": _named([document["document_id"], *marks]),
        "check_id": finding.check.id,
        "check_family": finding.check.family,
        "severity": finding.severity,
        "document_id": document["document_id"],
        "file": document["file"],
        "district": document["district"],
        "fiscal_year": document["fiscal_year"],
        "page": places[0]["page"] if places else None,
        "table_title": places[0]["table_title"] if places else None,
        "subject": subject,
        "message_zh": _message(finding, words, said, details, "zh"),
        "message_en": _message(finding, words, said, details, "en"),
        "reported": reported,
        "expected_low": low,
        "expected_high": high,
        "difference": _difference(finding),
        "unit": None if figure is None else "%" if rate else figure.unit,
        "equation": words["fits_equation"] or words["full_equation"] or words["quote"],
        "repair": change_text(blamed, said, "zh") if blamed else None,
        "repaired_value": repaired(blamed) if blamed else None,
        "alternatives": alternatives(finding, said, details),
        "slip": blamed.slip.kind if blamed else None,
        "search": "complete" if finding.searched else "bounded",
        "fact_ids": ids + [i for i in finding.fact_ids if i not in details],
        "equations": [
            {"check_id": v.equation.check_id, "equation_key": v.equation.key}
            for f in (finding, *finding.twins)
            for v in f.proof
        ],
        "evidence": [
            {k: p[k] for k in ("file", "page", "row_no", "col_no", "x0", "y0", "x1", "y1", "quote")}
            for p in places[:MOST_EVIDENCE]
        ],
        "signature": _named(marks),
    }


def _expected(finding: Finding) -> tuple[Decimal | None, Decimal | None]:
    figure = finding.figure
    interval = finding.blamed.allowed if finding.blamed else finding.verdict.computed
    if figure is None or interval is None:
        return None, None
    low, high = ((end / figure.factor).quantize(_KEEP) for end in (interval.lo, interval.hi))
    return low, high


def _difference(finding: Finding) -> Decimal | None:
    figure = finding.figure
    if figure is None:
        return None
    if finding.blamed:
        return figure.in_unit - repaired(finding.blamed)
    difference = finding.verdict.difference
    return difference / figure.factor if difference is not None else None


def _is_rate(verdict: Verdict, figure: Figure) -> bool:
    result = verdict.equation.named.result
    return verdict.equation.named.is_ratio and result is not None and result.fact_id == figure.fact_id


def _message(
    finding: Finding,
    words: Mapping[str, str],
    said: Mapping[str, Said],
    details: Mapping[str, Mapping[str, Any]],
    language: str,
) -> str:
    verdict = finding.verdict
    if verdict.cut_off:
        return _cut_off_text(finding, said, language)
    templates = finding.check.fits if verdict.explained else finding.check.message
    text = templates[language].format_map(words) + _corrected_text(finding, said, details, language)
    zh = language == "zh"
    if verdict.may_be_blank:
        text += _blank_text(words, language)
    if finding.blamed:
        others = len(finding.proof) - 1
        change = change_text(finding.blamed, said, language)
        restored = (
            (f"，可使{others + 1}个等式同时成立" if zh else f", which restores {others + 1} equations")
            if others
            else ""
        )
        text += f"建议：{change}{restored}。" if zh else f" Proposed: {change}{restored}."
        text += also_text(finding, details, language)
    elif finding.alternatives and worth_telling(finding.alternatives):
        text += alternatives_text(finding.alternatives, said, language)
    if verdict.equation.crosses and len(finding.proof) > 1:
        text += _further(finding, said, language)
    if finding.twins:
        text += "各处数字逐项相同。" if zh else " The same figures stand in each of these places."
    return text


def _blank_text(words: Mapping[str, str], language: str) -> str:
    """The parts whose cell is blank, in which what is short may be missing."""
    blanks = words["blanks"].split("、")
    told = "、".join(f"“{b}”" for b in blanks[:MOST_DIFFERENCES])
    if language == "zh":
        told += f"等{len(blanks)}项" if len(blanks) > MOST_DIFFERENCES else ""
        return f"{told}一格空着，空格不等于零：所差也可能是漏填。"
    told += " and others" if len(blanks) > MOST_DIFFERENCES else ""
    return f" The cells of {told} are blank: what is short may be missing there."


def _cut_off_text(finding: Finding, said: Mapping[str, Said], language: str) -> str:
    """Figures that agree with the others only if digits were cut off where they should have been rounded."""
    result = finding.verdict.reading.result
    assert result is not None and result.figure is not None
    label = name(result.figure.measure, language)
    shown = [v.equation for v in finding.proof[:MOST_DIFFERENCES]]
    rest = len(finding.proof) - len(shown)
    if language == "zh":
        told = "；".join(f"{e.subject}（{equation(e.named, dict(said), language, short=True)}）" for e in shown)
        more = f"；另有{rest}处" if rest else ""
        return f"{label}按四舍五入与所列数字不符，按截尾（舍去尾数、不进位）才相符，尾数应四舍五入：{told}{more}。"
    told = "; ".join(f"{e.subject} ({equation(e.named, dict(said), language, short=True)})" for e in shown)
    more = f"; and {rest} more" if rest else ""
    return f"The {label} agrees with its figures only if digits were cut off and not rounded: {told}{more}."


def _corrected_text(
    finding: Finding, said: Mapping[str, Said], details: Mapping[str, Mapping[str, Any]], language: str
) -> str:
    """Which figures of the equation are not as printed, another finding having put them right."""
    figures = [f for f in finding.verdict.equation.named.figures if f.fact_id in said]
    right = [f for f in figures if f.printed != (details[f.fact_id]["as_printed"] or "")]
    named = [f"{name(said[f.fact_id].measure, language)} {printed(f)}" for f in right]
    if not named:
        return ""
    return f"式中{'、'.join(named)}是更正后的数。" if language == "zh" else f" In it {', '.join(named)} is put right."


def _further(finding: Finding, said: Mapping[str, Said], language: str) -> str:
    """The other figures in which the two reports differ, the largest differences in full."""
    rest = [v.equation for v in finding.proof[1:]]
    told = [f"{e.subject}（{equation(e.named, dict(said), language)}）" for e in rest[:MOST_DIFFERENCES]]
    if language == "zh":
        more = f"；另有{len(rest) - len(told)}处" if len(rest) > len(told) else ""
        return f"同样不一致的还有{len(rest)}处：{'；'.join(told)}{more}。"
    more = f"; and {len(rest) - len(told)} more" if len(rest) > len(told) else ""
    return f" The same holds of {len(rest)} more: {'; '.join(told)}{more}."


def _report(document: Mapping[str, Any]) -> str:
    """A report by title and file, as a message names it."""
    return f"《{document['title']}》（{document['file']}）" if document.get("title") else str(document["file"])


def _marks(finding: Finding, places: Sequence[Mapping[str, Any]], document_id: str) -> list[str]:
    """What makes a finding what it is: its check, and its figures as printed or corrected, with their places.

    Figures of another document are told by its file, those of its own only by their place in it.
    """

    def mark(place: Mapping[str, Any]) -> str:
        printed = place.get("corrected") or place["as_printed"]
        named = "|".join(str(x) for x in (place["statement"], place["measure"], place["fund_source"], printed))
        return named if place["document_id"] == document_id else f"{place['file']}|{named}"

    marks = sorted(map(mark, places))
    marks += [finding.verdict.equation.key.replace(document_id, "")] if finding.places or not marks else []
    return [finding.check.id, *marks]


def _named(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
