-- 比率相符程度：2 照印出的精度相符，1 舍去补足的末尾零后相符，0 不相符 / how a printed percentage fits part over whole: 2 at its printed precision, 1 with filled-in trailing zeros dropped (98.70% for 98.7%), 0 not at all.
-- @param rate 印出的百分比 / the printed percentage, percent points
-- @param rate_half 百分比的末位半单位 / half of its last printed place
-- @param lenient_half 舍去末尾零后的末位半单位 / half of its last place that is not a trailing zero
-- @param part 分子 / numerator
-- @param part_half 分子的末位半单位 / half of its last printed place
-- @param whole 分母 / denominator
-- @param whole_half 分母的末位半单位 / half of its last printed place
select case
    when rate_fits(rate, rate_half, part, part_half, whole, whole_half) then 2
    when rate_fits(rate, lenient_half, part, part_half, whole, whole_half) then 1
    else 0
end
