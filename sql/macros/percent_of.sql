-- 百分比：part 占 whole 的百分数，精确到小数点后两位；分母为零时为空 / part in percent points of whole, exact decimal arithmetic rounded to two places; NULL over zero.
-- @param part 分子 / numerator
-- @param whole 分母 / denominator
select try(
    case
        when whole = 0 then null
        else (sign(part) * sign(whole))::decimal(1, 0)
            * (
                (
                    20000 * (abs(part)::decimal(24, 6) * 1000000)::hugeint
                    + (abs(whole)::decimal(24, 6) * 1000000)::hugeint
                )
                // (2 * (abs(whole)::decimal(24, 6) * 1000000)::hugeint)
            )::decimal(18, 0)
            * 0.01::decimal(2, 2)
    end
)
