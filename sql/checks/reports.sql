-- 报告：每份报告是什么，是否是未填写的模板、检查表 / What each report is, and whether it is a template not filled in, or a form that reviews others.
-- `states_figures` tells a text that states amounts or rates from one that states none: of its wording nothing counts as checked.
with placeholders as (
    select
        document_id,
        count(*) as sentences,
        count(*) filter (where regexp_matches(text, placeholder_words())) as unfilled,
        bool_or(regexp_matches(text, figure_words())) as says_figures
    from passages
    where kind = 'sentence'
    group by document_id
)

select
    d.document_id,
    d.title,
    d.scope,
    d.families,
    d.fiscal_year,
    d.period_end_month,
    d.status,
    coalesce(p.unfilled, 0) as unfilled,
    coalesce(p.says_figures, false) or exists (from core.facts as f where f.document_id = d.document_id) as states_figures,
    coalesce(p.unfilled >= 5 and p.unfilled * 10 >= p.sentences, false) as is_template,
    coalesce(regexp_matches(d.title, '检查(表|情况|清单)|审核表'), false) as is_review
from core.documents as d
left join placeholders as p using (document_id)
