//! The copy of a program: a workspace of its own in the target folder, in which the sources have probes.

use std::{
    collections::{BTreeMap, BTreeSet},
    env::consts::EXE_EXTENSION,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Arc,
};

use toml_edit::{DocumentMut, Item, Table, value};

use super::{instrument::instrument, known::Known};
use crate::{
    diagnostic::Diagnostic,
    example::{EXAMPLES, Example, parse_document},
    run::{Message, cargo, executable, messages},
    source::{Source, display_path, files_below},
};

/// The crate that the copy takes for `std`, from the project's root.
const RECORDER: &str = "ci/recorder";

/// Where copies are, from the project's root. It is ignored by git and emptied by `cargo clean`.
const FOLDER: &str = "target/recordings";

/// The package of a program that is a single file, with probes.
const SINGLE: &str = "program";

/// The same without probes.
const ORIGINAL: &str = "original";

/// A workspace for copies. One process at a time has it.
#[derive(Debug)]
pub(super) struct Workspace {
    root: PathBuf,
    folder: PathBuf,
    /// The files of the copy, from its folder, as they are to be.
    files: BTreeMap<PathBuf, Vec<u8>>,
    members: Vec<String>,
    _lock: File,
}

impl Workspace {
    /// Takes the workspace. Waits while another process has it.
    pub(super) fn new(root: &Path) -> Result<Self, Diagnostic> {
        let folder = root.join(FOLDER);
        let fail = |error: io::Error| Diagnostic::io(FOLDER, &error);
        fs::create_dir_all(&folder).map_err(fail)?;
        let lock = File::create(folder.join(".lock")).map_err(fail)?;
        lock.lock().map_err(fail)?;
        Ok(Self {
            root: root.to_owned(),
            folder,
            files: BTreeMap::new(),
            members: Vec::new(),
            _lock: lock,
        })
    }

    /// Takes the workspace, with the copy of an example and of those that it depends on.
    pub(super) fn of_example(root: &Path, example: &Example) -> Result<Self, Diagnostic> {
        let mut workspace = Self::new(root)?;
        workspace.add_example(&example.folder)?;
        workspace.write()?;
        Ok(workspace)
    }

    /// Adds the copy of an example, and of the examples that it depends on.
    fn add_example(&mut self, folder: &str) -> Result<(), Diagnostic> {
        let path = Path::new(EXAMPLES).join(folder);
        let name = display_path(&path);
        if self.members.contains(&name) {
            return Ok(());
        }
        self.members.push(name);

        let source = Source::read(&self.root, path.join("Cargo.toml"))?;
        let mut manifest = parse_document(&source)?;
        for dependency in dependencies(&manifest) {
            self.add_example(&dependency)?;
        }
        self.link_recorder(&mut manifest);
        for section in ["dev-dependencies", "test", "bench", "lints"] {
            manifest.remove(section);
        }
        self.put(path.join("Cargo.toml"), manifest.to_string());

        let mut sources = Vec::new();
        for file in files_below(&self.root, &path.join("src"))? {
            if file.extension().is_some_and(|extension| extension == "rs") {
                sources.push(Source::read(&self.root, &file)?);
            } else {
                let bytes = fs::read(self.root.join(&file));
                let bytes = bytes.map_err(|error| Diagnostic::io(&display_path(&file), &error))?;
                self.files.insert(file, bytes);
            }
        }
        let known = Known::of(&sources)?;
        for source in &sources {
            let inside = Path::new(&source.path).strip_prefix(&path);
            let is_root = inside.is_ok_and(|inside| {
                inside == Path::new("src/lib.rs")
                    || inside == Path::new("src/main.rs")
                    || inside.parent() == Some(Path::new("src/bin"))
                    || inside.starts_with("src/bin") && inside.ends_with("main.rs")
            });
            let text = instrument(source, is_root, &known)?;
            self.put(source.path.clone().into(), text);
        }
        Ok(())
    }

    /// Adds a program that is one file, and its copy with probes.
    pub(super) fn add_file(&mut self, source: &Arc<Source>) -> Result<(), Diagnostic> {
        let known = Known::of([source])?;
        let copy = instrument(source, true, &known)?;
        for (package, text) in [(SINGLE, copy), (ORIGINAL, source.text.clone())] {
            // Both have the same crate's name, because a program can print it.
            let mut manifest: DocumentMut = format!(
                "[package]\nname = \"{package}\"\nedition = \"2024\"\n\n[[bin]]\nname = \"{SINGLE}\"\npath = \"src/main.rs\"\n\n\
                 [dependencies]\nfutures = {{ version = \"0.3\", features = [\"thread-pool\"] }}\n"
            )
            .parse()
            .expect("a valid manifest");
            if package == SINGLE {
                self.link_recorder(&mut manifest);
            }
            self.put(Path::new(package).join("Cargo.toml"), manifest.to_string());
            self.put(Path::new(package).join("src/main.rs"), text);
            self.members.push(package.to_owned());
        }
        Ok(())
    }

