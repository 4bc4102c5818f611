"""Dagster: the steps of a refresh as assets, Great Expectations as asset checks, the nightly run and the sensor."""

import os

# Neither orchestrator nor validator may report to its maker about the use of this machine.
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
