use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Path};
use serde::{Deserialize, Serialize};

use crate::{
    base::{
        ids::UnitId,
        page::{PageOf, PageRequest},
    },
    features::{
        accounts::{
            Invitation, InvitationRole, OfficeRole, Person,
            views::{PersonRow, covers, list_invitations, list_people},
        },
        units::{Unit, views::path_of},
    },
    infra::db::DbError,
    web::{
        app::App,
        error::WebError,
        form::{AppData, ShownErrors, query},
        paging::PageLinks,
        render::Page,
        visitor::{SignedIn, Visitor},
        words::Words,
    },
};

const PER_PAGE: i64 = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub q: String,
    pub role: String,
    pub page: Option<i64>,
}

#[derive(Debug, Default, Serialize)]
pub struct PeoplePage {
    pub unit: String,
    pub above: String,
    pub unit_href: String,
    pub href: String,
    pub invite_href: String,
    pub page_href: String,
    pub page_url: String,
    pub is_closed: bool,
    pub q: String,
    pub role: String,
    pub found: String,
    pub people: Vec<PersonView>,
    pub pages: PageLinks,
    pub invitations: Vec<InvitationView>,
    /// What was typed into the form that was refused, and why.
    pub typed: Typed,
    pub errors: ShownErrors,
    pub refused: String,
    /// A link or a first password, shown this once.
    pub once: Option<Once>,
}

#[derive(Debug, Default, Serialize)]
pub struct Typed {
    /// `add`, `invite` or `page`: which form it was.
    pub form: String,
    pub full_name: String,
    pub phone: String,
    pub email: String,
    pub role: String,
    pub title: String,
    pub days: String,
    pub page_url: String,
}

#[derive(Debug, Serialize)]
pub struct Once {
    pub title: String,
    pub text: String,
    pub value: String,
}

#[derive(Debug, Serialize)]
pub struct PersonView {
    pub name: String,
    pub contact: String,
    pub role: String,
    pub title: String,
    pub since: String,
    pub until: String,
    pub end_href: String,
    pub reset_href: String,
    pub is_disabled: bool,
    pub is_self: bool,
}

#[derive(Debug, Serialize)]
pub struct InvitationView {
    pub role: String,
    pub for_name: String,
    pub by: String,
    pub expires: String,
    pub cancel_href: String,
}

impl Page for PeoplePage {
    const TEMPLATE: &'static str = "manage/people/list.html";
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    request: HttpRequest,
    unit: Path<String>,
) -> Result<HttpResponse, WebError> {
    let page = read(&app, &signed.visitor, &signed.person, &unit, query(&request)).await?;
    app.page(&signed.visitor, &page)
}

/// The page as it stands, for those who answer for the unit; for others there is no such page.
pub async fn read(
    app: &App,
    visitor: &Visitor,
    person: &std::sync::Arc<Person>,
    unit: &str,
    asked: Asked,
) -> Result<PeoplePage, WebError> {
    let unit: UnitId = unit.parse().map_err(|_| WebError::NotFound)?;
    let q: String = asked.q.chars().take(200).collect();
    let role: Option<OfficeRole> = asked.role.parse().ok();
    let request = PageRequest::new(asked.page, PER_PAGE);
    let (asker, words_asked, now) = (person.clone(), q.clone(), app.clock.now());
    let found = app
        .db
        .read(move |db| -> Result<_, DbError> {
            if !asker.is_administrator && !covers(db, &asker, &unit)? {
                return Ok(None);
            }
            let people = list_people(db, &unit, role, &words_asked, request, now)?;
            Ok(Some((path_of(db, &unit)?, people, list_invitations(db, &unit, now)?)))
        })
        .await?;
    let (path, people, invitations) = found.ok_or(WebError::NotFound)?;
    let unit = path.first().ok_or(WebError::NotFound)?;
    let words = visitor.words;
    let href = format!("/manage/units/{}/people", unit.id);
    let above: Vec<&str> = path.iter().skip(1).map(|unit| unit.name.as_str()).collect();
    let role_asked = role.map(OfficeRole::as_str).unwrap_or_default();
    Ok(PeoplePage {
        unit: unit.name.clone(),
        above: above.join(", "),
        unit_href: format!("/units/{}", unit.id),
        invite_href: format!("/manage/units/{}/invitations", unit.id),
        page_href: format!("/manage/units/{}/page", unit.id),
        page_url: unit.page_url.clone().unwrap_or_default(),
        is_closed: unit.valid_to.is_some(),
        found: words.say_with("people-found", &[("count", people.total.into())]),
        pages: PageLinks::new(&people, &href, &[("q", &q), ("role", role_asked)], &words),
        people: person_views(people, unit, person, words),
        invitations: invitation_views(&invitations, unit, words),
        role: role_asked.to_owned(),
        q,
        href,
        typed: Typed { days: "14".to_owned(), ..Typed::default() },
        ..PeoplePage::default()
    })
}

