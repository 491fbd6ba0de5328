//! Who judged what, without the scores: the graph whose shape decides what can be compared and how well.

mod incidence;
mod components;
mod bridges;

pub(super) use bridges::{Weak, weak_points};
pub(super) use components::Components;
pub(super) use incidence::Incidence;
