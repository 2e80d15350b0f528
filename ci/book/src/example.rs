//! The example crates: one folder below `examples/`, one Cargo package, one chapter.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Deserialize;
use toml_edit::{DocumentMut, TomlError};

use crate::{diagnostic::Diagnostic, source::Source};

/// The folder of all examples, from the project's root.
pub const EXAMPLES: &str = "examples";

/// The manifest of the crate that compiles the book's blocks, from the project's root.
pub const DOCTESTS: &str = "ci/doctests/Cargo.toml";

/// An example crate.
#[derive(Clone, Debug)]
pub struct Example {
    /// The name of its folder: `02_03_timer`.
    pub folder: String,
    /// The name of its package: `timer_future`.
    pub package: String,
    /// The crates that its code can name: its own library and its dependencies.
    pub crates: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
    #[serde(default, rename = "dev-dependencies")]
    dev_dependencies: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
}

impl Example {
    /// Reads `examples/FOLDER/Cargo.toml`.
    ///
    /// # Errors
    ///
    /// A manifest that is missing, or is not TOML, or names no package.
    pub fn read(root: &Path, folder: &str) -> Result<Self, Diagnostic> {
        let source = Source::read(root, Path::new(EXAMPLES).join(folder).join("Cargo.toml"))?;
        let manifest: Manifest = parse_toml(&source)?;
        let package = manifest.package.name;
        let crates = manifest
            .dependencies
            .into_keys()
            .chain(manifest.dev_dependencies.into_keys())
            .chain([package.clone()])
            .map(|name| name.replace('-', "_"))
            .collect();
        Ok(Self {
            folder: folder.to_owned(),
            package,
            crates,
        })
    }

    /// All examples, in the order of their folders.
    ///
    /// # Errors
    ///
    /// See [`Example::read`].
    pub fn all(root: &Path) -> Result<Vec<Self>, Diagnostic> {
        Self::folders(root)
            .iter()
            .map(|folder| Self::read(root, folder))
            .collect()
    }

    /// The names of all examples' folders, in order.
    pub fn folders(root: &Path) -> Vec<String> {
        let Ok(entries) = fs::read_dir(root.join(EXAMPLES)) else {
            return Vec::new();
        };
        let mut folders: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().join("Cargo.toml").is_file())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        folders.sort();
        folders
    }

    /// The folder of the example that `path`, relative to the project's root, lies in.
    pub fn folder_of(path: &Path) -> Option<&str> {
        path.strip_prefix(EXAMPLES).ok()?.iter().next()?.to_str()
    }

    /// The example that a person means by the chapter's number as the folders write it (`02_03`, or `2.3`), by the
    /// crate's folder, or by its package.
    ///
    /// # Errors
    ///
    /// No example has that name. The known ones are listed.
    pub fn find(examples: Vec<Self>, name: &str) -> Result<Self, Diagnostic> {
        let number = padded(name);
        let matches = |example: &Self| {
            example.package == name || example.folder == name || example.number() == number
        };
        let known: Vec<_> = examples
            .iter()
            .map(|example| format!("{} ({})", example.number(), example.package))
            .collect();
        examples.into_iter().find(matches).ok_or_else(|| {
            Diagnostic::new("no-example", format!("no chapter `{name}` has a program"))
                .help(format!("there are {}", known.join(", ")))
        })
    }

    /// The chapter's number as the folder writes it: `02_03`.
    pub fn number(&self) -> String {
        self.folder.split('_').take(2).collect::<Vec<_>>().join("_")
    }

    /// Its programs, each with the file of its `main`, from the project's root: the one that is called like the package,
    /// then those in `src/bin`.
    pub fn programs(&self, root: &Path) -> Vec<(String, PathBuf)> {
        let main = self.path().join("src/main.rs");
        let mut programs = Vec::new();
        if root.join(&main).is_file() {
            programs.push((self.package.clone(), main));
        }
        let bin = self.path().join("src/bin");
        let entries = fs::read_dir(root.join(&bin)).into_iter().flatten();
        let mut more: Vec<_> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let file = PathBuf::from(entry.file_name());
                let path = if entry.path().is_dir() {
                    bin.join(&file).join("main.rs")
                } else {
                    bin.join(&file)
                };
                let is_program = path.extension()? == "rs" && root.join(&path).is_file();
                is_program.then_some((file.file_stem()?.to_str()?.to_owned(), path))
            })
            .collect();
        more.sort();
        programs.extend(more);
        programs
    }

    /// The crate's own folder, from the project's root.
    pub fn path(&self) -> PathBuf {
        Path::new(EXAMPLES).join(&self.folder)
    }
}

/// `2.4`, `2_4` and `02_04` are the same chapter.
fn padded(number: &str) -> String {
    let parts = number
        .split(['.', '_'])
        .map(|part| match part.parse::<u32>() {
            Ok(number) => format!("{number:02}"),
            Err(_) => part.to_owned(),
        });
    parts.collect::<Vec<_>>().join("_")
}

/// Reads TOML, and turns what is wrong with it into a diagnostic that points at it.
///
/// # Errors
///
/// What the parser says.
pub fn parse_toml<T: for<'de> Deserialize<'de>>(source: &Arc<Source>) -> Result<T, Diagnostic> {
    toml::from_str(&source.text).map_err(|error| {
        let finding = Diagnostic::new("bad-toml", error.message());
        match error.span() {
            Some(span) => finding.at(source.place(span), ""),
            None => finding.in_file(&source.path),
        }
    })
}

/// Reads TOML that is to be written again, with its comments and its order.
///
/// # Errors
///
/// What the parser says.
pub fn parse_document(source: &Arc<Source>) -> Result<DocumentMut, Diagnostic> {
    source.text.parse().map_err(|error: TomlError| {
        let place = source.place(error.span().unwrap_or(0..0));
        Diagnostic::new("bad-toml", error.message()).at(place, "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Vec<Example> {
        [
            ("02_03_timer", "timer_future"),
            ("02_04_executor", "executor"),
        ]
        .map(|(folder, package)| Example {
            folder: folder.into(),
            package: package.into(),
            crates: BTreeSet::new(),
        })
        .into()
    }

    #[test]
    fn a_chapter_is_found_by_any_of_its_names() {
        for name in ["02_04", "2.4", "02_04_executor", "executor"] {
            assert_eq!(
                Example::find(examples(), name).unwrap().package,
                "executor",
                "{name}"
            );
        }
    }

    #[test]
    fn an_unknown_chapter_is_answered_with_the_known_ones() {
        let finding = Example::find(examples(), "09_01").unwrap_err();
        assert_eq!(
            finding.help.as_deref(),
            Some("there are 02_03 (timer_future), 02_04 (executor)")
        );
    }
}
