-- 文字里说的自评得分与自评表的总分一致 / The score of a self-evaluation said in words is the total of its form
-- @formula 正文的部门整体自评得分，后文 = 前文 = 部门整体支出绩效自评表的总分；“评价结论”等格里所写的自评得分 = 同一张表的总分
-- @basis 绩效自评报告与所附自评表出自同一次评价；财预〔2020〕10号
-- @severity error
-- @needs score
-- @origin any
-- @message_zh {subject}：文字所说的自评得分与总分不一致，{equation}{said}。
-- @message_en {subject}: the score said in words is not that of the form: {equation_en}{said}.
-- @good [{"measure": "score", "printed": "98", "subject": "本部门", "subject_kind": "department_total", "origin": "narrative", "sentence_no": 3, "quote": "部门整体绩效自评得分98分"},
--   {"measure": "score", "printed": "98", "subject": "总分", "list_role": "total", "list_id": "t1:score", "table_kind": "department_self_evaluation", "table_id": "d1:t1", "row_no": 9}]
-- @good [{"measure": "score", "printed": "98", "subject": "合计", "list_role": "total", "list_id": "t1:score", "table_kind": "project_self_evaluation", "table_id": "d1:t1", "row_no": 9},
--   {"cell": "总分100分，自评总分98分，项目实施取得较好成效。", "row_no": 10, "col_no": 1}]
-- @bad [{"measure": "score", "printed": "97", "subject": "本部门", "subject_kind": "department_total", "origin": "narrative", "sentence_no": 3, "quote": "部门整体绩效自评得分97分"},
--   {"measure": "score", "printed": "98", "subject": "总分", "list_role": "total", "list_id": "t1:score", "table_kind": "department_self_evaluation", "table_id": "d1:t1", "row_no": 9}]
-- @bad [{"measure": "score", "printed": "98", "subject": "合计", "list_role": "total", "list_id": "t1:score", "table_kind": "project_self_evaluation", "table_id": "d1:t1", "row_no": 9},
--   {"cell": "自评总分99分，项目实施取得较好成效。", "row_no": 10, "col_no": 1}]
with totals as (
    select
        document_id,
        table_id,
        table_kind,
        min(fact_id) as total,
        any_value(subject) as subject,
        any_value(number) as number
    from figures
    where measure = 'score'
        and list_role = 'total'
        and table_id is not null
    group by all
    having count(*) = 1
),

-- 部门整体的得分；说平均、满分或某个项目的不在其内
said as (
    select
        document_id,
        fact_id,
        fact_no,
        min(fact_no) over (partition by document_id) as first_no,
        first_value(fact_id) over (partition by document_id order by fact_no) as first_id
    from figures
    where measure = 'score'
        and origin = 'narrative'
        and subject_kind = 'department_total'
        and regexp_matches(quote, '自评')
        and not regexp_matches(quote, '平均|满分|上年|往年')
),

in_form as (
    select
        document_id,
        any_value(total) as total
    from totals
    where table_kind = 'department_self_evaluation'
    group by document_id
    having count(*) = 1
),

in_cells as (
    select
        t.document_id,
        t.table_id,
        t.total,
        t.number,
        p.row_no,
        p.col_no,
        regexp_extract(p.text, '(?:自评(?:总)?得?分|自评总分|综合得分|最终得分|总得分)(?:为|是|：)?[0-9.]+分') as quote
    from totals as t
    inner join passages as p
        on p.table_id = t.table_id
        and p.kind = 'cell'
        and not regexp_matches(p.text, '平均|上年|往年')
)

select
    said.document_id,
    said.fact_id || ':form' as equation_key,
    'same' as kind,
    '部门整体' as subject,
    null::boolean as holds,
    [part(in_form.total), result(said.fact_id)] as terms,
    [] as places,
    map {'said': ''} as words
from said
inner join in_form using (document_id)
union all
select
    document_id,
    fact_id || ':prose',
    'same',
    '部门整体',
    null,
    [part(first_id), result(fact_id)],
    [],
    map {'said': ''}
from said
where fact_no > first_no
union all
select
    document_id,
    concat_ws(':', table_id, row_no, col_no),
    'flag',
    '绩效自评表',
    try_cast(regexp_extract(quote, '([0-9.]+)分$', 1) as decimal(28, 8)) = number,
    [part(total)],
    [in_cell(table_id, row_no, col_no, quote)],
    map {'said': ' ≠ “' || quote || '”'}
from in_cells
where quote <> ''
    and try_cast(regexp_extract(quote, '([0-9.]+)分$', 1) as decimal(28, 8)) is not null
