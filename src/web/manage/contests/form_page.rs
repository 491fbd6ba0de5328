//! A form as data: groups of controls, filled from what is stored or from what was typed. One template shows them all.

use serde::Serialize;

use crate::{base::sentence::FieldErrors, web::words::Words};

/// Names and values, as a form carries them; a name may stand more than once.
pub type Values = Vec<(String, String)>;

#[derive(Debug, Clone, Default, Serialize)]
pub struct Group {
    pub legend: String,
    pub help: String,
    pub controls: Vec<Control>,
}

/// One control. `shape` is `line`, `area`, `pick`, `radios`, `checks` or `check`; `kind` is an input's type.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Control {
    pub shape: &'static str,
    pub name: String,
    pub label: String,
    pub help: String,
    pub value: String,
    pub error: String,
    pub kind: &'static str,
    pub inputmode: &'static str,
    pub class: &'static str,
    pub maxlength: String,
    pub rows: usize,
    pub options: Vec<Choice>,
    pub optional: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub help: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl ToString, label: String) -> Self {
        Self { value: value.to_string(), label, ..Self::default() }
    }

    pub fn with_help(value: impl ToString, label: String, help: String) -> Self {
        Self { value: value.to_string(), label, help, chosen: false }
    }
}

impl Group {
    pub fn of(controls: Vec<Control>) -> Self {
        Self { controls, ..Self::default() }
    }

    pub fn named(legend: String, controls: Vec<Control>) -> Self {
        Self { legend, help: String::new(), controls }
    }

    pub fn with_help(mut self, help: String) -> Self {
        self.help = help;
        self
    }
}

impl Control {
    fn of(shape: &'static str, name: &str, label: String) -> Self {
        Self { shape, name: name.to_owned(), label, kind: "text", rows: 4, ..Self::default() }
    }

    pub fn line(name: &str, label: String) -> Self {
        Self::of("line", name, label)
    }

    pub fn area(name: &str, label: String, rows: usize) -> Self {
        Self { rows, ..Self::of("area", name, label) }
    }

    pub fn date(name: &str, label: String) -> Self {
        Self { kind: "date", class: "short", ..Self::of("line", name, label) }
    }

    pub fn time(name: &str, label: String) -> Self {
        Self { kind: "time", class: "short", ..Self::of("line", name, label) }
    }

    pub fn number(name: &str, label: String) -> Self {
        Self { inputmode: "decimal", class: "short", ..Self::of("line", name, label) }
    }

    pub fn pick(name: &str, label: String, options: Vec<Choice>) -> Self {
        Self { options, ..Self::of("pick", name, label) }
    }

    pub fn radios(name: &str, label: String, options: Vec<Choice>) -> Self {
        Self { kind: "radio", options, ..Self::of("choices", name, label) }
    }

    pub fn checks(name: &str, label: String, options: Vec<Choice>) -> Self {
        Self { kind: "checkbox", options, ..Self::of("choices", name, label) }
    }

    /// One box: yes or no.
    pub fn check(name: &str, label: String) -> Self {
        Self::of("check", name, label)
    }

    pub fn help(mut self, help: String) -> Self {
        self.help = help;
        self
    }

    pub fn optional(mut self, words: &Words) -> Self {
        self.optional = words.say("shell-optional");
        self
    }

    pub fn max(mut self, max: usize) -> Self {
        self.maxlength = max.to_string();
        self
    }

    fn fill(&mut self, values: &Values, errors: &FieldErrors, words: &Words) {
        let mut given = values.iter().filter(|(name, _)| *name == self.name).map(|(_, value)| value);
        if self.options.is_empty() {
            self.value = given.next().cloned().unwrap_or_default();
        } else {
            let given: Vec<&String> = given.collect();
            for option in &mut self.options {
                option.chosen = given.contains(&&option.value);
            }
        }
        let error = errors.0.iter().find(|(field, _)| *field == self.name);
        self.error = error.map(|(_, sentence)| sentence.said(words.lang)).unwrap_or_default();
    }

    /// What a value of this control says to a reader.
    fn said(&self, values: &Values, words: &Words) -> String {
        let given = values.iter().filter(|(name, _)| *name == self.name).map(|(_, value)| value);
        let label = |value: &String| {
            let option = self.options.iter().find(|option| option.value == *value);
            option.map_or_else(|| value.clone(), |option| option.label.clone())
        };
        let said = given.map(label).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
        match (self.shape, said.is_empty()) {
            ("check", true) => words.say("setup-no"),
            ("check", false) => words.say("setup-yes"),
            (_, true) => words.say("setup-nothing"),
            (_, false) => said,
        }
    }
}

pub fn fill(groups: &mut [Group], values: &Values, errors: &FieldErrors, words: &Words) {
    for control in groups.iter_mut().flat_map(|group| &mut group.controls) {
        control.fill(values, errors, words);
    }
}

/// What stands now and differs from what was typed: shown when somebody else was faster.
#[derive(Debug, Clone, Serialize)]
pub struct StandsNow {
    pub label: String,
    pub text: String,
}

pub fn differing(groups: &[Group], typed: &Values, stored: &Values, words: &Words) -> Vec<StandsNow> {
    let controls = groups.iter().flat_map(|group| &group.controls);
    let differs = |control: &&Control| control.said(typed, words) != control.said(stored, words);
    controls
        .filter(differs)
        .map(|control| StandsNow { label: control.label.clone(), text: control.said(stored, words) })
        .collect()
}
