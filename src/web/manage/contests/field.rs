//! One field of the entry form.

use actix_web::{HttpRequest, HttpResponse, web::Path};
use chrono_tz::Tz;
use serde::Deserialize;

use super::{
    form_page::{Choice, Control, Group, Values},
    frame::{Crumb, FormSpec, Held, answer, hold, save as save_with, show_form},
    reading::{Reader, option_lines, put, put_check, put_some},
    rows::row_id,
};
use crate::{
    base::{ids::FieldId, sentence::FieldErrors},
    features::contests::{
        Field, FieldKind, FieldSettings, MediaKind,
        change::{FieldForm, save_field},
        checklist::Part,
        text_rules::MAX_NAME,
    },
    web::{
        error::WebError,
        form::{AppData, Form, query},
        visitor::SignedIn,
        words::Words,
    },
};

/// What people read as a megabyte, as phones and shops count it.
const MEGABYTE: i64 = 1_000_000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    kind: String,
}

/// A new field's kind is chosen on the list, so that its form asks only what matters for it.
pub async fn edit(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let held = hold(&app, &signed, &slug).await?;
    let asked: Asked = query(&request);
    let kind = asked.kind.parse().unwrap_or(FieldKind::ShortText);
    let spec = spec(&held, row_id(&id)?.as_ref(), kind, &signed.visitor.words)?;
    show_form(&app, &signed.visitor, &held, spec)
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let id = row_id(&id)?;
    let kind = form.get("kind").parse().map_err(|_| WebError::NotFound)?;
    let saved =
        save_with(&app, &signed, &slug, &form, read(&form, app.zone, id.clone(), kind), save_field).await?;
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&held, id.as_ref(), kind, &signed.visitor.words)?;
    answer(&app, &signed.visitor, &held, spec, &form, saved, &held.href(Part::Fields))
}

fn read(form: &Form, zone: Tz, id: Option<FieldId>, kind: FieldKind) -> Result<FieldForm, FieldErrors> {
    let mut reader = Reader::new(form, zone);
    let megabytes = reader.whole_number("max_megabytes");
    let settings = FieldSettings {
        max_chars: reader.whole_number("max_chars").map(|max| u32::try_from(max).unwrap_or(0)),
        min: reader.points("min"),
        max: reader.points("max"),
        options: reader.options("options"),
        media: reader.words("media"),
        max_bytes: megabytes.map(|megabytes| i64::from(megabytes) * MEGABYTE),
        max_count: reader.whole_number("max_count"),
        max_minutes: reader.whole_number("max_minutes"),
        is_cover: reader.is_checked("is_cover"),
    };
    let field = FieldForm {
        id,
        kind,
        label: reader.text("label"),
        label_en: reader.text("label_en"),
        help: reader.text("help"),
        help_en: reader.text("help_en"),
        is_required: reader.is_checked("is_required"),
        is_public: reader.is_checked("is_public"),
        settings,
    };
    reader.done(field)
}

fn stored_values(row: &Field, words: &Words) -> Values {
    let mut stored = Vec::new();
    let settings = &row.settings;
    put(&mut stored, "label", &row.label);
    put(&mut stored, "label_en", &row.label_en);
    put(&mut stored, "help", &row.help);
    put(&mut stored, "help_en", &row.help_en);
    put_check(&mut stored, "is_required", row.is_required);
    put_check(&mut stored, "is_public", row.is_public);
    put_some(&mut stored, "max_chars", settings.max_chars);
    put_some(&mut stored, "min", settings.min.map(|min| words.points(min)));
    put_some(&mut stored, "max", settings.max.map(|max| words.points(max)));
    put(&mut stored, "options", option_lines(&settings.options));
    for media in &settings.media {
        put(&mut stored, "media", media);
    }
    // Rounded up, so that saving unchanged never makes a slot smaller.
    put_some(&mut stored, "max_megabytes", settings.max_bytes.map(|bytes| (bytes + MEGABYTE - 1) / MEGABYTE));
    put_some(&mut stored, "max_count", settings.max_count);
    put_some(&mut stored, "max_minutes", settings.max_minutes);
    put_check(&mut stored, "is_cover", settings.is_cover);
    stored
}

