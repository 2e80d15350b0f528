//! `cargo book comments TAG`: makes room in a dictionary for the comments that it lacks.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use regex::Regex;

use super::{Dictionary, line, shown};
use crate::{
    chapter::structure,
    diagnostic::Diagnostic,
    project::{Edition, Project, SOURCE_EDITION},
    snippet::Snippets,
    source::display_path,
    staging,
};

/// The comments that a chapter shows and that the dictionary lacks, by the chapter's path.
type Missing = Vec<(String, Vec<String>)>;

static HEADING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^# *(\S+\.md)[ \t]*\r?\n?").expect("a valid pattern"));

/// Adds an empty entry to an edition's comments.toml for each comment that its chapters show and that has none. Nothing
/// else in the file changes. Returns the number of entries added.
///
/// # Errors
///
/// There is no such edition; its dictionary can't be understood or written.
pub fn add_missing(project: &Project, tag: &str) -> Result<usize, Vec<Diagnostic>> {
    let edition = edition(project, tag).map_err(|finding| vec![finding])?;
    let dictionary = Dictionary::read(&project.root, tag)?;
    let missing = missing(project, edition, &dictionary);
    let count = missing.iter().map(|(_, comments)| comments.len()).sum();
    if count > 0 {
        let order: Vec<_> = project.source().listed().map(display_path).collect();
        let text = completed(&dictionary, &missing, &order);
        staging::write(&project.root, &dictionary.source.path, &text)
            .map_err(|finding| vec![finding])?;
    }
    Ok(count)
}

fn edition<'a>(project: &'a Project, tag: &str) -> Result<&'a Edition, Diagnostic> {
    let translated = || {
        project
            .editions
            .iter()
            .filter(|edition| edition.tag != SOURCE_EDITION)
    };
    translated()
        .find(|edition| edition.tag == tag)
        .ok_or_else(|| {
            let tags: Vec<_> = translated()
                .map(|edition| format!("`{}`", edition.tag))
                .collect();
            Diagnostic::new(
                "no-edition",
                format!("`{tag}` is not a language that this book is translated to"),
            )
            .help(format!("the translations are {}", tags.join(", ")))
        })
}

/// In the order of the chapters; a comment that several chapters show belongs to the first of them.
fn missing(project: &Project, edition: &Edition, dictionary: &Dictionary) -> Missing {
    let snippets = Snippets::new(&project.root);
    let mut seen = BTreeSet::new();
    let chapters = project.source().listed().filter_map(|path| {
        let source = edition.chapter(path)?;
        let comments: Vec<_> = shown(&snippets, source, &structure(source).fences)
            .into_iter()
            .map(|shown| shown.comment.text)
            .filter(|text| !dictionary.entries.contains_key(text) && seen.insert(text.clone()))
            .collect();
        Some((display_path(path), comments))
    });
    chapters
        .filter(|(_, comments)| !comments.is_empty())
        .collect()
}

/// The dictionary's text with the missing entries: behind the last one of the chapter's group, or as a new group before
/// that of the next chapter which has one.
fn completed(dictionary: &Dictionary, missing: &Missing, order: &[String]) -> String {
    let text = &dictionary.source.text;
    // Where each group begins and ends: at its heading, and behind its last entry.
    let groups: Vec<_> = HEADING
        .captures_iter(text)
        .map(|found| {
            let heading = found.get(0).expect("group 0 is the match").range();
            (found[1].to_owned(), heading)
        })
        .collect();
    let mut added: BTreeMap<usize, String> = BTreeMap::new();
    for (chapter, comments) in missing {
        let mut lines: String = comments
            .iter()
            .map(|comment| line(comment, "") + "\n")
            .collect();
        let own = groups.iter().position(|(name, _)| name == chapter);
        let at = if let Some(group) = own {
            let start = groups[group].1.end;
            let end = groups
                .get(group + 1)
                .map_or(text.len(), |next| next.1.start);
            let entries = dictionary.entries.values().map(|entry| entry.value.end);
            let last = entries.filter(|at| (start..=end).contains(at)).max();
            last.map_or(start, |at| end_of_line(text, at))
        } else {
            lines.insert_str(0, &format!("# {chapter}\n"));
            let number = |name: &str| order.iter().position(|path| path == name);
            let later = groups
                .iter()
                .find(|(name, _)| number(name) > number(chapter));
            match later {
                Some((_, heading)) => {
                    lines.push('\n');
                    heading.start
                }
                None => {
                    if !text.is_empty() || !added.is_empty() {
                        lines.insert(0, '\n');
                    }
                    text.len()
                }
            }
        };
        *added.entry(at).or_default() += &lines;
    }
    let mut completed = String::new();
    let mut end = 0;
    for (at, lines) in added {
        completed += &text[end..at];
        if !completed.is_empty() && !completed.ends_with('\n') {
            completed.push('\n');
        }
        completed += &lines;
        end = at;
    }
    completed + &text[end..]
}

/// Behind the newline that ends the line of `at`.
fn end_of_line(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Source;

    fn complete(text: &str, missing: &[(&str, &[&str])]) -> String {
        let source = Arc::new(Source::new("comments.toml", text));
        let missing: Missing = missing
            .iter()
            .map(|(chapter, comments)| {
                let comments = comments.iter().map(|&comment| comment.to_owned());
                ((*chapter).to_owned(), comments.collect())
            })
            .collect();
        let order = ["1.md", "2.md", "3.md"].map(str::to_owned);
        completed(&Dictionary::parse(source).unwrap(), &missing, &order)
    }

    #[test]
    fn a_new_file_has_a_group_for_each_chapter() {
        assert_eq!(
            complete("", &[("1.md", &["a \"b\"", "c"]), ("2.md", &["d"])]),
            "# 1.md\n\"a \\\"b\\\"\" = \"\"\n\"c\" = \"\"\n\n# 2.md\n\"d\" = \"\"\n"
        );
    }

    #[test]
    fn an_entry_is_added_behind_the_last_one_of_its_chapter() {
        let text =
            "# Mine.\n\n# 1.md\n\"z\" = \"Z\" # sure?\n\n\n# Also mine.\n# 3.md\n\"y\" = \"Y\"";
        assert_eq!(
            complete(text, &[("1.md", &["a"]), ("3.md", &["b"])]),
            "# Mine.\n\n# 1.md\n\"z\" = \"Z\" # sure?\n\"a\" = \"\"\n\n\n# Also mine.\n# 3.md\n\"y\" = \"Y\"\n\"b\" = \"\"\n"
        );
    }

    #[test]
    fn a_new_group_stands_before_those_of_later_chapters() {
        assert_eq!(
            complete(
                "# 3.md\n\"z\" = \"\"\n",
                &[("1.md", &["a"]), ("2.md", &["b"])]
            ),
            "# 1.md\n\"a\" = \"\"\n\n# 2.md\n\"b\" = \"\"\n\n# 3.md\n\"z\" = \"\"\n"
        );
        assert_eq!(
            complete("\"z\" = \"\"\n", &[("1.md", &["a"]), ("2.md", &["b"])]),
            "\"z\" = \"\"\n\n# 1.md\n\"a\" = \"\"\n\n# 2.md\n\"b\" = \"\"\n"
        );
    }
}
