//! A day as a deadline: "đến hết ngày" is its last second, in the organisation's time zone.

use chrono::{NaiveDate, NaiveTime, TimeZone};

use crate::{base::clock::Moment, web::words::Words};

/// As browsers send a day, and as people type it.
pub fn end_of_day(typed: &str, words: &Words) -> Option<Moment> {
    let typed = typed.trim();
    let date =
        ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(typed, form).ok())?;
    let last = date.and_time(NaiveTime::from_hms_opt(23, 59, 59)?);
    Some(words.zone.from_local_datetime(&last).latest()?.naive_utc())
}

/// In a week, as the field of a form holds it.
pub fn in_a_week(words: &Words) -> String {
    let day = words.zone.from_utc_datetime(&words.now).date_naive() + chrono::Duration::days(7);
    day.format("%Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::lang::Lang;

    #[test]
    fn a_day_ends_at_its_last_second_where_the_people_are() {
        let words = Words {
            lang: Lang::Vi,
            zone: chrono_tz::Asia::Ho_Chi_Minh,
            now: "2024-03-15T18:00:00".parse().unwrap(),
        };
        assert_eq!(end_of_day("2024-07-31", &words), "2024-07-31T16:59:59".parse().ok());
        assert_eq!(end_of_day("31/07/2024", &words), "2024-07-31T16:59:59".parse().ok());
        assert_eq!(end_of_day("hôm nay", &words), None);
        assert_eq!(in_a_week(&words), "2024-03-23");
    }
}
