"""What people decide: figures corrected or confirmed, findings acknowledged; nothing of it is silently dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import handmade
import pytest
from handmade import cached, rows

from pipelines import cli
from pipelines.audit.run import audit
from pipelines.core.relations import Reading
from pipelines.decisions import corrections, table
from pipelines.decisions.table import Decisions, DecisionsError, Row
from pipelines.warehouse import build
from pipelines.warehouse.fingerprint import fingerprint

DECIDED = {"reason": "核对原件", "decided_by": "王科长", "decided_on": "2025-03-01"}
FILE = "2024-东西湖.txt"


def wrong_rate() -> Reading:
    """15.6 over 62 is 25.16 %, printed 13 %."""
    figures = {"adjusted_budget": "62", "executed": "15.6", "execution_rate": "13%"}
    facts = handmade.row(3, "临时救助", figures, rate_basis="adjusted")
    return handmade.reading("东西湖", handmade.DONGXIHU, facts, family="monitoring_projects")


def decision(name: str, **values: str) -> Row:
    return Row(f"data/{name}", 2, dict.fromkeys(table.COLUMNS[name], "") | DECIDED | values)


def correction(made: Reading, measure: str = "execution_rate", **values: str) -> Row:
    fact = next(f for f in made.facts if f.measure == measure)
    place = {"table_no": str(fact.table_number), "row_no": str(fact.row), "col_no": str(fact.col)}
    said = {"sha256": made.document.sha256, "printed": fact.as_printed, "corrected": "25.16%", **place}
    return decision(table.CORRECTIONS, **(said | values))


def acknowledgement(**values: str) -> Row:
    return decision(table.ACKNOWLEDGEMENTS, **values)


def warehouse(path: Path, made: Reading, *decided: Row, file: str = FILE) -> duckdb.DuckDBPyConnection:
    path.mkdir(parents=True, exist_ok=True)
    con = build.open_database(path / "w.duckdb")
    all_decisions = Decisions(
        tuple(r for r in decided if "printed" in r.values), tuple(r for r in decided if "finding_id" in r.values)
    )
    build.load_staging(con, [cached(path, made, file)], {}, handmade.linked, all_decisions)
    build.build_layer(con, "core")
    audit(con)
    build.build_layer(con, "marts")
    return con


def finding(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    found = con.execute("select * from marts.findings where check_id = 'RAT001'")
    names = [c[0] for c in found.description or []]
    (row,) = found.fetchall()
    return dict(zip(names, row, strict=True))


# ---- corrections


def test_a_corrected_figure_is_what_checks_and_marts_use_and_both_values_stay_visible(tmp_path: Path) -> None:
    made = wrong_rate()
    assert finding(warehouse(tmp_path / "before", made))["reported"] == 13
    con = warehouse(tmp_path / "after", made, correction(made))
    assert rows(con, "select * from marts.findings where check_id = 'RAT001'") == []
    sql = (
        "select value, value_as_printed, as_printed, corrected, decision, corrected_by, correction_reason, "
        "corrected_on::varchar from marts.facts where measure = 'execution_rate'"
    )
    assert rows(con, sql) == [
        (Decimal("25.16"), Decimal(13), "13%", "25.16%", "corrected", "王科长", "核对原件", "2025-03-01")
    ]
    assert rows(con, "select execution_rate_reported from marts.execution") == [(Decimal("25.16"),)]
    assert rows(con, "select kind, state, why, file from marts.decisions") == [("correction", "corrected", None, FILE)]


def test_amounts_are_corrected_in_the_printed_unit(tmp_path: Path) -> None:
    made = wrong_rate()
    con = warehouse(tmp_path, made, correction(made, "executed", corrected="8.06"))
    sql = "select amount_yuan, amount_yuan_as_printed from marts.facts where measure = 'executed'"
    assert rows(con, sql) == [(Decimal(80_600), Decimal(156_000))]
    assert rows(con, "select * from marts.findings where check_id = 'RAT001'") == []


def test_a_wrong_correction_is_found_and_shown_as_corrected(tmp_path: Path) -> None:
    made = wrong_rate()
    found = finding(warehouse(tmp_path, made, correction(made, corrected="31%")))
    assert found["reported"] == 31
    assert "31%" in found["message_zh"]
    assert found["finding_id"] != finding(warehouse(tmp_path / "printed", made))["finding_id"]


def test_confirming_a_figure_lifts_the_doubt_of_its_reading_but_not_the_finding(tmp_path: Path) -> None:
    made = wrong_rate()
    made = replace(made, facts=tuple(replace(f, contested=f.measure == "execution_rate") for f in made.facts))
    doubtful = warehouse(tmp_path / "doubt", made)
    ledger = "select failed, parse_doubt from marts.check_ledger where check_id = 'RAT001'"
    assert rows(doubtful, ledger) == [(0, 1)]
    con = warehouse(tmp_path / "sure", made, correction(made, corrected=corrections.CONFIRMED))
    assert rows(con, ledger) == [(1, 0)]
    assert finding(con)["reported"] == 13
    sql = "select contested, decision, value from marts.facts where measure = 'execution_rate'"
    assert rows(con, sql) == [(False, "confirmed", 13)]


@pytest.mark.parametrize(
    ("values", "state", "why"),
    [
        ({"sha256": "0" * 64}, "stale", "没有内容与此相同的文件"),
        ({"row_no": "99"}, "stale", "该处没有读到数"),
        ({"printed": "31%"}, "stale", "该处现在读作“13%”"),
        ({"sha256": "abc"}, "invalid", "sha256"),
        ({"row_no": "三"}, "invalid", "位置"),
        ({"corrected": "=1+1"}, "invalid", "corrected"),
        ({"corrected": ""}, "invalid", "corrected"),
        ({"reason": ""}, "invalid", "reason"),
        ({"decided_by": ""}, "invalid", "decided_by"),
        ({"decided_on": "昨天"}, "invalid", "decided_on"),
        ({"char_start": "1", "char_end": "4"}, "invalid", "一个位置"),
    ],
)
def test_a_correction_that_fits_nothing_is_listed_with_the_reason(
    tmp_path: Path, values: Mapping[str, str], state: str, why: str
) -> None:
    made = wrong_rate()
    con = warehouse(tmp_path, made, correction(made, **values))
    ((found, reason),) = rows(con, "select state, why from marts.decisions")
    assert found == state
    assert why in reason
    assert finding(con)["reported"] == 13


def test_of_two_decisions_about_one_figure_the_later_day_counts_and_the_other_is_listed(tmp_path: Path) -> None:
    made = wrong_rate()
    later = correction(made, decided_on="2025-04-01")
    con = warehouse(tmp_path, made, later, correction(made, corrected="31%"))
    assert rows(con, "select value from marts.facts where measure = 'execution_rate'") == [(Decimal("25.16"),)]
    assert rows(con, "select state from marts.decisions order by decision_no") == [("corrected",), ("superseded",)]


def test_a_decrease_said_in_words_keeps_its_sign() -> None:
    fact = {"sha256": "a" * 64, "fact_no": 1, "table_no": None, "row_no": None, "col_no": None, "char_start": 5}
    fact |= {"char_end": 9, "as_printed": "5.75万元", "unit": "万元", "amount_yuan": Decimal(-57_500), "value": None}
    row = decision(
        table.CORRECTIONS, sha256="a" * 64, char_start="5", char_end="9", printed="5.75 万元", corrected="5.57万元"
    )
    (outcome,), (corrected,) = corrections.applied([row], ["a" * 64], [fact | {"half_unit": Decimal(50)}])
    assert (outcome.state, corrected.amount_yuan, corrected.half_unit) == ("corrected", -55_700, 50)


# ---- acknowledgements


def test_an_acknowledged_finding_is_told_but_not_counted(tmp_path: Path) -> None:
    made = wrong_rate()
    name = finding(warehouse(tmp_path / "before", made))["finding_id"]
    con = warehouse(tmp_path / "after", made, acknowledgement(finding_id=name))
    found = finding(con)
    assert (found["acknowledged"], found["acknowledged_reason"], found["acknowledged_by"]) == (
        True,
        "核对原件",
        "王科长",
    )
    assert rows(con, "select errors, acknowledged from marts.documents") == [(0, 1)]
    assert rows(con, "select errors from marts.district_year") == [(0,)]
    assert rows(con, "select failed from marts.check_ledger where check_id = 'RAT001'") == [(1,)]


def test_an_acknowledgement_holds_until_a_figure_changes(tmp_path: Path) -> None:
    made = wrong_rate()
    before = finding(warehouse(tmp_path / "before", made))
    accepted = acknowledgement(finding_id=before["finding_id"], file=FILE, signature=before["signature"])
    again = handmade.another(made, "issued anew")
    anew = finding(warehouse(tmp_path / "anew", again, accepted))
    assert anew["finding_id"] != before["finding_id"]
    assert anew["acknowledged"]
    con = warehouse(tmp_path / "other", made, accepted, correction(made, corrected="31%"))
    assert not finding(con)["acknowledged"]
    assert rows(con, "select state from marts.decisions where kind = 'acknowledgement'") == [("stale",)]


def test_an_acknowledgement_out_of_form_is_listed_and_counts_for_nothing(tmp_path: Path) -> None:
    con = warehouse(tmp_path, wrong_rate(), acknowledgement(finding_id="'; drop table x; --"))
    assert not finding(con)["acknowledged"]
    ((state, why),) = rows(con, "select state, why from marts.decisions")
    assert state == "invalid"
    assert "finding_id" in why


# ---- the files


def test_a_row_added_is_read_back_as_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / table.ACKNOWLEDGEMENTS
    for number in (1, 2):
        reason = '他说：“对,没错"\n <b>=1+1</b>'
        table.append(path, DECIDED | {"finding_id": f"{number:016x}", "reason": reason})
    found = table.load(tmp_path).acknowledgements
    assert [r.values["finding_id"] for r in found] == ["0000000000000001", "0000000000000002"]
    assert found[0].values["reason"] == '他说：“对,没错" <b>=1+1</b>'


def test_a_file_saved_by_a_spreadsheet_is_read_in_its_encoding(tmp_path: Path) -> None:
    head = ",".join(table.COLUMNS[table.ACKNOWLEDGEMENTS])
    text = f"{head}\n{'a' * 16},,,合并编制，属正常,王科长,2025-03-01\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        (tmp_path / table.ACKNOWLEDGEMENTS).write_text(text, encoding=encoding)
        (row,) = table.load(tmp_path).acknowledgements
        assert row.values["reason"] == "合并编制，属正常"


@pytest.mark.parametrize("content", [b"finding,why\n1,2\n", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_a_file_that_is_no_such_table_stops_with_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / table.ACKNOWLEDGEMENTS).write_bytes(content)
    with pytest.raises(DecisionsError, match=r"acknowledgements\.csv"):
        table.load(tmp_path)


def test_a_changed_decision_makes_another_warehouse(tmp_path: Path) -> None:
    path = tmp_path / table.ACKNOWLEDGEMENTS
    prints = [fingerprint([], table.load(tmp_path).digest)]
    for number in (1, 2):
        table.append(path, DECIDED | {"finding_id": f"{number:016x}"})
        prints.append(fingerprint([], table.load(tmp_path).digest))
    assert len(set(prints)) == 3


# ---- the commands

REPORT = """青山区民政局2023年项目支出绩效监控表
序号\t项目名称\t年初预算数\t追加\t小计\t执行数\t执行率
1\t临时救助\t50\t12\t62\t15.6\t13%
2\t城乡低保\t423\t1174.77\t1597.77\t734.19\t46%
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GOUJI_WORKERS", "1")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "report.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path / "data"


