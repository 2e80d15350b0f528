//! What a chapter is made of beside its prose, its code blocks and its links: tables, admonitions, `<details>`, code
//! spans, footnotes.

use std::ops::Range;

use mdbook_markdown::pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag, TagEnd};

use super::{
    Id, first_line,
    html::{Html, TOKEN},
    parser,
};

/// The elements of a chapter, each kind in order.
#[derive(Debug, Default)]
pub struct Elements {
    /// The tables.
    pub tables: Vec<Element<Table>>,
    /// The admonitions, by their names: `NOTE`.
    pub admonitions: Vec<Element<&'static str>>,
    /// Quotes that begin like an admonition of a kind that there is not, by what they begin with: `[!NOTICE]`.
    pub unknown_admonitions: Vec<Range<usize>>,
    /// The tags of `<details>` and `<summary>`, opening and closing.
    pub folds: Vec<Element<Fold>>,
    /// The code spans: what is between the backticks.
    pub code: Vec<Id>,
    /// The references to footnotes.
    pub footnotes: Vec<Id>,
    /// The images without a text for those who don't see them.
    pub without_alt: Vec<Range<usize>>,
}

/// One of them.
#[derive(Debug)]
pub struct Element<T> {
    /// What it is.
    pub kind: T,
    /// Its bytes; a table's first line.
    pub span: Range<usize>,
}

/// The shape of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// How many columns it has.
    pub columns: usize,
    /// How many rows it has, without its head.
    pub rows: usize,
}

/// A tag of an element that a reader can unfold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// `details` or `summary`.
    pub name: &'static str,
    /// Whether it is the closing tag.
    pub closing: bool,
}

/// Finds the elements of a chapter.
pub fn elements(text: &str) -> Elements {
    let mut found = Elements::default();
    let mut html = Html::default();
    let mut image: Option<(Range<usize>, bool)> = None;
    let id = |name: CowStr<'_>, span| Id {
        name: name.into_string(),
        span,
    };
    for (event, span) in parser(text) {
        if let (Some((_, has_text)), Event::Text(_) | Event::Code(_)) = (&mut image, &event) {
            *has_text = true;
        }
        match event {
            Event::Start(Tag::Table(columns)) => found.tables.push(Element {
                kind: Table {
                    columns: columns.len(),
                    rows: 0,
                },
                span: first_line(text, &span),
            }),
            Event::Start(Tag::TableRow) => {
                if let Some(table) = found.tables.last_mut() {
                    table.kind.rows += 1;
                }
            }
            Event::Start(Tag::BlockQuote(kind)) => found.quote(text, kind, &span),
            Event::Start(Tag::Image { .. }) => image = Some((span, false)),
            Event::End(TagEnd::Image) => {
                let without_alt = image.take().filter(|(_, has_text)| !has_text);
                found.without_alt.extend(without_alt.map(|(span, _)| span));
            }
            Event::Code(code) => found.code.push(id(code, span)),
            Event::FootnoteReference(name) => found.footnotes.push(id(name, span)),
            Event::Html(_) => html.push(text, span),
            Event::End(TagEnd::HtmlBlock) => found.html(&std::mem::take(&mut html)),
            Event::InlineHtml(_) => {
                let mut inline = Html::default();
                inline.push(text, span);
                found.html(&inline);
            }
            _ => {}
        }
    }
    found
}

impl Elements {
    fn quote(&mut self, text: &str, kind: Option<BlockQuoteKind>, span: &Range<usize>) {
        let quote = &text[span.clone()];
        let inside = quote.trim_start_matches([' ', '\t', '>']);
        let start = span.start + (quote.len() - inside.len());
        let end = inside
            .starts_with("[!")
            .then(|| inside.lines().next()?.find(']'))
            .flatten();
        let marker = end.map(|end| start..start + end + 1);
        if let Some(kind) = kind {
            let kind = match kind {
                BlockQuoteKind::Note => "NOTE",
                BlockQuoteKind::Tip => "TIP",
                BlockQuoteKind::Important => "IMPORTANT",
                BlockQuoteKind::Warning => "WARNING",
                BlockQuoteKind::Caution => "CAUTION",
            };
            self.admonitions.push(Element {
                kind,
                span: marker.unwrap_or_else(|| first_line(text, span)),
            });
        } else {
            self.unknown_admonitions.extend(marker);
        }
    }

    fn html(&mut self, html: &Html) {
        for tag in TOKEN.find_iter(&html.text) {
            let inside = tag.as_str()[1..].trim_start_matches('/');
            let name = inside
                .split(|c: char| c.is_whitespace() || "/>".contains(c))
                .next()
                .unwrap_or_default();
            let known = ["details", "summary"];
            let known = known
                .into_iter()
                .find(|known| name.eq_ignore_ascii_case(known));
            self.folds.extend(known.map(|name| Element {
                kind: Fold {
                    name,
                    closing: tag.as_str().starts_with("</"),
                },
                span: html.offset(tag.start())..html.offset(tag.end() - 1) + 1,
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_counted_without_their_heads() {
        let found = elements("| a | b |\n|---|---|\n| `c` | d |\n| e |\n\n> | f |\n> |---|\n");
        let shapes: Vec<_> = found
            .tables
            .iter()
            .map(|table| (table.kind.columns, table.kind.rows))
            .collect();
        assert_eq!(shapes, [(2, 2), (1, 0)]);
        assert_eq!(found.tables[0].span, 0..9);
    }

    #[test]
    fn an_admonition_is_known_by_its_marker() {
        let text = "> [!TIP]\n> a\n\n> [!СОВЕТ]\n> b\n\n> c\n";
        let found = elements(text);
        assert_eq!(found.admonitions[0].kind, "TIP");
        assert_eq!(&text[found.admonitions[0].span.clone()], "[!TIP]");
        assert_eq!(found.unknown_admonitions.len(), 1);
        assert_eq!(&text[found.unknown_admonitions[0].clone()], "[!СОВЕТ]");
    }

    #[test]
    fn tags_in_comments_and_code_are_none() {
        let text = "<details open>\n<!-- <details> -->\n<SUMMARY>a</SUMMARY>\n\n`<details>` and</details>\n\n> <details\n> id=\"b\">\n";
        let found = elements(text);
        let tags: Vec<_> = found
            .folds
            .iter()
            .map(|tag| (tag.kind.name, tag.kind.closing, &text[tag.span.clone()]))
            .collect();
        assert_eq!(
            tags,
            [
                ("details", false, "<details open>"),
                ("summary", false, "<SUMMARY>"),
                ("summary", true, "</SUMMARY>"),
                ("details", true, "</details>"),
                ("details", false, "<details\n> id=\"b\">"),
            ]
        );
    }

    #[test]
    fn an_image_without_text() {
        let found = elements("![](a.svg) ![`b`](c.svg)");
        assert_eq!(found.without_alt.len(), 1);
        assert_eq!(found.without_alt[0], 0..10);
    }
}
