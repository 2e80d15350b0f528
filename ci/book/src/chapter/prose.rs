//! A chapter's prose: what a reader reads in sentences, without marks, code, addresses, tags and directives.

use std::{iter, ops::Range, sync::LazyLock};

use mdbook_markdown::pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use regex::Regex;

use super::{
    html::{Html, TOKEN},
    parser,
};

/// What stands in a text for a code span, an address or a directive.
pub const CODE: char = '\u{FFFC}';

/// What stands in a text for a line break that the reader is meant to see.
pub const BREAK: char = '\u{2028}';

/// A text: a paragraph, a heading, a list item, a table's cell, or the text between two tags.
#[derive(Debug, Default)]
pub struct Text {
    /// What is read. A line break in the source is `\n`, one that is meant is [`BREAK`], and code is [`CODE`].
    pub text: String,
    runs: Vec<Run>,
}

/// A piece of a text that lies in one piece in the chapter.
#[derive(Debug)]
struct Run {
    /// Where it begins in the text.
    start: usize,
    /// Its bytes in the chapter: the same ones as in the passage, or what they were written as.
    source: Range<usize>,
    verbatim: bool,
    linked: bool,
}

/// Directives, also those that do not end, and addresses that are no link.
static MASK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{.*?\}\}|\{\{[ \t]*#.*|https?://[!-~&&[^)>]]+").expect("a valid pattern")
});

/// The texts of a chapter, in order.
pub fn texts(text: &str) -> Vec<Text> {
    let mut builder = Builder {
        masks: MASK.find_iter(text).map(|mask| mask.range()).collect(),
        text,
        done: Vec::new(),
        passage: Text::default(),
        masked: None,
        links: 0,
    };
    let mut html = Html::default();
    let (mut code, mut address) = (false, false);
    for (event, span) in parser(text) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                builder.flush();
                code = true;
            }
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Start(Tag::Link { link_type, .. }) => {
                address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                builder.links += 1;
                if address {
                    builder.push(CODE, span, false);
                }
            }
            Event::End(TagEnd::Link) => {
                address = false;
                builder.links -= 1;
            }
            Event::Start(tag) if is_inline(tag.to_end()) => {}
            Event::End(tag) if is_inline(tag) => {}
            Event::End(TagEnd::HtmlBlock) => builder.html(&std::mem::take(&mut html)),
            Event::Start(_) | Event::End(_) | Event::Rule => builder.flush(),
            Event::Text(_) if code || address => {}
            Event::Text(piece) => builder.text(&piece, span),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                builder.push(CODE, span, false)
            }
            Event::SoftBreak => builder.push('\n', span, false),
            Event::HardBreak => builder.push(BREAK, span, false),
            Event::Html(_) => html.push(text, span),
            Event::InlineHtml(tag) if tag.starts_with("<br") => builder.push(BREAK, span, false),
            Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    builder.flush();
    builder.done
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

struct Builder<'a> {
    text: &'a str,
    masks: Vec<Range<usize>>,
    done: Vec<Text>,
    passage: Text,
    /// The mask that the last character was in.
    masked: Option<usize>,
    links: usize,
}

impl Builder<'_> {
    fn flush(&mut self) {
        let passage = std::mem::take(&mut self.passage);
        self.masked = None;
        if !passage.text.trim().is_empty() {
            self.done.push(passage);
        }
    }

    fn push(&mut self, char: char, source: Range<usize>, verbatim: bool) {
        let passage = &mut self.passage;
        let start = passage.text.len();
        passage.text.push(char);
        let linked = self.links > 0;
        match passage.runs.last_mut() {
            Some(last)
                if verbatim
                    && last.verbatim
                    && last.linked == linked
                    && last.source.end == source.start =>
            {
                last.source.end = source.end;
            }
            _ => passage.runs.push(Run {
                start,
                source,
                verbatim,
                linked,
            }),
        }
    }

    fn text(&mut self, piece: &str, span: Range<usize>) {
        let verbatim = self.text.get(span.clone()) == Some(piece);
        for (at, char) in piece.char_indices() {
            let source = if verbatim {
                span.start + at..span.start + at + char.len_utf8()
            } else {
                span.clone()
            };
            let after = self
                .masks
                .partition_point(|mask| mask.start <= source.start);
            let mask = after
                .checked_sub(1)
                .filter(|mask| self.masks[*mask].contains(&source.start));
            match mask {
                Some(mask) if self.masked != Some(mask) => {
                    let span = self.masks[mask].clone();
                    self.push(CODE, span, false);
                }
                Some(_) => {}
                None => self.push(char, source, verbatim),
            }
            self.masked = mask;
        }
    }

    /// The text around the tags of a block of HTML.
    fn html(&mut self, html: &Html) {
        self.flush();
        let mut end = 0;
        let tags = TOKEN.find_iter(&html.text).map(|tag| tag.range());
        let past = html.text.len();
        for tag in tags.chain(iter::once(past..past)) {
            for (at, char) in html.text[end..tag.start].char_indices() {
                let start = html.offset(end + at);
                self.push(char, start..start + char.len_utf8(), true);
            }
            self.flush();
            end = tag.end;
        }
    }
}

