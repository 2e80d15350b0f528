//! `cargo book diff`: what has changed in English since a chapter was translated, word by word, beside the translation.

use std::{collections::HashMap, fmt::Write as _, path::Path, sync::Arc};

use similar::{ChangeTag, TextDiff};

use super::{
    desk::{English, Translated, units_of},
    git,
    state::{Of, state},
};
use crate::{
    html::escape,
    lock::{Blob, Line, Record},
    passage::{Kind, passages},
    source::{Place, Source},
    terminal::{BAD, CODE, FAINT, GOOD, STRONG, has_colours, styled},
};

/// What has become of one English passage, and what translates it.
#[derive(Clone, Debug)]
pub struct Change {
    /// The section that it stands in.
    pub section: String,
    /// What it is, where that is known.
    pub kind: Option<Kind>,
    /// What has become of it.
    pub what: What,
    /// Where it stands in English today; of a passage that is gone, nowhere.
    pub english: Option<Place>,
    /// Where its translation stands. Empty if there is none, or if it was changed since it was blessed.
    pub translation: Vec<Place>,
    /// Where the translation of the passage before it stands.
    pub after: Option<Place>,
}

/// What has become of an English passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was this before, which is not known in a clone without the whole history, nor of the code that a snippet shows.
    Changed(Option<String>),
    /// It is new.
    New,
    /// It was this, and is gone.
    Gone(Option<String>),
}

/// The older English texts, each read from git once.
#[derive(Default)]
pub struct History {
    texts: HashMap<Blob, Option<Arc<Source>>>,
}

impl History {
    /// The text that a passage was translated from.
    fn text(&mut self, root: &Path, line: &Line) -> Option<String> {
        let read = || {
            let text = git::content(root, &line.blob)?;
            Some(Arc::new(Source::new("", text)))
        };
        let source = self
            .texts
            .entry(line.blob.clone())
            .or_insert_with(read)
            .clone()?;
        let old = passages(&source, None)
            .into_iter()
            .find(|passage| passage.hash == line.english)?;
        Some(source.text[old.span].to_owned())
    }
}

/// All that is not fresh in a chapter, in the order of the English text.
pub fn changes(
    root: &Path,
    english: &English,
    record: &Record,
    translated: Option<&Translated>,
    history: &mut History,
) -> Vec<Change> {
    let places = |line: &Line| -> Vec<Place> {
        let own = translated.into_iter().flat_map(|translated| {
            let own = translated
                .passages
                .iter()
                .filter(|passage| line.translation.contains(&passage.hash));
            own.map(|passage| translated.source.place(passage.span.clone()))
        });
        own.collect()
    };
    let units = translated.and_then(|translated| units_of(english, translated));
    let state = state(&english.passages, record, units.as_deref());
    let mut changes = Vec::new();
    let mut surplus = state.surplus.iter().peekable();
    let mut gone = |before: usize, changes: &mut Vec<Change>, history: &mut History| {
        while let Some(gone) = surplus.next_if(|surplus| surplus.at <= before) {
            changes.push(Change {
                section: gone.line.section.clone(),
                kind: None,
                what: What::Gone(history.text(root, gone.line)),
                english: None,
                translation: places(gone.line),
                after: None,
            });
        }
    };
    // Where the translation of the passage before stands.
    let mut before: Option<Place> = None;
    for (at, (of, passage)) in state.passages.iter().zip(&english.passages).enumerate() {
        gone(at, &mut changes, history);
        let (what, translation) = match of {
            Of::Fresh(line) => {
                before = places(line).pop().or(before);
                continue;
            }
            Of::Stale(line) => (What::Changed(history.text(root, line)), places(line)),
            Of::Missing => (What::New, Vec::new()),
        };
        let after = before.clone();
        before = translation.last().cloned().or(before);
        changes.push(Change {
            section: passage.section.clone(),
            kind: Some(passage.kind),
            what,
            english: Some(english.source.place(passage.span.clone())),
            translation,
            after,
        });
    }
    gone(usize::MAX, &mut changes, history);
    changes
}

/// A piece of a word by word difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// In both texts.
    Same(&'a str),
    /// In the old one.
    Old(&'a str),
    /// In the new one.
    New(&'a str),
}

/// The difference between two texts, word by word.
pub fn words<T>(old: &str, new: &str, mut each: impl FnMut(Piece<'_>) -> T) -> Vec<T> {
    let diff = TextDiff::from_words(old, new);
    let mut pieces: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => pieces.push((change.tag(), change.value().to_owned())),
        }
    }
    pieces
        .iter()
        .map(|(tag, text)| {
            each(match tag {
                ChangeTag::Equal => Piece::Same(text),
                ChangeTag::Delete => Piece::Old(text),
                ChangeTag::Insert => Piece::New(text),
            })
        })
        .collect()
}

impl Change {
    /// The English text of today.
    pub fn new_text(&self) -> Option<&str> {
        self.english.as_ref().map(text_of)
    }

    /// What the translator has to do with it.
    fn title(&self) -> &'static str {
        match (&self.what, self.kind) {
            (What::New, _) => "new, to translate",
            (What::Changed(_), Some(Kind::Code)) => "the code or its output has changed",
            (What::Changed(_), _) => "changed in English",
            (What::Gone(_), _) => "gone from English",
        }
    }
}

