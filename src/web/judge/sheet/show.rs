use actix_web::{HttpResponse, web::Path};

use super::page::SheetFacts;
use crate::web::{error::WebError, form::AppData, judge::place, visitor::SignedIn};

pub async fn show(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (pool, entry) = place(&path)?;
    let judge = signed.person.id.clone();
    let kept = app.viewings.clone();
    let facts = app.db.read_briefly(move |db| SheetFacts::read(db, &kept, &pool, &entry, &judge)).await?;
    let facts = facts.ok_or(WebError::NotFound)?;
    app.page(&signed.visitor, &facts.page(None, &signed.visitor.words))
}
