//! A small book with two editions, which passes. A test breaks one thing in a copy of it, and looks at what is said.

use std::{
    fs,
    path::{Path, PathBuf},
};

use snapbox::{IntoData, cmd::Command, dir::DirRoot};

pub(crate) const EN: &str = "src/en/01_start/01_one.md";
pub(crate) const RU: &str = "src/ru/01_start/01_one.md";
pub(crate) const LIB: &str = "examples/01_01_demo/src/lib.rs";

/// A copy of the book in `tests/check/book`.
pub(crate) struct Book {
    folder: DirRoot,
    /// What `cargo book check` is told.
    pub(crate) arguments: &'static [&'static str],
}

impl Book {
    pub(crate) fn new() -> Self {
        let template = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/check/book");
        let folder = DirRoot::mutable_temp()
            .unwrap()
            .with_template(template)
            .unwrap();
        let book = Self {
            folder,
            arguments: &[],
        };
        // The languages' files are the real ones in some tests, and so the template is in all.
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../theme/index.hbs");
        book.write("theme/index.hbs", fs::read(page).unwrap())
    }

    /// The comments in the code are looked at, too.
    pub(crate) fn with_comments(mut self) -> Self {
        self.arguments = &["--comments"];
        self
    }

    /// The book with another translation instead of the Russian one: its language.toml is that of the real edition.
    pub(crate) fn in_language(tag: &str) -> Self {
        let real = format!(
            "{}/../../src/{tag}/language.toml",
            env!("CARGO_MANIFEST_DIR")
        );
        let book = Self::new();
        fs::remove_dir_all(book.path("src/ru")).unwrap();
        book.write(&format!("src/{tag}/language.toml"), fs::read(real).unwrap())
            .write(
                &format!("src/{tag}/SUMMARY.md"),
                "# S\n\n[字](introduction.md)\n",
            )
            .write(
                &format!("src/{tag}/introduction.md"),
                "# 字 {#introduction}\n\n[字](01_start/01_one.md#shared)\n",
            )
            .write(
                &format!("src/{tag}/translation.lock"),
                "[\"introduction.md\"]\n",
            )
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path().expect("a temporary folder has a path")
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn append(self, path: &str, text: &str) -> Self {
        let text = self.read(path) + text;
        self.write(path, text)
    }

    /// Replaces what must occur exactly once.
    #[track_caller]
    pub(crate) fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        self.write(path, text.replace(from, to))
    }

    /// Replaces the same in the chapter and in its translation.
    #[track_caller]
    pub(crate) fn replace_in_both(self, from: &str, to: &str) -> Self {
        self.replace(EN, from, to).replace(RU, from, to)
    }

    /// Adds the same to the end of the chapter and of its translation.
    pub(crate) fn append_to_both(self, text: &str) -> Self {
        self.append(EN, text).append(RU, text)
    }

    pub(crate) fn remove(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).unwrap();
        self
    }

    /// `cargo book check` in the book's folder.
    pub(crate) fn check(&self) -> Command {
        Command::new(env!("CARGO_BIN_EXE_book"))
            .arg("check")
            .args(self.arguments)
            .current_dir(self.root())
    }

    /// Nothing is found.
    #[track_caller]
    pub(crate) fn passes(self) {
        let output = self.check().output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(
            said.ends_with(" in 2 editions: nothing to mend\n"),
            "{said}"
        );
        assert!(output.stdout.is_empty());
    }

    /// Exactly this is found, and is written to standard error alone.
    #[track_caller]
    pub(crate) fn finds(self, expected: impl IntoData) {
        self.check()
            .assert()
            .code(1)
            .stdout_eq("")
            .stderr_eq(expected.raw());
    }
}
