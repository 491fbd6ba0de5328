//! The tree from a file: first what it would change and what is wrong with it, then the import as one act.

use actix_multipart::Multipart;
use actix_web::{HttpResponse, http::StatusCode};
use chrono::NaiveDate;
use futures_util::{StreamExt, TryStreamExt};
use serde::Serialize;

use super::super::{Administrator, day::date};
use crate::{
    base::sentence::Sentence,
    features::{
        refusal::{Refusal, Refused},
        units::{
            ImportPlan,
            import::{LineError, import_units, plan_import, read},
            views::list_levels,
        },
    },
    infra::{db::DbError, files::FileStoreError},
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, is_our_form},
        render::Page,
        visitor::Visitor,
        words::Words,
    },
};

/// Ninety thousand units are about six million bytes.
const MAX_FILE_BYTES: i64 = 20 << 20;
/// More lines than this help nobody; the count is said.
const MAX_SHOWN: usize = 200;

#[derive(Debug, Default, Serialize)]
pub struct ImportPage {
    pub as_of: String,
    pub refused: String,
    pub plan: Option<PlanView>,
}

#[derive(Debug, Default, Serialize)]
pub struct PlanView {
    pub rows: String,
    pub new: String,
    pub renamed: String,
    pub moved: String,
    pub unchanged: String,
    pub missing: String,
    pub error_count: String,
    pub errors: Vec<ErrorView>,
    pub changes: Vec<String>,
    pub new_names: Vec<String>,
    pub missing_names: Vec<String>,
    pub file: String,
    pub seal: String,
    pub fingerprint: String,
    pub can_be_done: bool,
}

#[derive(Debug, Serialize)]
pub struct ErrorView {
    pub line: String,
    pub reason: String,
}

impl Page for ImportPage {
    const TEMPLATE: &'static str = "admin/units/import.html";
}

pub async fn show(app: AppData, administrator: Administrator) -> Result<HttpResponse, WebError> {
    let as_of = app.clock.now().date().to_string();
    app.page(&administrator.visitor, &ImportPage { as_of, ..ImportPage::default() })
}

/// The dry run: the file is kept, so that what is imported afterwards is what was looked at.
pub async fn look(
    app: AppData,
    administrator: Administrator,
    mut parts: Multipart,
) -> Result<HttpResponse, WebError> {
    let visitor = administrator.visitor;
    let mut page = ImportPage { as_of: app.clock.now().date().to_string(), ..ImportPage::default() };
    let mut is_ours = false;
    let mut file = None;
    while let Some(mut part) = parts.try_next().await.map_err(|_| cut_off())? {
        match part.name().unwrap_or_default() {
            "csrf" => is_ours = is_our_form(&visitor, &word(&mut part).await?),
            "as_of" if is_ours => page.as_of = word(&mut part).await?,
            "file" if is_ours => match receive(&app, &mut part).await {
                Ok(hash) => file = Some(hash),
                Err(FileStoreError::TooLarge(_)) => return Err(WebError::TooLarge),
                Err(error) => return Err(WebError::Internal(error.into())),
            },
            _ if is_ours => {}
            _ => return Err(WebError::ForeignForm),
        }
    }
    let day = match date(&page.as_of) {
        Ok(day) => day,
        Err(sentence) => return again(&app, &visitor, page, &sentence),
    };
    let Some(file) = file else {
        return again(&app, &visitor, page, &Sentence::new("admin-import-no-file"));
    };
    let plan = plan_of(&app, &file, day).await?;
    page.plan = Some(view(&app, &plan, file, visitor.words));
    let status = if plan.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    app.page_with(status, &visitor, &page)
}

async fn word(part: &mut actix_multipart::Field) -> Result<String, WebError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| cut_off())?;
        bytes.extend_from_slice(&chunk);
        if bytes.len() > 1000 {
            return Err(WebError::TooLarge);
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The connection broke, or the form is none.
fn cut_off() -> WebError {
    WebError::Refused(Sentence::new("web-error-invalid"))
}

async fn receive(app: &App, part: &mut actix_multipart::Field) -> Result<String, FileStoreError> {
    let mut incoming = app.files.receive(MAX_FILE_BYTES)?;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|error| std::io::Error::other(error.to_string()))?;
        incoming.write(chunk).await?;
    }
    Ok(app.files.keep(incoming).await?.hash)
}

