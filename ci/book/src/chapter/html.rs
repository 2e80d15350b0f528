//! The HTML in a chapter: its ids, its links, and the comment above a block.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Id, Link, Structure};

/// A piece of HTML. In a quote or a list, its lines do not lie side by side in the chapter.
#[derive(Default)]
pub(super) struct Html {
    pub(super) text: String,
    /// Where a run of bytes begins: in `text`, and in the chapter.
    runs: Vec<(usize, usize)>,
}

/// A comment, with the offset behind it.
#[derive(Debug)]
pub(super) struct Comment {
    pub(super) text: String,
    pub(super) end: usize,
}

/// A comment, whose text is group 1, or a tag.
pub(super) static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?s)<!--(.*?)-->|</?[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>"#)
        .expect("a valid pattern")
});

/// An attribute: its name, and its value with double quotes, with single ones, or with none.
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?"#)
        .expect("a valid pattern")
});

impl Html {
    pub(super) fn push(&mut self, chapter: &str, span: Range<usize>) {
        self.runs.push((self.text.len(), span.start));
        self.text += &chapter[span];
    }

    /// The offset in the chapter of an offset in this piece.
    pub(super) fn offset(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|(start, _)| *start <= at);
        let (start, in_chapter) = self.runs[run.saturating_sub(1)];
        in_chapter + (at - start)
    }
}

impl Structure {
    /// Adds the ids and the links of a piece of HTML, and returns its last comment.
    pub(super) fn add_html(&mut self, html: &Html) -> Option<Comment> {
        let mut comment = None;
        for token in TOKEN.captures_iter(&html.text) {
            let whole = token.get(0).expect("group 0 is the match");
            if let Some(text) = token.get(1) {
                let end = html.offset(whole.end() - 1) + 1;
                comment = Some(Comment {
                    text: text.as_str().trim().to_owned(),
                    end,
                });
                continue;
            }
            for attribute in ATTRIBUTE.captures_iter(whole.as_str()) {
                let value = (2..=4).find_map(|group| attribute.get(group));
                let Some(value) = value.filter(|value| !value.is_empty()) else {
                    continue;
                };
                let (start, last) = (
                    whole.start() + value.start(),
                    whole.start() + value.end() - 1,
                );
                let span = html.offset(start)..html.offset(last) + 1;
                let value = value.as_str().replace("&amp;", "&");
                match attribute[1].to_ascii_lowercase().as_str() {
                    "id" => self.other_ids.push(Id { name: value, span }),
                    name @ ("href" | "src") => self.links.push(Link {
                        target: value,
                        image: name == "src",
                        target_span: span.clone(),
                        span,
                    }),
                    _ => {}
                }
            }
        }
        comment
    }
}
