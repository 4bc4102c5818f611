"""The text of one Word paragraph as a reader sees it: insertions kept, deletions gone, boxes and footnotes aside."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipelines.documents.package import attribute, child, local

_NOT_SHOWN = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "rt", "fldData", "annotationRef"}
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {
    "FE": "☑",
    "FD": "☒",
    "FC": "✓",
    "FB": "×",
    "A8": "□",
    "6F": "□",
    "52": "☑",
    "53": "☒",
    "B3": "≥",
    "A3": "≤",
}
"""Check marks and signs drawn with the Wingdings and Symbol fonts, by the low byte of their code."""


@dataclass(slots=True)
class Inline:
    """A paragraph's text, the text boxes anchored in it, and the footnotes it refers to as (kind, id)."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)


def inline_of(paragraph: etree._Element) -> Inline:
    """What the paragraph shows."""
    inline = Inline()
    _read(paragraph, inline)
    return inline


def mark_is_deleted(paragraph: etree._Element) -> bool:
    """Whether a tracked change removed the paragraph's end, so that the next paragraph goes on in it."""
    mark = child(paragraph, "pPr", "rPr")
    return child(mark, "del") is not None or child(mark, "moveFrom") is not None


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """Of content stored twice, for new readers and for old ones, the first."""
    choice = child(alternatives, "Choice")
    return choice if choice is not None else child(alternatives, "Fallback")


def _read(element: etree._Element, inline: Inline) -> None:
    for part in element:
        name = local(part)
        if name in _NOT_SHOWN or (name == "r" and _is_hidden(part)):
            continue
        if name == "fldChar":
            _turn(inline.fields, attribute(part, "fldCharType") or "")
        elif name == "txbxContent":
            inline.boxes.append(part)
        elif name in ("footnoteReference", "endnoteReference"):
            inline.notes.append((name.removesuffix("Reference"), attribute(part, "id") or ""))
        elif name == "AlternateContent":
            choice = chosen(part)
            if choice is not None:
                _read(choice, inline)
        else:
            inline.text += _shown(name, part) if "code" not in inline.fields else ""
            _read(part, inline)


def _is_hidden(run: etree._Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _shown(name: str, part: etree._Element) -> str:
    if name == "t":
        return part.text or ""
    if name == "sym":
        return _SYMBOLS.get((attribute(part, "char") or "")[-2:].upper(), "")
    return _CHARACTERS.get(name, "")


def _turn(fields: list[str], kind: str) -> None:
    """Keeps track of fields: what stands before `separate` is the field's code, what follows its shown result."""
    if kind == "begin":
        fields.append("code")
    elif kind == "separate" and fields:
        fields[-1] = "result"
    elif kind == "end" and fields:
        fields.pop()
