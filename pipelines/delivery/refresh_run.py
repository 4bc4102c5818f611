"""`gouji refresh` at work: the job run under a progress display, and the summary at its end."""

from __future__ import annotations

import shlex
import sys
import time

import duckdb
from rich.console import Console
from rich.text import Text

from pipelines.delivery.progress import LineProgress, LiveProgress
from pipelines.delivery.terminal import cell, console, program
from pipelines.orchestration.in_process import RunOutcome, run_refresh
from pipelines.orchestration.run_history import history
from pipelines.refresh import Refresh, begin
from pipelines.settings import Settings

NAMED = 10
"""Files or checks named in the summary before it says how many more there are."""


def run(settings: Settings, started: float) -> bool:
    """Runs the job; prints what became of it. Returns whether a warehouse was published.

    Raises AnotherRefreshRunning where another process is at it.
    """
    display = LiveProgress(console(sys.stderr)) if sys.stderr.isatty() else LineProgress(sys.stderr)
    with display as progress, begin(settings, progress) as refresh, history(settings.home) as instance:
        outcome = run_refresh(refresh, instance)
        if refresh.publication is None:
            progress.abandon()
    out = console()
    if refresh.publication is None:
        _draw_failure(outcome, settings, out)
        return False
    _draw_summary(refresh, outcome, time.monotonic() - started, out)
    return True


def _draw_failure(outcome: RunOutcome, settings: Settings, out: Console) -> None:
    what = "审核未通过，没有发布" if outcome.refused else "刷新失败，没有发布"
    out.print(
        Text(f"{what}；此前发布的数据没有改变。Not published; what was published before is unchanged.", style="red")
    )
    for check in outcome.failed_checks[:NAMED]:
        out.print(
            cell(f"  {check.severity.value} {check.asset_key.to_user_string()} {check.check_name}：{check.description}")
        )
    for error in () if outcome.refused else outcome.errors:
        out.print(cell(f"  {error}"))
    out.print(f"运行记录：DAGSTER_HOME={settings.home} {program('dg')} dev", soft_wrap=True)


def _draw_summary(refresh: Refresh, outcome: RunOutcome, seconds: float, out: Console) -> None:
    warehouse = refresh.settings.warehouse
    with duckdb.connect(str(warehouse.resolve()), read_only=True) as con:
        documents, parsed, partial, quarantined, tables, sentences, facts = con.execute(
            "select count(*), count(*) filter (where status = 'parsed'), count(*) filter (where status = 'partial'), "
            "count(*) filter (where status = 'quarantined'), coalesce(sum(tables), 0), coalesce(sum(sentences), 0), "
            "coalesce(sum(facts), 0) from marts.documents"
        ).fetchall()[0]
        unread = con.execute(
            "select file, status_reason from marts.documents where status <> 'parsed' order by status desc, file"
        ).fetchall()
        accepted, corrected, idle = con.execute(
            "select count(*) filter (where state = 'acknowledged'), "
            "count(*) filter (where state in ('corrected', 'confirmed')), "
            "count(*) filter (where state in ('stale', 'invalid')) from marts.decisions"
        ).fetchall()[0]
        open_findings = con.execute(
            "select coalesce(sum(errors), 0), coalesce(sum(warnings), 0), coalesce(sum(hints), 0), "
            "coalesce(sum(acknowledged), 0) from marts.documents"
        ).fetchall()[0]
        idle_decisions = con.execute(
            "select source, line_no, why from marts.decisions where state in ('stale', 'invalid') order by all"
        ).fetchall()
        worst = con.execute(
            "select file, errors, warnings from marts.documents where errors + warnings > 0 "
            "order by errors desc, warnings desc, file limit 1"
        ).fetchall()
    out.print(Text(f"已发布 {warehouse}（{seconds:.1f} 秒）", style="bold green"), soft_wrap=True)
    out.print(f"文档 documents  {documents}：已读 {parsed}，部分读出 {partial}，未能读取 {quarantined}")
    out.print(f"内容 contents   表 {tables:,} 张，句子 {sentences:,} 句，数据 {facts:,} 条")
    _draw_changes(refresh, out)
    _draw_audit(refresh, open_findings, out)
    if accepted + corrected + idle:
        out.print(f"决定 decisions  认可 {accepted}，更正或确认 {corrected}，没有用上 {idle}")
    _draw_checks(outcome, out)
    for file, reason in unread[:NAMED]:
        out.print(cell(f"  · {file}：{reason}", "yellow"))
    _draw_more(len(unread), out)
    for source, line, why in idle_decisions[:NAMED]:
        out.print(cell(f"  · {source} 第 {line} 行：{why}", "yellow"))
    _draw_more(len(idle_decisions), out)
    for sidecar in refresh.plan.lonely_sidecars:
        out.print(cell(f"  · 旁注文件 {sidecar} 没有对应的报告", "yellow"))
    _draw_next([row[0] for row in worst], refresh, out)


