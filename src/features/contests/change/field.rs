//! One field of the entry form.

use super::{
    category::next_position,
    frame::{ChangeContestError, Changed, Edit, as_value, begin},
    views,
};
use crate::{
    base::{
        clock::Moment,
        ids::FieldId,
        json::Json,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{
            Contest, Field, FieldKind, FieldOption, FieldSettings, MediaKind, store,
            text_rules::{self, MAX_HELP, MAX_NAME},
            views::list_fields,
        },
    },
    infra::db::Db,
};

pub const MAX_OPTIONS: usize = 60;
pub const MAX_CHARS: u32 = 20_000;
pub const MAX_BYTES: i64 = 2_000_000_000;
pub const MAX_FILES: i32 = 50;
pub const MAX_MINUTES: i32 = 240;

#[derive(Debug, Clone)]
pub struct FieldForm {
    /// None for a new one.
    pub id: Option<FieldId>,
    pub kind: FieldKind,
    pub label: String,
    pub label_en: String,
    pub help: String,
    pub help_en: String,
    pub is_required: bool,
    pub is_public: bool,
    pub settings: FieldSettings,
}

pub fn save_field(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &FieldForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    let rows = list_fields(db, &edit.contest_id)?;
    let before = match &form.id {
        Some(id) => {
            let found = rows.iter().find(|row| row.id == *id && !row.is_retired);
            Some(found.ok_or(ChangeContestError::NotFound)?)
        }
        None => None,
    };
    let position =
        before.map_or_else(|| next_position(rows.iter().map(|row| row.position)), |row| row.position);
    let row = read(form, edit, position)?;
    let n_sent_in = views::count_sent_in(db, &edit.contest_id)?;
    let was_required = before.is_some_and(|row| row.is_required);
    if row.is_required && !was_required && n_sent_in > 0 {
        return Err(ChangeContestError::FieldBecomesRequired);
    }
    if let Some(before) = before {
        stays_fair(db, edit, before, &row, n_sent_in)?;
        store::save_field(db, &row)?;
        if before.settings.is_cover != row.settings.is_cover {
            store::forget_works(db, &edit.contest_id)?;
        }
    } else {
        store::insert_field(db, &row)?;
    }
    let changed = Changed {
        action: "contest.field",
        subject: ("field", row.id.as_str()),
        before: as_value(&before),
        after: as_value(&row),
    };
    changing.finish(db, &changed, now)
}

/// What was answered under one promise is not used under another, and nothing that was sent in becomes too large.
fn stays_fair(
    db: &mut Db,
    edit: &Edit,
    before: &Field,
    after: &Field,
    n_sent_in: i64,
) -> Result<(), ChangeContestError> {
    if before.kind != after.kind && views::is_answered(db, &edit.contest_id, &before.id)? {
        return Err(ChangeContestError::FieldAnswered);
    }
    if after.is_public && !before.is_public && n_sent_in > 0 {
        return Err(ChangeContestError::FieldBecomesPublic);
    }
    let taken_out = options_taken_out(&before.settings, &after.settings);
    if after.kind == before.kind && !taken_out.is_empty() {
        let in_use = views::answers_in_use(db, &edit.contest_id, &before.id)?;
        let lost: Vec<&str> = taken_out
            .into_iter()
            .filter(|option| in_use.contains(&option.value))
            .map(|o| o.label.as_str())
            .collect();
        if !lost.is_empty() {
            return Err(ChangeContestError::OptionsInUse { options: lost.join(", ") });
        }
    }
    if after.kind == FieldKind::Files && before.settings != after.settings {
        let slot = views::slot_use(db, &before.id)?;
        let settings = &after.settings;
        let fits = settings.max_bytes.is_none_or(|max| slot.max_bytes <= max)
            && settings.max_count.is_none_or(|max| slot.max_count <= i64::from(max))
            && slot.media.iter().all(|media| settings.media.contains(media));
        if !fits {
            return Err(ChangeContestError::FilesAboveLimit);
        }
    }
    Ok(())
}

