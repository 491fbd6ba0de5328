//! Pages: Tera templates built into the program, one engine for each language.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode, http::header::ContentType};
use fluent_templates::fluent_bundle::FluentValue;
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::{
    app::App,
    assets,
    error::WebError,
    fixed_texts::say_fixed_texts,
    visitor::{Flash, Visitor},
};
use crate::base::lang::Lang;

/// Most pages fit into this; how long lists are is known when they were shown once.
const USUAL_PAGE_BYTES: usize = 16 * 1024;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Sources;

pub struct Templates {
    vi: Tera,
    en: Tera,
    /// How long each page was when it was last shown: room is made for as much at once, and not by moving what stands already
    /// each time that it has grown to twice its length.
    lengths: HashMap<String, AtomicUsize>,
}

/// A page's own data.
pub trait Page: Serialize {
    /// The template's path below `templates/`.
    const TEMPLATE: &'static str;
}

/// What the frame around every page needs.
#[derive(Debug, Serialize)]
pub struct Shell {
    pub lang: &'static str,
    pub other_lang: &'static str,
    pub path: String,
    pub signed_in: bool,
    pub name: String,
    /// Of whoever is signed in: what the browser keeps is kept for this account alone.
    pub account: String,
    pub csrf: String,
    pub nav: Vec<NavItem>,
    pub account_menu: Vec<NavItem>,
    pub flash: Option<Flash>,
    pub css: String,
    pub js: String,
    pub demo: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    pub href: String,
    pub label: String,
    pub current: bool,
}

impl Templates {
    pub fn load() -> anyhow::Result<Self> {
        Self::of(&Self::sources())
    }

    /// Path below `templates/` and text of each.
    pub fn sources() -> Vec<(String, String)> {
        let source = |name: Cow<'static, str>| {
            let file = Sources::get(&name)?;
            Some((name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        };
        Sources::iter().filter_map(source).collect()
    }

    pub fn of(sources: &[(String, String)]) -> anyhow::Result<Self> {
        let lengths = sources.iter().map(|(name, _)| (name.clone(), AtomicUsize::new(USUAL_PAGE_BYTES)));
        Ok(Self {
            vi: engine(Lang::Vi, sources)?,
            en: engine(Lang::En, sources)?,
            lengths: lengths.collect(),
        })
    }

    /// The page as it goes over the wire. As text it would be read once more, to prove that it is UTF-8.
    pub fn render(&self, lang: Lang, template: &str, context: &Context) -> TeraResult<Vec<u8>> {
        let engine = if lang == Lang::Vi { &self.vi } else { &self.en };
        let last = self.lengths.get(template);
        let room = last.map_or(USUAL_PAGE_BYTES, |last| last.load(Ordering::Relaxed));
        // A little more than the last time, for numbers and names that are longer.
        let mut page = Vec::with_capacity(room + room / 16);
        engine.render_to(template, context, &mut page)?;
        if let Some(last) = last {
            last.store(page.len(), Ordering::Relaxed);
        }
        Ok(page)
    }
}

fn engine(lang: Lang, sources: &[(String, String)]) -> anyhow::Result<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    tera.register_function("t", move |kwargs: Kwargs, _: &State| say(lang, &kwargs));
    let said = |(name, text): &(String, String)| (name.clone(), say_fixed_texts(text, lang));
    tera.add_raw_templates(sources.iter().map(said).collect::<Vec<_>>())?;
    Ok(tera)
}

/// `t(key="entries-count", n=3)`: the text in the page's language. Its result is escaped like any other.
fn say(lang: Lang, kwargs: &Kwargs) -> TeraResult<String> {
    let key: String = kwargs.must_get("key")?;
    let mut values = HashMap::new();
    for (name, value) in kwargs.iter() {
        if let Some(name) = name.as_str().filter(|name| *name != "key") {
            values.insert(Cow::Owned(name.to_owned()), argument(value));
        }
    }
    Ok(if values.is_empty() { lang.say(&key) } else { lang.say_values(&key, &values) })
}

fn argument(value: &Value) -> FluentValue<'static> {
    if let Some(number) = value.as_i64() {
        FluentValue::from(number)
    } else if let Some(text) = value.as_str() {
        FluentValue::from(text.to_owned())
    } else {
        FluentValue::from(value.to_string())
    }
}

impl App {
    /// The page with status 200.
    pub fn page<P: Page>(&self, visitor: &Visitor, page: &P) -> Result<HttpResponse, WebError> {
        self.page_with(StatusCode::OK, visitor, page)
    }

    /// The page with another status: a form with errors is 422, a missing thing 404.
    pub fn page_with<P: Page>(
        &self,
        status: StatusCode,
        visitor: &Visitor,
        page: &P,
    ) -> Result<HttpResponse, WebError> {
        let html = self.html(visitor, P::TEMPLATE, page)?;
        let mut response = HttpResponseBuilder::new(status);
        response.content_type(ContentType::html());
        visitor.set_cookies(&mut response, self);
        Ok(response.body(html))
    }

    pub fn html(
        &self,
        visitor: &Visitor,
        template: &str,
        page: &impl Serialize,
    ) -> Result<Vec<u8>, WebError> {
        let mut context = Context::new();
        context.insert("shell", &self.shell(visitor));
        context.insert("page", page);
        self.templates
            .render(visitor.words.lang, template, &context)
            .map_err(|error| WebError::Internal(anyhow::anyhow!("{template}: {error:?}")))
    }

    fn shell(&self, visitor: &Visitor) -> Shell {
        let lang = visitor.words.lang;
        Shell {
            lang: lang.as_str(),
            other_lang: lang.other().as_str(),
            path: visitor.path.clone(),
            signed_in: visitor.person.is_some(),
            name: visitor.person.as_ref().map(|person| person.full_name.clone()).unwrap_or_default(),
            account: visitor.person.as_ref().map(|person| person.id.to_string()).unwrap_or_default(),
            csrf: visitor.csrf.clone(),
            nav: super::nav::main(visitor),
            account_menu: super::nav::account(visitor),
            flash: visitor.flash.clone(),
            css: assets::css(),
            js: assets::js(),
            demo: self.demo_accounts.is_some(),
        }
    }
}
