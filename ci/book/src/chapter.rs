//! A chapter's Markdown, taken apart: headings, fences, links. The parser is mdBook's own, so that what is checked is
//! what is rendered.

use std::{ops::Range, sync::Arc};

use mdbook_markdown::{
    MarkdownOptions, new_cmark_parser,
    pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd},
};

use self::html::{Comment, Html};
use crate::source::Source;

pub mod elements;
mod html;
pub mod prose;

/// The structure of a chapter, each part with its bytes in the text.
#[derive(Debug, Default)]
pub struct Structure {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The fenced code blocks, in order.
    pub fences: Vec<Fence>,
    /// Links and images with a target, in order.
    pub links: Vec<Link>,
    /// The ids that are not headings': of HTML elements and of footnotes, in order.
    pub other_ids: Vec<Id>,
    /// The first lines of code blocks by indentation, which have no language, in order.
    pub indented: Vec<Range<usize>>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// 1 for the chapter's title.
    pub level: u8,
    /// Its text, without its marks.
    pub text: String,
    /// The id that stands in its braces, `{#id}`.
    pub id: Option<String>,
    /// Its line, from the first `#` to the last character.
    pub span: Range<usize>,
}

/// An id that a link can lead to, and that does not belong to a heading.
#[derive(Debug)]
pub struct Id {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub span: Range<usize>,
}

/// A fenced code block.
#[derive(Debug)]
pub struct Fence {
    /// What stands behind the opening fence: `rust,no_run`.
    pub info: String,
    /// The whole block, with its fences.
    pub span: Range<usize>,
    /// The bytes of the info string.
    pub info_span: Range<usize>,
    /// The lines between the fences, as they stand in the file.
    pub body: Range<usize>,
    /// The lines between the fences, without the marks and the indentation of the quote or the list that they are in.
    pub text: String,
    /// Whether it has a closing fence. Without one, it swallows what follows.
    pub closed: bool,
    /// The HTML comment that stands directly above the block, if there is one.
    pub comment: Option<String>,
}

/// A link or an image.
#[derive(Debug)]
pub struct Link {
    /// Its target, as written.
    pub target: String,
    /// Whether it shows an image.
    pub image: bool,
    /// The whole link.
    pub span: Range<usize>,
    /// The target's bytes in the link; the link's first line where the target stands elsewhere, as in `[text][name]`.
    pub target_span: Range<usize>,
}

impl Fence {
    /// A block that begins at `span.start`, before its lines are known.
    fn open(text: &str, span: Range<usize>, info: String, above: Option<Comment>) -> Self {
        let block = &text[span.clone()];
        let line = block.lines().next().unwrap_or_default();
        let bare = line.trim_start();
        let mark = bare.chars().next().unwrap_or('`');
        let ticks = bare.len() - bare.trim_start_matches(mark).len();
        let written = bare[ticks..].trim();
        let info_start = span.start + (line.len() - bare[ticks..].trim_start().len());
        let body = span.start + block.find('\n').map_or(block.len(), |newline| newline + 1);
        let last = block
            .lines()
            .skip(1)
            .last()
            .unwrap_or_default()
            .trim_matches([' ', '\t', '>']);
        let comment = above.filter(|comment| {
            // What is between them in a quote is its mark.
            text.get(comment.end..span.start)
                .is_some_and(|between| between.chars().all(|c| c.is_whitespace() || c == '>'))
        });
        Self {
            info,
            info_span: info_start..info_start + written.len(),
            body: body..body,
            text: String::new(),
            closed: last.len() >= ticks && last.chars().all(|c| c == mark),
            span,
            comment: comment.map(|comment| comment.text),
        }
    }

    /// The words of the info string: the language first, then its marks.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        words(&self.info)
    }

    /// The language, or the empty string.
    pub fn language(&self) -> &str {
        self.words().next().unwrap_or_default()
    }

    /// Whether rustdoc would take it for Rust.
    pub fn is_rust(&self) -> bool {
        self.language() == "rust"
    }

    /// Whether one of its words is `mark`.
    pub fn has(&self, mark: &str) -> bool {
        self.words().any(|word| word == mark)
    }

    /// The error code that a block which must not compile says it gives, as in `compile_fail,E0277`.
    pub fn error_code(&self) -> Option<&str> {
        self.words().find(|word| is_error_code(word))
    }

    /// The reason that a comment above the block gives for `no_run`.
    pub fn no_run_reason(&self) -> Option<&str> {
        let reason = self.comment.as_deref()?.strip_prefix("no_run:")?.trim();
        (!reason.is_empty()).then_some(reason)
    }
}

