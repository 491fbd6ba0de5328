//! Making a contest, in two small steps: from what, then its name and its dates.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use serde::{Deserialize, Serialize};

use super::{
    form_page::{Choice, Control, Group, Values, fill},
    frame::Crumb,
    reading::{Reader, put},
};
use crate::{
    base::{
        ids::UnitId,
        sentence::{FieldErrors, Sentence},
    },
    features::{
        accounts::Person,
        contests::{
            CreateContestError, NewContest, create_contest,
            preset::{find_preset, list_presets},
            text_rules::MAX_TITLE,
        },
        refusal::{Refusal, Refused},
        units::{self, Unit},
    },
    infra::db::{Db, DbError},
    web::{
        app::App,
        error::WebError,
        form::{AppData, Form, ShownError, ShownErrors, query},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The id of a preset, or `none` for a contest from nothing.
    from: String,
    unit: String,
}

#[derive(Debug, Serialize)]
pub struct NewPage {
    pub crumbs: Vec<Crumb>,
    pub presets: Vec<PresetView>,
    /// Step two: what was chosen in step one.
    pub from: String,
    pub from_name: String,
    pub groups: Vec<Group>,
    pub errors: Vec<ShownError>,
    pub notice: String,
}

#[derive(Debug, Serialize)]
pub struct PresetView {
    pub href: String,
    pub name: String,
    pub summary: String,
    pub source: String,
    pub is_proposed: bool,
}

impl Page for NewPage {
    const TEMPLATE: &'static str = "manage/contests/new.html";
}

pub async fn ask(app: AppData, signed: SignedIn, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked: Asked = query(&request);
    let units = host_units(&app, &signed, &asked.unit).await?;
    if units.is_empty() {
        return Err(WebError::Forbidden);
    }
    let words = &signed.visitor.words;
    if !is_choice(&asked.from) {
        return app.page(&signed.visitor, &first_step(&asked, words));
    }
    let mut stored = Vec::new();
    put(&mut stored, "unit", units.first().map(|unit| unit.id.to_string()).unwrap_or_default());
    if let Some(preset) = find_preset(&asked.from) {
        put(&mut stored, "title", &preset.title);
    }
    let page = second_step(&asked.from, &units, &stored, &FieldErrors::default(), words);
    app.page(&signed.visitor, &page)
}

pub async fn create(app: AppData, signed: SignedIn, form: Form) -> Result<HttpResponse, WebError> {
    let words = &signed.visitor.words;
    let units = host_units(&app, &signed, form.get("unit")).await?;
    if units.is_empty() {
        return Err(WebError::Forbidden);
    }
    let from = form.get("from").to_owned();
    if !is_choice(&from) {
        return Ok(signed.visitor.redirect(&app, "/manage/contests/new", None));
    }
    let refused = match read(&form, &from, &app) {
        Err(errors) => Refusal::Invalid(errors),
        Ok(new) => {
            let (person, now) = (Arc::clone(&signed.person), app.clock.now());
            match app.db.write(move |db| create_contest(db, &person, &new, now)).await {
                Ok(contest) => {
                    let to = format!("/manage/contests/{}", contest.slug.as_str());
                    let said = Some(("ok", Sentence::new("setup-created")));
                    return Ok(signed.visitor.redirect(&app, &to, said));
                }
                Err(CreateContestError::NotFound) => return Err(WebError::NotFound),
                Err(error) => error.refusal(),
            }
        }
    };
    let typed: Values = form.pairs().to_vec();
    let (status, errors, notice) = match refused {
        Refusal::Invalid(errors) => (StatusCode::UNPROCESSABLE_ENTITY, errors, String::new()),
        Refusal::Said(sentence) => (StatusCode::CONFLICT, FieldErrors::default(), sentence.said(words.lang)),
        Refusal::NotFound => return Err(WebError::NotFound),
        Refusal::Database(error) => return Err(error.into()),
    };
    let mut page = second_step(&from, &units, &typed, &errors, words);
    page.notice = notice;
    app.page_with(status, &signed.visitor, &page)
}

fn is_choice(from: &str) -> bool {
    from == "none" || find_preset(from).is_some()
}

fn read(form: &Form, from: &str, app: &App) -> Result<NewContest, FieldErrors> {
    let mut reader = Reader::new(form, app.zone);
    let Ok(host_unit_id) = form.get("unit").parse::<UnitId>() else {
        return Err(FieldErrors::one("unit", Sentence::new("setup-error-choose")));
    };
    let title = reader.text("title");
    if title.trim().is_empty() {
        reader.errors.add("title", Sentence::new("contests-error-empty"));
    }
    let new = NewContest {
        host_unit_id,
        preset: Some(from.to_owned()).filter(|from| from != "none"),
        // The English title of the preset belongs to the preset's own title.
        title_en: String::new(),
        title,
        slug: None,
        opens_at: reader.moment("opens", false),
        closes_at: reader.moment("closes", true),
        is_demonstration: false,
    };
    reader.done(new)
}

/// The units whose officers' desk this is, and the one that the address names, if it is covered too.
async fn host_units(app: &App, signed: &SignedIn, asked: &str) -> Result<Vec<Unit>, WebError> {
    let (person, asked) = (Arc::clone(&signed.person), asked.parse::<UnitId>().ok());
    Ok(app.db.read(move |db| list_hosts(db, &person, asked.as_ref())).await?)
}

fn list_hosts(db: &mut Db, person: &Person, asked: Option<&UnitId>) -> Result<Vec<Unit>, DbError> {
    let mut hosts: Vec<Unit> = Vec::new();
    let mut ids: Vec<UnitId> = asked.cloned().into_iter().collect();
    ids.extend(person.officer_units().into_iter().cloned());
    for id in ids {
        let is_new = !hosts.iter().any(|host| host.id == id);
        if let Some(unit) = units::store::find(db, &id)?.filter(|unit| is_new && unit.valid_to.is_none()) {
            let covers = crate::features::accounts::views::covers(db, person, &unit.id)?;
            if covers || person.is_administrator {
                hosts.push(unit);
            }
        }
    }
    if hosts.is_empty() && person.is_administrator {
        hosts = units::views::list_roots(db)?;
    }
    Ok(hosts)
}

fn crumbs(words: &Words) -> Vec<Crumb> {
    vec![Crumb { href: "/manage".into(), label: words.say("nav-manage") }]
}

fn first_step(asked: &Asked, words: &Words) -> NewPage {
    let href = |from: &str| {
        let pairs = [("from", from), ("unit", &asked.unit)];
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("/manage/contests/new?{}", serde_html_form::to_string(pairs).unwrap_or_default())
    };
    let mut presets: Vec<PresetView> = list_presets()
        .iter()
        .map(|preset| PresetView {
            href: href(&preset.id),
            name: preset.name_in(words.lang).to_owned(),
            summary: words.either(&preset.summary, &preset.summary_en).to_owned(),
            source: preset.source_in(words.lang).to_owned(),
            is_proposed: preset.is_proposed,
        })
        .collect();
    presets.push(PresetView {
        href: href("none"),
        name: words.say("setup-from-nothing"),
        summary: words.say("setup-from-nothing-text"),
        source: String::new(),
        is_proposed: false,
    });
    NewPage {
        crumbs: crumbs(words),
        presets,
        from: String::new(),
        from_name: String::new(),
        groups: Vec::new(),
        errors: Vec::new(),
        notice: String::new(),
    }
}

fn second_step(from: &str, units: &[Unit], values: &Values, errors: &FieldErrors, words: &Words) -> NewPage {
    let say = |key: &str| words.say(key);
    let hosts = units.iter().map(|unit| Choice::new(&unit.id, unit.name.clone())).collect();
    let mut groups = vec![
        Group::of(vec![
            Control::line("title", say("setup-title")).help(say("setup-title-help")).max(MAX_TITLE),
            Control::pick("unit", say("setup-host"), hosts),
        ]),
        Group::named(
            say("setup-when"),
            vec![
                Control::date("opens_date", say("setup-opens")).help(say("setup-opens-help")).optional(words),
                Control::date("closes_date", say("setup-closes"))
                    .help(say("setup-closes-help"))
                    .optional(words),
            ],
        ),
    ];
    fill(&mut groups, values, errors, words);
    let preset = find_preset(from);
    NewPage {
        crumbs: crumbs(words),
        presets: Vec::new(),
        from: from.to_owned(),
        from_name: preset
            .map_or_else(|| say("setup-from-nothing"), |preset| preset.name_in(words.lang).to_owned()),
        groups,
        errors: ShownErrors::new(errors, words).summary,
        notice: String::new(),
    }
}
