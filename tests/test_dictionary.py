"""The generated documents: current, complete, and drawn from the database itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.audit.checks import discover
from pipelines.warehouse import dictionary, models
from pipelines.warehouse.build import build_layer, load_staging, open_database


@pytest.fixture(scope="module")
def documents() -> dict[str, str]:
    return dictionary.documents()


def test_the_documents_on_disk_are_current(documents: dict[str, str]) -> None:
    stale = [name for name, text in documents.items() if (dictionary.DOCS / name).read_text("utf-8") != text]
    assert stale == [], f"run {dictionary.COMMAND}"


def test_every_table_and_column_is_in_the_dictionary(documents: dict[str, str]) -> None:
    text = documents["data-dictionary.md"]
    for layer in dictionary.LAYERS:
        for model in models.discover(layer):
            _, _, section = text.partition(f"### {model.full_name}\n")
            section = section.partition("\n#")[0]
            assert model.comment.replace("|", "\\|") in section or model.comment in section
            for column in model.columns:
                assert f"| `{column.name}` |" in section, f"{model.full_name}.{column.name}"
                assert column.zh in section
    for macro in models.discover("macros"):
        assert f"### {macro.name}\n" in text


def test_a_column_says_where_its_values_come_from(documents: dict[str, str]) -> None:
    text = documents["data-dictionary.md"]
    section = text.partition("### core.facts\n")[2].partition("\n#")[0]
    line = next(line for line in section.splitlines() if line.startswith("| `fiscal_year` |"))
    assert "`core.documents.fiscal_year`" in line
    assert "`staging.facts.year_offset`" in line
    staged = text.partition("### staging.cells\n")[2].partition("\n#")[0]
    assert "| `text` | `VARCHAR` | 文字 | text as printed | `input.cells.text` |" in staged


def test_every_check_is_in_the_catalogue(documents: dict[str, str]) -> None:
    text = documents["check-catalogue.md"]
    checks = discover()
    assert checks
    for check in checks:
        assert f"`{check.id}`" in text
        assert check.title_zh in text
        assert check.basis.replace("|", "\\|") in text


def test_every_column_but_a_count_has_a_known_origin(tmp_path: Path) -> None:
    with open_database(tmp_path / "w.duckdb") as con:
        load_staging(con, [])
        build_layer(con, "core")
        described = {s: dictionary.relations(con, s) for s in ("core", "staging", "input")}
        schema = {s: {r.name: {c.name: c.type for c in r.columns} for r in rs} for s, rs in described.items()}
        for layer in ("staging", "core"):
            for model in models.discover(layer):
                found = models.column_lineage(model, schema)
                assert list(found) == [c.name for c in model.columns], model.full_name
                assert {c for c, sources in found.items() if not sources} <= {"facts"}, model.full_name


def test_check_says_what_is_stale_and_writes_nothing(
    documents: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    assert dictionary.settle(documents, docs, check=True) == 1
    assert "docs/data-dictionary.md is out of date" in capsys.readouterr().out
    assert not docs.exists()
    assert dictionary.settle(documents, docs, check=False) == 0
    assert dictionary.settle(documents, docs, check=True) == 0
    (docs / "check-catalogue.md").write_text("edited by hand", encoding="utf-8")
    assert dictionary.settle(documents, docs, check=True) == 1
    assert "check-catalogue.md is out of date" in capsys.readouterr().out


def test_generating_twice_gives_the_same_text(documents: dict[str, str]) -> None:
    assert dictionary.documents() == documents
