//! `cargo book start`: a scaffold of a translation, with its ids, code and links in place, and its prose marked to translate.

use std::{fmt::Write as _, path::Path, sync::Arc};

use crate::{
    passage::{Kind, Passage, passages},
    project::{Edition, Entry, Project},
    source::{Source, display_path},
};

/// What stands before a passage that nobody has translated yet. A page shows the passage in English, and without the mark.
pub const MARK: &str = "{{#translate}} ";

/// The English chapter, with a mark before each passage that has words.
pub fn scaffold(english: &Arc<Source>) -> String {
    let mut text = String::new();
    let mut end = 0;
    for passage in passages(english, None) {
        if let Some(at) = place_of_mark(english, &passage) {
            text += &english.text[end..at];
            text += MARK;
            end = at;
        }
    }
    text + &english.text[end..]
}

/// Where the words of a passage begin.
fn place_of_mark(source: &Source, passage: &Passage) -> Option<usize> {
    let text = &source.text[passage.span.clone()];
    let skipped = match passage.kind {
        Kind::Prose => 0,
        Kind::Heading => text.len() - text.trim_start_matches('#').trim_start().len(),
        Kind::Row => text.len() - text.trim_start_matches('|').trim_start().len(),
        Kind::Html => {
            let (before, _) = text.split_once("<summary>")?;
            before.len() + "<summary>".len()
        }
        Kind::Code => return None,
    };
    Some(passage.span.start + skipped)
}

/// An edition's SUMMARY.md with one more chapter, in the order of the English one; the new titles are English, too. `None` if
/// the file holds more than titles, so that somebody must add the line.
pub fn summary_with(project: &Project, edition: &Edition, chapter: &Path) -> Option<String> {
    let heading = edition
        .summary
        .text
        .lines()
        .find(|line| line.starts_with("# "))?;
    let write = |added: Option<&Path>| {
        let mut text = format!("{heading}\n\n");
        let mut part: Option<String> = None;
        let mut in_parts = false;
        for entry in &project.source().contents {
            match entry {
                Entry::Separator => {}
                Entry::Part(title) => {
                    part = Some(title.clone());
                    in_parts = true;
                }
                Entry::Chapter {
                    title: english,
                    path,
                } => {
                    let own = edition.title(path);
                    let title = own.or_else(|| (added == Some(path)).then_some(english.as_str()));
                    let Some(title) = title else { continue };
                    if let Some(english) = part.take() {
                        let title = own_part(project, edition, path).unwrap_or(english);
                        let _ = writeln!(text, "# {title}\n");
                    }
                    let bullet = if in_parts { "- " } else { "" };
                    let _ = writeln!(text, "{bullet}[{title}]({})", display_path(path));
                    if !in_parts {
                        text.push('\n');
                    }
                }
            }
        }
        text
    };
    // The blank line between parts.
    let spaced = |text: String| -> String {
        let mut spaced = String::new();
        for line in text.lines() {
            if line.starts_with('#') && !spaced.is_empty() && !spaced.ends_with("\n\n") {
                spaced.push('\n');
            }
            spaced += line;
            spaced.push('\n');
        }
        spaced.trim_end().to_owned() + "\n"
    };
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded(&write(None)) != folded(&edition.summary.text) {
        return None;
    }
    Some(spaced(write(Some(chapter))))
}

/// What an edition calls the part that a chapter is in, if it lists another chapter of that part.
fn own_part(project: &Project, edition: &Edition, chapter: &Path) -> Option<String> {
    let part = project.source().part_of(chapter);
    let neighbour = project
        .source()
        .listed()
        .find(|other| project.source().part_of(other) == part && edition.title(other).is_some())?;
    edition.part_of(neighbour).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_passage_with_words_is_marked() {
        let english = "# A {#a}\n\nOne.\n\n- two\n\n> [!NOTE]\n> Three.\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```rust\n// four\n```\n\n<details>\n<summary>Five</summary>\n\nSix.\n\n</details>\n";
        let source = Arc::new(Source::new("src/en/a.md", english));
        assert_eq!(
            scaffold(&source),
            "# {{#translate}} A {#a}\n\n{{#translate}} One.\n\n- {{#translate}} two\n\n> [!NOTE]\n> {{#translate}} Three.\n\n| {{#translate}} x | y |\n|---|---|\n| {{#translate}} 1 | 2 |\n\n```rust\n// four\n```\n\n<details>\n<summary>{{#translate}} Five</summary>\n\n{{#translate}} Six.\n\n</details>\n"
        );
    }
}
