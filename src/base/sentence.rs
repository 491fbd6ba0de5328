//! A sentence for a person, not yet in a language: what acts answer and forms say beside a field.

use super::lang::{Arg, Lang};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Sentence {
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }

    pub fn said(&self, lang: Lang) -> String {
        lang.say_with(self.key, &self.args)
    }
}

/// What is wrong with a form, field by field, in the order of the form. Empty means that nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<(String, Sentence)>);

impl FieldErrors {
    pub fn one(field: &str, sentence: Sentence) -> Self {
        Self(vec![(field.to_owned(), sentence)])
    }

    pub fn add(&mut self, field: &str, sentence: Sentence) {
        self.0.push((field.to_owned(), sentence));
    }

    /// Keeps the value, or writes down why there is none.
    pub fn take<T>(&mut self, field: &str, value: Result<T, Sentence>) -> Option<T> {
        value.map_err(|sentence| self.add(field, sentence)).ok()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The proof that a form is right, or everything that is wrong with it.
    pub fn or<T>(self, value: impl FnOnce() -> Option<T>) -> Result<T, Self> {
        if self.is_empty() { value().ok_or(self) } else { Err(self) }
    }
}
