//! Reading what was typed into the settings' forms: numbers, dates, lines of lists.

use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime, TimeZone, Timelike};
use chrono_tz::Tz;

use super::form_page::Values;
use crate::{
    base::{
        clock::Moment,
        points::Points,
        sentence::{FieldErrors, Sentence},
    },
    features::contests::{FieldOption, LevelDescriptor},
    web::form::Form,
};

/// A form that is being read, with what was found wrong so far.
pub struct Reader<'f> {
    pub form: &'f Form,
    pub zone: Tz,
    pub errors: FieldErrors,
}

impl<'f> Reader<'f> {
    pub fn new(form: &'f Form, zone: Tz) -> Self {
        Self { form, zone, errors: FieldErrors::default() }
    }

    pub fn text(&self, name: &str) -> String {
        self.form.get(name).to_owned()
    }

    pub fn is_checked(&self, name: &str) -> bool {
        !self.form.get(name).is_empty()
    }

    /// One of the words of an enum. Only a form that was changed by hand holds another.
    pub fn word<T: FromStr + Copy>(&mut self, name: &str, otherwise: T) -> T {
        self.form.get(name).parse().unwrap_or_else(|_| {
            self.errors.add(name, Sentence::new("setup-error-choose"));
            otherwise
        })
    }

    pub fn words<T: FromStr>(&self, name: &str) -> Vec<T> {
        self.form.all(name).into_iter().filter_map(|word| word.parse().ok()).collect()
    }

    /// Empty is none.
    pub fn whole_number(&mut self, name: &str) -> Option<i32> {
        let text = self.form.get(name).trim();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            self.errors.add(name, Sentence::new("setup-error-whole-number"));
        }
        number
    }

    pub fn points(&mut self, name: &str) -> Option<Points> {
        let text = self.form.get(name).trim();
        if text.is_empty() {
            return None;
        }
        let points = text.parse().ok();
        if points.is_none() {
            self.errors.add(name, Sentence::new("setup-error-number"));
        }
        points
    }

    /// A date and a time in the organisation's zone. Without a time, the whole day counts: from its first second when
    /// something begins, to its last when something ends.
    pub fn moment(&mut self, name: &str, is_end: bool) -> Option<Moment> {
        let (date_name, time_name) = (format!("{name}_date"), format!("{name}_time"));
        let date_text = self.form.get(&date_name).trim().to_owned();
        let time_text = self.form.get(&time_name).trim().to_owned();
        if date_text.is_empty() {
            if !time_text.is_empty() {
                self.errors.add(&date_name, Sentence::new("setup-error-date-needed"));
            }
            return None;
        }
        let Some(date) = read_date(&date_text) else {
            self.errors.add(&date_name, Sentence::new("setup-error-date"));
            return None;
        };
        let Some(time) = read_time(&time_text, is_end) else {
            self.errors.add(&time_name, Sentence::new("setup-error-time"));
            return None;
        };
        // Where clocks are put forward, the hour that does not exist is refused.
        let moment = self.zone.from_local_datetime(&date.and_time(time)).earliest();
        if moment.is_none() {
            self.errors.add(&time_name, Sentence::new("setup-error-time"));
        }
        moment.map(|moment| moment.naive_utc())
    }

    /// One option a line: "Nhãn | Label".
    pub fn options(&self, name: &str) -> Vec<FieldOption> {
        lines(self.form.get(name))
            .map(|line| {
                let (label, label_en) = halves(&line);
                FieldOption { value: label.clone(), label, label_en }
            })
            .collect()
    }

    /// One level a line: "20: Rất sáng tạo | Very creative".
    pub fn descriptors(&mut self, name: &str) -> Vec<LevelDescriptor> {
        let mut levels = Vec::new();
        for line in lines(self.form.get(name)) {
            let read =
                line.split_once(':').and_then(|(mark, text)| Some((mark.parse::<Points>().ok()?, text)));
            match read {
                Some((mark, text)) if !text.trim().is_empty() => {
                    let (text, text_en) = halves(text);
                    levels.push(LevelDescriptor { mark, text, text_en });
                }
                _ => self.errors.add(name, Sentence::new("setup-error-descriptor").with("line", line)),
            }
        }
        levels
    }

    pub fn done<T>(self, value: T) -> Result<T, FieldErrors> {
        self.errors.or(|| Some(value))
    }
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(crate::base::text::clean_line).filter(|line| !line.is_empty())
}

fn halves(line: &str) -> (String, String) {
    let (vi, en) = line.split_once('|').unwrap_or((line, ""));
    (vi.trim().to_owned(), en.trim().to_owned())
}

