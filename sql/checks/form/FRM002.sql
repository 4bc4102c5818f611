-- 不留模板的占位文字 / No placeholder of the template is left
-- @formula 正文和表中没有 XX、增加（减少）、“部门名称”等待填、待选的文字
-- @basis 公开的应是填写完整的文本；占位文字见区级预算模板、部门决算模板
-- @severity warning
-- @needs text
-- @origin any
-- @message_zh 留有模板的占位文字，未填写或未选定：“{quote}”。
-- @message_en A placeholder of the template was left, neither filled in nor chosen: “{quote_en}”.
-- @good [{"sentence": "财政拨款收入支出增加12.5万元，主要原因是业务量增加。"}, {"cell": "比上年增加（减少）"}]
-- @good [{"sentence": "检查表指出“财政拨款收入支出增加（减少）的主要原因”未选定。"}]
-- @bad [{"sentence": "财政拨款收入支出增加（减少）的主要原因是业务量增加。"}]
-- @bad [{"sentence": "截至2023年12月31日，部门名称共有车辆0辆。"}]
-- @bad [{"cell": "上海市XX局（本级）"}]
with searched as (
    select
        p.*,
        r.states_figures
    from passages as p
    inner join reports as r using (document_id)
    where not r.is_template
        and not r.is_review
        and p.kind in ('sentence', 'cell')
),

-- 表头的“增加（减少）”是列名；格里只看占位的 XX
left_in as (
    select
        document_id,
        kind,
        n,
        sentence_id,
        table_id,
        row_no,
        col_no,
        case kind
            when 'sentence' then regexp_extract(plain, '.{0,20}(?:' || placeholder_words() || ').{0,12}')
            else left(text, 60)
        end as quote,
        nullif(regexp_extract(text, '.{0,20}(?:' || placeholder_words() || ').{0,12}'), '') as shown
    from searched
    where regexp_matches(plain, placeholder_words())
        and (kind = 'sentence' or regexp_matches(plain, '[XＸ×]{2,}'))
)

select
    document_id,
    'text' as equation_key,
    'flag' as kind,
    '' as subject,
    true as holds,
    [] as places
from searched
where states_figures
    and document_id not in (select document_id from left_in)
group by document_id
union all
select
    document_id,
    concat_ws(':', min(sentence_id), min(table_id), min(row_no), min(col_no)),
    'flag',
    '',
    false,
    -- 同一句占位文字留在几处的，算一件
    list(
        case kind when 'sentence' then in_sentence(sentence_id, coalesce(shown, quote)) else in_cell(table_id, row_no, col_no, quote) end
        order by n
    )
from left_in
group by document_id, kind, quote