def _draw_changes(refresh: Refresh, out: Console) -> None:
    changes = refresh.plan.changes
    counts = (("新增", changes.new), ("改动", changes.changed), ("撤回", changes.withdrawn))
    said = "，".join(f"{word} {len(files)}" for word, files in counts if files)
    if not said:
        same = refresh.plan.fingerprint == refresh.plan.published
        said = "没有变化，按要求重建" if same else "报告没有变化，程序、SQL、词表、旁注或人工决定有更新"
    out.print(f"变化 changes    {said}")
    if refresh.plan.published is None:
        return
    named = [f"{word} {file}" for word, files in counts for file in files]
    for line in named[:NAMED]:
        out.print(cell(f"  · {line}"))
    _draw_more(len(named), out)


def _draw_audit(refresh: Refresh, open_findings: tuple[int, ...], out: Console) -> None:
    summary = refresh.summary
    assert summary is not None
    judged = {v: summary.verdicts.get(v, 0) for v in ("pass", "rounding", "fail")}
    out.print(
        f"勾稽 checks     评估 {sum(judged.values()):,} 个等式：相符 {judged['pass']:,}，"
        f"四舍五入 {judged['rounding']:,}，不符 {judged['fail']:,}；"
        f"另有 {summary.candidates - sum(judged.values()):,} 个数据不足、不适用或存疑"
    )
    errors, warnings, hints, accepted = open_findings
    also = f"；另有已认可 {accepted}" if accepted else ""
    out.print(f"发现 findings   错误 {errors}，警告 {warnings}，提示 {hints}{also}")


def _draw_checks(outcome: RunOutcome, out: Console) -> None:
    warned = outcome.failed_checks
    out.print(f"质检 suites     {outcome.checks} 套，通过 {outcome.checks - len(warned)}，提醒 {len(warned)}")
    for check in warned[:NAMED]:
        out.print(cell(f"  · {check.asset_key.to_user_string()} {check.check_name}：{check.description}"))
    _draw_more(len(warned), out)


def _draw_more(count: int, out: Console) -> None:
    if count > NAMED:
        out.print(f"  · 另有 {count - NAMED} 项")


def _draw_next(worst: list[str], refresh: Refresh, out: Console) -> None:
    out.print(Text("接下来 next", style="bold"))
    gouji = program("gouji")
    if worst:
        out.print(cell(f"  {gouji} check {shlex.quote(str(refresh.settings.raw / worst[0]))}"), soft_wrap=True)
    out.print(
        f'  {gouji} query "select severity, file, message_zh from marts.findings order by severity, file"',
        soft_wrap=True,
    )
    out.print(f'  {gouji} query "select * from marts_zh.预算执行 limit 20"', soft_wrap=True)
    out.print(f"  DAGSTER_HOME={refresh.settings.home} {program('dg')} dev", soft_wrap=True)
