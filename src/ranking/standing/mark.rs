//! Marks and weights as whole ten-thousandths: 8.5 is 85 000.

use thiserror::Error;

use super::Ratio;

pub const TEN_THOUSAND: i64 = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum InvalidMark {
    #[error("there is no number")]
    Empty,
    #[error("it is not a number")]
    NotANumber,
    #[error("it has more than four decimals")]
    TooFine,
    #[error("it is too large")]
    TooLarge,
}

impl InvalidMark {
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "ranking-mark-empty",
            Self::NotANumber => "ranking-mark-not-a-number",
            Self::TooFine => "ranking-mark-too-fine",
            Self::TooLarge => "ranking-mark-too-large",
        }
    }
}

/// Reads "8.5" or "8,5" (a comma is the decimal sign in Vietnamese) into ten-thousandths.
pub fn parse_mark(text: &str) -> Result<i64, InvalidMark> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InvalidMark::Empty);
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(InvalidMark::NotANumber);
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 4 {
        return Err(InvalidMark::TooFine);
    }
    let digits = format!("{whole}{fraction:0<4}");
    let magnitude: i64 = digits.parse().map_err(|_| InvalidMark::TooLarge)?;
    Ok(if negative { -magnitude } else { magnitude })
}

/// Reads a decimal number exactly, up to nine decimals; what is finer is rounded half-up.
pub fn parse_decimal(text: &str) -> Result<Ratio, InvalidMark> {
    let text = text.trim();
    let whole_length = text.find(['.', ',']).unwrap_or(text.len());
    let fraction = text.get(whole_length + 1..).unwrap_or("");
    if fraction.len() <= 4 {
        return Ratio::new(parse_mark(text)?.into(), TEN_THOUSAND.into()).ok_or(InvalidMark::TooLarge);
    }
    let whole = parse_mark(&text[..whole_length]).or_else(|refusal| {
        match text[..whole_length].trim_start_matches(['-', '+']) {
            "" => Ok(0),
            _ => Err(refusal),
        }
    })?;
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(InvalidMark::NotANumber);
    }
    let digits: i128 = format!("{fraction:0<18.18}").parse().map_err(|_| InvalidMark::NotANumber)?;
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let wholes = i128::from(whole) / i128::from(TEN_THOUSAND) * 1_000_000_000_000_000_000;
    let exact = Ratio::new(wholes + sign * digits, 1_000_000_000_000_000_000);
    exact.and_then(|exact| exact.rounded(9)).ok_or(InvalidMark::TooLarge)
}

/// The shortest way to write a mark: 85 000 is "8.5", 80 000 is "8".
pub fn show_mark(mark: i64) -> String {
    let (whole, fraction) = (mark.unsigned_abs() / 10_000, mark.unsigned_abs() % 10_000);
    let sign = if mark < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{fraction:04}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_exactly() {
        for (text, mark) in [
            ("8.5", Ok(85_000)),
            ("8,5", Ok(85_000)),
            (" 10 ", Ok(100_000)),
            ("-0,25", Ok(-2_500)),
            (".5", Ok(5_000)),
            ("7.50000", Ok(75_000)),
            ("", Err(InvalidMark::Empty)),
            (".", Err(InvalidMark::NotANumber)),
            ("NaN", Err(InvalidMark::NotANumber)),
            ("1e3", Err(InvalidMark::NotANumber)),
            ("1.000,5", Err(InvalidMark::NotANumber)),
            ("8.12345", Err(InvalidMark::TooFine)),
            ("99999999999999999999", Err(InvalidMark::TooLarge)),
        ] {
            assert_eq!(parse_mark(text), mark, "{text:?}");
        }
    }

    #[test]
    fn finer_numbers_are_read_to_nine_decimals() {
        for (text, number) in [
            ("8.5", "17/2"),
            ("-0,123456", "-1929/15625"),
            ("7.3333333333333330", "7333333333/1000000000"),
            ("0.0000000005", "1/1000000000"),
            (".123456", "1929/15625"),
            ("-12.000001", "-12000001/1000000"),
        ] {
            assert_eq!(parse_decimal(text).unwrap().to_string(), number, "{text}");
        }
        for text in
            ["", "x", "1.23456x", "1.2.34567", "--1.234567", "inf", "1e-7", "123456789012345678901.123456"]
        {
            assert!(parse_decimal(text).is_err(), "{text}");
        }
    }

    #[test]
    fn marks_are_shown_without_needless_digits() {
        for (mark, text) in [(85_000, "8.5"), (80_000, "8"), (-2_500, "-0.25"), (0, "0"), (1, "0.0001")] {
            assert_eq!(show_mark(mark), text);
        }
    }
}
