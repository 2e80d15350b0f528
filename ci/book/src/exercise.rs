//! `cargo book exercise`: what to do, in which file, and what is still wrong with it.
//!
//! An exercise is the folder `exercise/` of a chapter's crate. `start.rs` is what the reader gets, `tests.rs` what must
//! hold, `solution.rs` one way to get there, and `fails.toml` says why `start.rs` fails. The reader's own file,
//! `exercise.rs`, is made from `start.rs` when the reader begins; it is no part of the repository. What to do is not written
//! down a second time: it is the section "Exercise" of the chapter, in the reader's language.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::{
    diagnostic::Diagnostic,
    example::{EXAMPLES, Example},
    project::Project,
    source::{Source, display_path},
    staging,
};

pub mod command;
pub mod report;
pub mod shipped;
pub mod task;
pub mod trial;
pub mod watch;

use trial::{Limits, Trial, Version};

/// An exercise of the book.
#[derive(Debug)]
pub struct Exercise {
    /// The crate that it is a part of.
    pub example: Example,
}

/// How far the reader has come with an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The reader's file is not there, or is still the one that was shipped.
    NotBegun,
    /// The compiler refuses the reader's file.
    Refused,
    /// Some tests fail.
    Begun,
    /// All tests pass.
    Solved,
}

/// One line of the list of exercises.
#[derive(Debug, Serialize)]
pub struct Progress {
    /// The chapter's number as the folders write it: `02_03`.
    pub chapter: String,
    /// The chapter's title.
    pub title: String,
    /// How far the reader has come.
    pub state: State,
    /// How many tests pass, and how many there are. `None` where they were not run, or could not be.
    pub tests: Option<[usize; 2]>,
    /// The file to edit, from the project's root.
    pub file: String,
}

impl Exercise {
    /// All exercises, in the order of their chapters.
    ///
    /// # Errors
    ///
    /// As [`Example::all`].
    pub fn all(root: &Path) -> Result<Vec<Self>, Diagnostic> {
        let examples = Example::all(root)?.into_iter();
        Ok(examples
            .map(|example| Self { example })
            .filter(|exercise| root.join(exercise.folder()).is_dir())
            .collect())
    }

    /// The exercise that a person means by a chapter's number, a crate's folder or its package.
    ///
    /// # Errors
    ///
    /// No chapter of that name has an exercise.
    pub fn find(root: &Path, name: &str) -> Result<Self, Diagnostic> {
        let examples = Self::all(root)?
            .into_iter()
            .map(|exercise| exercise.example);
        let example = Example::find(examples.collect(), name).map_err(|mut finding| {
            finding.message = format!("no chapter `{name}` has an exercise");
            finding
        })?;
        Ok(Self { example })
    }

    /// The folder of its files, from the project's root.
    pub fn folder(&self) -> PathBuf {
        Path::new(EXAMPLES)
            .join(&self.example.folder)
            .join("exercise")
    }

    /// A file of it, from the project's root.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Makes the reader's file from what is shipped, if it is not there. Says whether it has.
    ///
    /// # Errors
    ///
    /// What reading and writing give.
    pub fn begin(&self, root: &Path) -> Result<bool, Diagnostic> {
        if root.join(self.file("exercise.rs")).exists() {
            return Ok(false);
        }
        self.write_start(root)?;
        Ok(true)
    }

    /// Puts the shipped file in the place of the reader's, which is kept under another name. Returns that name, or `None` if
    /// there was nothing to keep.
    ///
    /// # Errors
    ///
    /// What reading and writing give. The reader's file is still there then, under one of the two names.
    pub fn reset(&self, root: &Path) -> Result<Option<PathBuf>, Diagnostic> {
        let mine = self.file("exercise.rs");
        if !root.join(&mine).exists() || !self.is_begun(root)? {
            self.write_start(root)?;
            return Ok(None);
        }
        let kept = (1..)
            .map(|number| self.file(&format!("exercise.{number}.rs")))
            .find(|kept| !root.join(kept).exists())
            .expect("there is always another number");
        fs::rename(root.join(&mine), root.join(&kept)).map_err(io_at(&mine))?;
        self.write_start(root)?;
        Ok(Some(kept))
    }

    /// Whether the reader's file differs from the shipped one.
    fn is_begun(&self, root: &Path) -> Result<bool, Diagnostic> {
        let mine = self.file("exercise.rs");
        if !root.join(&mine).exists() {
            return Ok(false);
        }
        // Not as text: what a reader writes need not be UTF-8, and then the compiler says so.
        let mine = fs::read(root.join(&mine)).map_err(io_at(&mine))?;
        Ok(mine != self.start(root)?.text.as_bytes())
    }

    fn start(&self, root: &Path) -> Result<std::sync::Arc<Source>, Diagnostic> {
        Source::read(root, self.file("start.rs"))
    }

    /// Writes the reader's file: all of it, or nothing.
    fn write_start(&self, root: &Path) -> Result<(), Diagnostic> {
        let start = self.start(root)?;
        staging::write(root, self.file("exercise.rs"), &start.text)
    }

    /// How far the reader has come. Runs the tests, if the reader has begun.
    ///
    /// # Errors
    ///
    /// The tests could not be run.
    pub fn progress(&self, project: &Project, limits: &Limits<'_>) -> Result<Progress, Diagnostic> {
        let (state, tests) = if self.is_begun(&project.root)? {
            let trial = trial::run(&project.root, self, Version::Readers, limits)?;
            (trial.state(), trial.passed())
        } else {
            (State::NotBegun, None)
        };
        Ok(Progress {
            chapter: self.example.number(),
            title: task::title(project, &self.example),
            state,
            tests,
            file: display_path(&self.file("exercise.rs")),
        })
    }
}

impl Trial {
    /// What the trial says of the reader's progress.
    pub fn state(&self) -> State {
        match (self, self.passed()) {
            (Self::Refused { .. }, _) => State::Refused,
            (Self::Run(_), Some([passed, all])) if passed == all => State::Solved,
            _ => State::Begun,
        }
    }
}

fn io_at(path: &Path) -> impl Fn(io::Error) -> Diagnostic {
    let path = display_path(path);
    move |error| Diagnostic::io(&path, &error)
}
