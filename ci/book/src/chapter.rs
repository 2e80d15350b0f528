//! A chapter's Markdown, taken apart: headings, fences, links. The parser is mdBook's own, so that what is checked is
//! what is rendered.

use std::{ops::Range, sync::Arc};

use mdbook_markdown::{
    MarkdownOptions, new_cmark_parser,
    pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd},
};

use crate::{
    directive::{Directive, directives},
    source::Source,
};

/// The structure of a chapter, each part with its bytes in the text.
#[derive(Debug, Default)]
pub struct Structure {
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The fenced code blocks, in order.
    pub fences: Vec<Fence>,
    /// Links and images with a target, in order.
    pub links: Vec<Link>,
    /// The ids of HTML elements that are not headings.
    pub html_ids: Vec<String>,
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
    /// Its line.
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
    /// The lines between the fences.
    pub body: Range<usize>,
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
}

impl Fence {
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
        self.words().find(|word| {
            word.strip_prefix('E').is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        })
    }

    /// The reason that a comment above the block gives for `no_run`.
    pub fn no_run_reason(&self) -> Option<&str> {
        let reason = self.comment.as_deref()?.strip_prefix("no_run:")?.trim();
        (!reason.is_empty()).then_some(reason)
    }
}

/// The words of a fence's info string, which commas and spaces separate.
pub fn words(info: &str) -> impl Iterator<Item = &str> {
    info.split([',', ' ', '\t']).filter(|word| !word.is_empty())
}

/// mdBook's parser, set as book.toml sets it.
fn parser(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let mut options = MarkdownOptions::default();
    options.smart_punctuation = false;
    new_cmark_parser(text, &options).into_offset_iter()
}

/// Takes a chapter apart.
///
/// Directives are looked at as text: a link inside an included file is not seen here.
pub fn structure(source: &Arc<Source>) -> Structure {
    let text = source.text.as_str();
    let mut found = Structure::default();
    let mut heading: Option<Heading> = None;
    let mut fence: Option<Fence> = None;
    let mut comment: Option<(String, usize)> = None;
    for (event, span) in parser(text) {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                let line = span.start..span.start + text[span.clone()].trim_end().len();
                heading = Some(Heading { level: level as u8, text: String::new(), id: id.map(CowStr::into_string), span: line });
            }
            Event::End(TagEnd::Heading(_)) => found.headings.extend(heading.take()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let above = comment.take().filter(|(_, end)| text[*end..span.start].trim().is_empty());
                let ticks = text[span.start..].bytes().take_while(|byte| matches!(byte, b'`' | b'~')).count();
                let rest = &text[span.start + ticks..];
                let lead = rest.len() - rest.trim_start_matches([' ', '\t']).len();
                let info_start = span.start + ticks + lead;
                let line_end = text[span.start..].find('\n').map_or(text.len(), |newline| span.start + newline + 1);
                fence = Some(Fence {
                    info_span: info_start..info_start + info.len(),
                    info: info.into_string(),
                    body: line_end.min(span.end)..line_end.min(span.end),
                    span,
                    comment: above.map(|(text, _)| text),
                });
            }
            Event::Text(piece) if fence.is_some() => {
                let _ = piece;
                let fence = fence.as_mut().expect("just asked");
                fence.body.end = fence.body.end.max(span.end);
            }
            Event::End(TagEnd::CodeBlock) => found.fences.extend(fence.take()),
            Event::Text(piece) | Event::Code(piece) => {
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&piece);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                found.links.push(Link { target: dest_url.into_string(), image: false, span });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                found.links.push(Link { target: dest_url.into_string(), image: true, span });
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let trimmed = html.trim();
                if let Some(inner) = trimmed.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) {
                    comment = Some((inner.trim().to_owned(), span.end));
                }
                found.html_ids.extend(attribute_values(&html, "id"));
                found.links.extend(
                    attribute_values(&html, "href")
                        .map(|target| Link { target, image: false, span: span.clone() })
                        .chain(attribute_values(&html, "src").map(|target| Link { target, image: true, span: span.clone() })),
                );
            }
            _ => {}
        }
    }
    // An include inside a heading or a link would hide from this list; the checks refuse those places.
    found
}

fn attribute_values<'a>(html: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    html.match_indices(name).filter_map(move |(at, _)| {
        let before = html[..at].chars().next_back()?;
        let rest = html[at + name.len()..].strip_prefix('=')?;
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        before.is_whitespace().then(|| rest[1..].split(quote).next().unwrap_or_default().to_owned())
    })
}

/// The directives that lie inside `span`.
pub fn directives_in(source: &Arc<Source>, span: &Range<usize>) -> Vec<Directive> {
    directives(source)
        .into_iter()
        .filter(|directive| match directive {
            Directive::Include(include) => span.contains(&include.span.start),
            Directive::Escaped(at) => span.contains(&at.start),
            Directive::Bad(finding) => finding.place.as_ref().is_some_and(|place| span.contains(&place.span.start)),
        })
        .collect()
}
