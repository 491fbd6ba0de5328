//! Marks and weights as exact decimals: whole ten-thousandths, never floating point.

use std::{fmt, str::FromStr};

use super::lang::Lang;

/// An exact decimal with four places, stored as ten-thousandths (87.5 is `875_000`).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    serde::Serialize,
    serde::Deserialize,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::BigInt)]
pub struct Points(i64);

crate::stored_as!(diesel::sql_types::BigInt, i64, Points, |raw: i64| Ok::<_, std::convert::Infallible>(
    Points(raw)
));

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPoints {
    #[error("not a number")]
    NotANumber,
    #[error("more than four decimal places")]
    TooFine,
    #[error("too large")]
    TooLarge,
}

impl Points {
    pub const ZERO: Self = Self(0);
    pub const ONE: Self = Self(Self::SCALE);
    pub const SCALE: i64 = 10_000;

    pub const fn from_ten_thousandths(raw: i64) -> Self {
        Self(raw)
    }

    pub const fn whole(n: i64) -> Self {
        Self(n * Self::SCALE)
    }

    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// As people of this language write it: no superfluous zeros, a comma in Vietnamese.
    pub fn written(self, lang: Lang) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let digits = self.0.unsigned_abs();
        let (whole, rest) = (digits / Self::SCALE.unsigned_abs(), digits % Self::SCALE.unsigned_abs());
        if rest == 0 {
            return format!("{sign}{whole}");
        }
        let decimals = format!("{rest:04}");
        let mark = if lang == Lang::Vi { ',' } else { '.' };
        format!("{sign}{whole}{mark}{}", decimals.trim_end_matches('0'))
    }
}

/// Reads `87,5`, `87.5` and `87`; no thousands marks, no exponents, no `NaN`.
impl FromStr for Points {
    type Err = InvalidPoints;

    fn from_str(text: &str) -> Result<Self, InvalidPoints> {
        let text = text.trim();
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let only_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if !only_digits(whole) || !only_digits(decimals) || (whole.is_empty() && decimals.is_empty()) {
            return Err(InvalidPoints::NotANumber);
        }
        if digits.contains([',', '.']) && decimals.is_empty() {
            return Err(InvalidPoints::NotANumber);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > 4 {
            return Err(InvalidPoints::TooFine);
        }
        if whole.len() > 12 {
            return Err(InvalidPoints::TooLarge);
        }
        let whole: i64 =
            if whole.is_empty() { 0 } else { whole.parse().map_err(|_| InvalidPoints::NotANumber)? };
        let rest: i64 = format!("{decimals:0<4}").parse().map_err(|_| InvalidPoints::NotANumber)?;
        let value = whole * Self::SCALE + rest;
        Ok(Self(if negative { -value } else { value }))
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        use InvalidPoints::{NotANumber, TooFine, TooLarge};
        for (text, expected) in [
            ("87,5", Ok(875_000)),
            (" 87.5 ", Ok(875_000)),
            ("0,0001", Ok(1)),
            (",5", Ok(5_000)),
            ("-2", Ok(-20_000)),
            ("10,50000", Ok(105_000)),
            ("", Err(NotANumber)),
            ("5,", Err(NotANumber)),
            ("NaN", Err(NotANumber)),
            ("1e3", Err(NotANumber)),
            ("1.000,5", Err(NotANumber)),
            ("0,00001", Err(TooFine)),
            ("9999999999999", Err(TooLarge)),
        ] {
            assert_eq!(text.parse::<Points>().map(Points::ten_thousandths), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(Points(875_000).written(Lang::Vi), "87,5");
        assert_eq!(Points(-12_340).written(Lang::En), "-1.234");
        assert_eq!(Points::whole(10).written(Lang::Vi), "10");
    }
}
