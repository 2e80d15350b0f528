//! The real book: it passes its own check, in every edition.

use std::path::Path;

use book::{check, project::Project};

#[test]
fn nothing_would_break_a_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let findings = Project::load(root)
        .and_then(|project| check(&project))
        .unwrap_or_else(|errors| errors);
    let said: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n\n"));
}
