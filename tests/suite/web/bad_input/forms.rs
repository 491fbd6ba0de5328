//! The forms of a page, as a browser would send them.

use scraper::{ElementRef, Html, Selector};

/// One way to send a form: which button was pressed.
#[derive(Debug, Clone)]
pub struct FoundForm {
    pub action: String,
    pub is_multipart: bool,
    pub fields: Vec<Field>,
    /// Names of the slots for files.
    pub files: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Whatever somebody types.
    Typed,
    Password,
    /// Hidden, or one of what is offered.
    Given,
}

fn all<'f>(form: ElementRef<'f>, selector: &str) -> Vec<ElementRef<'f>> {
    form.select(&Selector::parse(selector).unwrap()).collect()
}

fn attribute(element: ElementRef, name: &str) -> String {
    element.attr(name).unwrap_or_default().to_owned()
}

/// Every form that is posted, once for each of its buttons.
pub fn forms_in(page: &str, body: &str) -> Vec<FoundForm> {
    let html = Html::parse_document(body);
    let mut found = Vec::new();
    for form in html.select(&Selector::parse("form[method=post]").unwrap()) {
        let action = form.attr("action").filter(|action| !action.is_empty()).unwrap_or(page).to_owned();
        let is_multipart = form.attr("enctype") == Some("multipart/form-data");
        let files = all(form, "input[type=file]").into_iter().map(|input| attribute(input, "name")).collect();
        let form_as_it_is = FoundForm { action, is_multipart, fields: fields_in(form), files };
        let buttons = all(form, "button:not([type=button])");
        if buttons.is_empty() {
            found.push(form_as_it_is);
            continue;
        }
        for button in buttons {
            let mut form = form_as_it_is.clone();
            if let Some(action) = button.attr("formaction") {
                action.clone_into(&mut form.action);
            }
            if let Some(name) = button.attr("name") {
                let value = attribute(button, "value");
                form.fields.push(Field { name: name.to_owned(), value, kind: Kind::Given });
            }
            found.push(form);
        }
    }
    found
}

fn fields_in(form: ElementRef) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut add = |name: String, value: String, kind: Kind| {
        if !name.is_empty() {
            fields.push(Field { name, value, kind });
        }
    };
    for input in all(form, "input") {
        let (name, value) = (attribute(input, "name"), attribute(input, "value"));
        match input.attr("type").unwrap_or("text") {
            "file" | "submit" | "button" => {}
            "hidden" => add(name, value, Kind::Given),
            "password" => add(name, value, Kind::Password),
            "radio" | "checkbox" if input.attr("checked").is_some() => add(name, value, Kind::Given),
            "radio" | "checkbox" => {}
            _ => add(name, value, Kind::Typed),
        }
    }
    for area in all(form, "textarea") {
        add(attribute(area, "name"), area.text().collect(), Kind::Typed);
    }
    for select in all(form, "select") {
        let options = all(select, "option");
        let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
        if let Some(option) = chosen {
            add(attribute(select, "name"), attribute(*option, "value"), Kind::Given);
        }
    }
    fields
}
