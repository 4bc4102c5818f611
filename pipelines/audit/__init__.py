"""Audit: equations over facts, a judge of intervals, a solver that blames cells, a ledger of what was checked."""