fn new_values(kind: FieldKind) -> Values {
    let mut stored = Vec::new();
    put_check(&mut stored, "is_public", true);
    match kind {
        FieldKind::ShortText => put(&mut stored, "max_chars", 200),
        FieldKind::LongText => put(&mut stored, "max_chars", 3_000),
        FieldKind::Files => {
            put(&mut stored, "max_megabytes", 200);
            put(&mut stored, "max_count", 3);
        }
        _ => {}
    }
    stored
}

fn spec(held: &Held, id: Option<&FieldId>, kind: FieldKind, words: &Words) -> Result<FormSpec, WebError> {
    let say = |key: &str| words.say(key);
    let list = held.href(Part::Fields);
    let found = id.and_then(|id| held.declared.fields.iter().find(|row| row.id == *id));
    if id.is_some() && found.is_none() {
        return Err(WebError::NotFound);
    }
    let kind = found.map_or(kind, |row| row.kind);
    let mut stored = found.map_or_else(|| new_values(kind), |row| stored_values(row, words));
    stored.push(("kind".to_owned(), kind.to_string()));
    let mut controls = vec![
        Control::line("label", say("setup-field-label")).help(say("setup-field-label-help")).max(MAX_NAME),
        Control::area("help", say("setup-field-help"), 2).help(say("setup-field-help-help")).optional(words),
    ];
    controls.extend(settings_controls(kind, words));
    controls.extend([
        Control::check("is_required", say("setup-field-required")),
        Control::check("is_public", say("setup-field-public")).help(say("setup-field-public-help")),
    ]);
    let english = vec![
        Control::line("label_en", say("setup-field-label-en")).max(MAX_NAME).optional(words),
        Control::area("help_en", say("setup-field-help-en"), 2).optional(words),
    ];
    let mut kind_control = Control::line("kind", String::new());
    kind_control.shape = "hidden";
    controls.push(kind_control);
    Ok(FormSpec {
        part: Part::Fields,
        title: found.map_or_else(|| say("setup-field-new"), |row| row.label.clone()),
        lead: words.say(&format!("contests-field-{kind}")),
        action: format!("{list}/{}", id.map_or("new", FieldId::as_str)),
        back: Some(Crumb { href: list, label: say("setup-part-fields") }),
        groups: vec![Group::of(controls), Group::named(say("setup-english"), english)],
        stored,
    })
}

fn settings_controls(kind: FieldKind, words: &Words) -> Vec<Control> {
    let say = |key: &str| words.say(key);
    match kind {
        FieldKind::ShortText | FieldKind::LongText => {
            vec![Control::number("max_chars", say("setup-field-max-chars")).optional(words)]
        }
        FieldKind::Number => vec![
            Control::number("min", say("setup-field-min")).optional(words),
            Control::number("max", say("setup-field-max")).optional(words),
        ],
        FieldKind::OneOf | FieldKind::ManyOf | FieldKind::Tools => {
            vec![
                Control::area("options", say("setup-field-options"), 8).help(say("setup-field-options-help")),
            ]
        }
        FieldKind::Files => {
            let media = MediaKind::ALL.iter();
            let media = media.map(|media| Choice::new(media, say(&format!("contests-media-{media}"))));
            vec![
                Control::checks("media", say("setup-field-media"), media.collect()),
                Control::number("max_megabytes", say("setup-field-max-megabytes")),
                Control::number("max_count", say("setup-field-max-count")),
                Control::number("max_minutes", say("setup-field-max-minutes"))
                    .help(say("setup-empty-no-limit"))
                    .optional(words),
                Control::check("is_cover", say("setup-field-cover")).help(say("setup-field-cover-help")),
            ]
        }
        FieldKind::Date | FieldKind::Link => Vec::new(),
    }
}
