"""Every path and knob in one typed place, each with a default and the environment variable that overrides it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
PROJECT = PACKAGE.parent
"""The checkout: holds sql/, expectations/ and data/ beside the package."""
IS_CHECKOUT = (PROJECT / "sql").is_dir()
MODELS = PROJECT if IS_CHECKOUT else PACKAGE
"""What holds sql/ and expectations/: the checkout, or, where a wheel was installed, the package (see setup.py)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much they may cost.

    `data` (GOUJI_DATA) holds raw/, marts/ and the parse cache; `home` (GOUJI_HOME) holds run history;
    `workers` (GOUJI_WORKERS) processes read documents; `document_seconds` (GOUJI_DOCUMENT_SECONDS),
    `document_megabytes` (GOUJI_DOCUMENT_MEGABYTES) and `document_pages` (GOUJI_DOCUMENT_PAGES) limit the reading of
    one; `keep_versions` (GOUJI_KEEP_VERSIONS) published warehouses stay on disk; `dask` (GOUJI_DASK) is the address of
    a Dask scheduler that shares the `data` folder, None for processes on this machine.
    """

    data: Path
    home: Path
    workers: int = 2
    document_seconds: int = 300
    document_megabytes: int = 2048
    document_pages: int = 3000
    keep_versions: int = 3
    dask: str | None = None

    @property
    def raw(self) -> Path:
        """The folder of reports."""
        return self.data / "raw"

    @property
    def marts(self) -> Path:
        """The folder of everything published."""
        return self.data / "marts"

    @property
    def cache(self) -> Path:
        """Readings by content hash and parser version; safe to delete."""
        return self.data / "cache"

    @property
    def warehouse(self) -> Path:
        """The published database."""
        return self.marts / "gouji.duckdb"


def load(data: Path | None = None) -> Settings:
    """Settings from the environment; `data` (the command's --data) wins over GOUJI_DATA."""
    env = os.environ
    # An installed package is no place for data: there the defaults stand in the folder at hand.
    here = PROJECT if IS_CHECKOUT else Path.cwd()
    return Settings(
        data=(data or Path(env.get("GOUJI_DATA", here / "data"))).absolute(),
        home=Path(env.get("GOUJI_HOME", here / ".dagster")).absolute(),
        workers=int(env.get("GOUJI_WORKERS", os.cpu_count() or 2)),
        document_seconds=int(env.get("GOUJI_DOCUMENT_SECONDS", "300")),
        document_megabytes=int(env.get("GOUJI_DOCUMENT_MEGABYTES", "2048")),
        document_pages=int(env.get("GOUJI_DOCUMENT_PAGES", "3000")),
        keep_versions=int(env.get("GOUJI_KEEP_VERSIONS", "3")),
        dask=env.get("GOUJI_DASK") or None,
    )
