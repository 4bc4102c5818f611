"""Acknowledgements: findings that a person looked at and accepts, by the finding's number or by its signature.

The number of a finding stays the same while the file and the figures do. The signature leaves the bytes of the file out
of it: together with the file's path it also finds the finding again in a report that was issued anew with the same
figures.
"""

from __future__ import annotations

import datetime as dt
import re

from pipelines.decisions.table import Row

NAME = re.compile(r"[0-9a-f]{16}")


def fault(row: Row) -> str | None:
    """What is wrong with an acknowledgement (Chinese), None where it is in form."""
    v = row.values
    if not NAME.fullmatch(v["finding_id"]):
        return "finding_id 应为 16 位十六进制的问题编号"
    if v["signature"] and (not NAME.fullmatch(v["signature"]) or not v["file"]):
        return "signature 应为 16 位十六进制，并与 file 一起写明"
    if not v["reason"] or not v["decided_by"]:
        return "reason 与 decided_by 不能空着"
    try:
        dt.date.fromisoformat(v["decided_on"])
    except ValueError:
        return "decided_on 应为日期，例如 2025-03-01"
    return None
