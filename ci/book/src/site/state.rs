//! The page about the state of a translation: what is fresh, stale and missing, who has translated it, and how to help.

use std::fmt::Write as _;

use crate::{
    html::escape,
    lock::Lock,
    passage::{Hash, passages},
    project::Edition,
    source::Source,
    translation::{
        desk::Desk,
        git,
        state::{Of, state},
        status::{Status, status},
    },
};

/// The page's address in an edition, as a chapter.
pub(super) const PAGE: &str = "translations.md";

/// The page in an edition: its own chapters; in the source edition, all editions.
pub(super) fn page(
    desk: &Desk<'_>,
    edition: &Edition,
    locks: &[(&Edition, Lock)],
    contributing: &str,
) -> String {
    let project = desk.project;
    let words = &edition.language.strings.state;
    let mut text = format!(
        "# {} {{#translations}}\n\n{}\n\n",
        inert(&words.title),
        escape(&words.about)
    );
    text += &escape(&words.help).replace("{contributing}", contributing);
    text += "\n\n";
    let of_editions = status(desk, locks);
    if edition.tag == project.source().tag {
        heads(
            &mut text,
            &[
                &words.edition,
                &words.chapter,
                &words.fresh,
                &words.stale,
                &words.missing,
            ],
            1,
        );
        for of_edition in &of_editions {
            let listed = of_edition
                .chapters
                .iter()
                .filter(|chapter| chapter.listed)
                .count();
            let _ = writeln!(
                text,
                "| [{}](../{}/translations.html) | {listed}/{} | {} | {} | {} |",
                inert(&of_edition.name),
                of_edition.edition,
                of_edition.chapters.len(),
                of_edition.passages.fresh,
                of_edition.passages.stale,
                of_edition.passages.missing,
            );
        }
        return text;
    }
    let own = of_editions
        .iter()
        .find(|status| status.edition == edition.tag);
    let lock = locks.iter().find(|(other, _)| other.tag == edition.tag);
    if let Some((own, (_, lock))) = own.zip(lock) {
        chapters(&mut text, desk, edition, own, lock);
    }
    text
}

fn chapters(text: &mut String, desk: &Desk<'_>, edition: &Edition, own: &Status, lock: &Lock) {
    let words = &edition.language.strings.state;
    let number = |count: usize| edition.language.typography.in_digits(&count.to_string());
    let columns = [
        &words.chapter,
        &words.fresh,
        &words.stale,
        &words.missing,
        &words.since,
        &words.translators,
        &words.reviewers,
    ];
    heads(text, &columns, 1);
    for (path, chapter) in desk.chapters().zip(&own.chapters) {
        let title = edition
            .title(path)
            .or_else(|| desk.project.source().title(path));
        let since = if chapter.passages.stale == 0 {
            String::new()
        } else {
            since(desk, path, lock)
                .map(|day| {
                    let shown = edition.language.typography.in_digits(&day);
                    format!("<time datetime=\"{day}\">{shown}</time>")
                })
                .unwrap_or_default()
        };
        let _ = writeln!(
            text,
            "| [{}]({}) | {} | {} | {} | {since} | {} | {} |",
            title.unwrap_or_default(),
            chapter.path,
            number(chapter.passages.fresh),
            number(chapter.passages.stale),
            number(chapter.passages.missing),
            inert(&chapter.translators.join(", ")),
            inert(&chapter.reviewers.join(", ")),
        );
    }
}

/// The head of a table: the first columns are text, and the three after them are numbers.
fn heads(text: &mut String, columns: &[&String], words: usize) {
    let names: Vec<_> = columns.iter().map(|name| inert(name)).collect();
    let rule = |at: usize| {
        if (words..words + 3).contains(&at) {
            "---:"
        } else {
            "---"
        }
    };
    let rules: Vec<_> = (0..columns.len()).map(rule).collect();
    let _ = writeln!(text, "| {} |\n| {} |", names.join(" | "), rules.join(" | "));
}

/// The day on which the first of a chapter's stale passages became so. `None` where git does not know.
fn since(desk: &Desk<'_>, path: &std::path::Path, lock: &Lock) -> Option<String> {
    let english = desk.english(path)?;
    let record = lock.chapters.get(path)?;
    let state = state(&english.passages, record, None);
    // What was translated, and is not there any more.
    let mut old: Vec<Hash> = state
        .surplus
        .iter()
        .map(|surplus| surplus.line.english)
        .collect();
    old.extend(state.passages.iter().filter_map(|of| match of {
        Of::Stale(line) => Some(line.english),
        _ => None,
    }));
    // Back through the versions, until one has all of it: the version after that was the first without. A clone without
    // the whole history may not reach it, and then nobody knows.
    let mut first_without = None;
    for (day, text) in git::versions(&desk.project.root, &english.source.path) {
        let source = std::sync::Arc::new(Source::new("", text));
        let then: Vec<Hash> = passages(&source, None)
            .into_iter()
            .map(|passage| passage.hash)
            .collect();
        if old.iter().all(|hash| then.contains(hash)) {
            return first_without;
        }
        first_without = Some(day);
    }
    None
}

/// Names and words of an edition, as text in a table: neither HTML nor Markdown.
fn inert(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            c if c.is_control() => " ".to_owned(),
            c if c.is_ascii_punctuation() => format!("&#{};", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}
