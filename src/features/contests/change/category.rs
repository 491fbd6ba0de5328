//! One category.

use super::frame::{ChangeContestError, Changed, Edit, as_value, begin};
use crate::{
    base::{clock::Moment, ids::CategoryId, sentence::FieldErrors},
    features::{
        accounts::Person,
        contests::{
            Category, Contest, store,
            text_rules::{self, MAX_HELP, MAX_NAME},
            views::list_categories,
        },
    },
    infra::db::Db,
};

#[derive(Debug, Clone, Default)]
pub struct CategoryForm {
    /// None for a new one.
    pub id: Option<CategoryId>,
    pub name: String,
    pub name_en: String,
    pub description: String,
}

pub fn save_category(
    db: &mut Db,
    person: &Person,
    edit: &Edit,
    form: &CategoryForm,
    now: Moment,
) -> Result<Contest, ChangeContestError> {
    let changing = begin(db, person, edit)?;
    let mut errors = FieldErrors::default();
    let name = errors.take("name", text_rules::line(&form.name, MAX_NAME));
    let name_en = errors.take("name_en", text_rules::line_or_nothing(&form.name_en, MAX_NAME));
    let description = errors.take("description", text_rules::text_or_nothing(&form.description, MAX_HELP));
    let (name, name_en, description) = errors.or(|| Some((name?, name_en?, description?)))?;
    let rows = list_categories(db, &edit.contest_id)?;
    let before = match &form.id {
        Some(id) => {
            let found = rows.iter().find(|row| row.id == *id && !row.is_retired);
            Some(found.ok_or(ChangeContestError::NotFound)?)
        }
        None => None,
    };
    let row = Category {
        id: form.id.clone().unwrap_or_else(CategoryId::generate),
        contest_id: edit.contest_id.clone(),
        position: before
            .map_or_else(|| next_position(rows.iter().map(|row| row.position)), |row| row.position),
        name,
        name_en,
        description,
        is_retired: false,
    };
    if before.is_some() {
        store::save_category(db, &row)?;
    } else {
        store::insert_category(db, &row)?;
    }
    let changed = Changed {
        action: "contest.category",
        subject: ("category", row.id.as_str()),
        before: as_value(&before),
        after: as_value(&row),
    };
    changing.finish(db, &changed, now)
}

/// Behind the last one.
pub(super) fn next_position(positions: impl Iterator<Item = i32>) -> i32 {
    positions.max().unwrap_or(0) + 1
}
