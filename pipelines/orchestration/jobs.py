"""The job `refresh` and what starts it: a nightly schedule, and a sensor that sees reports come, change and go."""

import json

from dagster import (
    AssetSelection,
    DefaultScheduleStatus,
    DefaultSensorStatus,
    RunRequest,
    ScheduleEvaluationContext,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    define_asset_job,
    in_process_executor,
    schedule,
    sensor,
)

from pipelines import inbox, settings
from pipelines.decisions import table as decisions
from pipelines.refresh import Plan, plan

SECONDS_BETWEEN_LOOKS = 60

refresh_job = define_asset_job(
    "refresh",
    selection=AssetSelection.all(),
    # One process holds the one connection to the warehouse that is being built; documents are read in others.
    executor_def=in_process_executor,
    description="读取 data/raw，建库、勾稽、质检并发布。/ Reads data/raw, builds, audits, validates and publishes.",
)


@schedule(
    name="nightly",
    job=refresh_job,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=DefaultScheduleStatus.RUNNING,
    description="每天 02:00（北京时间）刷新；没有变化则跳过。/ Refreshes at 02:00; skips when nothing changed.",
)
def nightly(_: ScheduleEvaluationContext) -> RunRequest | SkipReason:
    """A run where anything changed since the last publication, else why not."""
    planned = plan(settings.load())
    if planned.unchanged:
        return SkipReason(f"没有变化：{len(planned.entries)} 份文件与已发布的一致 / nothing changed since publication")
    return RunRequest(tags=_tags(planned))


@sensor(
    name="raw_reports_watch",
    job=refresh_job,
    minimum_interval_seconds=SECONDS_BETWEEN_LOOKS,
    default_status=DefaultSensorStatus.RUNNING,
    description="留意 data/raw 里新到、改动、撤回的报告。/ Watches data/raw for new, changed and withdrawn reports.",
)
def raw_reports_watch(context: SensorEvaluationContext) -> SensorResult | SkipReason:
    """Requests a run once data/raw has stood still between two looks and differs from what is published.

    The cursor keeps the last look (names, sizes, times) and the fingerprint last requested, so that files are hashed
    only after something moved, a file still being copied is not read, and a failing refresh is not asked for twice.
    """
    current = settings.load()
    before = json.loads(context.cursor or "{}")
    look = "|".join([inbox.look(current.raw), *decisions.look(current.data)])
    if look != before.get("look"):
        return SensorResult(
            skip_reason=SkipReason("data/raw 有变动，等它稳定下来 / data/raw moved; waiting until it stands still"),
            cursor=json.dumps({**before, "look": look, "settled": False}),
        )
    if before.get("settled"):
        return SkipReason("data/raw 没有变动 / data/raw has not moved")
    planned = plan(current)
    cursor = json.dumps({"look": look, "settled": True, "fingerprint": planned.fingerprint})
    if planned.unchanged:
        return SensorResult(skip_reason=SkipReason("与已发布的一致 / same as published"), cursor=cursor)
    if planned.fingerprint == before.get("fingerprint"):
        return SensorResult(skip_reason=SkipReason("已经请求过 / already requested"), cursor=cursor)
    return SensorResult(run_requests=[RunRequest(tags=_tags(planned))], cursor=cursor)


def _tags(planned: Plan) -> dict[str, str]:
    changes = planned.changes
    return {
        "gouji/fingerprint": planned.fingerprint[:16],
        "gouji/new": str(len(changes.new)),
        "gouji/changed": str(len(changes.changed)),
        "gouji/withdrawn": str(len(changes.withdrawn)),
    }
