"""What the benchmarks read: the corpus beside the checkout, or, where it is not at hand, files generated instead."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.core.model import Table
from pipelines.reading import read
from pipelines.settings import PROJECT

CORPUS = PROJECT.parent / "shared" / "corpus"
RAW = PROJECT / "data" / "raw"
COPIES = 6
"""Generated files a report."""
FONT = "STSong-Light"
WIDTH = 680
"""Points of a generated table."""


@dataclass(frozen=True, slots=True)
class Samples:
    """A folder of digital documents and what to call it."""

    folder: Path
    name: str

    def pdfs(self) -> list[Path]:
        """Its PDF files."""
        return sorted(self.folder.rglob("*.pdf"))

    def documents(self) -> list[Path]:
        """All its files."""
        return sorted(p for p in self.folder.rglob("*") if p.is_file())


@contextmanager
def samples() -> Iterator[Samples]:
    """The corpus; else PDF files with the tables of the five reports, in a temporary folder."""
    if any(CORPUS.rglob("*.pdf")):
        yield Samples(CORPUS, "the corpus")
        return
    with TemporaryDirectory(prefix="gouji-bench-") as name:
        for path in sorted(RAW.glob("*.txt")):
            tables = [t.table for t in read(path.read_bytes(), path.name).tables]
            for copy in range(COPIES):
                (Path(name) / f"{path.stem}-{copy}.pdf").write_bytes(_printed(tables))
        yield Samples(Path(name), "generated files (no corpus at hand): the tables of the five reports, ruled")


def scan(pdf: Path, pages: int, dpi: int = 200, degrees: float = 1.5) -> bytes:
    """The first pages of a PDF as a scanner would give them: askew, with noise, as JPEG, without text."""
    import cv2  # noqa: PLC0415 - with the recogniser, heavy; only scans need it
    import numpy as np  # noqa: PLC0415
    import pypdfium2  # noqa: PLC0415
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    chance = np.random.default_rng(1)
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    document = pypdfium2.PdfDocument(pdf)
    for index in range(min(pages, len(document))):
        pixels = document[index].render(scale=dpi / 72).to_numpy()
        height, width = pixels.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
        turned = cv2.warpAffine(pixels, turn, (width, height), borderValue=(255, 255, 255))
        noisy = np.clip(turned + chance.normal(0, 8, turned.shape), 0, 255).astype(np.uint8)
        _, packed = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, 60])
        size = width * 72 / dpi, height * 72 / dpi
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(io.BytesIO(packed.tobytes())), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _printed(tables: list[Table]) -> bytes:
    """A PDF with ruled tables of the same cells."""
    from reportlab.lib.colors import black  # noqa: PLC0415 - for development only
    from reportlab.lib.pagesizes import A4, landscape  # noqa: PLC0415
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate  # noqa: PLC0415
    from reportlab.platypus import Table as PrintedTable  # noqa: PLC0415

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    style = ParagraphStyle("cell", fontName=FONT, fontSize=6, leading=7, wordWrap="CJK")
    story: list[object] = []
    for table in tables:
        rows = [[Paragraph("", style) for _ in range(table.cols)] for _ in range(table.rows)]
        for c in table.cells:
            rows[c.row][c.col] = Paragraph(c.text.replace("&", "&amp;").replace("<", "&lt;"), style)
        story += [Paragraph(table.title or "情况表", style), Paragraph("单位：万元", style)]
        ruled = [("GRID", (0, 0), (-1, -1), 0.5, black), ("LEFTPADDING", (0, 0), (-1, -1), 1)]
        ruled += [("RIGHTPADDING", (0, 0), (-1, -1), 1)]
        story += [PrintedTable(rows, [WIDTH / table.cols] * table.cols, style=ruled, splitInRow=1), PageBreak()]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A4), invariant=1).build(story)
    return out.getvalue()
