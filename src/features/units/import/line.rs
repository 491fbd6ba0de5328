//! CSV, a physical line at a time: a broken quote spoils its own line and not the rest of the file. Names have no line
//! breaks, so nothing is lost by it.

use super::LineError;
use crate::base::sentence::Sentence;

/// The lines with their numbers as an editor counts them, split into cells; empty lines are left out.
pub fn lines(bytes: &[u8]) -> Vec<Result<(usize, Vec<String>), LineError>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut raw = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let delimiter = raw.clone().find(|line| !is_blank(line)).map_or(b',', delimiter_of);
    let numbered = (1..).zip(&mut raw).filter(|(_, line)| !is_blank(line));
    numbered
        .map(|(number, line)| {
            cells(line, delimiter)
                .map(|cells| (number, cells))
                .map_err(|key| LineError { line: number, sentence: Sentence::new(key) })
        })
        .collect()
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| byte.is_ascii_whitespace() || *byte == b',' || *byte == b';')
}

/// Spreadsheets write semicolons or tabs where commas are decimal.
fn delimiter_of(header: &[u8]) -> u8 {
    let header = String::from_utf8_lossy(header);
    let count = |mark: u8| header.matches(char::from(mark)).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn cells(line: &[u8], delimiter: u8) -> Result<Vec<String>, &'static str> {
    let text = std::str::from_utf8(line).map_err(|_| "units-import-not-utf8")?;
    if text.matches('"').count() % 2 == 1 {
        return Err("units-import-broken-quoting");
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(256)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    reader.read_record(&mut record).map_err(|_| "units-import-broken-quoting")?;
    Ok(record.iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_broken_line_spoils_no_other() {
        let text = b"\xef\xbb\xbfcode;name\r\n1;\"An; Hi\xe1\xbb\x87p\"\r\n\r\n2;\"B\r\n3;\xff\r\n4;C";
        let read: Vec<String> = lines(text)
            .into_iter()
            .map(|line| match line {
                Ok((number, cells)) => format!("{number}: {}", cells.join("|")),
                Err(error) => format!("{}: {}", error.line, error.sentence.key),
            })
            .collect();
        assert_eq!(
            read,
            [
                "1: code|name",
                "2: 1|An; Hiệp",
                "4: units-import-broken-quoting",
                "5: units-import-not-utf8",
                "6: 4|C"
            ]
        );
    }
}
