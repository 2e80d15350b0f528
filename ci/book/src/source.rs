//! A text file of the project, and the places in it that a diagnostic can point at.

use std::{
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::diagnostic::Diagnostic;

/// A UTF-8 file, with its path as a person at the project's root would type it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The path relative to the project's root, with `/` between its parts.
    pub path: String,
    /// The whole text. A byte order mark at its start has been removed.
    pub text: String,
}

/// A range of bytes in a source.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// Byte offsets into its text.
    pub span: Range<usize>,
}

/// Where a byte offset is for a person: both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in Unicode scalar values.
    pub column: usize,
}

impl Source {
    /// Reads `root/path`.
    ///
    /// # Errors
    ///
    /// A diagnostic that names the file, and for bytes that are not UTF-8 the first of them.
    pub fn read(root: &Path, path: impl AsRef<Path>) -> Result<Arc<Self>, Diagnostic> {
        let path = path.as_ref();
        let shown = display_path(path);
        let bytes = fs::read(root.join(path)).map_err(|error| Diagnostic::io(&shown, &error))?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Arc::new(Self::new(shown, text))),
            Err(error) => {
                // The prefix before the first bad byte is the same in the lossy text, so the offset still points at it.
                let at = error.utf8_error().valid_up_to();
                let byte = error.as_bytes()[at];
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = Arc::new(Source { path: shown, text });
                let place = source.place(at..at + '\u{FFFD}'.len_utf8());
                Err(Diagnostic::new("not-utf8", "the file is not UTF-8")
                    .at(place, format!("the byte 0x{byte:02X} cannot stand here"))
                    .help("save the file as UTF-8"))
            }
        }
    }

    /// A source from a text that is already in memory.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{FEFF}') {
            text.drain(..'\u{FEFF}'.len_utf8());
        }
        Self {
            path: path.into(),
            text,
        }
    }

    /// The place of `span` in this source.
    pub fn place(self: &Arc<Self>, span: Range<usize>) -> Place {
        Place {
            source: Arc::clone(self),
            span,
        }
    }
}

impl Place {
    /// Where the place begins.
    pub fn start(&self) -> Position {
        position(&self.source.text, self.span.start)
    }

    /// Where the place ends: the position behind its last character.
    pub fn end(&self) -> Position {
        position(&self.source.text, self.span.end)
    }
}

fn position(text: &str, offset: usize) -> Position {
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// A path with `/` between its parts on every platform, and without `.` and `..` where they can be resolved by name.
pub fn display_path(path: &Path) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.iter().filter_map(|part| part.to_str()) {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether a file of this name is one that an editor or a file manager keeps beside the real ones: `.#a.md`, `a.md~`.
pub fn is_scratch(name: &str) -> bool {
    name.starts_with(['.', '#']) || name.ends_with('~')
}

/// All files below `root/folder`, as paths relative to `root`, in the order of their names, without those of editors.
///
/// # Errors
///
/// A diagnostic that names the folder that could not be read, or what is neither a file nor a folder: a link may lead out
/// of the repository, and a pipe never ends.
pub fn files_below(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    files_below_except(root, folder, "")
}

/// As [`files_below`], without what lies in folders that are called `skipped`.
///
/// # Errors
///
/// As [`files_below`].
pub fn files_below_except(
    root: &Path,
    folder: &Path,
    skipped: &str,
) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut files = Vec::new();
    let fail = |error: io::Error| Diagnostic::io(&display_path(folder), &error);
    let mut entries = fs::read_dir(root.join(folder))
        .map_err(fail)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(fail)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = folder.join(entry.file_name());
        let kind = entry.file_type().map_err(fail)?;
        if is_scratch(&entry.file_name().to_string_lossy()) {
            continue;
        }
        if kind.is_dir() {
            if entry.file_name() != skipped {
                files.extend(files_below_except(root, &path, skipped)?);
            }
        } else if kind.is_file() {
            files.push(path);
        } else {
            let shown = display_path(&path);
            return Err(Diagnostic::new(
                "not-a-file",
                format!("`{shown}` is neither a file nor a folder"),
            )
            .in_file(shown)
            .help("put a real file there: a link would publish what it leads to"));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Arc::new(Source::new("a.md", "один\nдва три\n"));
        let place = source.place("один\nдва ".len().."один\nдва три".len());
        assert_eq!(place.start(), Position { line: 2, column: 5 });
        assert_eq!(place.end(), Position { line: 2, column: 8 });
    }

    #[test]
    fn a_byte_that_is_not_utf8_is_pointed_at() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), b"ok\nno: \xFF!\n").unwrap();
        let finding = Source::read(folder.path(), "a.md").unwrap_err();
        assert_eq!(
            finding.place.as_ref().unwrap().start(),
            Position { line: 2, column: 5 }
        );
        assert!(finding.to_string().contains("0xFF"), "{finding}");
    }

    #[test]
    fn paths_are_shown_without_detours() {
        assert_eq!(
            display_path(Path::new("src/en/a/../../../examples/./x.rs")),
            "examples/x.rs"
        );
        assert_eq!(display_path(Path::new("../out")), "../out");
    }
}