/// As browsers send it (2024-07-31), or as people write it where there is no calendar (31/7/2024).
fn read_date(text: &str) -> Option<NaiveDate> {
    let date =
        NaiveDate::parse_from_str(text, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"));
    date.ok().filter(|date| (2000..=2200).contains(&chrono::Datelike::year(date)))
}

fn read_time(text: &str, is_end: bool) -> Option<NaiveTime> {
    let last_second = NaiveTime::from_hms_opt(23, 59, 59);
    if text.is_empty() {
        return if is_end { last_second } else { Some(NaiveTime::MIN) };
    }
    let time =
        NaiveTime::parse_from_str(text, "%H:%M").or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"));
    let time = time.ok()?;
    if is_end && (time.hour(), time.minute()) == (23, 59) { last_second } else { Some(time) }
}

/// A moment as the two controls show it.
pub fn put_moment(values: &mut Values, name: &str, at: Option<Moment>, zone: Tz) {
    let Some(at) = at else { return };
    let local = zone.from_utc_datetime(&at);
    values.push((format!("{name}_date"), local.format("%Y-%m-%d").to_string()));
    values.push((format!("{name}_time"), local.format("%H:%M").to_string()));
}

pub fn put(values: &mut Values, name: &str, value: impl ToString) {
    values.push((name.to_owned(), value.to_string()));
}

pub fn put_some(values: &mut Values, name: &str, value: Option<impl ToString>) {
    if let Some(value) = value {
        put(values, name, value);
    }
}

/// A box that is not checked is not in the form at all.
pub fn put_check(values: &mut Values, name: &str, is_checked: bool) {
    if is_checked {
        put(values, name, "1");
    }
}

pub fn option_lines(options: &[FieldOption]) -> String {
    let line = |option: &FieldOption| both(&option.label, &option.label_en);
    options.iter().map(line).collect::<Vec<_>>().join("\n")
}

pub fn descriptor_lines(levels: &[LevelDescriptor], words: &crate::web::words::Words) -> String {
    let line = |level: &LevelDescriptor| {
        format!("{}: {}", words.points(level.mark), both(&level.text, &level.text_en))
    };
    levels.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn both(vi: &str, en: &str) -> String {
    if en.is_empty() { vi.to_owned() } else { format!("{vi} | {en}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Form {
        Form::from_pairs(
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        )
    }

    fn read(date: &str, time: &str, is_end: bool) -> Result<Option<String>, Vec<String>> {
        let form = form(&[("at_date", date), ("at_time", time)]);
        let mut reader = Reader::new(&form, chrono_tz::Asia::Ho_Chi_Minh);
        let moment = reader.moment("at", is_end).map(|at| at.to_string());
        if reader.errors.is_empty() {
            Ok(moment)
        } else {
            Err(reader.errors.0.into_iter().map(|(field, _)| field).collect())
        }
    }

    #[test]
    fn a_day_counts_to_its_last_second() {
        for (date, time, is_end, expected) in [
            ("2024-07-31", "", true, "2024-07-31 16:59:59"),
            ("2024-07-31", "23:59", true, "2024-07-31 16:59:59"),
            ("31/7/2024", "17:00", true, "2024-07-31 10:00:00"),
            ("2024-07-01", "", false, "2024-06-30 17:00:00"),
            ("2024-07-01", "08:30:00", false, "2024-07-01 01:30:00"),
        ] {
            assert_eq!(read(date, time, is_end), Ok(Some(expected.to_owned())), "{date} {time}");
        }
        assert_eq!(read("", "", true), Ok(None));
    }

    #[test]
    fn what_is_no_date_or_time_is_named() {
        for (date, time, field) in [
            ("2024-02-30", "", "at_date"),
            ("tomorrow", "", "at_date"),
            ("", "08:00", "at_date"),
            ("20240-01-01", "", "at_date"),
            ("2024-07-31", "25:00", "at_time"),
        ] {
            assert_eq!(read(date, time, true), Err(vec![field.to_owned()]), "{date} {time}");
        }
    }

    #[test]
    fn lists_are_read_line_by_line() {
        let form = form(&[("options", " Canva \r\n\r\nKhác | Other\n"), ("levels", "20: Hay | Good\nabc")]);
        let mut reader = Reader::new(&form, chrono_tz::Asia::Ho_Chi_Minh);
        let options = reader.options("options");
        assert_eq!(option_lines(&options), "Canva\nKhác | Other");
        let levels = reader.descriptors("levels");
        assert_eq!(
            (levels.len(), levels[0].mark, levels[0].text_en.as_str()),
            (1, Points::whole(20), "Good")
        );
        assert_eq!(reader.errors.0.len(), 1);
    }

    #[test]
    fn numbers_that_are_none_are_named() {
        let form = form(&[("a", "5"), ("b", ""), ("c", "5x"), ("d", "99999999999")]);
        let mut reader = Reader::new(&form, chrono_tz::Asia::Ho_Chi_Minh);
        let read = ["a", "b", "c", "d"].map(|name| reader.whole_number(name));
        assert_eq!(read, [Some(5), None, None, None]);
        assert_eq!(reader.errors.0.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["c", "d"]);
    }
}