/// For a terminal: each change with its difference, and the translation below it.
pub fn human(changes: &[Change]) -> String {
    let mut text = String::new();
    for change in changes {
        let place = change.english.as_ref().or(change.translation.first());
        let place = place.map(address).unwrap_or_default();
        let _ = writeln!(
            text,
            "{}\n",
            styled(STRONG, format!("#{}: {}", change.section, change.title()))
                + &styled(FAINT, format!("  {place}"))
        );
        let english = match (&change.what, change.new_text()) {
            (What::Changed(Some(old)), Some(new)) => words(old, new, in_terminal).concat(),
            (What::Changed(None), Some(new)) if change.kind != Some(Kind::Code) => {
                format!(
                    "{new}\n(the older text is not in this clone: `git fetch --unshallow` brings it)"
                )
            }
            (_, Some(new)) => new.to_owned(),
            (What::Gone(Some(old)), None) => in_terminal(Piece::Old(old)),
            (_, None) => "(the older text is not in this clone)".to_owned(),
        };
        let _ = writeln!(text, "{}", indented(&english));
        for place in &change.translation {
            let _ = writeln!(
                text,
                "{}\n{}",
                styled(CODE, format!("  translated at {}:", address(place))),
                indented(text_of(place))
            );
        }
        if change.translation.is_empty() && !matches!(change.what, What::New) {
            let _ = writeln!(
                text,
                "{}\n",
                styled(FAINT, "  its translation was changed since, or is gone")
            );
        }
    }
    text
}

/// Deleted words in red and inserted ones in green; between marks where there are no colours.
fn in_terminal(piece: Piece<'_>) -> String {
    match piece {
        Piece::Same(text) => text.to_owned(),
        Piece::Old(text) if has_colours() => styled(BAD.strikethrough(), text),
        Piece::New(text) if has_colours() => styled(GOOD, text),
        Piece::Old(text) => format!("[-{text}-]"),
        Piece::New(text) => format!("{{+{text}+}}"),
    }
}

/// For a browser: a page of its own, with the translation beside each change.
pub fn html(changes: &[Change], title: &str, tag: &str, direction: &str) -> String {
    let mut rows = String::new();
    for change in changes {
        let mut translation = String::new();
        for place in &change.translation {
            let _ = write!(
                translation,
                "<pre lang=\"{tag}\" dir=\"{direction}\">{}</pre>",
                escape(text_of(place))
            );
        }
        let place = change.english.as_ref().or(change.translation.first());
        let _ = writeln!(
            rows,
            "<tr><th colspan=\"2\">#{}: {} <small>{}</small></th></tr>\n<tr><td><pre lang=\"en\">{}</pre></td><td>{translation}</td></tr>",
            escape(&change.section),
            change.title(),
            place.map(address).unwrap_or_default(),
            inline_html(change)
        );
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n<style>body {{ font: 16px/1.5 system-ui; margin: 2rem }} table {{ width: 100%; border-collapse: collapse; table-layout: fixed }} th {{ text-align: start; padding-top: 1.5rem }} td {{ vertical-align: top; padding: .25rem 1rem .25rem 0 }} pre {{ white-space: pre-wrap; font: inherit; margin: 0 }} del {{ background: #ffd7d5 }} ins {{ background: #ccffd8 }}</style></head>\n<body><h1>{title}</h1>\n<table>\n{rows}</table></body></html>\n",
        title = escape(title)
    )
}

/// The English side of a change, as HTML inside of a paragraph.
pub fn inline_html(change: &Change) -> String {
    let marked = |piece: Piece<'_>| match piece {
        Piece::Same(text) => escape(text),
        Piece::Old(text) => format!("<del>{}</del>", escape(text)),
        Piece::New(text) => format!("<ins>{}</ins>", escape(text)),
    };
    match (&change.what, change.new_text()) {
        (What::Changed(Some(old)), Some(new)) => words(old, new, marked).concat(),
        (_, Some(new)) => escape(new),
        (What::Gone(Some(old)), None) => marked(Piece::Old(old)),
        (_, None) => String::new(),
    }
}

fn text_of(place: &Place) -> &str {
    &place.source.text[place.span.clone()]
}

fn address(place: &Place) -> String {
    format!("{}:{}", place.source.path, place.start().line)
}

fn indented(text: &str) -> String {
    text.lines().fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "    {line}");
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared() {
        let told = words(
            "It polls once.",
            "It polls twice, then.",
            |piece| match piece {
                Piece::Same(text) => text.to_owned(),
                Piece::Old(text) => format!("[-{text}-]"),
                Piece::New(text) => format!("{{+{text}+}}"),
            },
        );
        assert_eq!(told.concat(), "It polls [-once.-]{+twice, then.+}");
    }
}
