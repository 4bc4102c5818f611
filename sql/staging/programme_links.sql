-- 项目归并：报告里的项目名、科目与规范项目的对应及其依据，归不进的也在 / which canonical programme a subject as printed belongs to, and by what; those that fit none are kept.
-- @col subject_kind 事项种类 / programme or functional_item
-- @col subject 事项 / subject as printed
-- @col subject_code 科目编码 / functional code, NULL where none is printed
-- @col programme 规范项目 / canonical programme, NULL where none fits
-- @col programme_basis 归并依据 / the alias or code that linked them
select
    subject_kind,
    subject,
    subject_code,
    programme,
    programme_basis
from input.programme_links
order by subject_kind, subject, subject_code
