//! translation.lock: it can be read, it knows every chapter that its edition has translated, and no other.
//!
//! That a translation is stale is no error: it never stands in the way of a change of the English text.

use super::{Book, Findings};
use crate::{
    diagnostic::Diagnostic,
    lock::{Lock, NAME},
    project::Edition,
    source::display_path,
    translation::desk::short_name,
};

pub(super) fn check(book: &Book<'_>) -> Findings {
    let translations = book.project.editions.iter().skip(1);
    translations
        .flat_map(|edition| match Lock::read(book.project, edition) {
            Ok(lock) => of_edition(book, edition, &lock),
            Err(finding) => vec![finding],
        })
        .collect()
}

fn of_edition(book: &Book<'_>, edition: &Edition, lock: &Lock) -> Findings {
    let tag = &edition.tag;
    let unknown = edition
        .listed()
        .filter(|path| edition.chapters.contains_key(*path) && !lock.chapters.contains_key(*path))
        // Without an English chapter, there is nothing that it could have been translated from. That is told elsewhere.
        .filter(|path| book.english().contains_key(path))
        .map(|path| {
            let source = &edition.chapters[path];
            let first_line = 0..source.text.lines().next().unwrap_or_default().len();
            Diagnostic::new(
                "unblessed-chapter",
                format!("{tag}/{NAME} does not know this chapter"),
            )
            .at(source.place(first_line), "nobody would see when it becomes stale")
            .help(format!(
                "say that it is translated from the English text of today: `cargo book bless {tag} {} --by \"Your Name\"`",
                short_name(path)
            ))
        });
    let gone = lock
        .chapters
        .keys()
        .filter(|path| !edition.chapters.contains_key(*path))
        .map(|path| {
            Diagnostic::new(
                "lock-without-chapter",
                format!("the lock knows `{}`, which src/{tag} does not have", display_path(path)),
            )
            .in_file(display_path(&edition.folder().join(NAME)))
            .help("`cargo book mv` moves a chapter with its record; if it is deleted for good, delete its table here, too")
        });
    unknown.chain(gone).collect()
}
