"""The warehouse: what is kept of every file, and that the same files give the same rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import handmade
import pytest
from handmade import cached, rows

from pipelines.audit.run import audit
from pipelines.core.model import Document, Identity
from pipelines.core.relations import FACTS, Reading, sha256_of
from pipelines.warehouse import build, models, objects
from pipelines.warehouse.build import SourceFile

COPY = "旧/2024-东西湖 副本.txt"

CELLS = (
    "document_id, file, table_id, page, table_title, row_no, col_no, row_span, col_span, text, x0, y0, x1, y1, "
    "line_no, engine, confidence, contested"
)

SENTENCES = "document_id, file, sentence_id, page, section, text, char_start, char_end"


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of the warehouse, in all its schemas."""
    named = "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'gouji' order by 1"
    return [name for (name,) in rows(con, named)]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("warehouse")
    return handmade.warehouse(folder / "gouji.duckdb", handmade.five_files(folder), fingerprint="abc")


# What is kept of a file


def test_every_file_has_its_row_with_its_status_and_reason(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = dict(rows(warehouse, "select file, status from marts.documents"))
    assert found == {
        "2021-本级.txt": "parsed",
        "2023-青山.txt": "parsed",
        "2024-东西湖.txt": "parsed",
        "坏.pdf": "quarantined",
        COPY: "quarantined",
    }
    reasons = dict(rows(warehouse, "select file, status_reason from marts.documents where status <> 'parsed'"))
    assert reasons["坏.pdf"] == "文件损坏，读不出页面"
    assert "2024-东西湖.txt" in reasons[COPY]


def test_a_second_file_with_the_same_bytes_adds_no_figure(warehouse: duckdb.DuckDBPyConnection) -> None:
    sha = handmade.monitoring().document.sha256
    assert rows(warehouse, f"select document_id, facts from marts.documents where file = '{COPY}'") == [
        (f"{sha[:16]}-2", 0)
    ]
    assert rows(warehouse, "select document_id from marts.documents where file = '2024-东西湖.txt'") == [(sha[:16],)]
    for table in ("staging.cells", "staging.sentences", "staging.tables", "core.facts"):
        assert rows(warehouse, f"select count(*) from {table} where file = '{COPY}'") == [(0,)], table


def test_two_files_whose_hashes_only_begin_alike_are_two_documents(tmp_path: Path) -> None:
    made = handmade.indicators()
    twin = replace(made, document=replace(made.document, sha256=made.document.sha256[:16] + "f" * 48))
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, made, "a"), cached(tmp_path, twin, "b")])
    found = rows(con, "select document_id, status, facts from marts.documents order by file")
    assert [r[1] for r in found] == ["parsed", "parsed"]
    assert found[1][0] == found[0][0] + "-2"
    assert found[0][2] == found[1][2] > 0


