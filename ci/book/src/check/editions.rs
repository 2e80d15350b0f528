//! The editions' folders: each is called by its language's tag.

use super::{Book, Findings};
use crate::{source::display_path, tag};

pub(super) fn check(book: &Book<'_>) -> Findings {
    let editions = book.project.editions.iter();
    editions
        .filter_map(|edition| {
            let finding = tag::parse(&edition.tag).err()?;
            Some(finding.in_file(display_path(&edition.folder())))
        })
        .collect()
}
