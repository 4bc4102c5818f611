"""The pages of PDF reports as images, and where on them the sentences stand; made once and kept by content.

`<cache>/pages/<renderer>/<sha256>/` holds `pages.json` (what there is) and one image a page. It depends on nothing but
the bytes of the file and the renderer, so it never changes once it is there, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import PIL.Image
import pypdfium2

from pipelines.core.relations import sha256_of
from pipelines.delivery.site import printed
from pipelines.documents.archive import members
from pipelines.documents.errors import UnreadableDocument
from pipelines.documents.guard import Limits
from pipelines.documents.media import PDF, ZIP
from pipelines.documents.pdf import read_pages
from pipelines.documents.sniff import sniff
from pipelines.inbox import regular_file, text_of
from pipelines.readings import Progress
from pipelines.spread import spread

DPI = 96
LONGEST = 1_600
"""Pixels of the longer side at most, whatever a file says its page measures."""
GREYS = 8
"""Shades of grey: text stays sharp, and a page of it is some 40 KB."""
PHOTOGRAPH = 160_000
"""Bytes from which a page is a picture rather than text, and better kept as WebP."""
MOST_PAGES = 300
LIMITS = Limits(seconds=120, megabytes=2048)
"""What drawing one report may cost; a hostile file costs its images, never the refresh."""
RENDERER = f"{DPI}dpi-{GREYS}-pdfium{pypdfium2.version.PDFIUM_INFO.build}-pillow{PIL.__version__}-2"


@dataclass(frozen=True, slots=True)
class Task:
    """A PDF file to draw; `sentences` are (number, page, text) of its prose, to be found on its pages."""

    path: Path
    sha256: str
    folder: Path
    sentences: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pages of a report: for each (width, height, image) in points and as a file, or None where it has none.

    `lines` are the boxes of the lines of each sentence that was found, by sentence number.
    """

    folder: Path
    pages: tuple[tuple[float, float, str] | None, ...] = ()
    lines: dict[int, list[list[float]]] | None = None


def draw_missing(tasks: Sequence[Task], workers: int, progress: Progress) -> int:
    """Draws what is not yet kept, each report in a guarded process; returns how many were drawn."""
    missing = [t for t in tasks if not _kept(t)]
    if missing:
        progress.stage("draw", len(missing))
    drawn = 0
    for outcome in spread(draw, missing, LIMITS, workers):
        drawn += outcome.failure is None
        if outcome.failure is not None:
            _keep(outcome.item, [], {}, {})
        progress.document(text_of(Path(outcome.item.path.name)), "drawn")
    return drawn


def draw(task: Task) -> int:
    """Draws one report and keeps the images; returns its number of pages, 0 where it cannot be drawn (any more)."""
    try:
        data = _bytes(task)
        opened = read_pages(data)
    except (OSError, UnreadableDocument):
        _keep(task, [], {}, {})
        return 0
    images: dict[str, bytes] = {}
    pages: list[Any] = []
    document = pypdfium2.PdfDocument(data)
    try:
        for page in opened.pages[:MOST_PAGES]:
            width, height = page.frame.shown_size
            if page.broken:
                pages.append(None)
                continue
            kind, image = _image(document[page.number - 1], width, height)
            name = f"{page.number}.{kind}"
            images[name] = image
            pages.append([round(width, 1), round(height, 1), name])
    finally:
        document.close()
    _keep(task, pages, printed.places(opened.pages, task.sentences), images)
    return len(pages)


def task_of(cache: Path, raw: Path, file: str, sha256: str, sentences: Iterable[tuple[int, int, str]]) -> Task:
    """The task that draws a report, `file` being its name below `raw` as the warehouse tells it."""
    return Task(_located(raw, file), sha256, cache / "pages" / RENDERER / sha256, tuple(sentences))


def drawn(task: Task) -> Drawn:
    """What is kept of a file; nothing where it could not be drawn."""
    try:
        kept = json.loads(_index(task).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Drawn(task.folder)
    pages = tuple((p[0], p[1], p[2]) if p else None for p in kept["pages"])
    return Drawn(task.folder, pages, {int(number): boxes for number, boxes in kept["lines"].items()})


def can_draw(media_type: str | None, status: str) -> bool:
    """Whether a report has pages to show: a PDF whose reading did not end in quarantine."""
    return media_type == PDF and status != "quarantined"


def _located(raw: Path, file: str) -> Path:
    """The file, or the archive that holds it; a name out of an archive leads nowhere outside `raw`."""
    path = raw
    for part in PurePosixPath(file).parts:
        if part in ("..", "/") or path.is_file():
            break
        path /= part
    return path


def _bytes(task: Task) -> bytes:
    """The bytes of the report, its hash their proof. Raises OSError where they are not there any more."""
    with regular_file(task.path) as file:
        data = file.read()
    if sha256_of(data) == task.sha256:
        return data
    if sniff(data) == ZIP:
        for member in members(data):
            if member.data is not None and sha256_of(member.data) == task.sha256:
                return member.data
    raise FileNotFoundError(task.path)


def _image(page: pypdfium2.PdfPage, width: float, height: float) -> tuple[str, bytes]:
    scale = min(DPI / 72, LONGEST / max(width, height))
    grey = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    shades = grey.point([round(v * (GREYS - 1) / 255) for v in range(256)])
    paletted = PIL.Image.frombytes("P", shades.size, shades.tobytes())
    paletted.putpalette([round(i * 255 / (GREYS - 1)) for i in range(GREYS) for _ in range(3)])
    out = io.BytesIO()
    paletted.save(out, "PNG", bits=4, compress_level=9)
    if out.tell() <= PHOTOGRAPH:
        return "png", out.getvalue()
    out = io.BytesIO()
    grey.save(out, "WEBP", quality=45, method=4)
    return "webp", out.getvalue()


def _index(task: Task) -> Path:
    """The index depends on the sentences too: a better reading of the same bytes finds others."""
    digest = hashlib.sha256(json.dumps(task.sentences, ensure_ascii=False).encode()).hexdigest()
    return task.folder / f"{digest[:16]}.json"


def _kept(task: Task) -> bool:
    return _index(task).is_file()


def _keep(task: Task, pages: list[Any], lines: dict[int, list[list[float]]], images: dict[str, bytes]) -> None:
    task.folder.mkdir(parents=True, exist_ok=True)
    for name, image in images.items():
        _put(task.folder / name, image)
    index = json.dumps({"pages": pages, "lines": lines}, ensure_ascii=False, sort_keys=True)
    _put(_index(task), index.encode())


def _put(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all; one that is there already is the same and stays."""
    if path.is_file():
        return
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as f:
        f.write(data)
    Path(temporary).chmod(0o644)
    shutil.move(temporary, path)
