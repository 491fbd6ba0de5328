//! Which addresses stand in an entry: pure.

use super::addresses_in;
use crate::features::{
    contests::{Field, FieldKind},
    entries::{Answer, Answers},
};

/// An address and the field that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLink {
    pub place: String,
    pub address: String,
}

const MAX_LINKS: usize = 20;

/// In the order of the form: what link fields hold, and addresses that people wrote into texts and lists of tools.
pub fn find_links(fields: &[Field], answers: &Answers) -> Vec<FoundLink> {
    let mut found = Vec::new();
    for field in fields.iter().filter(|field| field.kind != FieldKind::Files) {
        let addresses: Vec<&str> = match answers.0.get(&field.id) {
            Some(Answer::Link(address)) => vec![address.as_str()],
            Some(Answer::Text(text)) => addresses_in(text),
            Some(Answer::Choices(values)) => values.iter().flat_map(|value| addresses_in(value)).collect(),
            _ => Vec::new(),
        };
        let place = field.id.to_string();
        found.extend(
            addresses
                .into_iter()
                .map(|address| FoundLink { place: place.clone(), address: address.to_owned() }),
        );
    }
    found.truncate(MAX_LINKS);
    found
}
