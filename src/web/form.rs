//! Forms as they come in: checked to be ours, read whole, kept so that nothing typed is lost.

use std::{collections::BTreeMap, future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use futures_util::StreamExt;
use serde::{Serialize, de::DeserializeOwned};

use super::{app::App, error::WebError, visitor::Visitor, words::Words};
use crate::base::sentence::FieldErrors;

/// Large enough for the longest entry, small enough to be held in memory.
pub const MAX_FORM_BYTES: usize = 2 << 20;

/// The fields of a posted form, in order, under the names of the page. Only a form with our `csrf` field gets here.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
}

impl Form {
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self { pairs }
    }

    /// The first value of a field; an absent field is an empty one.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn all(&self, name: &str) -> Vec<&str> {
        self.pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The form as a typed struct of strings; fields it does not know are left out.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, WebError> {
        let text = serde_html_form::to_string(&self.pairs).unwrap_or_default();
        serde_html_form::from_str(&text)
            .map_err(|_| WebError::Refused(crate::base::sentence::Sentence::new("web-error-invalid")))
    }

    /// What was typed, for showing the form again.
    pub fn kept(&self) -> BTreeMap<String, String> {
        self.pairs.iter().filter(|(name, _)| name != "csrf").cloned().collect()
    }
}

impl FromRequest for Form {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = Visitor::from_request(request, payload);
        let mut payload = payload.take();
        Box::pin(async move {
            let visitor = visitor.await?;
            let mut body = Vec::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|error| WebError::Internal(error.into()))?;
                if body.len() + chunk.len() > MAX_FORM_BYTES {
                    return Err(WebError::TooLarge);
                }
                body.extend_from_slice(&chunk);
            }
            let text = String::from_utf8_lossy(&body);
            let mut pairs: Vec<(String, String)> =
                serde_html_form::from_str(&text).map_err(|_| WebError::ForeignForm)?;
            // Nobody can type a NUL, and PostgreSQL takes no text with one.
            for (_, value) in &mut pairs {
                value.retain(|letter| letter != '\0');
            }
            let form = Self { pairs };
            if form.get("csrf") == visitor.csrf { Ok(form) } else { Err(WebError::ForeignForm) }
        })
    }
}

/// For forms that carry files: the `csrf` part comes first and is checked before any file is read.
pub fn is_our_form(visitor: &Visitor, csrf: &str) -> bool {
    visitor.csrf == csrf
}

/// Errors of a form as its page shows them: a summary that links to the fields, and one text beside each field.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShownErrors {
    pub summary: Vec<ShownError>,
    pub by_field: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ShownError {
    pub field: String,
    pub text: String,
}

impl ShownErrors {
    pub fn new(errors: &FieldErrors, words: &Words) -> Self {
        let summary: Vec<ShownError> = errors
            .0
            .iter()
            .map(|(field, sentence)| ShownError { field: field.clone(), text: sentence.said(words.lang) })
            .collect();
        let by_field = summary.iter().map(|error| (error.field.clone(), error.text.clone())).collect();
        Self { summary, by_field }
    }
}

/// A query string as a typed struct; what cannot be read counts as absent.
pub fn query<T: DeserializeOwned + Default>(request: &HttpRequest) -> T {
    serde_html_form::from_str(&request.query_string().replace("%00", "")).unwrap_or_default()
}

/// The state that every handler takes.
pub type AppData = Data<App>;
