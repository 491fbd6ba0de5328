//! Units of an organisation often bear the territory's name after their own ("Hội LHPN xã An Hiệp"): the new
//! territory's name takes the place of the old one. Pure.

/// The organisation's name for the new territory.
pub fn renamed(unit_name: &str, old_territory: &str, new_territory: &str) -> String {
    let old: Vec<char> = old_territory.chars().collect();
    let own: Vec<char> = unit_name.chars().collect();
    let lower = |text: &[char]| text.iter().collect::<String>().to_lowercase();
    let Some(at) = own.len().checked_sub(old.len()).filter(|at| lower(&own[*at..]) == lower(&old)) else {
        return new_territory.to_owned();
    };
    let prefix: String = own[..at].iter().collect();
    let begins_small = own.get(at).is_some_and(|c| c.is_lowercase());
    let mut new = new_territory.chars();
    match new.next() {
        Some(first) if begins_small => format!("{prefix}{}{}", first.to_lowercase(), new.as_str()),
        Some(first) => format!("{prefix}{first}{}", new.as_str()),
        None => prefix,
    }
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn the_territory_s_name_changes_and_the_organisation_s_stays() {
        for (unit, old, new, expected) in [
            ("Hội LHPN xã An Hiệp", "Xã An Hiệp", "Xã Phú Túc", "Hội LHPN xã Phú Túc"),
            ("Xã An Hiệp", "Xã An Hiệp", "Xã Phú Túc", "Xã Phú Túc"),
            ("Câu lạc bộ X", "Xã An Hiệp", "Xã Phú Túc", "Xã Phú Túc"),
        ] {
            assert_eq!(renamed(unit, old, new), expected);
        }
    }
}
