"""The words of the reports: programmes, codes, places, measures, units and indicator levels, as data with sources."""

from pipelines.vocab.levels import level1_of, level2_of, parent_of
from pipelines.vocab.lists import (
    Code,
    District,
    Programme,
    ProgrammeRule,
    Unit,
    class_names,
    districts,
    economic_codes,
    functional_codes,
    programme_rules,
    programmes,
    unit_of,
    units,
)
from pipelines.vocab.measures import MeasureMatch, divides, measure_of

__all__ = [
    "Code",
    "District",
    "MeasureMatch",
    "Programme",
    "ProgrammeRule",
    "Unit",
    "class_names",
    "districts",
    "divides",
    "economic_codes",
    "functional_codes",
    "level1_of",
    "level2_of",
    "measure_of",
    "parent_of",
    "programme_rules",
    "programmes",
    "unit_of",
    "units",
]
