"""The warehouse: what is kept of every file, in which order, with whose identity, and how it is described."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import handmade
import pyarrow.parquet as pq
import pytest

from pipelines.audit.run import audit
from pipelines.core.model import Document, Identity
from pipelines.core.relations import AMOUNT, FACTS, RELATIONS, VALUE, Reading, sha256_of
from pipelines.warehouse import build, cache, models, objects
from pipelines.warehouse.build import SourceFile

COPY = "旧/2024-东西湖 副本.txt"
CELLS = (
    "document_id, file, table_id, page, table_title, row_no, col_no, row_span, col_span, text, x0, y0, x1, y1, "
    "line_no, engine, confidence, contested"
)
SENTENCES = "document_id, file, sentence_id, page, section, text, char_start, char_end"


def built(path: Path, files: list[SourceFile], **meta: str) -> duckdb.DuckDBPyConnection:
    """Every layer of a warehouse over the files."""
    con = build.open_database(path)
    build.load_staging(con, files, meta, handmade.linked)
    build.build_layer(con, "core")
    audit(con)
    build.build_layer(con, "marts")
    return con


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("warehouse")
    return built(folder / "gouji.duckdb", handmade.five_files(folder), fingerprint="abc")


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple]:  # type: ignore[type-arg]
    return con.execute(sql).fetchall()


def tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        name
        for (name,) in rows(
            con,
            "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'gouji' order by 1",
        )
    ]


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
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, made, "a"), handmade.cached(tmp_path, twin, "b")])
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
    con = built(tmp_path / "w.duckdb", [])
    described = {f"{layer}.{m.name}" for layer in ("staging", "core", "marts") for m in models.discover(layer)}
    assert described <= set(tables(con))
    filled = {t for t in tables(con) if objects.count(con, t)}
    assert filled == {"staging.programmes", "audit.check_catalogue", "marts.check_catalogue"}


def test_a_document_without_a_figure_still_has_its_row(tmp_path: Path) -> None:
    silent = Reading(Document(sha256_of(b"silent"), "text/plain", "", (), 1), Identity(title="空表"))
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, silent, "空.txt")])
    assert rows(con, "select title, tables, facts, district from marts.documents") == [("空表", 0, 0, None)]


def test_two_records_of_one_path_are_refused(tmp_path: Path) -> None:
    file = SourceFile("a.txt", "0" * 64, 1, None, "quarantined", "坏")
    with build.open_database(tmp_path / "w.duckdb") as con, pytest.raises(ValueError, match="share a path"):
        build.load_staging(con, [file, file])


def test_a_reading_that_is_not_whole_is_refused_by_name(tmp_path: Path) -> None:
    file = handmade.cached(tmp_path, handmade.indicators(), "a.txt")
    assert file.folder is not None
    (file.folder / "facts.parquet").unlink()
    with build.open_database(tmp_path / "w.duckdb") as con, pytest.raises(ValueError, match=file.sha256):
        build.load_staging(con, [file])


# Identity and sidecars


def test_the_sidecar_wins_and_what_the_report_says_is_kept(warehouse: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        warehouse,
        "select district, url, identity_evidence['district'] from marts.documents where file = '2023-青山.txt'",
    )
    assert found == [("青山", "https://example.cn/1", "旁注文件 2023-青山.txt.meta.yml")]
    assert rows(warehouse, "select key, kind, report_value, sidecar_value from core.sidecar_conflicts") == [
        ("district", "differs", "青山区", "青山")
    ]


def test_a_sidecar_that_repeats_the_report_or_adds_to_it_is_no_conflict(tmp_path: Path) -> None:
    sidecar = {"city": "武汉市", "fiscal_year": 2023, "published_on": "2024-09-20", "url": None}
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, handmade.final_account(), "a", sidecar=sidecar)])
    assert rows(con, "select * from core.sidecar_conflicts") == []
    assert [str(d) for (d,) in rows(con, "select published_on from marts.documents")] == ["2024-09-20"]


def test_a_sidecar_that_cannot_be_read_changes_nothing_and_is_listed(tmp_path: Path) -> None:
    sidecar = {"fiscal_year": "二〇二三", "distrikt": "青山区", "published_on": "soon"}
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, handmade.final_account(), "a", sidecar=sidecar)])
    assert rows(con, "select fiscal_year, district from core.documents") == [(2023, "青山区")]
    assert rows(con, "select key, kind from core.sidecar_conflicts") == [
        ("distrikt", "unknown_key"),
        ("fiscal_year", "unreadable"),
        ("published_on", "unreadable"),
    ]


def test_a_sidecar_year_moves_the_year_of_every_figure(tmp_path: Path) -> None:
    prior = handmade.money("prior_year_budget", "3", year_offset=-1, statement="t1r9", table_number=1, row=9, col=1)
    made = handmade.final_account()
    made = replace(made, facts=(*made.facts, prior))
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, made, "a", sidecar={"fiscal_year": 2020})])
    assert rows(con, "select distinct fiscal_year, year_offset from core.facts order by all") == [(2019, -1), (2020, 0)]


def test_a_report_that_names_no_district_has_none_and_says_why(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert rows(
        warehouse,
        "select district, issuer, identity_evidence['district'] from marts.documents where file = '2021-本级.txt'",
    ) == [(None, None, "报告全文没有写明区县")]


@pytest.mark.parametrize(
    ("issuer", "bureau"),
    [
        ("武汉市青山区民政局（本级）", "民政局"),
        ("青山区民政局", "民政局"),
        ("湖北省武汉市青山区民政局", "民政局"),
        ("区民政局", "民政局"),
        ("武汉市市场监督管理局", "市场监督管理局"),
        (None, None),
    ],
)
def test_bureaus_are_compared_without_their_place_names(tmp_path: Path, issuer: str | None, bureau: str | None) -> None:
    made = replace(handmade.final_account(), identity=replace(handmade.QINGSHAN, issuer=issuer))
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, made, "a")])
    assert rows(con, "select bureau from core.documents") == [(bureau,)]


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
    one = built(tmp_path / "one.duckdb", files, fingerprint="abc")
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
    con = built(tmp_path / "w.duckdb", files)
    build.load_staging(con, files[1:3], {}, handmade.linked)
    build.build_layer(con, "core")
    audit(con)
    build.build_layer(con, "marts")
    fresh = built(tmp_path / "fresh.duckdb", files[1:3])
    for table in tables(fresh):
        order = " order by all" if table.startswith("audit.") else ""
        assert rows(con, f"from {table}{order}") == rows(fresh, f"from {table}{order}"), table


def test_words_of_a_report_are_data_and_never_sql(tmp_path: Path) -> None:
    evil = "'); drop table core.facts; --\" % {}"
    made = handmade.reading(evil, replace(handmade.DONGXIHU, title=evil, issuer=evil), [], (evil,))
    made = replace(made, facts=tuple(handmade.row(1, evil, {"initial_budget": "1", f"unmapped:{evil}": "2"})))
    con = built(tmp_path / "it's.duckdb", [handmade.cached(tmp_path, made, f"{evil}.txt", sidecar={evil: evil})])
    assert rows(con, "select title, facts from marts.documents") == [(evil, 2)]
    assert rows(con, "select text from staging.sentences") == [(evil,)]


# How it is described


def test_every_table_column_view_and_macro_has_its_comment_in_two_languages(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    uncommented = rows(
        warehouse,
        """
        with things as (
            select schema_name, table_name as name, comment from duckdb_tables() where database_name = 'gouji'
            union all
            select schema_name, view_name, comment from duckdb_views() where database_name = 'gouji' and not internal
            union all
            select schema_name, table_name || '.' || column_name, comment
            from duckdb_columns() where database_name = 'gouji' and not internal
            union all
            select schema_name, function_name, comment
            from duckdb_functions() where database_name = 'gouji' and not internal
        )
        select schema_name, name from things where not contains(coalesce(comment, ''), ' / ')
        """,
    )
    assert uncommented == []


def test_every_sql_file_describes_its_columns_and_sets_an_order() -> None:
    for layer in ("staging", "core", "marts"):
        for model in models.discover(layer):
            assert model.columns, model.full_name
            assert model.title, model.full_name


def test_a_column_without_description_stops_the_build(tmp_path: Path) -> None:
    path = tmp_path / "marts" / "x.sql"
    path.parent.mkdir()
    path.write_text("-- 甲：乙 / A.\n-- @col a 甲 / a\nselect 1 as a, 2 as b order by a\n", encoding="utf-8")
    con = build.open_database(tmp_path / "w.duckdb")
    with pytest.raises(models.ModelError, match="differ in b"):
        objects.create_table(con, models.load(path))


def test_a_table_without_order_stops_the_build(tmp_path: Path) -> None:
    path = tmp_path / "marts" / "x.sql"
    path.parent.mkdir()
    path.write_text("-- 甲：乙 / A.\n-- @col a 甲 / a\nselect 1 as a\n", encoding="utf-8")
    con = build.open_database(tmp_path / "w.duckdb")
    with pytest.raises(models.ModelError, match="order by"):
        objects.create_table(con, models.load(path))


def test_files_that_read_each_other_in_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    for name, other in (("a", "b"), ("b", "a")):
        text = f"-- 甲：乙 / A.\n-- @col x 甲 / x\nselect x from core.{other} order by x\n"
        (tmp_path / "core" / f"{name}.sql").write_text(text, encoding="utf-8")
    with pytest.raises(models.ModelError, match=r"a → b → a|b → a → b"):
        models.discover("core", tmp_path)


def test_a_file_stands_after_those_that_it_reads(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    for name, source in (("a", "core.c"), ("b", "staging.x"), ("c", "core.b")):
        text = f"-- 甲：乙 / A.\n-- @col x 甲 / x\nwith t as (from {source}) select x from t order by x\n"
        (tmp_path / "core" / f"{name}.sql").write_text(text.replace("(from", "(select * from"), encoding="utf-8")
    assert [m.name for m in models.discover("core", tmp_path)] == ["b", "c", "a"]


def test_the_file_can_be_read_by_clients_of_1_5(tmp_path: Path) -> None:
    con = build.open_database(tmp_path / "w.duckdb")
    con.execute("create table t (i integer)")
    assert rows(con, "select tags['storage_version'] from duckdb_databases() where database_name = 'gouji'") == [
        ("v1.5.0+",)
    ]


# The parse cache


def test_a_saved_reading_comes_back_with_its_exact_columns(tmp_path: Path) -> None:
    made = handmade.monitoring()
    cache.save(made, tmp_path / "x")
    assert cache.has(tmp_path / "x")
    for name, columns in RELATIONS.items():
        assert pq.read_schema(tmp_path / "x" / f"{name}.parquet").equals(cache.arrow_schema(columns)), name
    amounts = pq.read_table(tmp_path / "x" / "facts.parquet")["amount_yuan"].to_pylist()
    assert amounts[:2] == [Decimal("68569100.000000"), Decimal("6324800.000000")]


def test_the_same_reading_is_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        cache.save(handmade.indicators(), tmp_path / name)
    for relation in RELATIONS:
        one, other = ((tmp_path / name / f"{relation}.parquet").read_bytes() for name in ("a", "b"))
        assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest(), relation


def test_half_a_reading_is_none_and_is_replaced(tmp_path: Path) -> None:
    cache.save(handmade.indicators(), tmp_path / "x")
    (tmp_path / "x" / "cells.parquet").unlink()
    assert not cache.has(tmp_path / "x")
    cache.save(handmade.indicators(), tmp_path / "x")
    assert cache.has(tmp_path / "x")
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_figure_too_large_for_its_column_is_left_out_and_its_text_kept(tmp_path: Path) -> None:
    huge = handmade.money("executed", "1" * 30, half_unit=None, statement="t1r1", table_number=1, row=1, col=1)
    made = handmade.reading("huge", handmade.DONGXIHU, [huge])
    con = built(tmp_path / "w.duckdb", [handmade.cached(tmp_path, made, "a")])
    assert rows(con, "select amount_yuan, as_printed from core.facts") == [(None, "1" * 30)]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("999999999999999999.9999999", None),
        ("-999999999999999999.999999", Decimal("-999999999999999999.999999")),
        ("0.00000051", Decimal("0.000001")),
        ("NaN", None),
    ],
)
def test_money_is_kept_to_a_millionth_of_a_yuan(value: str, kept: Decimal | None) -> None:
    table = cache.arrow_table({"a": AMOUNT}, [{"a": Decimal(value)}])
    assert table["a"].to_pylist() == [kept]


def test_half_of_a_surrogate_pair_does_not_stop_a_reading() -> None:
    table = cache.arrow_table({"t": "VARCHAR", "v": VALUE}, [{"t": "低\ud800保", "v": None}])
    assert table["t"].to_pylist() == ["低\ufffd保"]


def test_the_parser_version_follows_every_source_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "a.py").write_text("x = 1\n", encoding="utf-8")
    (tmp_path / "other.py").write_text("x = 1\n", encoding="utf-8")

    def digest() -> str:
        return cache.sources_digest(tmp_path, ("core",)).hexdigest()

    before = digest()
    (tmp_path / "other.py").write_text("x = 2\n", encoding="utf-8")
    (tmp_path / "core" / "__pycache__").mkdir()
    (tmp_path / "core" / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert digest() == before
    (tmp_path / "core" / "words.csv").write_text("a\n", encoding="utf-8")
    assert digest() != before


def test_chinese_names_are_unique(warehouse: duckdb.DuckDBPyConnection) -> None:
    marts = models.discover("marts")
    assert len({m.title for m in marts}) == len(marts)
    for model in marts:
        names = [new.name for _, new in objects.chinese_columns(model)]
        assert len(set(names)) == len(names), model.full_name
    assert rows(warehouse, "select count(*) from duckdb_views() where schema_name = 'marts_zh'") == [(len(marts),)]
