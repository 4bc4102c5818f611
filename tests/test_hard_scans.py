"""Pages as scanners and telephones really give them: turned, blank, illegible, mixed with digital ones, as pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np
import pdf_samples
import pypdfium2
import pytest
import scanning
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines import readings, settings
from pipelines.core.relations import Reading, rows_of
from pipelines.reading import read
from pipelines.spread import spread

ROWS = (
    ("项目名称", "年初预算数", "执行数", "执行率"),
    ("临时救助", "1,062.50", "1,015.60", "95.59%"),
    ("残疾人补贴", "433.20", "344.28", "79.47%"),
    ("养老机构补贴", "39.22", "0", "0%"),
)
FIGURES = ["1,062.50", "1,015.60", "95.59%", "433.20", "344.28", "79.47%", "39.22", "0", "0%"]
SHEET = (420, 297)  # points: half of an A4 sheet, so that a page costs a second


@pytest.fixture(autouse=True)
def _printed_in_chinese() -> None:
    scanning.needs_fonts()


@cache
def printed(title: str = "2024年部门预算执行情况表") -> bytes:
    head = (pdf_samples.line(title, size=14, align="centre"), pdf_samples.line("单位：万元", align="right"))
    return pdf_samples.pdf(*head, pdf_samples.table(ROWS, size=11), pagesize=SHEET)


@cache
def sheet() -> scanning.Pixels:
    """The page on the glass: at a slant, grainy, sealed."""
    (page,) = scanning.pages(printed())
    return scanning.noisy(scanning.skewed(scanning.sealed(page, (0.75, 0.6))))


def figures(reading: Reading) -> list[str]:
    return [p.text for p in scanning.figures_in(t.table for t in reading.tables)]


def scan(*sheets: scanning.Pixels) -> Reading:
    return read(scanning.as_scan(sheets), "scan.pdf")


def blank() -> scanning.Pixels:
    return scanning.noisy(np.full_like(sheet(), 250))


def as_image(sheets: Sequence[scanning.Pixels], kind: str) -> bytes:
    first, *more = (Image.fromarray(s) for s in sheets)
    out = io.BytesIO()
    first.save(
        out, kind, dpi=(scanning.DPI, scanning.DPI), **({"save_all": True, "append_images": more} if more else {})
    )
    return out.getvalue()


@pytest.mark.parametrize("quarter_turns", [1, 2, 3], ids=["left", "upside down", "right"])
def test_a_page_that_lies_on_its_side_or_its_head_is_read(quarter_turns: int) -> None:
    reading = scan(np.ascontiguousarray(np.rot90(sheet(), quarter_turns)))
    assert figures(reading) == FIGURES
    (table,) = reading.tables
    assert table.table.title == "2024年部门预算执行情况表"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_of_a_page_is_read(kind: str) -> None:
    assert figures(read(as_image([sheet()], kind), "page")) == FIGURES


def test_each_frame_of_a_tiff_is_a_page() -> None:
    reading = read(as_image([sheet(), blank(), sheet()], "TIFF"), "pages.tif")
    assert reading.document.pages == 3
    assert sorted({c.page for t in reading.tables for c in t.table.cells}) == [1, 3]


def test_a_sheet_photographed_from_one_side_in_uneven_light_is_read() -> None:
    height, width = sheet().shape[:2]
    light = np.linspace(0.6, 1.0, width)[None, :, None] * np.linspace(0.9, 1.0, height)[:, None, None]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + np.array([[0.008, 0], [-0.004, 0.004], [0, 0], [0, -0.004]], np.float32) * width
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    photo = cv2.warpPerspective(sheet(), matrix, (width, height), borderValue=(255, 255, 255))
    assert figures(scan((photo * light).astype(np.uint8))) == FIGURES


def test_digital_and_scanned_pages_of_one_file_come_in_their_order() -> None:
    whole = pypdfium2.PdfDocument.new()
    for part in (printed("2023年部门预算执行情况表"), scanning.as_scan([sheet()])):
        whole.import_pages(pypdfium2.PdfDocument(part))
    out = io.BytesIO()
    whole.save(out)
    reading = read(out.getvalue(), "mixed.pdf")
    assert [t.table.title for t in reading.tables] == ["2023年部门预算执行情况表", "2024年部门预算执行情况表"]
    assert [t.table.engine for t in reading.tables] == ["grid", "ocr-grid"]
    assert figures(reading) == 2 * FIGURES


def test_rubbish_that_a_scanner_hid_behind_the_page_is_not_taken_for_its_words() -> None:
    def draw(canvas: Canvas) -> None:
        hidden = canvas.beginText(30, 200)
        hidden.setFont("Helvetica", 10)
        hidden.setTextRenderMode(3)
        hidden.textLines(["lll1 O0 |~ 9 99 .. ,,", "66 6.6 6 ii ;; 77.7"])
        canvas.drawText(hidden)
        canvas.drawImage(ImageReader(Image.fromarray(sheet())), 0, 0, *SHEET)

    reading = read(pdf_samples.drawn(draw, SHEET), "hidden.pdf")
    assert figures(reading) == FIGURES
    assert "ii" not in reading.document.text


def test_a_blank_page_among_others_is_no_fault_and_blank_pages_alone_say_so() -> None:
    assert "第2页" not in (scan(sheet(), blank()).document.reason or "")
    alone = scan(blank()).document
    assert (alone.status, alone.reason) == ("quarantined", "所有页面都是空白")


def test_a_page_that_nobody_could_read_says_so_and_states_nothing() -> None:
    coarse = Image.fromarray(sheet()).filter(ImageFilter.GaussianBlur(9))
    reading = scan(np.array(coarse))
    assert reading.document.status == "quarantined"
    assert not reading.facts
    assert any(words in (reading.document.reason or "") for words in ("无法辨认", "模糊"))


def test_a_page_scanned_too_coarsely_asks_for_a_better_scan() -> None:
    small = Image.fromarray(sheet()).resize((250, 177))
    reading = read(scanning.as_scan([np.array(small)], dpi=43), "coarse.pdf")
    assert reading.document.status == "quarantined"
    assert "分辨率太低" in (reading.document.reason or "")


def test_an_illegible_page_leaves_the_others_read_and_is_named() -> None:
    blurred = np.array(Image.fromarray(sheet()).filter(ImageFilter.GaussianBlur(9)))
    reading = scan(sheet(), blurred)
    assert figures(reading) == FIGURES
    assert reading.document.status == "partial"
    assert "第2页" in (reading.document.reason or "")


def test_the_same_scan_gives_the_same_rows_whatever_the_number_of_workers(tmp_path: Path) -> None:
    paths = [tmp_path / f"{k}.pdf" for k in range(2)]
    for path in paths:
        path.write_bytes(scanning.as_scan([sheet()]))
    limits = readings.limits_of(settings.load())
    found = [
        [rows_of(o.result) for o in spread(partial(_read, name="scan.pdf"), paths, limits, workers=n) if o.result]
        for n in (1, 2)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == len(paths)
    assert found[0][0] == found[0][1]


def _read(path: Path, name: str) -> Reading:
    return read(path.read_bytes(), name)
