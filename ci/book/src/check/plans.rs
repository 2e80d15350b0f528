//! Recordings: each has a plan that can be followed, and a chapter that shows it.

use std::{collections::BTreeSet, path::PathBuf};

use super::{Book, Findings};
use crate::{
    diagnostic::Diagnostic,
    directive::Directive,
    example::Example,
    record::{Plan, recorded},
    snippet::target,
    source::display_path,
};

pub(super) fn check(book: &Book<'_>) -> Findings {
    let root = &book.project.root;
    // A crate that can't be read is found elsewhere.
    let examples = Example::all(root).unwrap_or_default();
    let shown = shown(book);
    let mut findings = Findings::new();
    for example in &examples {
        let plans = match Plan::all(root, example) {
            Ok(plans) => plans,
            Err(errors) => {
                findings.extend(errors);
                continue;
            }
        };
        let mut planned = BTreeSet::new();
        for plan in plans {
            let recording = plan.recording();
            if !shown.contains(&recording) {
                findings.push(
                    Diagnostic::new(
                        "unused-recording",
                        "no English chapter shows this recording",
                    )
                    .in_file(plan.source.path.clone())
                    .help("show it, `{{#recording …}}`, or remove both of its files"),
                );
            }
            planned.insert(recording);
        }
        for recording in recorded(root, example) {
            if !planned.contains(&recording) {
                findings.push(
                    Diagnostic::new("unplanned-recording", "nothing says how this was recorded")
                        .in_file(display_path(&recording))
                        .help("write the plan beside it, `NAME.toml`, or remove it"),
                );
            }
        }
    }
    findings
}

/// The recordings that English chapters show.
fn shown(book: &Book<'_>) -> BTreeSet<PathBuf> {
    let chapters = book.english().values();
    let recordings = chapters.flat_map(|chapter| {
        chapter
            .directives
            .iter()
            .filter_map(|directive| match directive {
                Directive::Recording(include) => Some(target(chapter.source, include)),
                _ => None,
            })
    });
    recordings.collect()
}
