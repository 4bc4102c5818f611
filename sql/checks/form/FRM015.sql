-- 科目表里类、款、项层层列出，不缺行 / A table of accounts lists every class, section and item on the way
-- @formula 列了项就列其款、其类，列了类、款就列其下级；以同一张表其余科目的列法为准
-- @basis 《政府收支分类科目》；预算法第四十六条：支出按功能分类编列到项
-- @severity warning
-- @needs functional_code
-- @origin table
-- @message_zh 《{table}》缺科目行：{missing}。
-- @message_en Rows are missing from the table of accounts {table}: {missing_en}.
-- @good [{"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 3, "statement": "t1r3"},
--   {"measure": "expenditure", "printed": "30", "subject": "司法", "subject_code": "20406", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 4, "statement": "t1r4"},
--   {"measure": "expenditure", "printed": "20", "subject": "行政运行", "subject_code": "2040601", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 5, "statement": "t1r5"},
--   {"measure": "expenditure", "printed": "10", "subject": "基层司法业务", "subject_code": "2040604", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 6, "statement": "t1r6"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 7, "statement": "t1r7"},
--   {"measure": "expenditure", "printed": "5", "subject": "行政事业单位养老支出", "subject_code": "20805", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 8, "statement": "t1r8"},
--   {"measure": "expenditure", "printed": "5", "subject": "机关事业单位基本养老保险缴费支出", "subject_code": "2080505", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 9, "statement": "t1r9"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 10, "statement": "t1r10"},
--   {"measure": "expenditure", "printed": "3", "subject": "行政事业单位医疗", "subject_code": "21011", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 11, "statement": "t1r11"},
--   {"measure": "expenditure", "printed": "3", "subject": "行政单位医疗", "subject_code": "2101101", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 12, "statement": "t1r12"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房保障支出", "subject_code": "221", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 13, "statement": "t1r13"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房改革支出", "subject_code": "22102", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 14, "statement": "t1r14"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房公积金", "subject_code": "2210201", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 15, "statement": "t1r15"}]
-- @good [{"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 3, "statement": "t1r3"},
--   {"measure": "expenditure", "printed": "30", "subject": "司法", "subject_code": "20406", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 4, "statement": "t1r4"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 5, "statement": "t1r5"},
--   {"measure": "expenditure", "printed": "5", "subject": "行政事业单位养老支出", "subject_code": "20805", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 6, "statement": "t1r6"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 7, "statement": "t1r7"},
--   {"measure": "expenditure", "printed": "3", "subject": "行政事业单位医疗", "subject_code": "21011", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 8, "statement": "t1r8"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房保障支出", "subject_code": "221", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 9, "statement": "t1r9"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房改革支出", "subject_code": "22102", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 10, "statement": "t1r10"}]
-- @bad [{"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 3, "statement": "t1r3"},
--   {"measure": "expenditure", "printed": "30", "subject": "司法", "subject_code": "20406", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 4, "statement": "t1r4"},
--   {"measure": "expenditure", "printed": "20", "subject": "行政运行", "subject_code": "2040601", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 5, "statement": "t1r5"},
--   {"measure": "expenditure", "printed": "10", "subject": "基层司法业务", "subject_code": "2040604", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 6, "statement": "t1r6"},
--   {"measure": "expenditure", "printed": "5", "subject": "行政事业单位养老支出", "subject_code": "20805", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 7, "statement": "t1r7"},
--   {"measure": "expenditure", "printed": "5", "subject": "机关事业单位基本养老保险缴费支出", "subject_code": "2080505", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 8, "statement": "t1r8"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 9, "statement": "t1r9"},
--   {"measure": "expenditure", "printed": "3", "subject": "行政事业单位医疗", "subject_code": "21011", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 10, "statement": "t1r10"},
--   {"measure": "expenditure", "printed": "3", "subject": "行政单位医疗", "subject_code": "2101101", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 11, "statement": "t1r11"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房保障支出", "subject_code": "221", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 12, "statement": "t1r12"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房改革支出", "subject_code": "22102", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 13, "statement": "t1r13"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房公积金", "subject_code": "2210201", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 14, "statement": "t1r14"}]
-- @bad [{"measure": "expenditure", "printed": "30", "subject": "公共安全支出", "subject_code": "204", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 3, "statement": "t1r3"},
--   {"measure": "expenditure", "printed": "30", "subject": "司法", "subject_code": "20406", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 4, "statement": "t1r4"},
--   {"measure": "expenditure", "printed": "20", "subject": "行政运行", "subject_code": "2040601", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 5, "statement": "t1r5"},
--   {"measure": "expenditure", "printed": "10", "subject": "基层司法业务", "subject_code": "2040604", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 6, "statement": "t1r6"},
--   {"measure": "expenditure", "printed": "5", "subject": "社会保障和就业支出", "subject_code": "208", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 7, "statement": "t1r7"},
--   {"measure": "expenditure", "printed": "5", "subject": "行政事业单位养老支出", "subject_code": "20805", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 8, "statement": "t1r8"},
--   {"measure": "expenditure", "printed": "5", "subject": "机关事业单位基本养老保险缴费支出", "subject_code": "2080505", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 9, "statement": "t1r9"},
--   {"measure": "expenditure", "printed": "3", "subject": "卫生健康支出", "subject_code": "210", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 10, "statement": "t1r10"},
--   {"measure": "expenditure", "printed": "3", "subject": "行政事业单位医疗", "subject_code": "21011", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 11, "statement": "t1r11"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房保障支出", "subject_code": "221", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 12, "statement": "t1r12"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房改革支出", "subject_code": "22102", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 13, "statement": "t1r13"},
--   {"measure": "expenditure", "printed": "4", "subject": "住房公积金", "subject_code": "2210201", "subject_kind": "functional_item", "table_kind": "budget_expenditure", "table_title": "支出预算总表", "row_no": 14, "statement": "t1r14"}]
with rows as (
    select distinct
        document_id,
        table_id,
        table_kind,
        place,
        code,
        digits
    from accounts
    where starts_with(code, '2')
        and not is_unclear
),

-- 每行往上缺的一级，往下有没有列
levels as (
    select
        r.document_id,
        r.table_id,
        r.place,
        r.code,
        step.digits as upper_digits,
        left(r.code, step.digits) as upper,
        exists (select 1 from rows as u where u.table_id = r.table_id and u.code = left(r.code, step.digits)) as has_upper
    from rows as r
    inner join (values (3), (5)) as step (digits) on step.digits < r.digits
),

-- 有下级而没有自己那一行的类、款
headless as (
    select
        document_id,
        table_id,
        upper_digits as digits,
        upper as code,
        min(place) as place,
        not bool_or(has_upper) as is_missing,
        '上级' as wanting
    from levels
    group by all
),

-- 自己有行而没有下级的类、款
childless as (
    select
        r.document_id,
        r.table_id,
        r.digits,
        r.code,
        min(r.place) as place,
        not exists (
            select 1 from rows as l where l.table_id = r.table_id and l.digits > r.digits and starts_with(l.code, r.code)
        ) as is_missing,
        '下级' as wanting
    from rows as r
    where r.digits < 7
    group by all
),

-- 其余科目多数列了的，才说缺
judged as (
    select
        *,
        count(*) filter (where is_missing) over alike as missing,
        count(*) filter (where not is_missing) over alike as present
    from (from headless union all from childless)
    window alike as (partition by table_id, digits, wanting)
),

lacking as (
    select
        judged.document_id,
        judged.table_id,
        judged.place,
        judged.is_missing,
        case
            when judged.wanting = '上级' then '有' || below.code || below.subject || '，没有其' || case judged.digits when 3 then '类' else '款' end || judged.code
            else '有' || below.code || below.subject || '，没有其下的' || case judged.digits when 3 then '款' else '项' end
        end as words,
        case
            when judged.wanting = '上级' then below.code || ' stands without its upper account ' || judged.code
            else below.code || ' stands without the accounts it is divided into'
        end as words_en,
        below.fact_id
    from judged
    inner join (
        select table_id, place, any_value(code) as code, any_value(subject) as subject, arg_min(fact_id, fact_no) as fact_id
        from accounts
        group by all
    ) as below using (table_id, place)
    where judged.present >= 2 and judged.present >= 3 * judged.missing
)

select
    lacking.document_id,
    lacking.table_id as equation_key,
    'flag' as kind,
    coalesce(any_value(t.table_title), '支出表') as subject,
    not bool_or(lacking.is_missing) as holds,
    coalesce(list(part(lacking.fact_id) order by lacking.place) filter (where lacking.is_missing), []) as terms,
    map {
        'table': coalesce(any_value(t.table_title), '支出表'),
        'missing': coalesce(string_agg(words, '；' order by lacking.place) filter (where lacking.is_missing), ''),
        'missing_en': coalesce(string_agg(words_en, '; ' order by lacking.place) filter (where lacking.is_missing), '')
    } as words
from lacking
left join (select table_id, any_value(table_title) as table_title from figures group by all) as t using (table_id)
group by lacking.document_id, lacking.table_id