impl Link {
    fn new(text: &str, target: String, image: bool, span: Range<usize>) -> Self {
        let written = target.trim_start_matches("mailto:");
        let target_span = match text[span.clone()].rfind(written) {
            Some(at) if !written.is_empty() => span.start + at..span.start + at + written.len(),
            _ => first_line(text, &span),
        };
        Self {
            target,
            image,
            span,
            target_span,
        }
    }
}

/// The words of a fence's info string, which commas and spaces separate.
pub fn words(info: &str) -> impl Iterator<Item = &str> {
    info.split([',', ' ', '\t']).filter(|word| !word.is_empty())
}

/// Whether a word is an error code of rustc: `E0277`.
pub fn is_error_code(word: &str) -> bool {
    word.strip_prefix('E')
        .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// mdBook's parser, set as book.toml sets it.
pub(crate) fn parser(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    new_cmark_parser(text, &options).into_offset_iter()
}

/// Takes a chapter apart.
///
/// Directives are looked at as text: a link inside an included file is not seen here, and an include inside a heading
/// or a link hides from this list. The checks refuse those.
pub fn structure(source: &Arc<Source>) -> Structure {
    let text = source.text.as_str();
    let mut found = Structure::default();
    let mut heading: Option<Heading> = None;
    let mut fence: Option<Fence> = None;
    let mut html = Html::default();
    let mut comment = None;
    for (event, span) in parser(text) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                heading = Some(Heading {
                    level: level as u8,
                    text: String::new(),
                    id: id.map(CowStr::into_string),
                    span: first_line(text, &span),
                });
            }
            Event::End(TagEnd::Heading(_)) => {
                found.headings.extend(heading.take().map(|heading| Heading {
                    // A mark that no reader sees.
                    text: heading.text.replace("{{#translate}} ", ""),
                    ..heading
                }));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fence = Some(Fence::open(text, span, info.into_string(), comment.take()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                found.indented.push(first_line(text, &span))
            }
            Event::Text(piece) if fence.is_some() => {
                let fence = fence.as_mut().expect("just asked");
                fence.text += &piece;
                fence.body.end = fence.body.end.max(span.end);
            }
            Event::End(TagEnd::CodeBlock) => found.fences.extend(fence.take()),
            Event::Text(piece) | Event::Code(piece) => {
                if let Some(heading) = &mut heading {
                    heading.text += &piece;
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut heading {
                    heading.text.push(' ');
                }
            }
            Event::Start(Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            }) => {
                found
                    .links
                    .push(Link::new(text, format!("mailto:{dest_url}"), false, span));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                found
                    .links
                    .push(Link::new(text, dest_url.into_string(), false, span));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                found
                    .links
                    .push(Link::new(text, dest_url.into_string(), true, span));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let span = first_line(text, &span);
                found.other_ids.push(Id {
                    name: format!("footnote-{name}"),
                    span,
                });
            }
            // A block of HTML arrives line by line; mdBook puts it together before it looks at its tags, and so do we.
            Event::Html(_) => html.push(text, span),
            Event::End(TagEnd::HtmlBlock) => {
                comment = found.add_html(&std::mem::take(&mut html)).or(comment);
            }
            Event::InlineHtml(_) => {
                let mut inline = Html::default();
                inline.push(text, span);
                comment = found.add_html(&inline).or(comment);
            }
            _ => {}
        }
    }
    found
}

