//! The front page.

use actix_web::HttpResponse;
use serde::Serialize;

use crate::web::{error::WebError, form::AppData, render::Page, visitor::Visitor};

#[derive(Debug, Serialize)]
pub struct HomePage {
    pub contests: Vec<String>,
}

impl Page for HomePage {
    const TEMPLATE: &'static str = "site/home.html";
}

pub async fn show(app: AppData, visitor: Visitor) -> Result<HttpResponse, WebError> {
    app.page(&visitor, &HomePage { contests: Vec::new() })
}
