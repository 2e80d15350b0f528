//! Anchors in the examples: they open and close, and a chapter shows each of them.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{Book, Findings};
use crate::{
    diagnostic::Diagnostic,
    directive::Directive,
    example::EXAMPLES,
    snippet::{File, target},
    source::files_below_except,
};

/// Files that are text by their name. Any other file may hold what it likes, and is read only if it turns out to be UTF-8.
const TEXT: [&str; 5] = ["rs", "toml", "md", "txt", "stderr"];

pub(super) fn check(book: &Book<'_>) -> Findings {
    let examples = Path::new(EXAMPLES);
    if !book.project.root.join(examples).is_dir() {
        return Findings::new();
    }
    let files = match files_below_except(&book.project.root, examples, "target") {
        Ok(files) => files,
        Err(finding) => return vec![finding],
    };
    let shown = shown(book);
    let mut findings = Findings::new();
    for path in files {
        match book.snippets.file(&path) {
            Ok(file) => {
                findings.extend(file.anchors.problems.iter().cloned());
                findings.extend(unused(&file, &path, &shown));
            }
            Err(finding) if finding.rule == "not-utf8" && !is_text(&path) => {}
            Err(finding) => findings.push(finding),
        }
    }
    findings
}

fn is_text(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| TEXT.iter().any(|text| extension == *text))
}

/// The anchors that English chapters include, each with its file.
fn shown<'a>(book: &'a Book<'_>) -> BTreeSet<(PathBuf, &'a str)> {
    let chapters = book.english().values();
    let includes = chapters.flat_map(|chapter| {
        chapter
            .directives
            .iter()
            .filter_map(|directive| match directive {
                Directive::Include(include) => {
                    Some((target(chapter.source, include), include.anchor.as_deref()?))
                }
                _ => None,
            })
    });
    includes.collect()
}

fn unused(file: &File, path: &Path, shown: &BTreeSet<(PathBuf, &str)>) -> Findings {
    let file_name = path.file_name().unwrap_or_default().display();
    let is_unused = |name: &&String| !shown.contains(&(path.to_owned(), name.as_str()));
    let findings = file.anchors.regions.keys().filter(is_unused).map(|name| {
        let place = file.source.place(file.anchors.names[name].clone());
        Diagnostic::new("unused-anchor", format!("no English chapter shows the anchor `{name}`"))
            .at(place, "included nowhere")
            .help(format!(
                "include it in a chapter, `{{{{#include …/{file_name}:{name}}}}}`, or remove its two marker lines"
            ))
    });
    findings.collect()
}