async fn bytes_of(app: &App, file: &str) -> Result<Vec<u8>, WebError> {
    app.files.read_all(file).await.map_err(|error| WebError::Internal(error.into()))
}

async fn plan_of(app: &App, file: &str, as_of: NaiveDate) -> Result<ImportPlan, WebError> {
    let bytes = bytes_of(app, file).await?;
    let plan = app
        .db
        .read(move |db| -> Result<_, DbError> {
            let file = read(&bytes, &list_levels(db)?);
            plan_import(db, &file, as_of)
        })
        .await?;
    Ok(plan)
}

fn view(app: &App, plan: &ImportPlan, file: String, words: Words) -> PlanView {
    let number = |count: usize| words.number(i64::try_from(count).unwrap_or(i64::MAX));
    let error =
        |error: &LineError| ErrorView { line: number(error.line), reason: error.sentence.said(words.lang) };
    let code = |code: &Option<String>| code.clone().unwrap_or_else(|| words.say("admin-import-top"));
    let mut changes = Vec::new();
    for change in plan.changed.iter().take(MAX_SHOWN) {
        if change.is_renamed() {
            changes.push(format!("{}: {} → {}", change.after.code, change.before.name, change.after.name));
        }
        if change.is_moved() {
            let (from, to) = (code(&change.before.parent_code), code(&change.after.parent_code));
            changes.push(format!("{} ({}): {from} → {to}", change.after.name, change.after.code));
        }
    }
    let new = plan.new.iter().take(MAX_SHOWN).map(|unit| format!("{} ({})", unit.name, unit.code));
    let missing = plan.missing.iter().take(MAX_SHOWN).map(|(code, name)| format!("{name} ({code})"));
    PlanView {
        rows: number(plan.rows),
        new: number(plan.new.len()),
        renamed: number(plan.renamed()),
        moved: number(plan.moved()),
        unchanged: number(plan.unchanged),
        missing: number(plan.missing.len()),
        error_count: words.say_with("units-import-has-errors", &[("count", plan.errors.len().into())]),
        errors: plan.errors.iter().take(MAX_SHOWN).map(error).collect(),
        changes,
        new_names: new.collect(),
        missing_names: missing.collect(),
        seal: app.sealer.seal("units-import", &file),
        file,
        fingerprint: plan.fingerprint(),
        can_be_done: plan.errors.is_empty() && !(plan.new.is_empty() && plan.changed.is_empty()),
    }
}

pub async fn apply(app: AppData, administrator: Administrator, form: Form) -> Result<HttpResponse, WebError> {
    let Administrator { visitor, keeper, .. } = administrator;
    let file = form.get("file").to_owned();
    if !app.sealer.is_sealed("units-import", &file, form.get("seal")) {
        return Err(WebError::ForeignForm);
    }
    let page = ImportPage { as_of: form.get("as_of").to_owned(), ..ImportPage::default() };
    let as_of = match date(&page.as_of) {
        Ok(day) => day,
        Err(sentence) => return again(&app, &visitor, page, &sentence),
    };
    let bytes = bytes_of(&app, &file).await?;
    let (shown, now) = (form.get("fingerprint").to_owned(), app.clock.now());
    let act = move |db: &mut _| {
        let file = read(&bytes, &list_levels(db)?);
        import_units(db, &keeper, &file, as_of, Some(&shown), now)
    };
    match app.db.write(act).await {
        Ok(plan) => {
            let said = Sentence::new("admin-import-done")
                .with("new", plan.new.len())
                .with("changed", plan.changed.len());
            Ok(visitor.redirect(&app, "/admin/units", Some(("ok", said))))
        }
        Err(error) => match error.refusal() {
            Refusal::Said(sentence) => {
                let plan = plan_of(&app, &file, as_of).await?;
                let plan = Some(view(&app, &plan, file, visitor.words));
                let page = ImportPage { refused: sentence.said(visitor.words.lang), plan, ..page };
                app.page_with(StatusCode::CONFLICT, &visitor, &page)
            }
            other => Err(other.into()),
        },
    }
}

fn again(
    app: &App,
    visitor: &Visitor,
    page: ImportPage,
    sentence: &Sentence,
) -> Result<HttpResponse, WebError> {
    let page = ImportPage { refused: sentence.said(visitor.words.lang), ..page };
    app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
}