def test_every_fact_finds_its_cell_or_sentence_and_the_figure_is_printed_there(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    missing = rows(
        warehouse,
        """
        select f.fact_id, f.as_printed, c.text, s.text
        from core.facts as f
        left join staging.cells as c on c.table_id = f.table_id and c.row_no = f.row_no and c.col_no = f.col_no
        left join staging.sentences as s on s.sentence_id = f.sentence_id
        where not coalesce(contains(c.text, f.as_printed), contains(s.text, replace(f.as_printed, '%', '')), false)
        """,
    )
    assert missing == []
    assert rows(warehouse, "select count(*) from core.facts where fact_id is null or file is null") == [(0,)]


def test_facts_keep_every_column_of_the_parser_and_its_type(warehouse: duckdb.DuckDBPyConnection) -> None:
    types = {r[0]: r[1] for r in rows(warehouse, "describe core.facts")}
    assert {name: types.get(name) for name in FACTS if name not in ("sha256",)} == {
        name: kind for name, kind in FACTS.items() if name != "sha256"
    }


def test_staging_shows_cells_and_sentences_in_the_agreed_columns(warehouse: duckdb.DuckDBPyConnection) -> None:
    for table, promised in (("cells", CELLS), ("sentences", SENTENCES)):
        names = [r[0] for r in rows(warehouse, f"describe staging.{table}")]
        assert names[: len(promised.split(", "))] == promised.split(", ")


def test_a_warehouse_of_no_files_has_every_table_and_no_row(tmp_path: Path) -> None:
    con = handmade.warehouse(tmp_path / "w.duckdb", [])
    described = {f"{layer}.{m.name}" for layer in ("staging", "core", "marts") for m in models.discover(layer)}
    assert described <= set(tables(con))
    filled = {t for t in tables(con) if objects.count(con, t)}
    assert filled == {
        "staging.programmes",
        "staging.table_kinds",
        "staging.expected_filings",
        "core.programme_names",
        "audit.check_catalogue",
        "marts.check_catalogue",
    }


def test_a_document_without_a_figure_still_has_its_row(tmp_path: Path) -> None:
    silent = Reading(Document(sha256_of(b"silent"), "text/plain", "", (), 1), Identity(title="空表"))
    con = handmade.warehouse(tmp_path / "w.duckdb", [cached(tmp_path, silent, "空.txt")])
    assert rows(con, "select title, tables, facts, district from marts.documents") == [("空表", 0, 0, None)]


def test_two_records_of_one_path_are_refused(tmp_path: Path) -> None:
    file = SourceFile("a.txt", "0" * 64, 1, None, "quarantined", "坏")
    with build.open_database(tmp_path / "w.duckdb") as con, pytest.raises(ValueError, match="share a path"):
        build.load_staging(con, [file, file])


def test_a_reading_that_is_not_whole_is_refused_by_name(tmp_path: Path) -> None:
    file = cached(tmp_path, handmade.indicators(), "a.txt")
    assert file.folder is not None
    (file.folder / "facts.parquet").unlink()
    with build.open_database(tmp_path / "w.duckdb") as con, pytest.raises(ValueError, match=file.sha256):
        build.load_staging(con, [file])


# Headings, links, places


def test_a_heading_that_nobody_mapped_is_listed_with_its_figures(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(warehouse, "select file, heading, facts from core.rejected_headings") == [
        ("2021-本级.txt", "奇怪的表头", 0),
        ("2024-东西湖.txt", "奇怪的表头", 1),
    ]


def test_linked_subjects_carry_their_programme_and_its_basis(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(warehouse, "select distinct subject, programme, programme_basis from core.facts where programme > ''")
    assert ("临时救助", "temporary_aid", "alias 临时救助") in found
    assert ("高龄津贴", "old_age_allowance", "alias 高龄") in found


def test_what_links_to_nothing_is_null_and_listed(warehouse: duckdb.DuckDBPyConnection) -> None:
    unlinked = rows(warehouse, "select subject_kind, subject, files from core.unlinked_subjects")
    assert ("programme", "社区纳凉取暖", ["2024-东西湖.txt"]) in unlinked
    assert not {"部门整体", "公共预算", "满意度"} & {subject for _, subject, _ in unlinked}
    assert rows(warehouse, "select distinct programme from core.facts where subject = '社区纳凉取暖'") == [(None,)]


def test_tracing_a_figure_leads_to_its_cell_or_its_sentence(warehouse: duckdb.DuckDBPyConnection) -> None:
    fact = "select fact_id from core.facts where subject = '{}' and measure = '{}'"
    cell = rows(warehouse, f"from trace(({fact.format('临时救助', 'executed')}))")[0]
    assert cell[1:6] == ("2024-东西湖.txt", 1, "表1 情况表 第7行第5列", "15.6", "15.6")
    said = rows(warehouse, f"select place, text from trace(({fact.format('行政运行', 'final_account')}))")[0]
    assert said[0].startswith("一、情况 第1句")
    assert "支出决算为314.55万元" in said[1]


# The same content, however it is built


def test_the_order_of_the_files_and_the_threads_change_nothing(tmp_path: Path) -> None:
    files = handmade.five_files(tmp_path)
    one = handmade.warehouse(tmp_path / "one.duckdb", files, fingerprint="abc")
    other = build.open_database(tmp_path / "other.duckdb")
    other.execute("set threads = 1")
    build.load_staging(other, files[::-1], {"fingerprint": "abc"}, handmade.linked)
    build.build_layer(other, "core")
    audit(other)
    build.build_layer(other, "marts")
    assert tables(one) == tables(other)
    for table in tables(one):
        order = " order by all" if table.startswith("audit.") else ""
        assert rows(one, f"from {table}{order}") == rows(other, f"from {table}{order}"), table


def test_a_withdrawn_file_leaves_no_trace(tmp_path: Path) -> None:
    files = handmade.five_files(tmp_path)
    con = handmade.warehouse(tmp_path / "w.duckdb", files)
    build.load_staging(con, files[1:3], {}, handmade.linked)
    build.build_layer(con, "core")
    audit(con)
    build.build_layer(con, "marts")
    fresh = handmade.warehouse(tmp_path / "fresh.duckdb", files[1:3])
    for table in tables(fresh):
        order = " order by all" if table.startswith("audit.") else ""
        assert rows(con, f"from {table}{order}") == rows(fresh, f"from {table}{order}"), table


def test_words_of_a_report_are_data_and_never_sql(tmp_path: Path) -> None:
    evil = "'); drop table core.facts; --\" % {}"
    made = handmade.reading(evil, replace(handmade.DONGXIHU, title=evil, issuer=evil), [], (evil,))
    made = replace(made, facts=tuple(handmade.row(1, evil, {"initial_budget": "1", f"unmapped:{evil}": "2"})))
    con = handmade.warehouse(tmp_path / "it's.duckdb", [cached(tmp_path, made, f"{evil}.txt", sidecar={evil: evil})])
    assert rows(con, "select title, facts from marts.documents") == [(evil, 2)]
    assert rows(con, "select text from staging.sentences") == [(evil,)]
