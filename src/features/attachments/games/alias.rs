//! Addresses of a game that say nothing of its maker: folders and the first page of a zip are called after people and places.
//! The game itself, which finds its own files beside its page, goes on working: each `~/` stands for one folder on the way to
//! the page, and the `~` behind them for the page. Pure.

const ALIAS: &str = "~";

/// The address that stands for the page where the game starts.
pub fn alias_of(start_path: &str) -> String {
    start_path.split('/').map(|_| ALIAS).collect::<Vec<_>>().join("/")
}

/// Whether a path was written with aliases.
pub fn is_alias(path: &str) -> bool {
    path.split('/').next() == Some(ALIAS)
}

/// What stands behind an alias; nothing for more folders than there are on the way to the page.
pub fn behind_alias(start_path: &str, path: &str) -> Option<String> {
    let whole: Vec<&str> = start_path.split('/').collect();
    let asked: Vec<&str> = path.split('/').collect();
    let depth = asked.iter().take_while(|part| **part == ALIAS).count();
    let rest = asked.get(depth..)?;
    if rest.is_empty() {
        return (depth == whole.len()).then(|| start_path.to_owned());
    }
    let way = whole.get(..depth).filter(|way| way.len() < whole.len())?;
    Some(way.iter().chain(rest).copied().collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_leads_to_the_page_and_to_what_stands_beside_and_above_it() {
        for (start, alias) in [
            ("index.html", "~"),
            ("Chị Lan.html", "~"),
            ("xã An Hiệp/index.html", "~/~"),
            ("a/b/c.html", "~/~/~"),
        ] {
            assert_eq!(alias_of(start), alias);
            assert!(is_alias(alias));
            assert_eq!(behind_alias(start, alias).as_deref(), Some(start), "{start}");
        }
        for (start, asked, real) in [
            ("xã An Hiệp/index.html", "~/img/a.png", Some("xã An Hiệp/img/a.png")),
            // "../d.png" from the page.
            ("a/b/c.html", "~/d.png", Some("a/d.png")),
            ("a/b/c.html", "~/~/d/e.png", Some("a/b/d/e.png")),
            ("a/b/c.html", "~", None),
            ("a/b/c.html", "~/~/~/~", None),
            ("a/b/c.html", "~/~/~/e.png", None),
            ("index.html", "~/e.png", None),
        ] {
            assert_eq!(behind_alias(start, asked).as_deref(), real, "{start} {asked}");
        }
        assert!(!is_alias("") && !is_alias("index.html") && !is_alias("img/~/a.png") && is_alias("~/a.png"));
    }
}
