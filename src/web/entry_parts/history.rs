//! What happened to an entry, in words.

use serde::Serialize;

use crate::{features::entries::views::HappenedTo, web::words::Words};

#[derive(Debug, Clone, Serialize)]
pub struct ShownEvent {
    pub at: String,
    pub machine_at: String,
    pub text: String,
    pub by: String,
    pub reason: String,
}

/// What a reader has no word for is left out: other rooms write into the same record.
pub fn show_history(history: &[HappenedTo], words: &Words) -> Vec<ShownEvent> {
    history
        .iter()
        .filter_map(|event| {
            let key = match event.action.as_str() {
                "entry.create" => "entries-event-create",
                "entry.enter_for_member" => "entries-event-enter-for-member",
                "entry.submit" => "entries-event-submit",
                "entry.accept" => "entries-event-accept",
                "entry.return" => "entries-event-return",
                "entry.reject" => "entries-event-reject",
                "entry.withdraw" => "entries-event-withdraw",
                "entry.disqualify" => "entries-event-disqualify",
                "attachment.add" => "entries-event-file-add",
                "attachment.remove" => "entries-event-file-remove",
                _ => return None,
            };
            let name = event.file_name.clone().unwrap_or_default();
            Some(ShownEvent {
                at: words.date_time(event.at),
                machine_at: format!("{}Z", event.at.format("%Y-%m-%dT%H:%M:%S")),
                text: words.say_with(key, &[("name", name.into())]),
                by: event.by.clone().unwrap_or_default(),
                reason: event.reason.clone().unwrap_or_default(),
            })
        })
        .collect()
}