/// The part of `span` that is on its first line, without white space at its end.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let line = text[span.clone()].lines().next().unwrap_or_default();
    span.start..span.start + line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Arc<Source>, Structure) {
        let source = Arc::new(Source::new("chapter.md", text));
        let structure = structure(&source);
        (source, structure)
    }

    /// The text of a span.
    fn of<'a>(source: &'a Source, span: &Range<usize>) -> &'a str {
        &source.text[span.clone()]
    }

    #[test]
    fn a_fence_in_a_quote_is_known_with_and_without_the_quote_s_marks() {
        let (source, found) =
            parse("> <!-- no_run: a\n> b -->\n>\n> ```rust,no_run\n> x\n>\n>   y\n> ```\n");
        let fence = &found.fences[0];
        assert_eq!(
            of(&source, &fence.span),
            "```rust,no_run\n> x\n>\n>   y\n> ```"
        );
        assert_eq!(of(&source, &fence.info_span), "rust,no_run");
        assert_eq!(of(&source, &fence.body), "> x\n>\n>   y\n");
        assert_eq!(fence.text, "x\n\n  y\n");
        assert_eq!(fence.no_run_reason(), Some("a\nb"));
        assert!(fence.closed);
    }

    #[test]
    fn a_fence_with_windows_lines_is_the_same() {
        let (source, found) = parse("- x\r\n\r\n  ~~~ text \r\n\r\n  a\r\n  ~~~\r\n");
        let fence = &found.fences[0];
        assert_eq!(fence.text, "\na\n");
        assert_eq!(of(&source, &fence.info_span), "text");
        assert_eq!(of(&source, &fence.body), "\r\n  a\r\n");
    }

    #[test]
    fn the_bytes_of_an_info_string_are_those_in_the_file() {
        let (source, found) = parse("``` rust &amp; x  \nfn\n```\n");
        assert_eq!(found.fences[0].info, "rust & x");
        assert_eq!(of(&source, &found.fences[0].info_span), "rust &amp; x");
    }

    #[test]
    fn a_fence_without_an_end_or_without_lines() {
        for (text, closed, body) in [
            ("```rust\n```", true, ""),
            ("````text\n```\n", false, "```\n"),
            ("- ```text\n  x\n\nend", false, "  x\n\n"),
            ("```text", false, ""),
        ] {
            let (source, found) = parse(text);
            assert_eq!(found.fences[0].closed, closed, "{text}");
            assert_eq!(of(&source, &found.fences[0].body), body, "{text}");
        }
    }

    #[test]
    fn only_the_comment_directly_above_a_fence_is_its_own() {
        let comments = |text: &str| {
            parse(text)
                .1
                .fences
                .into_iter()
                .map(|fence| fence.comment)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            comments("<!-- a -->\n<!-- b -->\n\n```text\n```\n```text\n```\n"),
            [Some("b".to_owned()), None]
        );
        assert_eq!(comments("<!-- a -->\n\nText.\n\n```text\n```\n"), [None]);
    }

    #[test]
    fn a_heading_is_its_first_line_without_its_marks() {
        let (source, found) = parse("> ## *E* `f` {#g}\n\nOne\ntwo {#id}\n---\n");
        let headings: Vec<_> = found
            .headings
            .iter()
            .map(|heading| {
                (
                    heading.level,
                    heading.text.as_str(),
                    heading.id.as_deref(),
                    of(&source, &heading.span),
                )
            })
            .collect();
        assert_eq!(
            headings,
            [
                (2, "E f", Some("g"), "## *E* `f` {#g}"),
                (2, "One two", Some("id"), "One"),
            ]
        );
    }

    #[test]
    fn html_has_ids_and_links_over_several_lines_and_none_in_its_comments() {
        let text = "> <div\n> id=\"a\">\n> <a href='x.md?a&amp;b' ID=b>x</a> <!-- <a id=\"no\"> -->\n> </div>\n\nand <img src=\"y.png\" alt=\"<a id='no'>\">\n";
        let (source, found) = parse(text);
        let ids: Vec<_> = found
            .other_ids
            .iter()
            .map(|id| (id.name.as_str(), of(&source, &id.span)))
            .collect();
        assert_eq!(ids, [("a", "a"), ("b", "b")]);
        let links: Vec<_> = found
            .links
            .iter()
            .map(|link| (link.target.as_str(), link.image, of(&source, &link.span)))
            .collect();
        assert_eq!(
            links,
            [
                ("x.md?a&b", false, "x.md?a&amp;b"),
                ("y.png", true, "y.png")
            ]
        );
    }

    #[test]
    fn the_target_of_a_link_is_found_where_it_is_written() {
        let (source, found) = parse("[a.md](a.md) <b@c.d> [x][e] ![p](<q r.png>)\n\n[e]: #e\n");
        let links: Vec<_> = found
            .links
            .iter()
            .map(|link| {
                (
                    link.target.as_str(),
                    of(&source, &link.target_span),
                    link.target_span.start,
                )
            })
            .collect();
        assert_eq!(
            links,
            [
                ("a.md", "a.md", 7),
                ("mailto:b@c.d", "b@c.d", 14),
                ("#e", "[x][e]", 21),
                ("q r.png", "q r.png", 34)
            ]
        );
    }
}