/// An option under another name is another option: what was answered would mean something else.
fn options_taken_out<'s>(before: &'s FieldSettings, after: &FieldSettings) -> Vec<&'s FieldOption> {
    let is_gone = |option: &&FieldOption| !after.options.iter().any(|kept| kept.value == option.value);
    before.options.iter().filter(is_gone).collect()
}

fn read(form: &FieldForm, edit: &Edit, position: i32) -> Result<Field, FieldErrors> {
    let mut errors = FieldErrors::default();
    let label = errors.take("label", text_rules::line(&form.label, MAX_NAME));
    let label_en = errors.take("label_en", text_rules::line_or_nothing(&form.label_en, MAX_NAME));
    let help = errors.take("help", text_rules::text_or_nothing(&form.help, MAX_HELP));
    let help_en = errors.take("help_en", text_rules::text_or_nothing(&form.help_en, MAX_HELP));
    let settings = settings_of(form.kind, &form.settings, &mut errors);
    errors.or(|| {
        Some(Field {
            id: form.id.clone().unwrap_or_else(FieldId::generate),
            contest_id: edit.contest_id.clone(),
            position,
            kind: form.kind,
            label: label?,
            label_en: label_en?,
            help: help?,
            help_en: help_en?,
            is_required: form.is_required,
            is_public: form.is_public,
            settings: Json(settings),
            is_retired: false,
        })
    })
}

/// The settings that mean something for the kind, checked; the others are dropped.
fn settings_of(kind: FieldKind, given: &FieldSettings, errors: &mut FieldErrors) -> FieldSettings {
    let mut settings = FieldSettings::default();
    let range = |min: i64, max: i64| Sentence::new("contests-error-range").with("min", min).with("max", max);
    match kind {
        FieldKind::ShortText | FieldKind::LongText => {
            settings.max_chars = given.max_chars;
            if given.max_chars.is_some_and(|max| !(1..=MAX_CHARS).contains(&max)) {
                errors.add("max_chars", range(1, i64::from(MAX_CHARS)));
            }
        }
        FieldKind::Number => {
            (settings.min, settings.max) = (given.min, given.max);
            if given.min.zip(given.max).is_some_and(|(min, max)| max < min) {
                errors.add("max", Sentence::new("contests-error-number-range"));
            }
        }
        FieldKind::OneOf | FieldKind::ManyOf | FieldKind::Tools => {
            settings.options.clone_from(&given.options);
            check_options(given, errors);
        }
        FieldKind::Files => {
            settings.media.clone_from(&given.media);
            settings.max_bytes = given.max_bytes;
            settings.max_count = given.max_count;
            settings.max_minutes = given.max_minutes;
            settings.is_cover = given.is_cover;
            check_slot(given, errors);
        }
        FieldKind::Date | FieldKind::Link => {}
    }
    settings
}

fn check_options(given: &FieldSettings, errors: &mut FieldErrors) {
    let options = &given.options;
    let repeated = options
        .iter()
        .enumerate()
        .any(|(at, option)| options.iter().take(at).any(|earlier| earlier.value == option.value));
    if options.len() < 2 {
        errors.add("options", Sentence::new("contests-error-options-few"));
    } else if options.len() > MAX_OPTIONS {
        errors.add("options", Sentence::new("contests-error-options-many").with("max", MAX_OPTIONS));
    } else if repeated {
        errors.add("options", Sentence::new("contests-error-options-repeated"));
    } else if options.iter().any(|option| option.label.chars().count() > MAX_NAME) {
        errors.add("options", Sentence::new("contests-error-options-long").with("max", MAX_NAME));
    }
}

