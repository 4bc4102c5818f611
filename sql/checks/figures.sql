-- 可以进入等式的数：有确切数值，不是约数、目标 / The figures that equations are stated over: exact numbers, no targets and no 约.
-- `same_as` is the first fact of the same printed figure: what is said to be the total of two lists is still one figure.
select
    document_id,
    fact_id,
    first_value(fact_id) over (
        partition by document_id, table_id, row_no, col_no, sentence_id, char_start, char_end, as_printed
        order by fact_no
    ) as same_as,
    fact_no,
    statement,
    subject_kind,
    subject,
    subject_code,
    fund_source,
    coalesce(scope, '') as scope,
    measure,
    year_offset,
    period_end_month,
    coalesce(amount_yuan, value)::decimal(28, 8) as number,
    amount_yuan is not null as is_amount,
    unit,
    coalesce(corrected, as_printed) as as_printed,
    half_unit,
    half_unit_column,
    list_id,
    list_role,
    rate_basis,
    note,
    level1,
    programme,
    origin,
    table_id,
    table_kind,
    table_title,
    row_no,
    col_no,
    row_label,
    sentence_id,
    sentence_no,
    column_label,
    quote,
    coalesce(contested, false) as contested
from core.facts
where coalesce(amount_yuan, value) is not null
    and coalesce(comparator, '=') = '='
    and half_unit is not null
    and measure not in ('target', 'actual')
