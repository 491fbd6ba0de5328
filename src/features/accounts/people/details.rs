use crate::base::{
    contact::{Email, InvalidContact, Phone},
    sentence::{FieldErrors, Sentence},
    text::{clean_line, fold},
};

pub const MAX_NAME_CHARS: usize = 120;

/// Who somebody is and how they are reached: a name, and a phone number or an e-mail address to sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    pub full_name: String,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
}

impl Details {
    /// Reads the fields `full_name`, `phone` and `email` as they were typed.
    pub fn parse(full_name: &str, phone: &str, email: &str) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("full_name", name(full_name));
        let phone = errors.take("phone", typed(phone, "accounts-phone-invalid"));
        let email = errors.take("email", typed(email, "accounts-email-invalid"));
        if phone == Some(None) && email == Some(None) {
            errors.add("phone", Sentence::new("accounts-contact-missing"));
        }
        errors.or(|| Some(Self { full_name: name?, phone: phone?, email: email? }))
    }

    /// The name and the contacts, folded, under which lists find the person.
    pub fn search_text(&self) -> String {
        let phone = self.phone.as_ref().map(|phone| phone.written().replace(' ', "")).unwrap_or_default();
        let email = self.email.as_ref().map(ToString::to_string).unwrap_or_default();
        fold(&format!("{} {phone} {email}", self.full_name))
    }
}

fn name(text: &str) -> Result<String, Sentence> {
    let name = clean_line(text);
    if !name.chars().any(char::is_alphabetic) {
        return Err(Sentence::new("accounts-name-missing"));
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(Sentence::new("accounts-name-too-long").with("max", MAX_NAME_CHARS));
    }
    Ok(name)
}

fn typed<T: std::str::FromStr<Err = InvalidContact>>(
    text: &str,
    key: &'static str,
) -> Result<Option<T>, Sentence> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|InvalidContact| Sentence::new(key))
}

#[cfg(test)]
mod tests {
    use super::Details;

    fn wrong(name: &str, phone: &str, email: &str) -> Vec<String> {
        let errors = Details::parse(name, phone, email).err().unwrap_or_default();
        errors.0.into_iter().map(|(field, sentence)| format!("{field}: {}", sentence.key)).collect()
    }

    #[test]
    fn a_person_has_a_name_and_a_way_to_sign_in() {
        let details = Details::parse(" Nguye\u{302}\u{303}n\u{202e}  Thị An ", "0912 345 678", "").unwrap();
        assert_eq!(details.full_name, "Nguyễn Thị An");
        assert_eq!(details.search_text(), "nguien thi an 0912345678");
        assert_eq!(
            wrong("", "", ""),
            ["full_name: accounts-name-missing", "phone: accounts-contact-missing"]
        );
        assert_eq!(
            wrong("An", "12", "x"),
            ["phone: accounts-phone-invalid", "email: accounts-email-invalid"]
        );
        assert_eq!(wrong(&"a".repeat(10_000), "0912345678", ""), ["full_name: accounts-name-too-long"]);
    }
}