    /// Compiles the program that is one file, and its copy.
    ///
    /// The original comes first: what the compiler says of it has no probes in it.
    pub(super) fn build_file(&self) -> Result<[PathBuf; 2], Diagnostic> {
        let built = self.compile(ORIGINAL, SINGLE)?.map_err(|said| {
            Diagnostic::new(
                "unrecordable",
                format!("the program does not compile:\n{said}"),
            )
            .help("it is compiled as one file of the edition 2024, with the crate `futures` 0.3")
        })?;
        // The copy takes its place.
        let original = self
            .folder
            .join("target")
            .join(ORIGINAL)
            .with_extension(EXE_EXTENSION);
        fs::copy(built, &original)
            .map_err(|error| Diagnostic::io(&original.display().to_string(), &error))?;
        Ok([original, self.build(SINGLE, SINGLE)?])
    }

    /// What the copy calls the only file of a program, in places of its trace.
    pub(super) const FILE: &str = "program/src/main.rs";

    fn link_recorder(&self, manifest: &mut DocumentMut) {
        let path = self.root.join(RECORDER);
        let recorder = path.to_str().unwrap_or_default();
        manifest["dependencies"].or_insert(Item::Table(Table::new()))["recorder"]["path"] =
            value(recorder);
    }

    fn put(&mut self, path: PathBuf, text: String) {
        self.files.insert(path, text.into_bytes());
    }

    /// Writes the copy. What has not changed is left alone, so that cargo compiles only what has.
    pub(super) fn write(&mut self) -> Result<(), Diagnostic> {
        let source = Source::read(&self.root, "Cargo.toml")?;
        let mut manifest = parse_document(&source)?;
        let members: toml_edit::Array = self.members.iter().collect();
        manifest["workspace"]["members"] = value(members);
        self.put("Cargo.toml".into(), manifest.to_string());
        let lock = Source::read(&self.root, "Cargo.lock")?;
        let has_lock = self.folder.join("Cargo.lock").is_file();
        if !has_lock {
            // Cargo strikes out what the copy does not need. After that it is the copy's own.
            self.put("Cargo.lock".into(), lock.text.clone());
        }
        for (path, bytes) in &self.files {
            let to = self.folder.join(path);
            let fail = |error: io::Error| Diagnostic::io(&to.display().to_string(), &error);
            if fs::read(&to).is_ok_and(|old| old == *bytes) {
                continue;
            }
            fs::create_dir_all(to.parent().expect("a file has a folder")).map_err(fail)?;
            fs::write(&to, bytes).map_err(fail)?;
        }
        // A module that the original no longer has would do no harm, but a program would be listed.
        for member in &self.members {
            for file in files_below(&self.folder, Path::new(member))? {
                if !self.files.contains_key(&file) {
                    let path = self.folder.join(&file);
                    fs::remove_file(&path)
                        .map_err(|error| Diagnostic::io(&display_path(&file), &error))?;
                }
            }
        }
        Ok(())
    }

    /// Compiles a program of the copy.
    pub(super) fn build(&self, package: &str, program: &str) -> Result<PathBuf, Diagnostic> {
        self.compile(package, program)?.map_err(|said| {
            Diagnostic::new(
                "unrecordable",
                format!("the copy of `{program}` with probes does not compile:\n{said}"),
            )
            .help("the original does: the recorder can't do this yet")
        })
    }

    /// Compiles a program of the workspace, or gives what the compiler says.
    fn compile(&self, package: &str, program: &str) -> Result<Result<PathBuf, String>, Diagnostic> {
        // Both call their file the same, because a panic prints it.
        let flags = format!("--cap-lints allow --remap-path-prefix {ORIGINAL}={SINGLE}");
        let target = self.folder.join("target");
        compile(&self.folder, package, program, |cargo| {
            cargo
                .env("RUSTFLAGS", flags)
                .arg("--target-dir")
                .arg(target)
        })
    }
}

/// Compiles a program of the original.
pub(super) fn build_original(
    root: &Path,
    package: &str,
    program: &str,
) -> Result<PathBuf, Diagnostic> {
    compile(root, package, program, |cargo| cargo)?.map_err(|said| {
        let message = format!("`{program}` does not compile:\n{said}");
        Diagnostic::new("unrecordable", message)
    })
}

/// Compiles a program, or gives what the compiler says.
fn compile(
    folder: &Path,
    package: &str,
    program: &str,
    more: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<Result<PathBuf, String>, Diagnostic> {
    let mut cargo = cargo();
    cargo
        .args(["build", "--quiet", "--message-format", "json"])
        .args(["--package", package, "--bin", program])
        .current_dir(folder)
        .stdin(Stdio::null());
    let output = more(&mut cargo)
        .output()
        .map_err(|error| Diagnostic::io("cargo", &error))?;
    let messages = messages(&output.stdout);
    let built = executable(&messages, program).filter(|_| output.status.success());
    Ok(built.ok_or_else(|| said(messages, &output)))
}

/// What the compiler has said, or cargo.
fn said(messages: Vec<Message>, output: &Output) -> String {
    let rendered: Vec<String> = messages
        .into_iter()
        .filter_map(|message| message.message?.rendered)
        .collect();
    if rendered.is_empty() {
        String::from_utf8_lossy(&output.stderr).trim().to_owned()
    } else {
        rendered.join("\n").trim_end().to_owned()
    }
}

/// The folders of the examples that a manifest depends on.
fn dependencies(manifest: &DocumentMut) -> BTreeSet<String> {
    let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
    dependencies
        .into_iter()
        .flat_map(|table| table.iter())
        .filter_map(|(_, dependency)| {
            let path = dependency.get("path")?.as_str()?;
            Some(path.strip_prefix("../")?.to_owned())
        })
        .collect()
}
