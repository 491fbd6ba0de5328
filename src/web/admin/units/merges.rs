//! A reform from a map of old units to new ones: first what it would do and what a person must decide, then all of it as
//! one act.

use actix_multipart::Multipart;
use actix_web::{HttpResponse, http::StatusCode};
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    super::{Administrator, day::date},
    file::{SentForm, bytes_of, read_form},
    import::{ErrorView, MAX_SHOWN},
};
use crate::{
    base::{ids::UnitId, sentence::Sentence},
    features::{
        refusal::{Refusal, Refused},
        units::{
            Unit,
            merges::{MergePlan, PlannedMerge, Undecided, Under, apply_merges, plan_merges, read_map},
            views::find_by_code,
        },
    },
    infra::db::{Db, DbError},
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form},
        render::Page,
        visitor::Visitor,
        words::Words,
    },
};

#[derive(Debug, Default, Serialize)]
pub struct MergesPage {
    pub as_of: String,
    /// The code of the unit that the units of after hang below.
    pub under_code: String,
    pub refused: String,
    pub plan: Option<MergesView>,
}

#[derive(Debug, Default, Serialize)]
pub struct MergesView {
    pub after: String,
    pub made: String,
    pub closed: String,
    pub undecided_count: String,
    pub under: String,
    pub error_count: String,
    pub errors: Vec<ErrorView>,
    pub merges: Vec<MergeView>,
    pub undecided: Vec<UndecidedView>,
    pub file: String,
    pub seal: String,
    pub fingerprint: String,
    pub can_be_done: bool,
}

#[derive(Debug, Serialize)]
pub struct MergeView {
    pub name: String,
    pub lives_on: String,
    pub takes_in: String,
}

#[derive(Debug, Serialize)]
pub struct UndecidedView {
    pub line: String,
    pub unit: String,
    pub note: String,
}

impl Page for MergesPage {
    const TEMPLATE: &'static str = "admin/units/merges.html";
}

pub async fn show(app: AppData, administrator: Administrator) -> Result<HttpResponse, WebError> {
    let as_of = app.clock.now().date().to_string();
    app.page(&administrator.visitor, &MergesPage { as_of, ..MergesPage::default() })
}

/// The dry run.
pub async fn look(
    app: AppData,
    administrator: Administrator,
    parts: Multipart,
) -> Result<HttpResponse, WebError> {
    let visitor = administrator.visitor;
    let SentForm { mut words, file } = read_form(&app, &visitor, parts).await?;
    let mut page = MergesPage {
        as_of: words.remove("as_of").unwrap_or_default(),
        under_code: words.remove("under_code").unwrap_or_default(),
        ..MergesPage::default()
    };
    if let Err(sentence) = date(&page.as_of) {
        return again(&app, &visitor, page, &sentence, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let Some(file) = file else {
        return again(
            &app,
            &visitor,
            page,
            &Sentence::new("admin-import-no-file"),
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    let (plan, parent) = plan_of(&app, &file, &page.under_code).await?;
    let Some(parent) = parent else {
        return again(
            &app,
            &visitor,
            page,
            &Sentence::new("admin-units-no-such-code"),
            StatusCode::UNPROCESSABLE_ENTITY,
        );
    };
    page.plan = Some(view(&app, &plan, &parent, file, visitor.words));
    let status = if plan.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &visitor, &page)
}

async fn plan_of(app: &App, file: &str, under: &str) -> Result<(MergePlan, Option<Unit>), WebError> {
    let (bytes, under) = (bytes_of(app, file).await?, under.trim().to_owned());
    let read = move |db: &mut Db| -> Result<_, DbError> {
        Ok((plan_merges(db, &read_map(&bytes))?, find_by_code(db, &under)?))
    };
    Ok(app.db.read(read).await?)
}

fn view(app: &App, plan: &MergePlan, parent: &Unit, file: String, words: Words) -> MergesView {
    let number = |count: usize| words.number(i64::try_from(count).unwrap_or(i64::MAX));
    let merge = |merge: &PlannedMerge| MergeView {
        name: format!("{} ({})", merge.new_name, merge.new_code),
        lives_on: merge.lives_on.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
        takes_in: merge.merged.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", "),
    };
    let undecided = |row: &Undecided| UndecidedView {
        line: number(row.line),
        unit: format!("{} ({})", row.unit.name, row.unit.code),
        note: row.note.clone(),
    };
    MergesView {
        after: number(plan.merges.len()),
        made: number(plan.made()),
        closed: number(plan.closed()),
        undecided_count: number(plan.undecided.len()),
        under: parent.name.clone(),
        error_count: words.say_with("units-import-has-errors", &[("count", plan.errors.len().into())]),
        errors: plan
            .errors
            .iter()
            .take(MAX_SHOWN)
            .map(|error| ErrorView { line: number(error.line), reason: error.sentence.said(words.lang) })
            .collect(),
        merges: plan.merges.iter().take(MAX_SHOWN).map(merge).collect(),
        undecided: plan.undecided.iter().take(MAX_SHOWN).map(undecided).collect(),
        seal: app.sealer.seal("units-merges", &file),
        file,
        fingerprint: plan.fingerprint(),
        can_be_done: plan.errors.is_empty() && !plan.merges.is_empty(),
    }
}

pub async fn apply(app: AppData, administrator: Administrator, form: Form) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let file = form.get("file").to_owned();
    if !app.sealer.is_sealed("units-merges", &file, form.get("seal")) {
        return Err(WebError::ForeignForm);
    }
    let page = MergesPage {
        as_of: form.get("as_of").to_owned(),
        under_code: form.get("under_code").to_owned(),
        ..MergesPage::default()
    };
    let as_of: NaiveDate = match date(&page.as_of) {
        Ok(day) => day,
        Err(sentence) => return again(&app, &visitor, page, &sentence, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let (_, parent) = plan_of(&app, &file, &page.under_code).await?;
    let parent: UnitId = parent.ok_or(WebError::NotFound)?.id;
    let bytes = bytes_of(&app, &file).await?;
    let (shown, now) = (form.get("fingerprint").to_owned(), app.clock.now());
    let act = move |db: &mut Db| {
        let under = Under { parent: &parent, as_of, shown: Some(&shown) };
        apply_merges(db, &keeper, &read_map(&bytes), &under, now)
    };
    match app.db.write(act).await {
        Ok(plan) => {
            let said = Sentence::new("admin-merges-done")
                .with("after", plan.merges.len())
                .with("closed", plan.closed())
                .with("undecided", plan.undecided.len());
            Ok(visitor.redirect(&app, "/admin/units", Some(("ok", said))))
        }
        Err(error) => match error.refusal() {
            Refusal::Said(sentence) => again(&app, &visitor, page, &sentence, StatusCode::CONFLICT),
            other => Err(other.into()),
        },
    }
}

fn again(
    app: &App,
    visitor: &Visitor,
    page: MergesPage,
    sentence: &Sentence,
    status: StatusCode,
) -> Result<HttpResponse, WebError> {
    let page = MergesPage { refused: sentence.said(visitor.words.lang), ..page };
    app.page_with(status, visitor, &page)
}
