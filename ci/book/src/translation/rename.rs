//! `cargo book mv`: a chapter gets another path in every edition, with all that leads to it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Component, Path, PathBuf},
    sync::{Arc, LazyLock},
};

use regex::Regex;

use super::{bless::trivial, desk::file};
use crate::{
    chapter::structure,
    diagnostic::Diagnostic,
    directive::{Directive, directives},
    lock::{self, Blob, Lock},
    new_chapter::PATH,
    passage::passages,
    project::{Edition, Project},
    snippet::Snippets,
    source::{Source, display_path},
    staging::Staging,
};

/// A chapter outside of the parts.
static FRONT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[a-z][a-z0-9]*(?:_[a-z0-9]+)*\.md$").expect("a valid pattern"));

/// Moves the chapter `from` to `to`, both paths in an edition's folder: its files, their lines in SUMMARY.md, the links to it
/// and in it, and its records in the locks. Nothing becomes stale by that. Returns the files that were written.
///
/// # Errors
///
/// There is no such chapter, the new path is taken or is no path of a chapter, or a file can't be written.
pub fn rename(project: &Project, from: &Path, to: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
    let refuse =
        |message: String, help: &str| Err(vec![Diagnostic::new("rename", message).help(help)]);
    let name = display_path(to);
    if name != to.to_string_lossy() || !(PATH.is_match(&name) || FRONT.is_match(&name)) {
        return refuse(
            format!("`{name}` is no path of a chapter"),
            "name the part's folder and the file by numbers and words in snake case: `02_execution/03_wakeups.md`",
        );
    }
    let taken = project
        .editions
        .iter()
        .find(|edition| project.root.join(file(edition, to)).exists());
    if let Some(edition) = taken {
        return refuse(
            format!("`{}` exists", display_path(&file(edition, to))),
            "take another path",
        );
    }
    // Everything is worked out before anything is written.
    let snippets = Snippets::new(&project.root);
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut removed = Vec::new();
    for edition in &project.editions {
        for (path, source) in &edition.chapters {
            let text = rewritten(source, path, from, to);
            if path == from {
                removed.push(file(edition, from));
                texts.insert(file(edition, to), text);
            } else if text != source.text {
                texts.insert(file(edition, path), text);
            }
        }
        let listed = format!("({})", display_path(from));
        if edition.title(from).is_some() && !edition.summary.text.contains(&listed) {
            let summary = edition.summary.path.as_str();
            return refuse(
                format!("{summary} lists the chapter in another form"),
                "write its line as `- [Title](02_execution/03_wakeups.md)` first",
            );
        }
        if edition.summary.text.contains(&listed) {
            let text = edition
                .summary
                .text
                .replace(&listed, &format!("({})", display_path(to)));
            texts.insert(edition.folder().join("SUMMARY.md"), text);
        }
    }
    let mut locks = Vec::new();
    for edition in project.editions.iter().skip(1) {
        let old = Lock::read(project, edition).map_err(|finding| vec![finding])?;
        let new = in_lock(project, &snippets, &old, &texts, from, to);
        if new != old {
            locks.push((edition, new));
        }
    }

    let one = |finding| vec![finding];
    let mut staging = Staging::new(&project.root).map_err(one)?;
    let mut written = Vec::new();
    for (path, text) in &texts {
        staging.write(path, text).map_err(one)?;
        written.push(display_path(path));
    }
    for (edition, lock) in locks {
        let path = edition.folder().join(lock::NAME);
        staging.write(&path, &lock.to_string()).map_err(one)?;
        written.push(display_path(&path));
    }
    for path in &removed {
        staging.remove(path);
    }
    staging.commit().map_err(one)?;
    for path in &removed {
        // The folder of a part whose last chapter has left.
        let _ = project.root.join(path).parent().map(fs::remove_dir);
    }
    Ok(written)
}

/// An edition's lock after the move. A link that now leads elsewhere is no other text for a translator.
fn in_lock(
    project: &Project,
    snippets: &Snippets,
    lock: &Lock,
    texts: &BTreeMap<PathBuf, String>,
    from: &Path,
    to: &Path,
) -> Lock {
    let english: &Edition = project.source();
    let mut chapters = BTreeMap::new();
    for (path, record) in &lock.chapters {
        let new_path = if path == from { to } else { path };
        let new_text = texts.get(&file(english, new_path));
        let record = match (english.chapters.get(path), new_text) {
            (Some(old), Some(text)) => {
                let new = Arc::new(Source::new(
                    display_path(&file(english, new_path)),
                    text.as_str(),
                ));
                trivial(
                    record,
                    &passages(old, Some(snippets)),
                    &passages(&new, Some(snippets)),
                    &Blob::of(text),
                )
            }
            _ => record.clone(),
        };
        chapters.insert(new_path.to_owned(), record);
    }
    Lock { chapters }
}

