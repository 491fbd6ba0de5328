//! Phone numbers and e-mail addresses, as people type them and as they are stored.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};

/// A Vietnamese mobile or land line as `+84…`; a number from abroad with its `+`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Phone(String);

/// An address in small letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Email(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a phone number nor an e-mail address")]
pub struct InvalidContact;

crate::stored_as!(Text, String, Phone, |text: String| Ok::<_, std::convert::Infallible>(Phone(text)));
crate::stored_as!(Text, String, Email, |text: String| Ok::<_, std::convert::Infallible>(Email(text)));

/// The prefixes of 11-digit mobile numbers before 2018, and the ten-digit ones they became.
const OLD_PREFIXES: [(&str, &str); 18] = [
    ("120", "70"),
    ("121", "79"),
    ("122", "77"),
    ("126", "76"),
    ("128", "78"),
    ("123", "83"),
    ("124", "84"),
    ("125", "85"),
    ("127", "81"),
    ("129", "82"),
    ("162", "32"),
    ("163", "33"),
    ("164", "34"),
    ("165", "35"),
    ("166", "36"),
    ("167", "37"),
    ("168", "38"),
    ("169", "39"),
];

impl FromStr for Phone {
    type Err = InvalidContact;

    fn from_str(text: &str) -> Result<Self, InvalidContact> {
        let text = text.trim();
        let abroad = text.starts_with('+') && !text.starts_with("+84");
        if text.chars().any(|c| !(c.is_ascii_digit() || " .-+()\u{a0}".contains(c))) {
            return Err(InvalidContact);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if abroad {
            return if (8..=15).contains(&digits.len()) {
                Ok(Self(format!("+{digits}")))
            } else {
                Err(InvalidContact)
            };
        }
        let national = digits.strip_prefix("84").filter(|rest| rest.len() >= 9).unwrap_or(&digits);
        let national = national.strip_prefix('0').unwrap_or(national);
        let old =
            OLD_PREFIXES.iter().find(|(prefix, _)| national.len() == 10 && national.starts_with(prefix));
        let national = old.map_or_else(
            || national.to_owned(),
            |(prefix, new)| format!("{new}{}", &national[prefix.len()..]),
        );
        match national.len() {
            9 if !national.starts_with('0') => Ok(Self(format!("+84{national}"))),
            10 if national.starts_with('2') => Ok(Self(format!("+84{national}"))),
            _ => Err(InvalidContact),
        }
    }
}

impl Phone {
    /// For the person themself and their officers: `0912 345 678`.
    pub fn written(&self) -> String {
        match self.0.strip_prefix("+84") {
            Some(rest) if rest.len() == 9 => format!("0{} {} {}", &rest[..3], &rest[3..6], &rest[6..]),
            Some(rest) => format!("0{rest}"),
            None => self.0.clone(),
        }
    }

    /// For others: `091* *** 678`.
    pub fn masked(&self) -> String {
        let written = self.written();
        let visible = |position: usize, length: usize| position < 3 || position + 3 >= length;
        let length = written.chars().count();
        written
            .chars()
            .enumerate()
            .map(|(at, c)| if c == ' ' || visible(at, length) { c } else { '*' })
            .collect()
    }
}

impl FromStr for Email {
    type Err = InvalidContact;

    fn from_str(text: &str) -> Result<Self, InvalidContact> {
        let text = text.trim().to_lowercase();
        let (name, host) = text.split_once('@').ok_or(InvalidContact)?;
        let plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "._%+-".contains(c));
        let has_dot =
            host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
        if text.len() <= 254 && plain(name) && plain(host) && has_dot {
            Ok(Self(text))
        } else {
            Err(InvalidContact)
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What somebody signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInName {
    Phone(Phone),
    Email(Email),
}

impl FromStr for SignInName {
    type Err = InvalidContact;

    fn from_str(text: &str) -> Result<Self, InvalidContact> {
        if text.contains('@') { text.parse().map(Self::Email) } else { text.parse().map(Self::Phone) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_written_in_many_ways_is_one_number() {
        for text in ["0912 345 678", "+84 912.345.678", "84912345678", "912345678", "(+84) 912-345-678"] {
            assert_eq!(text.parse::<Phone>().unwrap().to_string(), "+84912345678", "{text}");
        }
        assert_eq!("01681234567".parse::<Phone>().unwrap().to_string(), "+84381234567");
        assert_eq!("+1 415 555 0100".parse::<Phone>().unwrap().to_string(), "+14155550100");
        for text in ["", "12", "091234567a", "0912 345 678 999", "<script>"] {
            assert_eq!(text.parse::<Phone>(), Err(InvalidContact), "{text}");
        }
    }

    #[test]
    fn others_see_a_masked_number() {
        assert_eq!("0912345678".parse::<Phone>().unwrap().masked(), "091* *** 678");
    }

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert_eq!("An@Example.ORG ".parse::<Email>().unwrap().to_string(), "an@example.org");
        for text in ["an@", "@x.vn", "an@x", "a b@x.vn", "an@x..vn"] {
            assert_eq!(text.parse::<Email>(), Err(InvalidContact), "{text}");
        }
    }
}
