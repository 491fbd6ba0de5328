//! Files of an entry that are not all there, or that came after they were named in a submission.

use serde::Serialize;

use crate::{
    base::clock::Moment,
    features::{
        attachments::uploads::{
            Upload,
            rules::{Arriving, arriving, ends_at},
        },
        contests::{Contest, Field},
    },
    web::words::Words,
};

#[derive(Debug, Clone, Serialize)]
pub struct ShownArriving {
    pub id: String,
    pub name: String,
    pub size: String,
    pub slot: String,
    pub field: String,
    pub chip: &'static str,
    pub state: String,
    /// Until when its bytes are taken; empty when that is over or settled.
    pub until: String,
    /// The hash that the bytes must have, where it is known.
    pub hash: String,
    pub is_missing: bool,
    pub is_open: bool,
}

/// Files that submissions named before they were there, each with where it stands now.
pub fn show_promised(
    promised: &[Upload],
    contest: &Contest,
    fields: &[Field],
    words: &Words,
) -> Vec<ShownArriving> {
    promised.iter().map(|upload| show(upload, contest, fields, words)).collect()
}

fn show(upload: &Upload, contest: &Contest, fields: &[Field], words: &Words) -> ShownArriving {
    let standing = arriving(upload, contest, words.now);
    let field = fields.iter().find(|field| field.id == upload.field_id);
    let is_open = matches!(standing, Arriving::InTime | Arriving::Late | Arriving::LateProvable);
    let chip = match standing {
        Arriving::Came | Arriving::CameLateProven => "ok",
        Arriving::InTime | Arriving::LateProvable => "wait",
        Arriving::Late | Arriving::CameLate => "late",
        Arriving::Missing => "no",
    };
    ShownArriving {
        id: upload.id.to_string(),
        name: upload.file_name.clone(),
        size: words.bytes(upload.byte_count),
        slot: field.map(|field| words.either(&field.label, &field.label_en).to_owned()).unwrap_or_default(),
        field: upload.field_id.to_string(),
        chip,
        state: words.say(&format!("uploads-state-{}", standing.as_str().replace('_', "-"))),
        until: if is_open { until(ends_at(upload, contest), words) } else { String::new() },
        hash: upload.declared_hash.clone().unwrap_or_default(),
        is_missing: standing == Arriving::Missing,
        is_open,
    }
}

pub fn until(at: Moment, words: &Words) -> String {
    words
        .say_with("uploads-until", &[("at", words.date_time(at).into()), ("left", words.distance(at).into())])
}
