"""LibreOffice as a converter of old word processor files to DOCX, in a process that does not outlive its caller."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipelines.documents.errors import UnreadableDocument

SECONDS = 120
"""How long a conversion may take; real files take 2 to 4 seconds."""
_FIRST_START = 81
"""Exit code by which LibreOffice, having made its profile, asks to be started again."""
_STARTS = 3


def program() -> Path | None:
    """Where LibreOffice is, None where it is not installed.

    The binary beside the `soffice` script is preferred: it is one process, so ending it leaves nothing behind.
    """
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return None
    script = Path(found).resolve()
    binary = script.with_name("soffice.bin")
    return binary if binary.exists() else script


def to_docx(data: bytes, suffix: str, seconds: float = SECONDS) -> bytes:
    """The file as DOCX. Raises UnreadableDocument where there is no LibreOffice, or it cannot read the file."""
    office = program()
    if office is None:
        raise UnreadableDocument(
            "没有安装 LibreOffice，无法读取 DOC、WPS、RTF 文件；请安装 libreoffice-writer，或把文件另存为 DOCX 后再提交"
        )
    with tempfile.TemporaryDirectory(prefix="gouji-office-") as folder:
        here = Path(folder)
        source, target = here / f"report{suffix}", here / "out" / "report.docx"
        source.write_bytes(data)
        for _ in range(_STARTS):
            if _convert(office, source, target, here, seconds) != _FIRST_START:
                break
        if not target.exists():
            raise UnreadableDocument(
                "LibreOffice 打不开此文件，文件可能已损坏；请用 Word 或 WPS 打开后另存为 DOCX 再提交"
            )
        return target.read_bytes()


def _convert(office: Path, source: Path, target: Path, here: Path, seconds: float) -> int:
    command = [
        str(office),
        f"-env:UserInstallation={(here / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        str(target.parent),
        str(source),
    ]
    environment = os.environ | {"HOME": str(here), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as e:
        raise UnreadableDocument(f"LibreOffice 在 {seconds:g} 秒内没有完成转换，文件可能过大或已损坏") from e
    return done.returncode
