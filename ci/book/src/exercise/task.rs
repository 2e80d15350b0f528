//! What an exercise asks for: the section "Exercise" of its chapter.

use std::{
    path::Path,
    sync::{Arc, LazyLock},
};

use regex::Regex;

use crate::{
    chapter::structure,
    diagnostic::Diagnostic,
    example::Example,
    project::{self, Edition, Project},
    snippet::{Door, Snippets},
    source::Source,
    translation::desk::short_name,
};

/// The id of the heading above an exercise, in every edition.
pub const SECTION: &str = "exercise";

/// What an exercise asks for, as Markdown.
#[derive(Debug, PartialEq, Eq)]
pub struct Task {
    /// The tag of the edition that it is quoted from.
    pub edition: String,
    /// What to do.
    pub text: String,
    /// The hints, in order. Readers of a page unfold them.
    pub hints: Vec<String>,
}

/// The chapter that a crate belongs to, as a path in an edition's folder.
pub fn chapter<'a>(project: &'a Project, example: &Example) -> Option<&'a Path> {
    project
        .source()
        .chapters
        .keys()
        .map(AsRef::as_ref)
        .find(|path| project::number(path).is_some() && short_name(path) == example.number())
}

/// The chapter's title, or the crate's package where there is no chapter.
pub fn title(project: &Project, example: &Example) -> String {
    chapter(project, example)
        .and_then(|path| project.source().title(path))
        .unwrap_or(&example.package)
        .to_owned()
}

impl Task {
    /// The task of the exercise in `example`, in an edition's language if the chapter is translated, and else in English.
    ///
    /// # Errors
    ///
    /// There is no such chapter, or it has no section with the id `exercise`, or an include in it is wrong.
    pub fn read(
        project: &Project,
        edition: &Edition,
        example: &Example,
    ) -> Result<Self, Vec<Diagnostic>> {
        let missing = |message: String| {
            vec![Diagnostic::new("exercise", message).help(
                "a chapter's exercise is described under a heading with the id `{#exercise}`",
            )]
        };
        let path = chapter(project, example)
            .ok_or_else(|| missing(format!("there is no chapter {}", example.number())))?;
        let (edition, source) = [edition, project.source()]
            .into_iter()
            .find_map(|edition| Some((edition, edition.chapter(path)?)))
            .ok_or_else(|| missing(format!("{} is not in SUMMARY.md", path.display())))?;
        let text = Snippets::new(&project.root).expand(source, Door::Page)?;
        let expanded = Arc::new(Source::new(source.path.as_str(), text));
        let section = section(&expanded)
            .ok_or_else(|| missing(format!("{} has no exercise", source.path)))?;
        Ok(Self::parse(&edition.tag, section))
    }

    pub(crate) fn parse(edition: &str, section: &str) -> Self {
        static FOLDED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?s)<details>\s*<summary>.*?</summary>(.*?)</details>")
                .expect("a valid pattern")
        });
        // The command that the reader has found already.
        static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?m)^```console\n\$ cargo book exercise .*\n```\n")
                .expect("a valid pattern")
        });
        let hints = FOLDED
            .captures_iter(section)
            .map(|folded| folded[1].trim().to_owned())
            .collect();
        let text = FOLDED.replace_all(section, "");
        Self {
            edition: edition.to_owned(),
            text: COMMAND.replace_all(&text, "").trim().to_owned(),
            hints,
        }
    }
}

/// The text between the exercise's heading and the next one.
pub fn section(source: &Arc<Source>) -> Option<&str> {
    let headings = structure(source).headings;
    let at = headings
        .iter()
        .position(|heading| heading.id.as_deref() == Some(SECTION))?;
    let end = headings
        .get(at + 1)
        .map_or(source.text.len(), |next| next.span.start);
    Some(source.text[headings[at].span.end..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_taken_apart() {
        let chapter = "# A {#a}\n\nText.\n\n## Exercise {#exercise}\n\nRepair `it`:\n\n```console\n$ cargo book exercise 01_01\n```\n\nOne test fails.\n\n<details>\n<summary>Hint</summary>\n\nLook.\n\n</details>\n\n<details>\n<summary>More</summary>\n\nLook *again*.\n\n</details>\n\nA solution is there.\n\n## Now you can {#now-you-can}\n\n- repair;\n";
        let source = Arc::new(Source::new("a.md", chapter));
        let task = Task::parse("en", section(&source).unwrap());
        assert_eq!(task.hints, ["Look.", "Look *again*."]);
        assert!(task.text.starts_with("Repair `it`:"), "{}", task.text);
        assert!(task.text.contains("One test fails."), "{}", task.text);
        assert!(task.text.ends_with("A solution is there."), "{}", task.text);
        assert!(!task.text.contains("cargo book"), "{}", task.text);
    }

    #[test]
    fn a_chapter_without_the_heading_has_no_section() {
        let source = Arc::new(Source::new("a.md", "# A {#a}\n\n## Exercise {#other}\n"));
        assert_eq!(section(&source), None);
    }
}