/// A chapter's text, with its links to `from`, and, if it is the moved chapter itself, with all its relative paths.
fn rewritten(source: &Arc<Source>, path: &Path, from: &Path, to: &Path) -> String {
    let moved = path == from;
    let folder = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
    let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for link in structure(source).links {
        let (target, fragment) = match link.target.split_once('#') {
            Some((target, fragment)) => (target, format!("#{fragment}")),
            None => (link.target.as_str(), String::new()),
        };
        if target.is_empty() || target.contains(':') {
            continue;
        }
        let resolved = normal(&folder(path).join(target));
        let leads_to = if resolved == from {
            to.to_owned()
        } else {
            resolved
        };
        let home = if moved { folder(to) } else { folder(path) };
        let new = display_path(&relative(&home, &leads_to));
        if new != target
            && source
                .text
                .get(link.target_span.clone())
                .is_some_and(|text| text.contains(target))
        {
            let written = &source.text[link.target_span.clone()];
            edits.push((
                link.target_span.clone(),
                written.replacen(&link.target, &(new + &fragment), 1),
            ));
        }
    }
    if moved {
        for directive in directives(source) {
            if let Directive::Include(include) | Directive::Recording(include) = directive {
                let old = display_path(&include.path);
                // From the project's root. All editions are equally deep below it.
                let at_root = normal(&Path::new("src/en").join(folder(path)).join(&include.path));
                let new = include_path(&folder(to), &at_root);
                let written = &source.text[include.span.clone()];
                edits.push((include.span.clone(), written.replacen(&old, &new, 1)));
            }
        }
    }
    edits.sort_by_key(|(span, _)| span.start);
    let mut text = String::new();
    let mut end = 0;
    for (span, new) in edits {
        text += &source.text[end..span.start];
        text += &new;
        end = span.end;
    }
    text + &source.text[end..]
}

/// The way from a chapter's folder to a file, given from the root.
fn include_path(home: &Path, at_root: &Path) -> String {
    let up = "../".repeat(home.components().count() + 2);
    up + &display_path(at_root)
}

/// A path without `.` and `..`, as far as names tell.
fn normal(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(parts.last(), Some(Component::Normal(_))) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.iter().collect()
}

/// The way from a folder to a file, both from the same place.
fn relative(home: &Path, file: &Path) -> PathBuf {
    let (home, file): (Vec<_>, Vec<_>) = (home.components().collect(), file.components().collect());
    let common = home.iter().zip(&file).take_while(|(a, b)| a == b).count();
    let up = home[common..].iter().map(|_| Component::ParentDir);
    up.chain(file[common..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, path: &str) -> String {
        let source = Arc::new(Source::new(format!("src/en/{path}"), text));
        rewritten(
            &source,
            Path::new(path),
            Path::new("02_a/03_b.md"),
            Path::new("04_c/01_d.md"),
        )
    }

    #[test]
    fn links_to_the_chapter_lead_to_its_new_path() {
        let link =
            "[b](03_b.md#x) and `03_b.md` and [self](#y) and [web](https://example.org/03_b.md)";
        assert_eq!(
            text(link, "02_a/01_a.md"),
            "[b](../04_c/01_d.md#x) and `03_b.md` and [self](#y) and [web](https://example.org/03_b.md)"
        );
        assert_eq!(
            text("[b](02_a/03_b.md)", "introduction.md"),
            "[b](04_c/01_d.md)"
        );
    }

    #[test]
    fn the_chapter_finds_its_neighbours_from_its_new_place() {
        assert_eq!(
            text(
                "[a](01_a.md) [self](03_b.md#x) {{#include ../../../examples/x/a.rs:b}}",
                "02_a/03_b.md"
            ),
            "[a](../02_a/01_a.md) [self](01_d.md#x) {{#include ../../../examples/x/a.rs:b}}"
        );
    }
}