def test_a_finding_acknowledged_by_command_is_no_error_of_the_next_check(data: Path, capsys: Any) -> None:
    report = str(data / "raw" / "report.txt")

    def gouji(*arguments: str) -> tuple[int, str]:
        code = cli.main(["--data", str(data), *arguments])
        out, err = capsys.readouterr()
        return code, out + err

    code, out = gouji("check", report)
    assert code == 1
    assert "没有可以对照的其他报告" in out
    (name,) = {word for line in out.splitlines() if "RAT001" in line for word in line.split() if len(word) == 16}
    said = ("--reason", "[red]表内已说明[/red]", "--by", "王科长", "--on", "2025-03-01")
    assert gouji("acknowledge", "f" * 16, "--file", report, *said)[0] == 2
    assert gouji("acknowledge", name, "--file", report, *said)[0] == 0
    code, out = gouji("check", report)
    assert code == 0
    assert "已认可" in out
    assert "[red]表内已说明[/red]" in out


def test_a_figure_corrected_by_command_is_right_in_the_next_check(data: Path, capsys: Any) -> None:
    report = str(data / "raw" / "report.txt")
    said = ("--reason", "核对原件", "--by", "王科长", "--on", "2025-03-01")
    for place, value in (("t1r1", "25.16"), ("t1r99c6", "25.16"), ("t1r1c6", "=1+1")):
        assert cli.main(["--data", str(data), "correct", report, place, "--value", value, *said]) == 2
    assert not (data / table.CORRECTIONS).exists()
    assert cli.main(["--data", str(data), "correct", report, "t1r1c6", "--value", "25.16%", *said]) == 0
    capsys.readouterr()
    assert cli.main(["--data", str(data), "check", report]) == 0
