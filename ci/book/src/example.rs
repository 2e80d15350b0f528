//! The example crates: one folder below `examples/`, one Cargo package, one chapter.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Deserialize;

use crate::{diagnostic::Diagnostic, source::Source};

/// The folder of all examples, from the project's root.
pub const EXAMPLES: &str = "examples";

/// An example crate.
#[derive(Debug)]
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

    /// The crate's own folder, from the project's root.
    pub fn path(&self) -> PathBuf {
        Path::new(EXAMPLES).join(&self.folder)
    }
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
