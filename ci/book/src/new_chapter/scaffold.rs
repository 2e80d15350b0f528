//! The files of a new chapter, from the templates beside this file. What is still to be written in them says TODO.

use std::path::{Path, PathBuf};

use super::Plan;

/// The crate's files: the path in the crate, and the template.
const CRATE: [(&str, &str); 12] = [
    ("Cargo.toml", include_str!("template/manifest.toml")),
    ("output.txt", include_str!("template/output.txt")),
    ("src/lib.rs", include_str!("template/src/lib.rs")),
    ("src/main.rs", include_str!("template/src/main.rs")),
    ("tests/output.rs", include_str!("template/tests/output.rs")),
    ("tests/start.rs", include_str!("template/tests/start.rs")),
    (
        "tests/exercise.rs",
        include_str!("template/tests/exercise.rs"),
    ),
    (
        "tests/solution.rs",
        include_str!("template/tests/solution.rs"),
    ),
    (
        "exercise/start.rs",
        include_str!("template/exercise/start.rs"),
    ),
    (
        "exercise/tests.rs",
        include_str!("template/exercise/tests.rs"),
    ),
    (
        "exercise/solution.rs",
        include_str!("template/exercise/solution.rs"),
    ),
    (
        "exercise/fails.toml",
        include_str!("template/exercise/fails.toml"),
    ),
];

/// The crate's files, each with its path in the crate's folder.
pub(super) fn crate_files(plan: &Plan) -> impl Iterator<Item = (PathBuf, String)> {
    let description = format!("Chapter {}: {}", plan.dotted(), plan.title);
    let description = toml_edit::Value::from(description).to_string();
    CRATE.iter().map(move |(path, template)| {
        let text = fill(plan, template).replace("%DESCRIPTION%", &description);
        (Path::new(path).to_owned(), text)
    })
}

/// The chapter's text. `previous` is what it builds on, as a link.
pub(super) fn chapter(plan: &Plan, previous: &str) -> String {
    fill(plan, include_str!("template/chapter.md"))
        .replace("%ID%", &plan.topic.replace('_', "-"))
        .replace("%PREVIOUS%", previous)
        // Last, because it is the author's, who may write what they like.
        .replace("%TITLE%", &plan.title)
}

fn fill(plan: &Plan, template: &str) -> String {
    template
        .replace("%PACKAGE%", &plan.package)
        .replace("%NUMBER%", &plan.number())
        .replace("%FOLDER%", &plan.example())
}
