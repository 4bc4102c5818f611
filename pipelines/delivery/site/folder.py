"""The folder of a site as it is written: pages from templates, data as scripts, files taken over.

A page opened from disk may load scripts but fetch nothing, so every piece of data is a script that hands one JSON value
to `gouji.shelf`. It also carries the stamp of the warehouse: a page of one version notices the data of another.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.audit.wording import plain
from pipelines.delivery.site.words import both, known, pair, said

HERE = Path(__file__).parent
_NAME = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")
"""Names of pages and data: what a report says or is called never becomes a path."""


@dataclass
class Folder:
    """A site in the making below `root`; `stamp` names the warehouse that it shows."""

    root: Path
    stamp: str
    files: int = 0
    bytes: int = 0
    sizes: dict[str, int] = field(default_factory=dict)

    def page(self, name: str, template: str, **context: Any) -> None:
        """Writes `<name>.html` from a template."""
        depth = name.count("/")
        text = _templates().get_template(template).render(page=name, root="../" * depth, stamp=self.stamp, **context)
        self._write(f"{_checked(name)}.html", text)

    def data(self, name: str, value: Any) -> None:
        """Writes `data/<name>.js`, which hands the value to the page that asks for it."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_exact)
        self._write(f"data/{_checked(name)}.js", f"gouji.shelf.put({json.dumps([name, self.stamp])},{body});\n")

    def script(self, name: str, text: str) -> None:
        """Writes `assets/<name>.js`."""
        self._write(f"assets/{_checked(name)}.js", text)

    def take(self, source: Path, name: str) -> None:
        """Puts a file that never changes into the site, as another name of the same file where the disk allows it."""
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
        self._count(name, target.stat().st_size)

    def copy(self, source: Path, name: str) -> None:
        """Copies a file of the program."""
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        self._count(name, target.stat().st_size)

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        body = text.encode("utf-8")
        path.write_bytes(body)
        self._count(name, len(body))

    def _count(self, name: str, size: int) -> None:
        self.files += 1
        self.bytes += size
        self.sizes[name] = size


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(t=both, pair=pair, known=known, said=said, percent=_percent)
    return environment


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "–"


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not the name of a page: {name!r}")
    return name


def _exact(value: Any) -> Any:
    """Decimals as text, so that no figure passes through a float."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"not for a page: {value!r}")
