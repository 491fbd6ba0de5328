//! What organisers write in Markdown, as safe HTML: no scripts, no frames, no pictures, and links that give nothing away.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::Builder;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html::push_html};

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = HashSet::from([
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "h5",
        "strong",
        "em",
        "del",
        "ul",
        "ol",
        "li",
        "blockquote",
        "code",
        "pre",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]);
    let mut builder = Builder::default();
    builder
        .tags(tags)
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// HTML that was typed stands there as text: nobody meant it to be run. Headings begin at the second level, because the
/// page has its own first.
pub fn html(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let events = parser.map(|event| match event {
        Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Event::Start(Tag::Heading { level: below_title(level), id, classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below_title(level))),
        other => other,
    });
    let mut written = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut written, events);
    CLEANER.clean(&written).to_string()
}

fn below_title(level: pulldown_cmark::HeadingLevel) -> pulldown_cmark::HeadingLevel {
    use pulldown_cmark::HeadingLevel::{H1, H2};
    if level == H1 { H2 } else { level }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_shown_and_nothing_in_it_runs() {
        for (text, expected) in [
            ("# Thể lệ\n\n**Hay**", "<h2>Thể lệ</h2>\n<p><strong>Hay</strong></p>\n"),
            (
                "[a](https://x.vn)",
                "<p><a href=\"https://x.vn\" rel=\"noopener noreferrer nofollow\">a</a></p>\n",
            ),
            ("[a](javascript:alert(1))", "<p><a rel=\"noopener noreferrer nofollow\">a</a></p>\n"),
            ("![a](https://x.vn/p.png)", "<p></p>\n"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
        ] {
            assert_eq!(html(text), expected, "{text}");
        }
    }
}
