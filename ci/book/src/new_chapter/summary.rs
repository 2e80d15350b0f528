//! The line of a new chapter in SUMMARY.md: behind the chapter before it, in its part.

use std::path::Path;

use super::Plan;
use crate::{
    project::{Edition, number},
    source::display_path,
};

/// SUMMARY.md with the chapter's line, and its part's title where the part is new.
pub(super) fn with(edition: &Edition, plan: &Plan) -> String {
    let text = &edition.summary.text;
    let line = format!("- [{}]({})\n", plan.title, display_path(&plan.path));
    let part = plan.path.parent();
    let is_sibling = |path: &&Path| path.parent() == part;
    let before = |path: &&Path| number(path).is_some_and(|number| number < plan.numbers);
    let (at, lines) = match &plan.part {
        None => {
            let siblings = || edition.listed().filter(is_sibling);
            let at = match siblings().filter(before).last() {
                Some(path) => line_of(edition, path).end,
                None => siblings()
                    .next()
                    .map_or(text.len(), |path| line_of(edition, path).start),
            };
            (at, line)
        }
        Some(title) => {
            let lines = format!("# {title}\n\n{line}");
            let after = |path: &&Path| number(path).is_some_and(|number| number > plan.numbers);
            match (
                edition.listed().filter(before).last(),
                edition.listed().find(after),
            ) {
                (Some(path), _) => (line_of(edition, path).end, format!("\n{lines}")),
                (None, Some(path)) => {
                    let first = line_of(edition, path).start;
                    (
                        text[..first].rfind("\n# ").map_or(first, |title| title + 1),
                        format!("{lines}\n"),
                    )
                }
                (None, None) => (text.len(), format!("\n{lines}")),
            }
        }
    };
    let (above, below) = text.split_at(at);
    let newline = if above.is_empty() || above.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{above}{newline}{lines}{below}")
}

/// The bytes of the line that lists a chapter, with its end.
fn line_of(edition: &Edition, path: &Path) -> std::ops::Range<usize> {
    let text = &edition.summary.text;
    let span = edition.listed_at(path).map_or(0..0, |place| place.span);
    let start = text[..span.start]
        .rfind('\n')
        .map_or(0, |newline| newline + 1);
    let end = text[span.end..]
        .find('\n')
        .map_or(text.len(), |newline| span.end + newline + 1);
    start..end
}
