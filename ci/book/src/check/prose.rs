//! What no edition's prose may have: invisible characters, marks that the parser did not understand, parts that are not
//! closed, English left by accident.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use regex::Regex;

use super::{Book, Chapter, Findings};
use crate::{
    chapter::prose::{CODE, Text, is_latin, is_own},
    diagnostic::Diagnostic,
};

/// Controls of the writing direction, the zero-width space, the byte order mark.
static INVISIBLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\u{202A}-\u{202E}\u{2066}-\u{2069}\u{200B}\u{FEFF}]").expect("a valid pattern")
});

/// A reference by name, or one to a footnote, which the parser left as text.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[[^\[\]]+\]\[[^\[\]]*\]|\[\^[^\[\]\s]+\]").expect("a valid pattern")
});

/// A mark of punctuation twice.
static DOUBLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"。[。.]|\.。|，，|、、|；；|：：|？？|！！|،،|؛؛|؟؟|,,|;;")
        .expect("a valid pattern")
});

static EMPHASIS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\*+|_+").expect("a valid pattern"));

static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{Latin}[\p{Latin}\p{M}'’-]*").expect("a valid pattern"));

/// How many Latin words in a row make a sentence, and not a name.
const SENTENCE: usize = 5;

pub(super) fn check(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let mut findings = invisible(chapter);
    findings.extend(unclosed(chapter));
    findings.extend(unknown_admonitions(chapter));
    findings.extend(without_alt(chapter));
    for passage in &chapter.prose {
        findings.extend(emphasis(chapter, passage));
        findings.extend(references(chapter, passage));
        findings.extend(doubled(chapter, passage));
    }
    findings.extend(untranslated(book, chapter));
    findings
}

/// Nobody sees them, and they change what is read, or what is copied.
fn invisible(chapter: &Chapter<'_>) -> Findings {
    let found = INVISIBLE.find_iter(&chapter.source.text).map(|found| {
        let char = found.as_str().chars().next().unwrap_or_default();
        Diagnostic::new("invisible-character", "this character cannot be seen")
            .at(
                chapter.place(&found.range()),
                format!("U+{:04X}", u32::from(char)),
            )
            .help("remove it; the page gives every language its direction by itself")
    });
    found.collect()
}

/// Whether each `<details>` and `<summary>` is closed. One that is not swallows the rest of the page.
fn unclosed(chapter: &Chapter<'_>) -> Findings {
    let finding = |span: &Range<usize>, message: String, label: &str, help: String| {
        Diagnostic::new("unclosed-element", message)
            .at(chapter.place(span), label)
            .help(help)
    };
    let mut findings = Findings::new();
    let mut open: Vec<(&str, &Range<usize>)> = Vec::new();
    let unclosed = |(name, span): (&str, &Range<usize>)| {
        let help = format!("write `</{name}>` behind its last line");
        finding(
            span,
            format!("this `<{name}>` is not closed"),
            "opened here",
            help,
        )
    };
    for tag in &chapter.elements.folds {
        let name = tag.kind.name;
        if !tag.kind.closing {
            open.push((name, &tag.span));
        } else if let Some(at) = open.iter().rposition(|(opened, _)| *opened == name) {
            findings.extend(open.drain(at..).skip(1).map(unclosed));
        } else {
            let message = format!("this `</{name}>` closes nothing");
            let help = format!("remove it, or write `<{name}>` where it begins");
            findings.push(finding(&tag.span, message, "nothing is open here", help));
        }
    }
    findings.extend(open.into_iter().map(unclosed));
    findings
}

fn unknown_admonitions(chapter: &Chapter<'_>) -> Findings {
    let markers = chapter.elements.unknown_admonitions.iter().map(|span| {
        Diagnostic::new("unknown-admonition", "there is no admonition of this kind")
            .at(chapter.place(span), "would be printed as it stands")
            .help("write NOTE, TIP, IMPORTANT, WARNING or CAUTION: the page shows the title in its language")
    });
    markers.collect()
}

fn without_alt(chapter: &Chapter<'_>) -> Findings {
    let images = chapter.elements.without_alt.iter().map(|span| {
        Diagnostic::new("missing-alt", "this image has no text")
            .at(chapter.place(span), "some readers do not see it")
            .help("say what it shows: `![text](file)`")
    });
    images.collect()
}

/// Marks of emphasis that the parser left as text, because of what stands beside them.
fn emphasis(chapter: &Chapter<'_>, passage: &Text) -> Findings {
    let text = passage.text.as_str();
    let literal = EMPHASIS.find_iter(text).filter(|marks| {
        let before = text[..marks.start()].chars().next_back();
        let after = text[marks.end()..].chars().next();
        let span = passage.span(marks.range());
        let is_escaped = chapter.source.text[..span.start].ends_with('\\');
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_name = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_in_name = marks.as_str().starts_with('_') && is_name(before) && is_name(after);
        // Between spaces it is a mark of its own, `2 * 3`.
        let is_alone = is_space(before) && is_space(after);
        !(is_escaped || is_in_name || is_alone)
    });
    let mut literal = literal.peekable();
    let mut findings = Findings::new();
    while let Some(marks) = literal.next() {
        let closing = literal.next_if(|next| next.as_str() == marks.as_str());
        let end = closing.map_or(marks.end(), |closing| closing.end());
        findings.push(
            Diagnostic::new(
                "failed-emphasis",
                format!("`{}` would be printed as it stands", marks.as_str()),
            )
            .at(
                chapter.place(&passage.span(marks.start()..end)),
                "not read as emphasis",
            )
            .help(format!(
                "beside a letter, move punctuation and code out of the marks, `“**word**”` and not `**“word”**`, or the \
                 letters into them; if the character itself is meant, write `\\{}`",
                &marks.as_str()[..1]
            )),
        );
    }
    findings
}

fn references(chapter: &Chapter<'_>, passage: &Text) -> Findings {
    let found = REFERENCE.find_iter(&passage.text).filter_map(|found| {
        let span = passage.span(found.range());
        let is_escaped = chapter.source.text[..span.start].ends_with('\\');
        (!is_escaped).then(|| {
            Diagnostic::new("undefined-reference", "this reference leads nowhere")
                .at(chapter.place(&span), "would be printed as it stands")
                .help("define it, `[name]: target`, or write the target into the link: `[text](target)`")
        })
    });
    found.collect()
}

fn doubled(chapter: &Chapter<'_>, passage: &Text) -> Findings {
    let found = DOUBLED.find_iter(&passage.text).map(|found| {
        Diagnostic::new("doubled-mark", "a mark stands here twice")
            .at(chapter.place(&passage.span(found.range())), "")
            .help("remove one of the two")
    });
    found.collect()
}

/// Passages that are English still: those of the English chapter, and in a language of another script those that have
/// Latin letters only. What a link says may be a title.
fn untranslated(book: &Book<'_>, chapter: &Chapter<'_>) -> Findings {
    let Some(english) = book.original(chapter) else {
        return Findings::new();
    };
    let fold = |passage: &Text| {
        passage
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let originals: BTreeSet<_> = english.prose.iter().map(fold).collect();
    let other_script = chapter.edition.language.name.chars().any(is_own);
    let untranslated = chapter.prose.iter().filter(|passage| {
        let words = passage.without_links();
        WORD.find_iter(&words).count() >= SENTENCE
            && !passage.text.chars().any(|c| is_own(c) && other_script)
            && (other_script || originals.contains(&fold(passage)))
    });
    let findings = untranslated.map(|passage| {
        let text = passage.text.as_str();
        let letter = |c: char| is_latin(c) || c == CODE;
        let start = text.find(letter).unwrap_or(0);
        let end = text.rfind(letter).map_or(text.len(), |at| {
            at + text[at..].chars().next().map_or(0, char::len_utf8)
        });
        let mut span = passage.span(start..end);
        // The first line is enough to find it by.
        let line = chapter.source.text[span.clone()]
            .lines()
            .next()
            .unwrap_or_default();
        span.end = span.start + line.trim_end().len();
        Diagnostic::new("untranslated-passage", "this passage is not translated")
            .at(chapter.place(&span), "English")
            .help("translate it, or put it into a block of code if it is a program's")
    });
    findings.collect()
}
