-- 比率相符：印出的百分比能否是 part ÷ whole（各数按印出的精度取区间）；分母可能为零时为否 / whether a printed percentage can be part over whole, each figure standing for its rounding interval; false where the denominator can be zero.
-- @param rate 印出的百分比 / the printed percentage, percent points
-- @param rate_half 百分比的末位半单位 / half of its last printed place
-- @param part 分子 / numerator
-- @param part_half 分子的末位半单位 / half of its last printed place
-- @param whole 分母 / denominator
-- @param whole_half 分母的末位半单位 / half of its last printed place
select coalesce(
    try(
        whole - whole_half > 0
        and (rate - rate_half)::decimal(18, 8)
            * (case when rate >= rate_half then whole - whole_half else whole + whole_half end)::decimal(20, 6)
            <= (100 * (part + part_half))::decimal(24, 6)
        and (rate + rate_half)::decimal(18, 8)
            * (case when rate + rate_half >= 0 then whole + whole_half else whole - whole_half end)::decimal(20, 6)
            >= (100 * (part - part_half))::decimal(24, 6)
    ),
    false
)
