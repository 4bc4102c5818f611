"""The parse cache: one reading as five Parquet files in a folder named by what it depends on.

`<cache>/<parser version>/<sha256>/{documents,tables,cells,sentences,facts}.parquet`. A reading depends on nothing
but the bytes of its file and the parser, so a folder never changes once it is there, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.core.relations import RELATIONS, Reading, Row, rows_of

PACKAGE = Path(__file__).resolve().parent.parent
PARSER = ("core", "documents", "tables", "facts", "families", "vocab", "readers.py", "reading.py")
"""What a reading depends on, below the package."""
LIBRARIES = (
    "camelot-py",
    "lxml",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pypdfium2",
    "python-calamine",
    "rapidocr",
)
"""Installed packages whose version can change a reading."""

_SIMPLE = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "VARCHAR[]": pa.list_(pa.string()),
    "MAP(VARCHAR, VARCHAR)": pa.map_(pa.string(), pa.string()),
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def parser_version() -> str:
    """A name for everything that decides how bytes are read: 16 hex digits over sources, vocabularies, libraries."""
    digest = sources_digest(PACKAGE, PARSER)
    digest.update("\n".join(f"{name} {_installed(name)}" for name in LIBRARIES).encode())
    name: str = digest.hexdigest()[:16]
    return name


def sources_digest(root: Path, parts: tuple[str, ...]) -> Any:
    """A sha256 object fed with the names and bytes of all files of `parts` (files or folders) below `root`."""
    digest = hashlib.sha256()
    for part in parts:
        top = root / part
        files = [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file())
        for path in files:
            if "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest


def folder_of(root: Path, sha256: str) -> Path:
    """Where the reading of a file with this hash is kept below the cache folder `root`."""
    return root / parser_version() / sha256


def has(folder: Path) -> bool:
    """Whether a whole reading is there."""
    return all((folder / f"{name}.parquet").is_file() for name in RELATIONS)


def save(reading: Reading, folder: Path) -> None:
    """Writes the five files in one step: other processes see the whole reading or none.

    Two processes may save the same reading at once; either one's folder stays.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name[:16]}.", dir=folder.parent))
    temporary.chmod(0o755)
    try:
        for name, rows in rows_of(reading).items():
            _write(arrow_table(RELATIONS[name], rows), temporary / f"{name}.parquet")
        if not has(folder):
            shutil.rmtree(folder, ignore_errors=True)
            _move(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def arrow_table(columns: Mapping[str, str], rows: list[Row]) -> pa.Table:
    """The rows as an Arrow table of exactly these columns (name → DuckDB type).

    Money is rounded to the column's places (half even). A figure with more whole digits than its column holds is
    left out, since no report's figure has so many; its text stays in `as_printed`.
    """
    schema = arrow_schema(columns)
    return pa.table([_array(schema.field(name), rows) for name in columns], schema=schema)


def arrow_schema(columns: Mapping[str, str]) -> pa.Schema:
    """DuckDB column types as an Arrow schema."""
    return pa.schema([(name, _arrow_type(kind)) for name, kind in columns.items()])


def _array(field: pa.Field, rows: list[Row]) -> pa.Array:
    values = [row[field.name] for row in rows]
    if pa.types.is_decimal(field.type):
        values = [_fitting(v, field.type.precision, field.type.scale) for v in values]
    elif pa.types.is_string(field.type):
        values = [_storable(v) for v in values]
    elif pa.types.is_list(field.type):
        values = [None if v is None else [_storable(item) for item in v] for v in values]
    elif pa.types.is_map(field.type):
        values = [None if v is None else [(_storable(k), _storable(x)) for k, x in v.items()] for v in values]
    return pa.array(values, type=field.type)


def _fitting(value: Decimal | None, precision: int, scale: int) -> Decimal | None:
    if value is None or not value.is_finite() or value.adjusted() >= precision - scale:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-scale), context=_WIDE)
    return rounded if rounded.adjusted() < precision - scale else None


def _storable(text: str | None) -> str | None:
    """Half of a surrogate pair, as broken fonts yield, has no UTF-8 form; U+FFFD keeps all offsets."""
    return None if text is None else _SURROGATE.sub("\ufffd", text)


def _arrow_type(kind: str) -> pa.DataType:
    m = _DECIMAL.fullmatch(kind)
    return pa.decimal128(int(m[1]), int(m[2])) if m else _SIMPLE[kind]


def _write(table: pa.Table, path: Path) -> None:
    with path.open("wb") as f:
        pq.write_table(table, f, compression="zstd")
        f.flush()
        os.fsync(f.fileno())


def _move(temporary: Path, folder: Path) -> None:
    try:
        temporary.rename(folder)
    except OSError:
        if not has(folder):  # else another process was first, with the same reading
            raise


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
