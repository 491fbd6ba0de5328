//! JSON in one form only, so that the same content always has the same hash: keys in order, no spaces.

use std::fmt::Write;

use serde_json::Value;

/// The text whose bytes are hashed.
pub fn canonical_json(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value);
    text
}

/// Sorts the keys itself: whether `serde_json` does depends on a feature that any other crate may turn on.
fn write_value(text: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            write_list(text, ('[', ']'), items.iter(), write_value);
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            write_list(text, ('{', '}'), fields.into_iter(), |text, (name, value)| {
                let _ = write!(text, "{}:", Value::from(name.as_str()));
                write_value(text, value);
            });
        }
        plain => {
            let _ = write!(text, "{plain}");
        }
    }
}

fn write_list<T>(
    text: &mut String,
    (open, close): (char, char),
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut String, T),
) {
    text.push(open);
    for (at, item) in items.enumerate() {
        if at > 0 {
            text.push(',');
        }
        write(text, item);
    }
    text.push(close);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::canonical_json;

    #[test]
    fn the_order_of_writing_does_not_matter() {
        let one = json!({ "b": [1, { "d": null, "c": "é\n" }], "a": true });
        let other = json!({ "a": true, "b": [1, { "c": "é\n", "d": null }] });
        assert_eq!(canonical_json(&one), canonical_json(&other));
        assert_eq!(canonical_json(&one), r#"{"a":true,"b":[1,{"c":"é\n","d":null}]}"#);
    }
}
