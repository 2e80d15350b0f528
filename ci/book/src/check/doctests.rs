//! The crate whose tests compile the book's blocks: it depends on all that the blocks name. rustc would tell it for a
//! block of a crate that nobody has written, far from the chapter.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde::Deserialize;

use super::{Book, Chapter, Findings};
use crate::{
    chapter::Fence,
    diagnostic::Diagnostic,
    example::{DOCTESTS, EXAMPLES, Example, parse_toml},
    source::Source,
};

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
}

pub(super) fn check(book: &Book<'_>) -> Findings {
    let root = &book.project.root;
    if !root.join(DOCTESTS).is_file() {
        // A book that does not compile its blocks.
        return Findings::new();
    }
    let manifest =
        Source::read(root, Path::new(DOCTESTS)).and_then(|source| parse_toml::<Manifest>(&source));
    let manifest = match manifest {
        Ok(manifest) => manifest,
        Err(finding) => return vec![finding],
    };
    let names = manifest.dependencies.keys();
    let mut declared: BTreeSet<String> = names.map(|name| name.replace('-', "_")).collect();
    let mut findings = Findings::new();
    for path in book.project.source().listed() {
        let Some(chapter) = book.english().get(path) else {
            continue;
        };
        for fence in chapter
            .structure
            .fences
            .iter()
            .filter(|fence| fence.is_rust())
        {
            // A block that can't be expanded is told by the rules for blocks.
            let Some(Ok(code)) = book.snippets.rust_code(chapter.source, fence) else {
                continue;
            };
            for name in code.crates {
                if !declared.contains(&name) {
                    findings.push(undeclared(root, chapter, fence, &name));
                    // Once is enough.
                    declared.insert(name);
                }
            }
        }
    }
    findings
}

fn undeclared(root: &Path, chapter: &Chapter<'_>, fence: &Fence, name: &str) -> Diagnostic {
    let example = Example::folders(root)
        .iter()
        .filter_map(|folder| Example::read(root, folder).ok())
        .find(|example| example.package.replace('-', "_") == name);
    let line = match example {
        Some(Example {
            package, folder, ..
        }) => format!("`{package} = {{ path = \"../../{EXAMPLES}/{folder}\" }}`"),
        None => format!("`{name}`, as the example's own Cargo.toml has it"),
    };
    Diagnostic::new(
        "undeclared-crate",
        format!("{DOCTESTS} does not list `{name}`"),
    )
    .at(
        chapter.place(&fence.info_span),
        format!("this block names `{name}`"),
    )
    .help(format!(
        "its tests compile this block: add to its dependencies {line}"
    ))
}
