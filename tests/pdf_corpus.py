"""The published PDF files that lie beside the checkout; tests that need one are skipped where it is not there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from pipelines.tables.pdf_tables import PdfReading, read_pdf

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
WANLI_2023 = "budgets/2023-上海市普陀区万里街道-部门预算.pdf"
WANLI_2024 = "budgets/2024-上海市普陀区万里街道-部门预算.pdf"
SIFAJU_2026 = "budgets/2026-上海市普陀区司法局-单位预算.pdf"
FULIYUAN_2024 = "budgets/2024-上海市普陀区社会福利院-单位预算.pdf"
CAIZHENGJU_2024 = "final_accounts/上海市普陀区财政局2024年度部门决算.pdf"
TEMPLATE = "templates/附件2：部门决算模板.pdf"
ZHENGXIE_2017 = "jiangsu/江苏省政协办公厅/2017年度部门预算公开表.pdf"
ZHENGXIE_2017_PROSE = "jiangsu/江苏省政协办公厅/江苏省政协办公厅2017年度部门预算.pdf"


def corpus_bytes(name: str) -> bytes:
    """A file of the corpus; skips the test where the corpus is not there."""
    path = CORPUS / name
    if not path.is_file():
        pytest.skip(f"no corpus file {path}")
    return path.read_bytes()


@cache
def corpus_reading(name: str) -> PdfReading:
    """A file of the corpus as read, once for all tests."""
    return read_pdf(corpus_bytes(name), "0" * 64)
