"""PDF pages: what is printed on them, where, and what cannot be read."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipelines.core.model import Box
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.pdf import read_pages
from pipelines.documents.pdf_frame import Frame
from pipelines.documents.pdf_furniture import page_numbers
from pipelines.documents.pdf_lines import set_lines
from pipelines.tables.pdf_tables import read_pdf
from tests.pdf_corpus import CAIZHENGJU_2024, TEMPLATE, ZHENGXIE_2017, ZHENGXIE_2017_PROSE, corpus_bytes, corpus_reading
from tests.pdf_samples import FONT, drawn, line, pdf, table

ROWS = [["项目", "年初预算数", "执行数"], ["城乡低保补助", "423", "734.19"], ["临时救助", "50", "15.6"]]


def _texts(data: bytes) -> list[str]:
    return [x.text for page in read_pages(data).pages for x in set_lines(page.glyphs)]


def _grid(data: bytes) -> list[list[str]]:
    (found,) = read_pdf(data, "x").document.grids
    return [[c.text for c in found.cells if c.row == r] for r in range(found.rows)]


def _small_table(canvas: Canvas, x: float = 60, y: float = 700) -> None:
    """Three columns of 80 and three rows of 20 points, its top left corner at (x, y)."""
    for r in range(4):
        canvas.line(x, y - 20 * r, x + 240, y - 20 * r)
    for c in range(4):
        canvas.line(x + 80 * c, y, x + 80 * c, y - 60)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            canvas.drawString(x + 80 * c + 4, y - 20 * r - 14, text)


def test_a_font_that_is_not_embedded_is_read_by_its_encoding():
    assert _texts(drawn(lambda c: c.drawString(60, 700, "城乡低保补助 1,174.77 万元"))) == [
        "城乡低保补助 1,174.77 万元"
    ]


def test_a_single_character_drawn_by_itself_is_not_lost():
    def draw(canvas: Canvas) -> None:
        for k, character in enumerate("总计数"):
            canvas.drawString(60 + 10 * k, 700, character)

    assert _texts(drawn(draw)) == ["总计数"]


def test_characters_drawn_twice_to_look_bold_are_read_once():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "合计 11")
        canvas.drawString(60.4, 700, "合计 11")

    assert _texts(drawn(draw)) == ["合计 11"]


def test_a_slanted_watermark_is_no_text_of_the_page():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "部门预算公开")
        canvas.saveState()
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "征求意见稿")
        canvas.restoreState()

    assert _texts(drawn(draw)) == ["部门预算公开"]


def test_boxes_are_points_of_the_page_as_shown_when_it_is_cropped():
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((50, 600, 450, 750))
        _small_table(canvas)
        canvas.drawString(60, 100, "裁掉的文字")

    (found,) = read_pdf(drawn(draw), "x").document.grids
    box = found.cells[0].box
    assert box is not None
    assert (round(box.x0), round(box.y0), round(box.x1), round(box.y1)) == (10, 80, 90, 100)
    assert "裁掉的文字" not in _texts(drawn(draw))


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_turned_by_its_rotate_entry_reads_as_before_and_its_boxes_turn_with_it(degrees: int):
    turned = io.BytesIO()
    document = pypdfium2.PdfDocument(drawn(_small_table))
    document[0].set_rotation(degrees)
    document.save(turned)
    assert _grid(turned.getvalue()) == ROWS
    (found,) = read_pdf(turned.getvalue(), "x").document.grids
    box = found.cells[0].box
    assert box is not None
    back = Frame(Box(0, 0, *A4), degrees).user(box)
    assert (round(back.x0), round(back.y0), round(back.x1), round(back.y1)) == (60, 680, 140, 700)


def test_a_table_drawn_sideways_on_an_upright_page_reads_as_one_drawn_upright():
    def draw(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        _small_table(canvas, 60, 300)

    assert _grid(drawn(draw)) == ROWS
    (found,) = read_pdf(drawn(draw), "x").document.grids
    box = found.cells[0].box
    assert box is not None
    assert (round(box.x0), round(box.x1)) == (round(A4[0] - 300), round(A4[0] - 280))


def test_rules_and_text_inside_a_form_are_found_where_the_form_is_placed():
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("table")
        canvas.setFont(FONT, 10)
        _small_table(canvas, 0, 60)
        canvas.endForm()
        canvas.translate(100, 500)
        canvas.doForm("table")

    data = drawn(draw)
    assert _grid(data) == ROWS
    box = read_pdf(data, "x").document.grids[0].cells[0].box
    assert box is not None
    assert (round(box.x0), round(box.y1)) == (100, 560)


def test_page_numbers_are_taken_out_even_where_they_are_printed_over_a_cell():
    def number(canvas: Canvas, _doc: object) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(A4[0] / 2, 62, str(canvas.getPageNumber()))

    tall = [["项目", "金额"], *([f"第{k}项支出", f"{k}.50"] for k in range(1, 100))]
    data = pdf(table(tall, widths=[250, 250], size=9), pagesize=A4, on_page=number)
    pages = read_pages(data).pages
    printed = [{page.glyphs[i].text for i in indices} for page, indices in zip(pages, page_numbers(pages), strict=True)]
    assert printed == [{"1"}, {"2"}, {"3"}]
    (found,) = read_pdf(data, "x").document.grids
    assert [c.text for c in found.cells if c.col == 1][1:] == [f"{k}.50" for k in range(1, 100)]


def test_a_row_that_counts_the_columns_is_not_a_page_number():
    head = [["项目", "收入", "支出"], ["栏次", "1", "2"]]
    data = pdf(*[x for k in range(3) for x in (table([*head, ["合计", f"{k}0.5", "7"]]), None)][:-1])
    assert [t for t in page_numbers(read_pages(data).pages) if t] == []


def test_lines_know_where_they_stand_in_the_text_and_on_the_page():
    reading = read_pdf(pdf(line("第一部分 部门概况", size=16), line("一、主要职能"), pagesize=A4), "x")
    document = reading.document
    assert document.text == "第一部分 部门概况\n一、主要职能"
    assert [document.text[x.start : x.end] for x in document.lines] == [x.text for x in document.lines]
    assert document.lines[0].box is not None
    assert document.lines[1].box is not None
    assert document.lines[0].box.y0 > document.lines[1].box.y1


def test_lines_inside_tables_and_around_them_are_no_prose():
    flowables = [
        line("本年收入合计2946.25万元。"),
        line("收入决算表", size=16, align="centre"),
        line("单位：万元", align="right"),
        table(ROWS),
        line("注：本表反映部门本年度取得的各项收入情况。"),
    ]
    reading = read_pdf(pdf(*flowables), "x")
    assert [x.text for x in reading.prose] == ["本年收入合计2946.25万元。"]
    assert reading.roles[0] == "prose"
    assert set(reading.roles[1:]) == {"head", "table", "note"}


def test_a_file_whose_owner_forbids_copying_is_read_by_both_engines():
    def draw() -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, encrypt=StandardEncryption("", "owner", canCopy=0, canPrint=0, strength=128), invariant=1)
        canvas.setFont(FONT, 10)
        _small_table(canvas)
        canvas.save()
        return out.getvalue()

    (found,) = read_pdf(draw(), "x").document.grids
    assert [c.text for c in found.cells if c.row == 1] == ROWS[1]
    assert found.notes == ()


def _encrypted() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", strength=128), invariant=1)
    canvas.drawString(60, 700, "x")
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "0字节"),
        (b"PK\x03\x04 not this", "不是PDF"),
        (b"%PDF-1.4\nnothing else", "损坏"),
        (_encrypted(), "密码"),
    ],
)
def test_a_file_that_cannot_be_opened_says_why_in_chinese(data: bytes, words: str):
    with pytest.raises(UnreadableDocument) as error:
        read_pages(data)
    assert words in error.value.reason


def test_a_file_with_too_many_pages_is_refused_before_they_are_read():
    data = drawn(lambda c: [c.showPage() for _ in range(5)])
    with pytest.raises(UnreadableDocument, match="超过上限3页"):
        read_pages(data, most_pages=3)


def test_a_file_cut_short_is_never_taken_for_whole():
    whole = pdf(table(ROWS), line("完"))
    for eighth in range(1, 8):
        cut = whole[: len(whole) * eighth // 8]
        try:
            status = read_pdf(cut, "x").document.status
        except UnreadableDocument:
            continue
        assert status != "parsed"


def _picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (200, 280), "#dddddd")), 0, 0, *A4)


def test_a_page_that_is_a_picture_needs_recognition_and_its_neighbours_do_not():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "部门预算情况说明")
        canvas.showPage()
        _picture(canvas)
        canvas.showPage()

    reading = read_pdf(drawn(draw), "x")
    assert reading.needs_ocr == ((2, "扫描件，没有文字层"),)
    assert reading.document.status == "partial"
    assert [x.text for x in reading.document.lines] == ["部门预算情况说明"]


def test_a_hidden_recognition_layer_under_a_picture_is_not_trusted():
    def draw(canvas: Canvas) -> None:
        _picture(canvas)
        text = canvas.beginText(60, 700)
        text.setFont(FONT, 10)
        text.setTextRenderMode(3)
        text.textLine("双平1日你 贝亚木你 收入支出决算总表")
        canvas.drawText(text)

    reading = read_pdf(drawn(draw), "x")
    assert reading.needs_ocr == ((1, "扫描件，只有隐藏的识别文字层"),)
    assert reading.document.status == "quarantined"


def test_a_text_layer_of_rubbish_is_found_and_not_guessed_at():
    rubbish = "ÖÐ¹úÕþ¸®²ÆÕþÔ¤Ëã×Ü±íÊÕÈëÖ§³ö¾öËã±í¹«¿ª"

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, rubbish)

    reading = read_pdf(drawn(draw), "x")
    assert reading.needs_ocr == ((1, "文字层是乱码"),)
    assert reading.document.text == ""


def test_a_blank_page_needs_no_recognition():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "部门预算情况说明")
        canvas.showPage()
        canvas.showPage()

    reading = read_pdf(drawn(draw), "x")
    assert reading.needs_ocr == ()
    assert reading.document.status == "parsed"


def test_reading_the_same_bytes_twice_gives_the_same():
    data = pdf(line("收入决算表", size=16, align="centre"), table(ROWS))
    assert read_pdf(data, "x") == read_pdf(data, "x")


@pytest.mark.parametrize("name", [CAIZHENGJU_2024, TEMPLATE, ZHENGXIE_2017])
def test_no_page_of_the_published_files_needs_recognition(name: str):
    reading = corpus_reading(name)
    assert reading.needs_ocr == ()
    assert reading.document.status == "parsed"


def test_prose_of_a_published_budget_holds_no_page_numbers_and_no_tables():
    reading = corpus_reading(ZHENGXIE_2017_PROSE)
    assert reading.document.grids == ()
    assert sum(role == "furniture" for role in reading.roles) == reading.document.pages
    assert not any(x.text.strip().isdecimal() for x in reading.prose)


def test_a_published_file_cut_short_is_never_taken_for_whole():
    whole = corpus_bytes(ZHENGXIE_2017)
    for eighth in (2, 4, 7):
        try:
            reading = read_pdf(whole[: len(whole) * eighth // 8], "x")
        except UnreadableDocument:
            continue
        assert reading.document.status != "parsed"
