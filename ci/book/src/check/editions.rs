//! The editions' folders: each is called by its language's tag, and has words for the page that the page has.

use super::{Book, Findings};
use crate::{
    diagnostic::Diagnostic,
    project::{Edition, SOURCE_EDITION},
    source::{Source, display_path},
    strings, tag,
    theme::{TEMPLATE, Template},
};

pub(super) fn check(book: &Book<'_>) -> Findings {
    let editions = &book.project.editions;
    let tags = editions.iter().filter_map(|edition| {
        let finding = tag::parse(&edition.tag).err()?;
        Some(finding.in_file(display_path(&edition.folder())))
    });
    let mut findings: Findings = tags.collect();
    match Template::read(&book.project.root) {
        Ok(template) => findings.extend(
            editions
                .iter()
                .flat_map(|edition| unknown_words(book, &template, edition)),
        ),
        Err(finding) => findings.push(finding),
    }
    findings
}

/// Words that the template does not ask for. Missing ones are shown in English, and `cargo book status` lists them.
fn unknown_words(book: &Book<'_>, template: &Template, edition: &Edition) -> Findings {
    let known = |name: &str| template.words().iter().any(|(word, _)| word == name);
    let unknown = edition
        .language
        .strings
        .page
        .keys()
        .filter(|name| edition.tag == SOURCE_EDITION || !known(name));
    unknown
        .filter_map(|name| {
            let source =
                Source::read(&book.project.root, edition.folder().join(strings::FILE)).ok()?;
            let at = source
                .text
                .find(&format!("\n{name} ="))
                .map_or(0, |at| at + 1);
            let message = format!("the pages have no word `{name}`");
            let (what, help) = if edition.tag == SOURCE_EDITION {
                ("the English words stand in the template", "remove it here")
            } else {
                (
                    "not in the template",
                    "take a name of the template, or remove the line",
                )
            };
            Some(
                Diagnostic::new("unknown-word", message)
                    .at(source.place(at..at + name.len()), what)
                    .help(format!(
                        "{help}: {TEMPLATE} has the words as `{{{{#> name}}}}English{{{{/name}}}}`"
                    )),
            )
        })
        .collect()
}
