//! A chapter's Markdown, taken apart: headings, fences, links. The parser is mdBook's own, so that what is checked is
//! what is rendered.

use std::{ops::Range, sync::Arc};

use mdbook_markdown::{
    MarkdownOptions, new_cmark_parser,
    pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd},
};

use self::html::{Comment, Html};
use crate::source::Source;

mod html;

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
    /// Code blocks by indentation, which have no language, in order.
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
        let last = block.lines().skip(1).last().unwrap_or_default().trim_matches([' ', '\t', '>']);
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
        self.words().find(|word| {
            word.strip_prefix('E').is_some_and(|digits| {
                digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit())
            })
        })
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
        Self { target, image, span, target_span }
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
            Event::End(TagEnd::Heading(_)) => found.headings.extend(heading.take()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                fence = Some(Fence::open(text, span, info.into_string(), comment.take()));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => found.indented.push(span),
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
            Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, .. }) => {
                found.links.push(Link::new(text, format!("mailto:{dest_url}"), false, span));
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                found.links.push(Link::new(text, dest_url.into_string(), false, span));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                found.links.push(Link::new(text, dest_url.into_string(), true, span));
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let span = first_line(text, &span);
                found.other_ids.push(Id { name: format!("footnote-{name}"), span });
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

    #[test]
    fn dbg() {
        for t in ["> <!-- no_run: a\n> b -->\n>\n> ```rust,no_run\n> a\n>\n>   b\n> ```\n", "- x\r\n\r\n   ```rust &amp; x  \r\n   a\r\n   ```\r\ntext\r\n", "   ~~~~ text\n```\nx\n", "```rust\n```\n","- ```rust\n  x\n", "    indented\n    b\n\nx", "a\n=== {#x}\n\nA b {#c}\nd {#y}\n---\n> ## E `f` {#g}\n\n<div\nid=\"a\">\n<a href='x.md' id=q>b</a> <!-- <a id=\"no\"> -->\n</div>\n","```\r\n\r\na\r\n```\r\n"] {
            let (s, f) = parse(t);
            println!("{t:?}\n{f:#?}");
            for x in f.fences { println!("FENCE {:?} BODY {:?} INFO {:?}", &s.text[x.span], &s.text[x.body], &s.text[x.info_span]); }
            for x in f.headings { println!("HEADING {:?}", &s.text[x.span]); }
            for x in f.indented { println!("IND {:?}", &s.text[x]); }
        }
    }
}
