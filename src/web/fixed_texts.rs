//! Texts of a template that are the same on every page: said when the program starts, once for each language, instead of
//! once a page. Of the time of a page without rows they were the largest part.

use crate::base::lang::Lang;

const CALL: &str = "t(key=\"";

/// Writes each `t(key="…")` without arguments into the template: as the text itself where it stands alone between double
/// braces, as a literal inside a larger expression.
pub fn say_fixed_texts(template: &str, lang: Lang) -> String {
    let mut said = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find(CALL) {
        let (before, call) = rest.split_at(at);
        let Some((key, after)) = fixed_call(before, call) else {
            let (kept, next) = rest.split_at(at + CALL.len());
            said.push_str(kept);
            rest = next;
            continue;
        };
        let text = lang.say(key);
        let stands_alone = before.ends_with("{{ ") && after.starts_with(" }}");
        if stands_alone && is_plain(&text) {
            said.push_str(&before[..before.len() - "{{ ".len()]);
            said.push_str(&escaped(&text));
            rest = &after[" }}".len()..];
        } else {
            said.push_str(before);
            said.push_str(&literal(&text));
            rest = after;
        }
    }
    said.push_str(rest);
    said
}

/// The key and what follows the call, if it is a whole call of `t` with nothing but a key.
fn fixed_call<'t>(before: &str, call: &'t str) -> Option<(&'t str, &'t str)> {
    let is_other_name = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
    let (key, after) = call[CALL.len()..].split_once('"')?;
    let after = after.strip_prefix(')')?;
    (!is_other_name).then_some((key, after))
}

/// Whether the text means nothing to the template engine and has no edges that it could trim.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(['{', '}']) && text.trim() == text
}

fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// As the engine escapes what it writes.
fn escaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    // Writing into memory does not fail.
    let _ = tera::escape_html(text, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_texts_are_written_in_and_others_are_left() {
        let brand = Lang::Vi.say("shell-brand");
        for (template, said) in [
            (r#"<p>{{ t(key="shell-brand") }}</p>"#, format!("<p>{brand}</p>")),
            (r#"{% set a = t(key="shell-brand") %}"#, format!(r#"{{% set a = "{brand}" %}}"#)),
            (r#"<x a={t(key="shell-brand")} />"#, format!(r#"<x a={{"{brand}"}} />"#)),
            (r#"{{- t(key="shell-brand") -}}"#, format!(r#"{{{{- "{brand}" -}}}}"#)),
            (r#"{{ t(key="shell-brand", n=3) }}"#, r#"{{ t(key="shell-brand", n=3) }}"#.to_owned()),
            (r#"{{ t(key="shell-" ~ word) }}"#, r#"{{ t(key="shell-" ~ word) }}"#.to_owned()),
            (r#"{{ at(key="shell-brand") }}"#, r#"{{ at(key="shell-brand") }}"#.to_owned()),
        ] {
            assert_eq!(say_fixed_texts(template, Lang::Vi), said);
        }
    }

    #[test]
    fn a_literal_keeps_its_quotes_and_a_text_is_escaped() {
        assert_eq!(literal(r#"a "b" \"#), r#""a \"b\" \\""#);
        assert_eq!(escaped(r#"<"&'>"#), "&lt;&quot;&amp;&#39;&gt;");
        for (text, plain) in [("a b", true), ("{a", false), (" a", false), ("", false)] {
            assert_eq!(is_plain(text), plain, "{text:?}");
        }
    }
}