impl Text {
    /// The bytes in the chapter of a part of the text, which must not be empty.
    pub fn span(&self, part: Range<usize>) -> Range<usize> {
        let run = |at: usize| {
            let after = self.runs.partition_point(|run| run.start <= at);
            &self.runs[after.saturating_sub(1)]
        };
        let (first, last) = (run(part.start), run(part.end.saturating_sub(1)));
        let start = if first.verbatim {
            first.source.start + (part.start - first.start)
        } else {
            first.source.start
        };
        let end = if last.verbatim {
            last.source.start + (part.end - last.start)
        } else {
            last.source.end
        };
        start..end.max(start)
    }

    /// The text that is not a link's.
    pub fn without_links(&self) -> String {
        let ends = self.runs.iter().skip(1).map(|run| run.start);
        let ends = ends.chain([self.text.len()]);
        let own = self.runs.iter().zip(ends).filter(|(run, _)| !run.linked);
        own.map(|(run, end)| &self.text[run.start..end]).collect()
    }
}

/// Whether a letter is Latin.
pub fn is_latin(char: char) -> bool {
    char.is_alphabetic() && matches!(char, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// Whether a letter is of another script than the Latin one.
pub fn is_own(char: char) -> bool {
    char.is_alphabetic() && !is_latin(char)
}

#[cfg(test)]
mod tests {

    fn texts(text: &str) -> Vec<String> {
        let passages = super::texts(text).into_iter();
        passages.map(|passage| passage.text).collect()
    }

    #[test]
    fn a_link_s_address_ends_with_the_link() {
        let text = "[one](https://example.org/a). two";
        assert_eq!(texts(text), ["one. two"]);
    }

    #[test]
    fn a_passage_has_no_marks_and_no_code() {
        assert_eq!(
            texts(
                "# A `b` *c* {#d}\n\n> [!NOTE]\n> e\\\n> f\n\n```text\ng\n```\n\n- [h](i.md)\n- <https://j.k> https://l.m и {{#include n}}\n\n| o | p |\n|---|---|\n| q &amp; | \\* |\n"
            ),
            [
                "A \u{FFFC} c",
                "e\u{2028}f",
                "h",
                "\u{FFFC} \u{FFFC} и \u{FFFC}",
                "o",
                "p",
                "q &",
                "*"
            ]
        );
    }

    #[test]
    fn the_text_between_tags_is_prose() {
        assert_eq!(
            texts(
                "<details>\n<summary title=\"a\">b <b>c</b></summary> <!-- d -->\n\ne<br>f <a id=\"g\">h</a>\n"
            ),
            ["b ", "c", "e\u{2028}f h"]
        );
    }

    #[test]
    fn a_part_is_found_in_the_chapter() {
        let text = "> **один**два &amp; `три`\n> <b\n> id='x'>четыре</b>";
        let passages = super::texts(text);
        let passage = &passages[0];
        let of = |part: &str| {
            let start = passage.text.find(part).unwrap();
            &text[passage.span(start..start + part.len())]
        };
        assert_eq!(of("одинд"), "один**д");
        assert_eq!(of("& "), "&amp; ");
        assert_eq!(of("\u{FFFC}"), "`три`");
        assert_eq!(of("четыре"), "четыре");
    }
}
