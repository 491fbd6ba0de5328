//! The names of the methods on the command line.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    Mean,
    Median,
    /// Without so many lowest and highest marks.
    Trimmed(usize),
    ZScore,
    Borda,
    LeastSquares,
    #[default]
    Mixed,
    MixedSpread,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "\"{0}\" is no method: choose mean, median, trimmed:N, zscore, borda, least-squares, mixed or mixed-spread"
)]
pub struct InvalidMethod(pub String);

impl FromStr for Method {
    type Err = InvalidMethod;

    fn from_str(text: &str) -> Result<Self, InvalidMethod> {
        match text {
            "mean" => Ok(Self::Mean),
            "median" => Ok(Self::Median),
            "zscore" => Ok(Self::ZScore),
            "borda" => Ok(Self::Borda),
            "least-squares" => Ok(Self::LeastSquares),
            "mixed" => Ok(Self::Mixed),
            "mixed-spread" => Ok(Self::MixedSpread),
            _ => text
                .strip_prefix("trimmed:")
                .and_then(|each_side| each_side.parse().ok())
                .map(Self::Trimmed)
                .ok_or_else(|| InvalidMethod(text.to_owned())),
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mean => formatter.write_str("mean"),
            Self::Median => formatter.write_str("median"),
            Self::Trimmed(each_side) => write!(formatter, "trimmed:{each_side}"),
            Self::ZScore => formatter.write_str("zscore"),
            Self::Borda => formatter.write_str("borda"),
            Self::LeastSquares => formatter.write_str("least-squares"),
            Self::Mixed => formatter.write_str("mixed"),
            Self::MixedSpread => formatter.write_str("mixed-spread"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_read_as_it_is_written() {
        for method in [
            Method::Mean,
            Method::Median,
            Method::Trimmed(2),
            Method::ZScore,
            Method::Borda,
            Method::LeastSquares,
            Method::Mixed,
            Method::MixedSpread,
        ] {
            assert_eq!(method.to_string().parse(), Ok(method));
        }
        for text in ["", "best", "trimmed", "trimmed:x", "trimmed:-1"] {
            assert_eq!(text.parse::<Method>(), Err(InvalidMethod(text.into())));
        }
    }
}
