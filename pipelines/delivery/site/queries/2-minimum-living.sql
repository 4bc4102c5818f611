-- 低保：各区县各年的预算与执行 / 低保 (minimum living guarantee) over districts and years
from programme_series('minimum_living_guarantee')
