//! Addresses of files that open for whoever has them, until they end: for players and pages of another origin, which
//! bring no session along.

use actix_web::HttpRequest;
use chrono::DateTime;
use serde::Deserialize;

use crate::{
    base::{clock::Moment, ids::AttachmentId},
    features::attachments::Attachment,
    web::{app::App, entry_parts::file_address, form::query},
};

const PURPOSE: &str = "file";

/// To be given only to who may see the file now.
pub fn signed_address(app: &App, attachment: &Attachment, until: Moment) -> String {
    let until = until.and_utc().timestamp();
    let seal = app.sealer.seal(PURPOSE, &sealed(&attachment.id, until));
    format!("{}?until={until}&seal={seal}", file_address(&attachment.id, &attachment.file_name))
}

fn sealed(id: &AttachmentId, until: i64) -> String {
    format!("{id} {until}")
}

#[derive(Debug, Default, Deserialize)]
struct Given {
    until: i64,
    seal: String,
}

/// Whether the address itself says that its bearer may see the file. One that has ended, or was changed, says nothing.
pub fn is_signed(app: &App, id: &AttachmentId, request: &HttpRequest) -> bool {
    let given: Given = query(request);
    let is_over =
        DateTime::from_timestamp(given.until, 0).is_none_or(|until| until.naive_utc() <= app.clock.now());
    !is_over && app.sealer.is_sealed(PURPOSE, &sealed(id, given.until), &given.seal)
}
