//! Moments as they are read out of rows. SQLite keeps them as text, and the general reader of dates that diesel asks goes
//! through the words of a format for each of them: some thousand steps, which a list of 200 rows pays 200 times.

use chrono::NaiveDate;
use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
    sql_types::{Nullable, Timestamp},
    sqlite::Sqlite,
};

use super::MultiBackend;
use crate::base::clock::Moment;

/// What a row that is read often gives for a column of moments: `#[diesel(deserialize_as = ReadMoment)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
pub struct ReadMoment(Moment);

/// The same where there may be none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromSqlRow)]
pub struct MaybeMoment(Option<Moment>);

impl From<ReadMoment> for Moment {
    fn from(read: ReadMoment) -> Self {
        read.0
    }
}

impl From<MaybeMoment> for Option<Moment> {
    fn from(read: MaybeMoment) -> Self {
        read.0
    }
}

impl FromSql<Timestamp, Sqlite> for ReadMoment {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        if let Some(moment) = read(value.read_text()) {
            return Ok(Self(moment));
        }
        <Moment as FromSql<Timestamp, Sqlite>>::from_sql(value).map(Self)
    }
}

impl FromSql<Timestamp, Pg> for ReadMoment {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <Moment as FromSql<Timestamp, Pg>>::from_sql(value).map(Self)
    }
}

impl FromSql<Timestamp, MultiBackend> for ReadMoment {
    fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Timestamp>()
    }
}

impl<DB> FromSql<Nullable<Timestamp>, DB> for MaybeMoment
where
    DB: Backend,
    ReadMoment: FromSql<Timestamp, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        ReadMoment::from_sql(value).map(|read| Self(Some(read.0)))
    }

    fn from_nullable_sql(value: Option<DB::RawValue<'_>>) -> deserialize::Result<Self> {
        value.map_or(Ok(Self(None)), Self::from_sql)
    }
}

/// "2024-10-20 09:30:00.25", as diesel writes it; nothing for what is written another way.
fn read(text: &str) -> Option<Moment> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b' ', h1, h2, b':', n1, n2, b':', s1, s2, rest @ ..] =
        text.as_bytes()
    else {
        return None;
    };
    let nanoseconds = match rest {
        [] => 0,
        [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => {
            number(digits)? * 10_u32.pow(u32::try_from(9 - digits.len()).ok()?)
        }
        _ => return None,
    };
    let year = i32::try_from(number(&[*y1, *y2, *y3, *y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[*m1, *m2])?, number(&[*d1, *d2])?)?.and_hms_nano_opt(
        number(&[*h1, *h2])?,
        number(&[*n1, *n2])?,
        number(&[*s1, *s2])?,
        nanoseconds,
    )
}

fn number(digits: &[u8]) -> Option<u32> {
    digits
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;

    use super::*;

    #[test]
    fn a_moment_is_read_as_the_general_reader_reads_it() {
        for text in [
            "2024-10-20 09:30:00",
            "2024-10-20 09:30:00.25",
            "1969-12-31 23:59:59.999999",
            "2024-02-29 00:00:00.000001",
            "9999-12-31 23:59:59.123456789",
        ] {
            let known = NaiveDateTime::parse_from_str(text, "%F %T%.f").unwrap();
            assert_eq!(read(text), Some(known), "{text}");
        }
    }

    #[test]
    fn what_is_no_such_text_is_left_to_the_general_reader() {
        for text in [
            "",
            "2024-10-20",
            "2024-10-20T09:30:00",
            "2024-10-20 09:30:00.",
            "2024-10-20 09:30:00Z",
            "2024-10-20 09:30:00.1234567890",
            "2023-02-29 09:30:00",
            "2024-10-20 24:00:00",
            "2024-1x-20 09:30:00",
            "+2024-10-20 09:30",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