fn check_slot(given: &FieldSettings, errors: &mut FieldErrors) {
    let range = |min: i64, max: i64| Sentence::new("contests-error-range").with("min", min).with("max", max);
    if given.media.is_empty() {
        errors.add("media", Sentence::new("contests-error-media"));
    }
    if !given.max_bytes.is_some_and(|max| (1..=MAX_BYTES).contains(&max)) {
        errors.add("max_megabytes", range(1, MAX_BYTES / 1_000_000));
    }
    if !given.max_count.is_some_and(|max| (1..=MAX_FILES).contains(&max)) {
        errors.add("max_count", range(1, i64::from(MAX_FILES)));
    }
    if given.max_minutes.is_some_and(|max| !(1..=MAX_MINUTES).contains(&max)) {
        errors.add("max_minutes", range(1, i64::from(MAX_MINUTES)));
    }
    if given.is_cover && given.media != [MediaKind::Picture] {
        errors.add("media", Sentence::new("contests-error-cover-media"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::points::Points;

    fn wrong_fields(kind: FieldKind, settings: &FieldSettings) -> Vec<String> {
        let mut errors = FieldErrors::default();
        settings_of(kind, settings, &mut errors);
        errors.0.into_iter().map(|(field, _)| field).collect()
    }

    fn slot() -> FieldSettings {
        FieldSettings {
            media: vec![MediaKind::Picture],
            max_bytes: Some(1),
            max_count: Some(1),
            ..FieldSettings::default()
        }
    }

    fn options(labels: &[&str]) -> FieldSettings {
        let option = |label: &&str| FieldOption {
            value: (*label).to_owned(),
            label: (*label).to_owned(),
            label_en: String::new(),
        };
        FieldSettings { options: labels.iter().map(option).collect(), ..FieldSettings::default() }
    }

    #[test]
    fn every_limit_of_a_slot_is_kept() {
        let cases: [(FieldSettings, &[&str]); 9] = [
            (slot(), &[]),
            (FieldSettings { is_cover: true, ..slot() }, &[]),
            (FieldSettings { media: vec![], ..slot() }, &["media"]),
            (FieldSettings { media: vec![MediaKind::Video], is_cover: true, ..slot() }, &["media"]),
            (FieldSettings { max_bytes: None, ..slot() }, &["max_megabytes"]),
            (FieldSettings { max_bytes: Some(MAX_BYTES + 1), ..slot() }, &["max_megabytes"]),
            (FieldSettings { max_count: Some(0), ..slot() }, &["max_count"]),
            (FieldSettings { max_count: Some(MAX_FILES + 1), ..slot() }, &["max_count"]),
            (FieldSettings { max_minutes: Some(0), ..slot() }, &["max_minutes"]),
        ];
        for (settings, wrong) in cases {
            assert_eq!(wrong_fields(FieldKind::Files, &settings), wrong, "{settings:?}");
        }
    }

    #[test]
    fn lists_have_two_different_options_or_more() {
        for (labels, wrong) in
            [(&["a", "b"][..], false), (&["a"], true), (&["a", "a"], true), (&["a", &"b".repeat(121)], true)]
        {
            assert_eq!(!wrong_fields(FieldKind::OneOf, &options(labels)).is_empty(), wrong, "{labels:?}");
        }
    }

    #[test]
    fn an_option_is_taken_out_by_leaving_it_out_or_by_renaming_it() {
        let before = options(&["Canva", "CapCut", "Excel"]);
        for (after, gone) in [
            (&["Canva", "CapCut", "Excel"][..], &[][..]),
            (&["Excel", "Canva", "CapCut", "Word"], &[]),
            (&["Canva", "CapCut"], &["Excel"]),
            (&["Canva", "Cap Cut", "Excel"], &["CapCut"]),
        ] {
            let after = options(after);
            let found: Vec<&str> =
                options_taken_out(&before, &after).into_iter().map(|option| option.value.as_str()).collect();
            assert_eq!(found, gone, "{after:?}");
        }
    }

    #[test]
    fn settings_of_another_kind_are_dropped() {
        let given = FieldSettings { min: Some(Points::ONE), max_chars: Some(5), ..options(&["a", "b"]) };
        let mut errors = FieldErrors::default();
        assert_eq!(settings_of(FieldKind::Date, &given, &mut errors), FieldSettings::default());
        assert_eq!(settings_of(FieldKind::LongText, &given, &mut errors).max_chars, Some(5));
        assert!(errors.is_empty());
    }
}
