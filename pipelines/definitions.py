"""Dagster entry: gathers assets, checks, the job, its schedule and sensor; nothing else."""

from dagster import Definitions, in_process_executor

from pipelines.orchestration.assets import all_assets
from pipelines.orchestration.jobs import nightly, raw_reports_watch, refresh_job
from pipelines.orchestration.resources import refresh_resource

defs = Definitions(
    assets=all_assets(),
    jobs=[refresh_job],
    schedules=[nightly],
    sensors=[raw_reports_watch],
    resources={"refresh": refresh_resource},
    executor=in_process_executor,
)
