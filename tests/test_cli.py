"""The command: what it prints for people and programs, its exit codes, and that wrong use is a message, not a crash."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import pdf_samples
import pyarrow.parquet as pq
import pytest
import reports
from rich.cells import cell_len

from pipelines import cli
from pipelines.audit.ledger import REASONS as LEDGER_REASONS
from pipelines.core.model import Cell, Table
from pipelines.core.relations import TableReading
from pipelines.delivery import reading_view
from pipelines.delivery.findings_view import REASONS
from pipelines.delivery.progress import quoted
from pipelines.delivery.terminal import console, printable, shown
from pipelines.readings import Silence
from pipelines.refresh import begin
from pipelines.settings import Settings

LIMITED = "resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))"
"""No file may become larger: as on a full disk, whoever writes on is refused."""
CORE = "import sys; from pipelines.cli import main; sys.exit(main())"


class Shell:
    """The command as called from a shell, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], data: Path) -> None:
        self._capsys, self._data = capsys, data

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        try:
            code = cli.main(["--data", str(self._data), *arguments])
        except SystemExit as e:
            code = int(e.code or 0)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err


@pytest.fixture
def on_published(capsys, published) -> Shell:
    return Shell(capsys, published.settings.data)


@pytest.fixture
def gouji(capsys, tmp_path, monkeypatch) -> Shell:
    monkeypatch.setenv("GOUJI_HOME", str(tmp_path / "home"))
    (tmp_path / "data" / "raw").mkdir(parents=True)
    return Shell(capsys, tmp_path / "data")


# query


def test_a_query_draws_a_table_whose_lines_are_equally_wide_in_the_terminal(on_published):
    code, out, _ = on_published("query", "select file, issuer, district from marts.documents order by file")
    assert code == 0
    box = [line for line in out.splitlines() if line and line[0] in "┏┃┡│└"]
    assert len({cell_len(line) for line in box}) == 1
    assert out.rstrip().endswith("5 行")


def test_amounts_are_shown_with_separators_and_without_padding_zeros(on_published):
    sql = (
        "select subject, initial_budget_yuan, budget_adjustment_yuan, adjusted_budget_yuan, executed_yuan, "
        "execution_rate_reported from marts.execution where subject = '城乡低保补助'"
    )
    _, out, _ = on_published("query", sql)
    for figure in ("4,230,000", "11,747,700", "15,977,700", "7,341,900", " 46 "):
        assert figure in out


