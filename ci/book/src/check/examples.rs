//! The example crates: a folder each, named by its chapter's number, and a package name that `cargo run -p` can find.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use regex::Regex;

use super::{Book, Findings};
use crate::{
    diagnostic::Diagnostic,
    example::{EXAMPLES, Example},
    exercise::task,
    source::display_path,
};

static FOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\d\d_\d\d_[a-z0-9]+(?:_[a-z0-9]+)*$").expect("a valid pattern"));

pub(super) fn check(book: &Book<'_>) -> Findings {
    let mut findings = names(book);
    findings.extend(programs(book));
    findings
}

/// Two examples must not have programs of one name: cargo would write both to the same file, and run either.
fn programs(book: &Book<'_>) -> Findings {
    let root = &book.project.root;
    let mut findings = Findings::new();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut packages = BTreeSet::new();
    // That a manifest can't be read, or that two packages have one name, is told above.
    let examples = Example::folders(root)
        .into_iter()
        .filter_map(|folder| Example::read(root, &folder).ok())
        .filter(|example| packages.insert(example.package.clone()));
    for example in examples {
        for (name, path) in example.programs(root) {
            let path = display_path(&path);
            if let Some(other) = known.get(&name) {
                findings.push(
                    Diagnostic::new(
                        "program-name",
                        format!("two examples have a program called `{name}`"),
                    )
                    .in_file(path)
                    .help(format!(
                        "`{other}` is the other one, and cargo writes both to the same file: give one of the two another name"
                    )),
                );
            } else {
                known.insert(name, path);
            }
        }
    }
    findings
}

fn names(book: &Book<'_>) -> Findings {
    let root = &book.project.root;
    let mut findings = Findings::new();
    let mut packages: BTreeMap<String, String> = BTreeMap::new();
    for folder in Example::folders(root) {
        if !FOLDER.is_match(&folder) {
            findings.push(
                Diagnostic::new(
                    "example-name",
                    format!("`{folder}` does not begin with a chapter's number"),
                )
                .in_file(format!("{EXAMPLES}/{folder}/Cargo.toml"))
                .help("name the folder by part, chapter and topic: `02_03_timer`"),
            );
        }
        let example = match Example::read(root, &folder) {
            Ok(example) => example,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        if FOLDER.is_match(&folder) && task::chapter(book.project, &example).is_none() {
            findings.push(
                Diagnostic::new(
                    "example-chapter",
                    format!("there is no chapter {} in src/en", example.number()),
                )
                .in_file(format!("{EXAMPLES}/{folder}/Cargo.toml"))
                .help("an example has the number of its chapter: `02_03_timer` belongs to `02_execution/03_wakeups.md`"),
            );
        }
        let package = example.package;
        if let Some(other) = packages.get(&package) {
            findings.extend(taken(book, &folder, &package, other));
        } else {
            packages.insert(package, folder);
        }
    }
    findings
}

fn taken(book: &Book<'_>, folder: &str, package: &str, other: &str) -> Option<Diagnostic> {
    let manifest = book
        .snippets
        .file(&Path::new(EXAMPLES).join(folder).join("Cargo.toml"))
        .ok()?;
    let quoted = format!("\"{package}\"");
    let at = manifest.source.text.find(&quoted).unwrap_or(0);
    Some(
        Diagnostic::new(
            "package-name",
            format!("two examples are called `{package}`"),
        )
        .at(
            manifest.source.place(at..at + quoted.len()),
            format!("{EXAMPLES}/{other} has this name already"),
        )
        .help("give one of the two another name"),
    )
}
