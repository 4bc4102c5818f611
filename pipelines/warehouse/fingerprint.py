"""What a warehouse is made from, in one hash: the files, their sidecars, and every line of code that shapes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache

import duckdb

from pipelines.settings import MODELS, PACKAGE
from pipelines.warehouse.build import SourceFile
from pipelines.warehouse.cache import parser_version, sources_digest

BUILDER = (
    "audit",
    "core",
    "decisions",
    "delivery/site",
    "delivery/workbook.py",
    "orchestration",
    "inbox.py",
    "readings.py",
    "refresh.py",
    "vocab",
    "warehouse",
)
"""What decides how cached readings become a warehouse and what is published with it, below the package."""
STATED = ("expectations", "sql")
"""The same, beside the package."""


@cache
def builder_version() -> str:
    """A name for the SQL, checks, expectations and code between the readings and the marts: 16 hex digits."""
    digest = sources_digest(PACKAGE, BUILDER)
    digest.update(sources_digest(MODELS, STATED).digest())
    digest.update(f"duckdb {duckdb.__version__}".encode())
    name: str = digest.hexdigest()[:16]
    return name


def fingerprint(files: Iterable[SourceFile], *settings: str) -> str:
    """The same for the same paths, bytes, sidecars, code and `settings`, in whatever order the files come.

    How a file was read (folder, status) does not enter: it follows from the rest, and is not known before reading.
    """
    stated = sorted(
        [f.file, f.sha256, json.dumps(f.sidecar or {}, default=str, ensure_ascii=False, sort_keys=True)] for f in files
    )
    whole = json.dumps([stated, parser_version(), builder_version(), settings], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
