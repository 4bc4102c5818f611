"""What is installed: a wheel carries all that a refresh reads, and every package imported is a named dependency."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pipelines import settings
from pipelines.settings import PROJECT

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def sources() -> list[Path]:
    """What a wheel is built from, below the checkout."""
    carried = (PROJECT / name for name in ("pipelines", "sql", "expectations"))
    files = (p for folder in carried for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return sorted(p.relative_to(PROJECT) for p in files)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """A wheel of this checkout, built from a copy of it without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    for path in [*sources(), *(Path(n) for n in ("pyproject.toml", "setup.py", "README.md", "LICENSE"))]:
        (checkout / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout / path).write_bytes((PROJECT / path).read_bytes())
    options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(checkout)], check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_a_wheel_carries_every_file_of_the_package_and_what_stands_beside_it(wheel: zipfile.ZipFile) -> None:
    wanted = {p.as_posix() if p.parts[0] == "pipelines" else f"pipelines/{p.as_posix()}" for p in sources()}
    assert wanted - set(wheel.namelist()) == set()
    assert any(name.startswith("pipelines/sql/checks/") for name in wanted)


def test_an_installed_package_builds_by_its_own_sql_and_keeps_data_where_it_is_called(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    wheel.extractall(tmp_path / "installed")
    here = tmp_path / "here"
    here.mkdir()
    said = (
        "from pipelines import settings; from pipelines.audit.checks import discover; from pipelines.warehouse import "
        "models; print(settings.load().data, len(discover()), len(models.discover('marts')))"
    )
    environment = {"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""}
    ran = subprocess.run(
        [sys.executable, "-c", said], cwd=here, env=environment, check=True, capture_output=True, text=True
    )
    data, checks, marts = ran.stdout.split()
    assert Path(data) == here / "data"
    assert int(checks) == sum(p.parts[:2] == ("sql", "checks") and len(p.parts) > 3 for p in sources())
    assert int(marts) == sum(p.parts[:2] == ("sql", "marts") for p in sources())


def test_a_checkout_keeps_data_beside_its_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOUJI_DATA", raising=False)
    assert settings.load().data == PROJECT / "data"


def test_every_package_imported_is_a_named_dependency() -> None:
    stated = [*PYPROJECT["dependencies"], *PYPROJECT["optional-dependencies"]["dask"]]
    named = {plain(re.split(r"[\s;<>=!~\[]", line)[0]) for line in stated}
    distributions = packages_distributions()
    imported = {name for path in sources() if path.suffix == ".py" for name in imports(PROJECT / path)}
    unnamed = {
        name
        for name in imported - set(sys.stdlib_module_names) - {"pipelines"}
        if not named & {plain(d) for d in distributions.get(name, [name])}
    }
    assert unnamed == set()


def test_the_lock_names_hashes_and_no_address() -> None:
    text = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    pinned = [line for line in text.splitlines() if "==" in line and not line.startswith(" ")]
    locked = {plain(line.split("==")[0].split("[")[0]) for line in pinned}
    assert len(pinned) == len(re.findall(r"==.*\\\n    --hash=sha256:", text))
    assert "://" not in text
    for line in PYPROJECT["dependencies"]:
        assert plain(re.split(r"[\s;<>=!~\[]", line)[0]) in locked


def plain(name: str) -> str:
    """A distribution's name as all spellings of it compare."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imports(path: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
