//! Passages: the blocks of prose, code and HTML that a chapter consists of, and that are translated one by one.

use std::{
    fmt,
    ops::Range,
    str::FromStr,
    sync::{Arc, LazyLock},
};

use mdbook_markdown::pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;
use sha1::{Digest, Sha1};

use crate::{
    chapter::parser,
    directive::{Directive, directives_in},
    snippet::Snippets,
    source::Source,
};

/// A block of a chapter: what a translator translates in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The id of the heading that it stands below; a heading's own id; empty above the first one.
    pub section: String,
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the chapter.
    pub span: Range<usize>,
    /// The bytes of the outermost block that it is a part of: of the whole list, for one of its items.
    pub block: Range<usize>,
    /// What its text comes to.
    pub hash: Hash,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading.
    Heading,
    /// A paragraph, wherever it stands, or the text of a list's item.
    Prose,
    /// A row of a table, or its head.
    Row,
    /// A code block, with the snippets that it shows; or a recorded run, whose captions nobody has to translate.
    Code,
    /// A block of HTML: `<summary>` has words, too.
    Html,
}

impl Kind {
    /// Whether a translation has as many of them as the English section, in the same order. Prose may be merged and split.
    pub fn is_fixed(self) -> bool {
        self != Self::Prose
    }
}

/// What a text comes to: the first 64 bits of its SHA-1, with its white space folded. Written as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(u64);

impl Hash {
    /// The hash of some text. Where lines break, and how they are indented or quoted, makes no difference.
    pub fn of(text: &str) -> Self {
        let mut hasher = Sha1::new();
        for line in text.lines() {
            for word in line.trim_start_matches(['>', ' ', '\t']).split_whitespace() {
                hasher.update(word);
                hasher.update(" ");
            }
        }
        let digest = hasher.finalize();
        let first = digest[..8].try_into().expect("SHA-1 has 20 bytes");
        Self(u64::from_be_bytes(first))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Hash {
    type Err = std::num::ParseIntError;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(digits, 16).map(Self)
    }
}

/// Takes a chapter apart into its passages, in order.
///
/// With `snippets`, a code block's hash covers the lines that its includes show: if the code changes, the prose around it may
/// have become wrong. An include that can't be resolved counts as empty; it is an error elsewhere. Without, it covers what
/// stands in the chapter only.
pub fn passages(source: &Arc<Source>, snippets: Option<&Snippets>) -> Vec<Passage> {
    let mut reader = Reader {
        source,
        snippets,
        passages: Vec::new(),
        section: String::new(),
        block: 0..0,
        depth: 0,
        loose: None,
        inside: 0,
    };
    for (event, span) in parser(&source.text) {
        reader.read(event, span);
    }
    reader.passages
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    snippets: Option<&'a Snippets>,
    passages: Vec<Passage>,
    section: String,
    /// The outermost block that is open.
    block: Range<usize>,
    depth: usize,
    /// The text of a tight list's item, which stands in no paragraph.
    loose: Option<Range<usize>>,
    /// How many elements are open inside a passage whose text is taken as a whole.
    inside: usize,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => {
                if self.depth == 0 {
                    self.block = span.clone();
                }
                self.depth += 1;
                self.open(&tag, span);
            }
            Event::End(end) => {
                self.depth -= 1;
                self.close(end);
            }
            // A line between sections has no words.
            Event::Rule => {}
            _ if self.inside > 0 => {}
            _ => self.loosen(span),
        }
    }

    fn open(&mut self, tag: &Tag<'_>, span: Range<usize>) {
        if self.inside > 0 {
            self.inside += 1;
            return;
        }
        let kind = match tag {
            Tag::Heading { id, .. } => {
                self.section = id.as_deref().unwrap_or_default().to_owned();
                Kind::Heading
            }
            Tag::Paragraph if is_recording(&self.source.text[span.clone()]) => Kind::Code,
            Tag::Paragraph => Kind::Prose,
            Tag::TableHead | Tag::TableRow => Kind::Row,
            Tag::CodeBlock(_) => Kind::Code,
            Tag::HtmlBlock => Kind::Html,
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. } => {
                self.loosen(span);
                // Its words are inside the span.
                self.inside = 1;
                return;
            }
            // What is only a frame around other blocks.
            _ => {
                self.flush();
                return;
            }
        };
        self.flush();
        self.inside = 1;
        self.push(kind, span);
    }

    fn close(&mut self, end: TagEnd) {
        if self.inside > 0 {
            self.inside -= 1;
        } else if matches!(end, TagEnd::Item | TagEnd::FootnoteDefinition) {
            self.flush();
        }
    }

    /// Adds to the text of a tight list's item.
    fn loosen(&mut self, span: Range<usize>) {
        match &mut self.loose {
            Some(loose) => loose.end = loose.end.max(span.end),
            none => *none = Some(span),
        }
    }

    fn flush(&mut self) {
        if let Some(span) = self.loose.take() {
            self.push(Kind::Prose, span);
        }
    }

    fn push(&mut self, kind: Kind, span: Range<usize>) {
        let text = &self.source.text[span.clone()];
        let span = span.start..span.start + text.trim_end().len();
        let text = text.trim_end();
        let hash = if kind == Kind::Code
            && let Some(snippets) = self.snippets
        {
            let mut text = text.to_owned();
            for directive in directives_in(self.source, span.clone()) {
                if let Directive::Include(include) = directive
                    && let Ok(shown) = snippets.shown(self.source, &include)
                {
                    text.push('\n');
                    text += &shown;
                }
            }
            Hash::of(&text)
        } else {
            Hash::of(text)
        };
        self.passages.push(Passage {
            section: self.section.clone(),
            kind,
            span,
            block: self.block.clone(),
            hash,
        });
    }
}