fn person_views(people: PageOf<PersonRow>, unit: &Unit, asker: &Person, words: Words) -> Vec<PersonView> {
    let labels = |role| words.say(crate::web::my::role_key(role));
    let (member, officer) = (labels(OfficeRole::Member), labels(OfficeRole::Officer));
    let views = people.rows.into_iter().map(|PersonRow { account, office }| {
        let phone = account.phone.as_ref().map(crate::base::contact::Phone::written);
        let email = account.email.as_ref().map(ToString::to_string);
        PersonView {
            contact: [phone, email].into_iter().flatten().collect::<Vec<_>>().join(" · "),
            role: if office.role == OfficeRole::Officer { officer.clone() } else { member.clone() },
            title: office.title,
            since: words.date_time(office.starts_at),
            until: office.ends_at.map(|end| words.date_time(end)).unwrap_or_default(),
            end_href: format!("/manage/units/{}/offices/{}/end", unit.id, office.id),
            reset_href: format!("/manage/units/{}/people/{}/reset", unit.id, account.id),
            is_disabled: account.status == crate::features::accounts::AccountStatus::Disabled,
            is_self: account.id == asker.id,
            name: account.full_name,
        }
    });
    views.collect()
}

fn invitation_views(invitations: &[(Invitation, String)], unit: &Unit, words: Words) -> Vec<InvitationView> {
    let view = |(invitation, by): &(Invitation, String)| InvitationView {
        role: words.say(crate::web::site::invitation_role_key(invitation.role)),
        for_name: invitation.full_name.clone(),
        by: by.clone(),
        expires: words.date_time(invitation.expires_at),
        cancel_href: format!("/manage/units/{}/invitations/{}/cancel", unit.id, invitation.id),
    };
    // A judge's link is shown where the panel is.
    invitations.iter().filter(|(invitation, _)| invitation.role != InvitationRole::Judge).map(view).collect()
}

impl PeoplePage {
    /// The page again, with what was typed and why it was refused.
    pub fn again(
        self,
        app: &App,
        visitor: &Visitor,
        typed: Typed,
        refusal: crate::features::refusal::Refusal,
    ) -> Result<HttpResponse, WebError> {
        use crate::features::refusal::Refusal;
        match refusal {
            Refusal::Invalid(errors) => {
                let errors = ShownErrors::new(&errors, &visitor.words);
                let page_url = if typed.form == "page" { typed.page_url.clone() } else { self.page_url };
                let page = Self { page_url, typed, errors, ..self };
                app.page_with(StatusCode::UNPROCESSABLE_ENTITY, visitor, &page)
            }
            Refusal::Said(sentence) => {
                let refused = sentence.said(visitor.words.lang);
                app.page_with(StatusCode::CONFLICT, visitor, &Self { typed, refused, ..self })
            }
            other => Err(other.into()),
        }
    }

    /// The page with what is shown this once; no browser keeps it.
    pub fn once(self, app: &App, visitor: &Visitor, once: Once) -> Result<HttpResponse, WebError> {
        let mut response = app.page(visitor, &Self { once: Some(once), ..self })?;
        response.headers_mut().insert(
            actix_web::http::header::CACHE_CONTROL,
            actix_web::http::header::HeaderValue::from_static("no-store"),
        );
        Ok(response)
    }
}
