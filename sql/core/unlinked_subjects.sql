-- 未归并的事项：没有归入任何规范项目的项目名与科目，及其出现次数 / programmes and functional items as printed that no canonical programme is linked to, with how often they occur.
-- @col subject_kind 事项种类 / programme or functional_item
-- @col subject 事项 / subject as printed
-- @col subject_code 科目编码 / functional code, NULL where none is printed
-- @col facts 数据条数 / figures about it
-- @col files 文件 / files that name it
select
    l.subject_kind,
    l.subject,
    l.subject_code,
    count(*)::integer as facts,
    list(distinct f.file order by f.file) as files
from staging.programme_links as l
inner join core.facts as f
    on f.subject_kind = l.subject_kind
    and f.subject = l.subject
    and f.subject_code is not distinct from l.subject_code
where l.programme is null
group by all
order by l.subject_kind, l.subject, l.subject_code