/// Whether a paragraph has no words, because it is a recorded run.
fn is_recording(paragraph: &str) -> bool {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\{\{[ \t]*#[ \t]*recording\b[^{}\n]*\}\}\s*$").expect("a valid pattern")
    });
    ALONE.is_match(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Kind, String)> {
        let source = Arc::new(Source::new("src/en/a.md", text));
        passages(&source, None)
            .into_iter()
            .map(|passage| {
                let text = source.text[passage.span].to_owned();
                (passage.section, passage.kind, text)
            })
            .collect()
    }

    #[test]
    fn a_recorded_run_is_no_prose() {
        let kinds = |text: &str| {
            read(text)
                .into_iter()
                .map(|passage| passage.1)
                .collect::<Vec<_>>()
        };
        assert_eq!(kinds("{{#recording a.json}}\n"), [Kind::Code]);
        assert_eq!(
            kinds("- {{ #recording a.json }}\n\n  b\n"),
            [Kind::Code, Kind::Prose]
        );
        assert_eq!(kinds("See:\n{{#recording a.json}}\n"), [Kind::Prose]);
        assert_eq!(kinds("{{#recordings a.json}}\n"), [Kind::Prose]);
    }

    #[test]
    fn every_block_is_a_passage() {
        let text = "# A {#a}\n\nOne *two*\nthree.\n\n## B {#b}\n\n- item `one`\n- **item** two\n  - nested\n\n1. loose\n\n   second paragraph\n\n2. item\n\n> [!NOTE]\n> Quoted\n> text.\n\n| x | y |\n|---|---|\n| 1 | [2](b.md) |\n\n```rust\nfn a() {}\n```\n\n<details>\n<summary>More</summary>\n\nFolded.\n\n</details>\n\nLast[^1].\n\n[^1]: Note.\n";
        let expected = [
            ("a", Kind::Heading, "# A {#a}"),
            ("a", Kind::Prose, "One *two*\nthree."),
            ("b", Kind::Heading, "## B {#b}"),
            ("b", Kind::Prose, "item `one`"),
            ("b", Kind::Prose, "**item** two"),
            ("b", Kind::Prose, "nested"),
            ("b", Kind::Prose, "loose"),
            ("b", Kind::Prose, "second paragraph"),
            ("b", Kind::Prose, "item"),
            ("b", Kind::Prose, "Quoted\n> text."),
            ("b", Kind::Row, "| x | y |"),
            ("b", Kind::Row, "| 1 | [2](b.md) |"),
            ("b", Kind::Code, "```rust\nfn a() {}\n```"),
            ("b", Kind::Html, "<details>\n<summary>More</summary>"),
            ("b", Kind::Prose, "Folded."),
            ("b", Kind::Html, "</details>"),
            ("b", Kind::Prose, "Last[^1]."),
            ("b", Kind::Prose, "Note."),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(section, kind, text)| (section.to_owned(), kind, text.to_owned()))
            .collect();
        assert_eq!(read(text), expected);
    }

    #[test]
    fn white_space_and_quoting_make_no_difference() {
        assert_eq!(Hash::of("One two\nthree."), Hash::of("One  two three.\r\n"));
        assert_eq!(Hash::of("Quoted\n> text."), Hash::of("Quoted text."));
        assert_ne!(Hash::of("One two"), Hash::of("Onetwo"));
        assert_ne!(Hash::of("One two"), Hash::of("one two"));
    }

    #[test]
    fn a_hash_is_written_and_read() {
        let hash = Hash::of("One");
        assert_eq!(hash.to_string().len(), 16);
        assert_eq!(hash.to_string().parse(), Ok(hash));
    }

    #[test]
    fn code_is_what_it_shows() {
        let folder = tempfile::tempdir().unwrap();
        let hash_with = |code: &str| {
            std::fs::create_dir_all(folder.path().join("examples")).unwrap();
            std::fs::write(folder.path().join("examples/a.txt"), code).unwrap();
            let source = Arc::new(Source::new(
                "src/en/a.md",
                "```text\n{{#include ../../examples/a.txt}}\n```\n",
            ));
            passages(&source, Some(&Snippets::new(folder.path())))[0].hash
        };
        assert_eq!(hash_with("1"), hash_with("1"));
        assert_ne!(hash_with("1"), hash_with("2"));
        let source = Arc::new(Source::new("a.md", "```text\n{{#include a.txt}}\n```\n"));
        assert_eq!(passages(&source, None)[0].hash, Hash::of(&source.text));
    }
}
