//! Tables as files: XLSX and CSV from the same rows. Every cell is text, so a title that looks like a formula stays one.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentDisposition, DispositionParam, DispositionType},
    web,
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::error::WebError;

/// A table with the words of its first line.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: String,
    pub header: Vec<String>,
    /// Of the columns, in characters.
    pub widths: Vec<f64>,
    pub rows: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Xlsx,
    Csv,
}

impl Form {
    fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// The file as an answer, `name` without its ending. Packed off the threads that answer requests: a long list takes a while.
pub async fn answer(name: &str, form: Form, table: Table) -> Result<HttpResponse, WebError> {
    let pack = move || match form {
        Form::Xlsx => xlsx(&table).map_err(|error| WebError::Internal(error.into())),
        Form::Csv => csv(&table).map_err(|error| WebError::Internal(error.into())),
    };
    let bytes = web::block(pack).await.map_err(|error| WebError::Internal(error.into()))??;
    let disposition = ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(format!("{name}.{}", form.ending()))],
    };
    Ok(HttpResponse::Ok()
        .content_type(form.media_type())
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .body(bytes))
}

fn xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(&table.name)?;
    let (bold, wrapped) = (Format::new().set_bold(), Format::new().set_text_wrap());
    for (at, width) in (0..).zip(&table.widths) {
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    sheet.set_repeat_rows(0, 0)?;
    for (at, title) in (0..).zip(&table.header) {
        sheet.write_string_with_format(0, at, title, &bold)?;
    }
    for (line, row) in (1..).zip(&table.rows) {
        for (at, cell) in (0..).zip(row) {
            sheet.write_string_with_format(line, at, cell, &wrapped)?;
        }
    }
    book.save_to_buffer()
}

/// With a byte order mark, by which Excel knows that it is UTF-8.
fn csv(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(&table.header)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// A spreadsheet runs what begins like a formula; an apostrophe before it makes it text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_looks_like_a_formula_becomes_text() {
        for (cell, written) in [
            ("Sổ tay số", "Sổ tay số"),
            ("=1+1", "'=1+1"),
            ("+84912", "'+84912"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }
}
