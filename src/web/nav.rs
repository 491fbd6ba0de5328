//! The main navigation: what a person can go to, by what they hold.

use super::{render::NavItem, visitor::Visitor};

/// (address, key of the label). An item is current when the page's address begins with its own.
pub fn main(visitor: &Visitor) -> Vec<NavItem> {
    let mut items = vec![("/contests", "nav-contests")];
    if let Some(person) = &visitor.person {
        items.push(("/my/entries", "nav-my-entries"));
        items.push(("/judge", "nav-judge"));
        if person.is_officer() || person.is_administrator {
            items.push(("/manage", "nav-manage"));
        }
        if person.is_administrator {
            items.push(("/admin", "nav-admin"));
        }
    }
    items.into_iter().map(|item| nav_item(visitor, item)).collect()
}

pub fn account(visitor: &Visitor) -> Vec<NavItem> {
    if visitor.person.is_none() {
        return Vec::new();
    }
    [("/my/account", "nav-account"), ("/my/sessions", "nav-sessions")]
        .into_iter()
        .map(|item| nav_item(visitor, item))
        .collect()
}

fn nav_item(visitor: &Visitor, (href, key): (&str, &str)) -> NavItem {
    NavItem { href: href.to_owned(), label: visitor.words.say(key), current: visitor.path.starts_with(href) }
}