def test_an_answer_of_many_columns_is_drawn_row_by_row(on_published):
    _, out, _ = on_published("query", "select * from marts.facts limit 2")
    assert "第 1 行" in out
    assert any(line.split() == ["fact_no", "1"] for line in out.splitlines())


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_reader_that_has_seen_enough_is_no_error(published, form):
    sql = "select f.* from marts.facts as f, range(20)"
    arguments = ["--data", str(published.settings.data), "query", "--format", form, sql]
    with subprocess.Popen(
        [sys.executable, "-c", CORE, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        complaint = process.stderr.read()
    assert (process.returncode, complaint) == (0, b"")


def test_json_keeps_decimals_exact_and_chinese_readable(on_published):
    _, out, _ = on_published("query", "--format", "json", "select 12345678901234567.89::decimal(20,2) as x, '中' as y")
    assert '"x":12345678901234567.89' in out
    assert json.loads(out)[0]["y"] == "中"


def test_csv_has_a_heading_and_lists_that_can_be_parsed_again(on_published):
    _, out, _ = on_published("query", "--format", "csv", "select file, families from marts.documents order by file")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["file", "families"]
    assert json.loads(rows[1][1]) == ["self_evaluation_wide"] or isinstance(json.loads(rows[1][1]), list)


def test_words_of_a_report_are_no_formula_in_a_csv_file(on_published):
    words = ("=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-2+3|x", "\t=1", "-632.48", "+5%", "——", "-")
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    _, out, _ = on_published("query", "--format", "csv", f"select unnest([{listed}]) as 原文")
    shown = [row[0] for row in csv.reader(io.StringIO(out))][1:]
    assert shown == ["'=cmd|' /C calc'!A0", "'@SUM(1)", "'+1+1", "'-2+3|x", "'\t=1", "-632.48", "+5%", "——", "-"]


def test_a_file_takes_its_format_from_its_name_and_csv_opens_in_excel(on_published, tmp_path):
    code, out, err = on_published("query", "-o", str(tmp_path / "a.csv"), "select '执行率' as 指标")
    assert (code, out) == (0, "")
    assert "1 行" in err
    assert (tmp_path / "a.csv").read_bytes().startswith("\ufeff指标".encode())
    on_published("query", "-o", str(tmp_path / "a.parquet"), "select 1.50::decimal(9,2) as x")
    assert str(pq.read_table(tmp_path / "a.parquet").schema.field("x").type) == "decimal128(9, 2)"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["selec 1"], "查询出错"),
        (["select * from nowhere"], "nowhere"),
        (["create table t as select 1"], "read-only"),
        (["copy (select 1) to '/tmp/gouji-escape.csv'"], "disabled"),
        (["select * from read_csv('/etc/passwd')"], "disabled"),
        (["attach '/tmp/other.db'"], "disabled"),
        (["install httpfs"], "disabled"),
        (["export database '/tmp/gouji-escape'"], "disabled"),
        (["select * from '/etc/passwd'"], "passwd"),
        (["drop table marts.facts"], "read-only"),
        (["select 1; select 2"], "一次只能有一条"),
        ([""], "不是查询语句"),
        (["set enable_external_access = true"], "locked"),
        (["--format", "parquet", "select 1"], "-o"),
        (["-o", "/nowhere/x.csv", "select 1"], "无法写入"),
    ],
)
def test_a_query_can_only_read_what_is_published(on_published, arguments, words):
    code, out, err = on_published("query", *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_a_query_before_anything_is_published_says_what_to_do(gouji):
    code, _, err = gouji("query", "select 1")
    assert code == 2
    assert "gouji refresh" in err


def test_a_query_can_come_from_standard_input(on_published, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("select 6 * 7 as answer"))
    assert "42" in on_published("query", "-")[1]


# check


def test_check_shows_what_is_wrong_where_and_what_was_not_checked(gouji):
    code, out, _ = gouji("check", str(reports.RAW / reports.DONGXIHU))
    assert code == 1
    assert "部门整体" in out
    assert "3496.71 ÷ 全年预算数 7489.39 = 46.69%" in out
    assert "“17%”" in out
    assert "小结：错误" in out
    assert "核对了" in out
    assert "没有核对的检查" in out


def test_check_of_a_report_without_errors_is_done(gouji):
    code, out, _ = gouji("check", str(reports.RAW / reports.CAIDIAN))
    assert code == 0
    assert "错误" not in out


def test_check_as_json_has_documents_findings_and_the_ledger(gouji):
    code, out, _ = gouji("check", "--json", str(reports.RAW / reports.DONGXIHU), str(reports.RAW / reports.CAIDIAN))
    whole = json.loads(out)
    assert code == 1
    assert len(whole["documents"]) == 2
    assert {f["severity"] for f in whole["findings"]} >= {"error"}
    assert all(entry["candidates"] or entry["not_evaluated_reason"] for entry in whole["ledger"])


def test_check_publishes_and_caches_nothing(gouji, tmp_path):
    gouji("check", str(reports.RAW / reports.CAIDIAN))
    assert sorted(p.name for p in (tmp_path / "data").rglob("*")) == ["raw"]


def test_check_tells_equally_good_repairs_one_a_line_with_the_cell_of_each(gouji, tmp_path):
    changed = tmp_path / "report.txt"
    text = (reports.RAW / reports.BENJI).read_text(encoding="utf-8")
    changed.write_text(text.replace("社会救助工作经费\t18.01", "社会救助工作经费\t18.10"), encoding="utf-8")
    _, out, _ = gouji("check", str(changed))
    lines = [line.strip() for line in out.splitlines() if line.strip().startswith("可能的改法")]
    assert len(lines) == 2
    assert "可能的改法 1：" in lines[0] and "18.10 → 18.01万元（相邻两位数字颠倒）" in lines[0] and "列 3" in lines[0]
    assert "可能的改法 2：" in lines[1] and "18.01 → 18.1万元" in lines[1] and "列 4" in lines[1]
    _, out, _ = gouji("check", "--json", str(changed))
    (tied,) = [f for f in json.loads(out)["findings"] if f["alternatives"]]
    assert [(a["option"], a["printed"], a["proposed"]) for a in tied["alternatives"]] == [
        (1, "18.10", 18.01),
        (2, "18.01", 18.1),
    ]
    assert tied["repair"] is None


def test_every_reason_of_the_ledger_has_words_for_readers():
    assert REASONS.keys() == set(LEDGER_REASONS)


# read


def test_read_draws_identity_tables_and_figures(gouji):
    code, out, _ = gouji("read", str(reports.RAW / reports.CAIDIAN))
    assert code == 0
    for words in ("蔡甸区", "收入决算明细表", "单位：元", "218,492,342.07", "身份 identity", "未读懂的部分"):
        assert words in out


def test_read_says_why_a_field_of_identity_is_empty(gouji):
    _, out, _ = gouji("read", str(reports.RAW / reports.BENJI))
    district = next(line for line in out.splitlines() if "区县" in line)
    assert "—" in district
    assert any("\u4e00" <= c <= "\u9fff" for c in district.rsplit("│", 2)[1])


def test_read_as_json_gives_the_five_relations(gouji):
    _, out, _ = gouji("read", "--json", str(reports.RAW / reports.CAIDIAN))
    (whole,) = json.loads(out)
    assert {"file", "documents", "tables", "cells", "sentences", "facts"} <= whole.keys()
    amounts = [f["amount_yuan"] for f in whole["facts"] if f["as_printed"] == "218,492,342.07"]
    assert set(amounts) == {"218492342.07"}


def test_read_as_a_web_page_shows_the_pages_with_the_cells_and_the_figures_taken_from_them(gouji, tmp_path):
    rows = [["项目", "年初预算数"], ["低保", "12.50"], ["合计", "12.50"]]
    report = tmp_path / "report.pdf"
    report.write_bytes(pdf_samples.pdf(pdf_samples.line("2024年预算表"), pdf_samples.table(rows)))
    code, out, _ = gouji("read", "--html", str(report))
    assert code == 0
    page = lxml.html.fromstring(out)
    (svg,) = page.xpath("//svg[@class='page']")
    width, height = (float(x) for x in svg.get("viewbox").split()[2:])
    assert (round(width), round(height)) == (842, 595)
    assert svg.xpath(".//image")[0].get("href").startswith("data:image/jpeg;base64,")
    boxes = {r.xpath("title")[0].text_content().split("\n")[0]: r for r in svg.xpath(".//rect")}
    assert len(boxes) == 6
    figure = boxes["表1 行2 列2：12.50"]
    assert figure.get("class") == "fact"
    assert "低保" in figure.xpath("title")[0].text_content()
    assert 0 < float(figure.get("x")) < width
    assert 0 < float(figure.get("y")) < height
    assert out == gouji("read", "--html", str(report))[1]


def test_read_as_a_web_page_of_a_file_without_pages_shows_its_tables(gouji, tmp_path):
    report, target = tmp_path / "<b>.html", tmp_path / "out.html"
    report.write_text("<table><tr><td>项目<td>预算数<tr><td>&lt;script&gt;<td>1.5</table>", "utf-8")
    code, out, err = gouji("read", "--html", "-o", str(target), str(report))
    assert (code, out) == (0, "")
    assert str(target) in err
    page = target.read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<svg" not in page


def test_read_shows_what_else_a_contested_cell_may_say():
    read = TableReading(
        Table(1, 1, "表", None, (Cell(0, 0, "900", contested=True, other="9.00"), Cell(0, 1, "x")), "grid")
    )
    out = io.StringIO()
    reading_view.draw_table(read, console(out))
    assert "900" in out.getvalue()
    assert "另一读法：9.00" in out.getvalue()
    assert reading_view.not_understood([read], []) == [
        "表 1 未识别为已知种类",
        "1 个单元格的识读有争议（表中标出，另一读法附在其后）",
    ]


# wrong use


def test_a_file_without_figures_is_not_said_to_agree(gouji, tmp_path):
    note = tmp_path / "便条.txt"
    note.write_text("你好", encoding="utf-8")
    code, out, _ = gouji("check", str(note))
    assert code == 0
    assert "没有读到可以核对的数" in out
    assert "未发现不符" not in out


def test_nothing_but_the_reason_is_shown_of_a_file_that_cannot_be_read(gouji, tmp_path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    code, out, _ = gouji("read", str(broken))
    assert code == 2
    assert "未能读取" in out
    assert "身份" not in out


def test_the_place_that_check_prints_is_the_one_that_correct_takes(gouji):
    report = str(reports.RAW / reports.DONGXIHU)
    out = gouji("check", report)[1]
    (line,) = [line for line in out.splitlines() if "更正时写作" in line and "“58.3%”" in line]
    place = line.split("更正时写作：")[1].split(" ")[0]
    code, out, _ = gouji("correct", report, place, "--confirmed", "--reason", "原文如此", "--by", "张三")
    assert code == 0
    assert "58.3%" in out


def test_a_line_of_a_finding_stays_whole_where_the_output_is_not_a_terminal(gouji):
    out = gouji("check", str(reports.RAW / reports.DONGXIHU))[1]
    assert not [line for line in out.splitlines() if line != line.rstrip()]
    assert any("临时救助：" in line and "建议：执行率 13 → 25.16%" in line for line in out.splitlines())


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_file_that_is_not_there_a_folder_and_an_unreadable_file_are_told_apart(gouji, command, tmp_path):
    assert "没有这个文件" in gouji(command, "nowhere.pdf")[2]
    assert "是文件夹" in gouji(command, str(tmp_path))[2]
    (tmp_path / "空.pdf").touch()
    code, out, _ = gouji(command, str(tmp_path / "空.pdf"))
    assert code == 2
    assert "空" in out


@pytest.mark.parametrize("arguments", [[], ["refres"], ["query"], ["check"], ["query", "--format", "xlsx", "select 1"]])
def test_wrong_words_are_answered_with_the_usage(gouji, arguments):
    code, _, err = gouji(*arguments)
    assert code == 2
    assert "usage: gouji" in err


def test_an_environment_variable_that_is_no_number_is_said_plainly(gouji, monkeypatch):
    monkeypatch.setenv("GOUJI_WORKERS", "many")
    code, _, err = gouji("query", "select 1")
    assert code == 2
    assert "GOUJI_" in err


def test_a_missing_folder_of_reports_is_said_plainly(gouji, tmp_path):
    shutil.rmtree(tmp_path / "data" / "raw")
    code, _, err = gouji("refresh")
    assert code == 2
    assert "没有报告文件夹" in err


def test_a_second_refresh_is_told_to_wait(gouji, tmp_path):
    with begin(Settings(tmp_path / "data", tmp_path), Silence()):
        code, _, err = gouji("refresh")
    assert code == 2
    assert "请等它结束" in err


def test_the_help_names_every_command_and_the_exit_codes(gouji):
    code, out, _ = gouji("--help")
    assert code == 0
    for word in ("refresh", "read", "check", "query", "exit codes"):
        assert word in out


# refresh


def test_a_refresh_names_the_reports_that_came_and_went(gouji, tmp_path):
    raw = tmp_path / "data" / "raw"
    for name, text in (("甲.txt", "甲单位没有数。"), ("乙.txt", "乙单位也没有数。")):
        (raw / name).write_text(text, encoding="utf-8")
        out = gouji("refresh")[1]
        assert "变化 changes    新增 1" in out
    assert "  · 新增 乙.txt" in out
    (raw / "甲.txt").unlink()
    assert "  · 撤回 甲.txt" in gouji("refresh")[1]


def test_refresh_publishes_summarises_and_then_has_nothing_to_do(gouji, tmp_path):
    raw = tmp_path / "data" / "raw"
    shutil.copy(reports.RAW / reports.DONGXIHU, raw / reports.DONGXIHU)
    (raw / "坏[red].pdf").write_bytes(b"%PDF-1.4 broken")
    code, out, err = gouji("refresh")
    assert code == 0
    for words in ("已发布", "文档 documents", "未能读取 1", "坏[red].pdf", "等式", "错误", "接下来", "gouji check"):
        assert words in out
    assert f"document={reports.DONGXIHU} stage=read outcome=read done=" in err
    assert "stage=publish" in err
    code, out, _ = gouji("refresh")
    assert code == 0
    assert "没有变化" in out
    code, out, _ = gouji("refresh", "--force")
    assert code == 0
    assert "按要求重建" in out


def test_an_interrupted_refresh_says_that_nothing_changed(tmp_path):
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copy(reports.RAW / reports.CAIDIAN, raw / reports.CAIDIAN)
    with subprocess.Popen(
        [sys.executable, "-c", CORE, "--data", str(tmp_path / "data"), "refresh"],
        env={"GOUJI_HOME": str(tmp_path / "home"), "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "stage=staging" in line:
                process.send_signal(2)
                break
        rest = process.stderr.read()
    assert process.returncode == cli.INTERRUPTED
    assert "已中断" in rest
    assert "Traceback" not in rest
    assert not (tmp_path / "data" / "marts" / "gouji.duckdb").exists()


@pytest.mark.parametrize("kilobytes", [8, 300])
def test_a_disk_that_fills_up_is_said_plainly_and_nothing_is_left_behind(tmp_path, kilobytes):
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copy(reports.RAW / reports.CAIDIAN, raw / reports.CAIDIAN)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    limited = f"import resource; {LIMITED.format(kilobytes << 10)}; {CORE}"
    ran = subprocess.run(
        [sys.executable, "-c", limited, "--data", str(tmp_path / "data"), "refresh"],
        env={
            "GOUJI_HOME": str(tmp_path / "home"),
            "PATH": "",
            "PYTHONPATH": ":".join(sys.path),
            "TMPDIR": str(temporary),
            "PYTHONDONTWRITEBYTECODE": "1",  # a cut compiled module would break every later run
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (cli.FOUND, cli.WRONG)
    assert "Traceback" not in ran.stdout + ran.stderr
    assert "无法写入" in ran.stderr or "没有发布" in ran.stdout
    assert [p.name for p in (tmp_path / "data" / "marts").iterdir()] == [".lock"]
    assert list(temporary.iterdir()) == []


# text in a terminal


def test_a_file_name_cannot_drive_the_terminal():
    assert printable("a\x1b[31mb\u202e\x07.txt") == "a\\x1b[31mb\\u202e\\x07.txt"
    assert quoted('a b="c"\nd') == '"a b=\\"c\\"\\nd"'


def test_values_are_shown_as_readers_write_them():
    assert shown(None) == ""
    assert shown(True) == "是"
    assert shown(["甲", "乙"]) == "甲、乙"
