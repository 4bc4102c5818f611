"""The terminal: consoles, and text made safe and readable for one (wide Chinese characters count as two cells)."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

PLAIN_WIDTH = 160
"""Columns when the output is not a terminal, so that a file or pipe is not cut to 80."""


class Screen(Console):
    """A console that leaves a broken pipe to its caller; rich would end the process with a code that means findings."""

    def on_broken_pipe(self) -> None:
        """Passes it on."""
        raise BrokenPipeError


def console(stream: TextIO | None = None) -> Console:
    """A console on a stream (standard output) that never guesses at markup or numbers in the text it is given."""
    stream = stream or sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS", PLAIN_WIDTH))
    return Screen(file=stream, highlight=False, markup=False, emoji=False, width=width)


def program(name: str) -> str:
    """A command of this environment as one can type it here: by its name if that finds it, else by its path."""
    beside = Path(sys.executable).parent / name
    found = shutil.which(name)
    if not beside.exists() or (found is not None and Path(found).parent == beside.parent):
        return name
    here = Path.cwd()
    return shlex.quote(str(beside.relative_to(here) if beside.is_relative_to(here) else beside))


def printable(text: str) -> str:
    """The text with control characters as `\\xNN`: a file name must not be able to drive the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


def shown(value: Any, column: str = "") -> str:
    """One value as a reader wants it: amounts with separators, decimals without padding zeros, NULL as blank."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:,f}" if column.endswith(("_yuan", "（万元）")) else f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, (list, tuple)):
        return "、".join(shown(v) for v in value)
    if isinstance(value, dict):
        return "；".join(f"{k}: {shown(v)}" for k, v in value.items() if v is not None)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return printable(str(value))


def is_numeric(values: list[Any]) -> bool:
    """Whether a column holds numbers only (and at least one)."""
    there = [v for v in values if v is not None]
    return bool(there) and all(isinstance(v, (int, float, Decimal)) and not isinstance(v, bool) for v in there)


def table(title: str = "") -> Table:
    """An empty table in the style of all of gouji's tables."""
    return Table(title=Text(title, style="bold") if title else None, title_justify="left", header_style="bold")


def cell(text: str, style: str = "") -> Text:
    """Text of a cell, never read as markup; a long word is broken rather than cut."""
    return Text(printable(text), style=style, overflow="fold")
