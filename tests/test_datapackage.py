"""The descriptor beside the Parquet files says what is in them."""

import json

import pyarrow.parquet as pq


def test_every_parquet_file_is_described_with_all_its_columns(published):
    folder = published.settings.marts / "parquet"
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described = {r["path"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    assert set(described) == {p.name for p in folder.glob("*.parquet")}
    for path, names in described.items():
        assert names == pq.read_schema(folder / path).names
    assert all(f["description"] for r in package["resources"] for f in r["schema"]["fields"])


def test_amounts_are_numbers_and_lists_are_arrays(published):
    package = json.loads((published.settings.marts / "parquet" / "datapackage.json").read_text("utf-8"))
    types = {(r["name"], f["name"]): f["type"] for r in package["resources"] for f in r["schema"]["fields"]}
    assert types["execution", "executed_yuan"] == "number"
    assert types["findings", "evidence"] == "array"
    assert types["documents", "fiscal_year"] == "integer"
