-- 说目标全部完成的，没有未达到的指标 / Where all targets are said to be met, none is missed
-- @formula 整体自评称“绩效目标均已完成”“100%完成绩效目标”的，报告所附各表没有完成值低于指标值的指标
-- @basis 文字与所附绩效自评表对照
-- @severity warning
-- @needs target, actual
-- @origin any
-- @message_zh 文中称“{quote}”，所附自评表却有{count}项指标未达到：{rows}。
-- @message_en The text says that all targets were met, but {count} in the form were missed: {rows}.
-- @good [{"report": {"period_end_month": 12}}, {"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"}, {"measure": "actual", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"sentence": "2023年民政局100%完成绩效目标。", "section": "部门整体绩效自评结果"}]
-- @bad [{"report": {"period_end_month": 12}}, {"measure": "target", "printed": "32", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"}, {"measure": "actual", "printed": "26", "subject_kind": "indicator", "subject": "网点数量", "statement": "t1r3"},
--   {"sentence": "2023年民政局100%完成绩效目标。", "section": "部门整体绩效自评结果"}]
with claims as (
    select
        p.document_id,
        list(in_sentence(p.sentence_id, regexp_extract(p.plain, '.{0,12}(?:' || all_done_words() || ')')) order by p.n) as places
    from passages as p
    inner join reports as r using (document_id)
    where p.kind = 'sentence'
        and regexp_matches(p.plain, all_done_words())
        and not regexp_matches(p.plain, '基本|大部分|个别|如|若|未能')
        and (contains(p.section, '整体') or contains(coalesce(r.title, ''), '整体'))
        and r.period_end_month = 12
    group by p.document_id
),

missed as (
    select
        document_id,
        count(*) filter (where is_missed) as missed,
        flatten(list([part(target.fact_id), part(actual.fact_id)] order by first_no) filter (where is_missed)) as terms,
        string_agg(subject || '（指标值' || target.text || '，完成值' || actual.text || '）', '；' order by first_no)
            filter (where is_missed) as rows
    from goals
    where is_missed is not null
    group by document_id
)

select
    c.document_id,
    'claims' as equation_key,
    'flag' as kind,
    '绩效目标' as subject,
    m.missed = 0 as holds,
    coalesce(m.terms, []) as terms,
    c.places[:1] as places,
    map {'count': m.missed::varchar, 'rows': coalesce(m.rows, '')} as words
from claims as c
inner join missed as m using (document_id)
