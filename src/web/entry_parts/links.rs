//! Where an entry leads to, as whoever made it and the officers read it.

use serde::Serialize;

use crate::{
    features::{
        attachments::Attachment,
        contests::Field,
        links::{LinkCheck, LinkRepair, LinkSource, LinkState, RepairState, read_address},
    },
    web::words::Words,
};

#[derive(Debug, Clone, Serialize)]
pub struct ShownLink {
    /// The field's label, or that it stands in a picture.
    pub label: String,
    /// Cleaned of what follows people.
    pub href: String,
    pub service: String,
    pub sign: &'static str,
    pub state: String,
    /// The class of the chip.
    pub chip: &'static str,
    /// What the state means here, and what to do.
    pub says: String,
    pub checked: String,
    pub repair: Option<ShownRepair>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ShownRepair {
    pub id: String,
    pub is_open: bool,
    pub says: String,
}

pub fn show_links(
    checks: &[LinkCheck],
    repairs: &[LinkRepair],
    fields: &[Field],
    files: &[Attachment],
    words: &Words,
) -> Vec<ShownLink> {
    checks
        .iter()
        .filter(|check| is_part_of_it(check, files))
        .map(|check| {
            let repair = repairs.iter().find(|repair| {
                repair.place == check.place
                    && (repair.address == check.address
                        || repair.new_address.as_deref() == Some(check.address.as_str()))
            });
            show(check, repair, fields, words)
        })
        .collect()
}

/// A picture that was taken out takes its codes along.
fn is_part_of_it(check: &LinkCheck, files: &[Attachment]) -> bool {
    check.source == LinkSource::Answer || files.iter().any(|file| file.id.as_str() == check.place)
}

fn show(check: &LinkCheck, repair: Option<&LinkRepair>, fields: &[Field], words: &Words) -> ShownLink {
    let known = read_address(&check.address);
    let field = fields.iter().find(|field| field.id.as_str() == check.place);
    let label = match field {
        Some(field) => words.either(&field.label, &field.label_en).to_owned(),
        None => words.say("links-in-picture"),
    };
    let (chip, says) = match check.state {
        LinkState::NotYet => ("wait", ""),
        LinkState::Alive => ("ok", ""),
        LinkState::Private => ("wait", "links-says-private"),
        LinkState::Refused => ("no", "links-says-refused"),
        LinkState::Unreachable => ("wait", "links-says-unreachable"),
        LinkState::Dead => ("no", "links-says-dead"),
    };
    ShownLink {
        label,
        href: known.as_ref().map_or_else(|| check.address.clone(), |known| known.address.clone()),
        service: known.as_ref().map(|known| known.service.to_owned()).unwrap_or_default(),
        sign: known.as_ref().map_or("link", |known| known.sign),
        state: words.say(&format!("links-state-{}", check.state)),
        chip,
        says: if says.is_empty() { String::new() } else { words.say(says) },
        checked: check
            .checked_at
            .map(|at| words.say_with("links-checked", &[("at", words.date_time(at).into())]))
            .unwrap_or_default(),
        repair: repair.map(|repair| show_repair(repair, words)),
    }
}

fn show_repair(repair: &LinkRepair, words: &Words) -> ShownRepair {
    let is_open = repair.state == RepairState::Open && words.now < repair.due_at;
    let at = |at| words.date_time(at).into();
    let says = match repair.state {
        RepairState::Open if is_open => words.say_with(
            "links-repair-open",
            &[("at", at(repair.due_at)), ("left", words.distance(repair.due_at).into())],
        ),
        RepairState::Open => words.say_with("links-repair-over", &[("at", at(repair.due_at))]),
        RepairState::Mended => words.say_with(
            "links-repair-mended",
            &[("at", at(repair.ended_at.unwrap_or(repair.asked_at))), ("was", repair.address.clone().into())],
        ),
        RepairState::Settled => words.say("links-repair-settled"),
    };
    ShownRepair { id: repair.id.to_string(), is_open, says }
}
