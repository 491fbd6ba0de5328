use std::collections::HashSet;

use serde_json::json;

use crate::{
    base::{
        clock::Moment,
        json::Json,
        sentence::{FieldErrors, Sentence},
        text::clean_line,
    },
    features::{
        audit::{Happening, append},
        units::{Level, LevelCode, TreeKeeper, store, views},
    },
    infra::db::Db,
};

const MAX_CHARS: usize = 60;

/// A level as it is typed. Aliases are words by which files call it, with commas between them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LevelForm {
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub aliases: String,
}

crate::act_error! {
    pub enum SaveLevelsError {
        OrderBroken => "units-levels-order-broken",
    }
}

/// Adds a level below all others.
pub fn add_level(
    db: &mut Db,
    keeper: &TreeKeeper,
    form: &LevelForm,
    now: Moment,
) -> Result<Level, SaveLevelsError> {
    let levels = views::list_levels(db)?;
    let mut errors = FieldErrors::default();
    let code = form.code.trim();
    let is_plain = code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if code.is_empty() || code.len() > 30 || !is_plain {
        errors.add("code", Sentence::new("units-level-code-invalid"));
    }
    let position = levels.iter().map(|level| level.position + 1).max().unwrap_or(0);
    let level = checked(form, &LevelCode::new(code), position, "", &mut errors);
    if levels.iter().any(|known| known.code == level.code) {
        errors.add("code", Sentence::new("units-level-code-taken"));
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    store::insert_level(db, &level)?;
    written_down(db, keeper, "level.add", &[&level], now)?;
    Ok(level)
}

/// Saves names, aliases and the order of all levels, as the page shows them: from the top. The order cannot put a
/// parent's level below its child's.
pub fn save_levels(
    db: &mut Db,
    keeper: &TreeKeeper,
    forms: &[LevelForm],
    now: Moment,
) -> Result<Vec<Level>, SaveLevelsError> {
    let known: HashSet<LevelCode> = views::list_levels(db)?.into_iter().map(|level| level.code).collect();
    let mut errors = FieldErrors::default();
    let mut levels = Vec::new();
    for (position, form) in (0..).zip(forms) {
        let code = LevelCode::new(form.code.trim());
        if !known.contains(&code) {
            return Err(SaveLevelsError::NotFound);
        }
        levels.push(checked(form, &code, position, &format!("-{code}", code = code.as_str()), &mut errors));
    }
    let codes: HashSet<&LevelCode> = levels.iter().map(|level| &level.code).collect();
    if codes.len() != known.len() || levels.len() != known.len() {
        return Err(SaveLevelsError::NotFound);
    }
    if !errors.is_empty() {
        return Err(errors.into());
    }
    // Positions are unique, so they are moved out of each other's way first.
    for (position, level) in (1..).zip(&levels) {
        store::save_level(db, &Level { position: -position, ..level.clone() })?;
    }
    for level in &levels {
        store::save_level(db, level)?;
    }
    if views::has_parent_not_above(db)? {
        return Err(SaveLevelsError::OrderBroken);
    }
    let rows: Vec<&Level> = levels.iter().collect();
    written_down(db, keeper, "level.save", &rows, now)?;
    Ok(levels)
}

fn checked(form: &LevelForm, code: &LevelCode, position: i32, mark: &str, errors: &mut FieldErrors) -> Level {
    let (name, name_en) = (clean_line(&form.name), clean_line(&form.name_en));
    if name.is_empty() || name.chars().count() > MAX_CHARS {
        errors.add(&format!("name{mark}"), Sentence::new("units-level-name-invalid").with("max", MAX_CHARS));
    }
    if name_en.chars().count() > MAX_CHARS {
        errors
            .add(&format!("name_en{mark}"), Sentence::new("units-level-name-invalid").with("max", MAX_CHARS));
    }
    let aliases: Vec<String> =
        form.aliases.split(',').map(clean_line).filter(|alias| !alias.is_empty()).collect();
    if aliases.len() > 20 || aliases.iter().any(|alias| alias.chars().count() > MAX_CHARS) {
        errors.add(&format!("aliases{mark}"), Sentence::new("units-level-aliases-invalid"));
    }
    Level { code: code.clone(), position, name, name_en, aliases: Json(aliases) }
}

fn written_down(
    db: &mut Db,
    keeper: &TreeKeeper,
    action: &str,
    levels: &[&Level],
    now: Moment,
) -> Result<(), SaveLevelsError> {
    let codes: Vec<&str> = levels.iter().map(|level| level.code.as_str()).collect();
    let happening = Happening {
        contest: None,
        by: keeper.by(),
        action,
        subject: ("level", codes.first().copied().unwrap_or_default()),
        before: None,
        after: None,
        details: json!({ "levels": codes }),
    };
    Ok(append(db, &happening, now)?)
}
