//! x
use std::path::Path;
use crate::diagnostic::Diagnostic;
/// o
pub struct Options { /// p
 pub port: u16, /// o
 pub open: bool }
/// s
/// # Errors
/// e
pub fn serve(_root: &Path, _options: &Options) -> Result<(), Vec<Diagnostic>> { Ok(()) }
