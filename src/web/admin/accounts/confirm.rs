//! What changes an account for good is asked once more, with script or without.

use actix_web::{HttpRequest, HttpResponse, web::Path};
use serde::{Deserialize, Serialize};

use super::{super::Administrator, show::read};
use crate::web::{
    error::WebError,
    form::{AppData, query},
    render::Page,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// `reset`, `administrator`, `status`, or `end` with the office.
    act: String,
    office: String,
}

#[derive(Debug, Default, Serialize)]
pub struct ConfirmPage {
    pub name: String,
    pub href: String,
    pub title: String,
    pub text: String,
    pub yes: String,
    pub is_danger: bool,
    pub action: String,
    pub fields: Vec<Hidden>,
}

#[derive(Debug, Serialize)]
pub struct Hidden {
    pub name: &'static str,
    pub value: &'static str,
}

impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "admin/accounts/confirm.html";
}

pub async fn ask(
    app: AppData,
    administrator: Administrator,
    account: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let visitor = &administrator.visitor;
    let say = |key: &str| visitor.words.say(key);
    let found = read(&app, visitor, &account).await?;
    let page = ConfirmPage { name: found.name.clone(), href: found.href.clone(), ..ConfirmPage::default() };
    let page = match asked.act.as_str() {
        "end" => {
            let mut held = found.offices.into_iter().filter(|row| row.office.is_held);
            let row = held.find(|row| row.id == asked.office).ok_or(WebError::NotFound)?;
            let args = [("name", page.name.clone().into())];
            ConfirmPage {
                title: say("people-office-end"),
                text: format!(
                    "{} {}: {}.",
                    visitor.words.say_with("people-office-end-confirm", &args),
                    row.office.role,
                    row.office.unit
                ),
                yes: say("people-office-end"),
                action: row.end_href,
                ..page
            }
        }
        // Nobody takes their own account away by mistake.
        _ if found.is_self => return Err(WebError::NotFound),
        "reset" => ConfirmPage {
            title: say("people-reset"),
            text: say("people-reset-text"),
            yes: say("people-reset-do"),
            action: format!("{}/reset", found.href),
            ..page
        },
        "administrator" => {
            let yes = if found.is_administrator {
                "admin-account-administrator-not"
            } else {
                "admin-account-administrator"
            };
            ConfirmPage {
                title: say(yes),
                text: say("admin-account-administrator-confirm"),
                yes: say(yes),
                action: format!("{}/administrator", found.href),
                fields: vec![Hidden {
                    name: "is_administrator",
                    value: if found.is_administrator { "0" } else { "1" },
                }],
                ..page
            }
        }
        "status" => {
            let yes = if found.is_disabled { "admin-account-enable" } else { "admin-account-disable" };
            ConfirmPage {
                title: say(yes),
                text: say("admin-account-status-confirm"),
                yes: say(yes),
                is_danger: !found.is_disabled,
                action: format!("{}/status", found.href),
                fields: vec![Hidden {
                    name: "status",
                    value: if found.is_disabled { "active" } else { "disabled" },
                }],
                ..page
            }
        }
        _ => return Ok(visitor.redirect(&app, &found.href, None)),
    };
    app.page(visitor, &page)
}
