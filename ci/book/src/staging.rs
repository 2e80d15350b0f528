//! Files that belong together: all of them are written, or none.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{diagnostic::Diagnostic, source::display_path};

/// Files that are complete, and not yet in their places. They wait in a folder of the project, so that putting them there
/// means to rename them, which hardly ever fails; if it does, what was done is undone.
#[derive(Debug)]
pub struct Staging {
    root: PathBuf,
    folder: TempDir,
    removed: Vec<PathBuf>,
}

/// One thing that was done: where, and what stood there before.
struct Done {
    place: PathBuf,
    before: Option<PathBuf>,
}

/// Writes one file, by its path from the root of the project: there is the old one or the new one at every moment.
///
/// # Errors
///
/// What writing and renaming give; the old file is still there then.
pub fn write(root: &Path, path: impl AsRef<Path>, text: &str) -> Result<(), Diagnostic> {
    let staging = Staging::new(root)?;
    staging.write(path, text)?;
    staging.commit()
}

impl Staging {
    /// No files, for the project at `root`.
    ///
    /// # Errors
    ///
    /// No folder can be made there.
    pub fn new(root: &Path) -> Result<Self, Diagnostic> {
        let folder = tempfile::Builder::new()
            .prefix(".book-")
            .tempdir_in(root)
            .map_err(|error| Diagnostic::io(".", &error))?;
        Ok(Self {
            root: root.to_owned(),
            folder,
            removed: Vec::new(),
        })
    }

    fn new_files(&self) -> PathBuf {
        self.folder.path().join("new")
    }

    /// Adds a file, by its path from the project's root. Where there is one already, this is its new text.
    ///
    /// # Errors
    ///
    /// What writing gives.
    pub fn write(&self, path: impl AsRef<Path>, text: &str) -> Result<(), Diagnostic> {
        let path = path.as_ref();
        let file = self.new_files().join(path);
        let write = || {
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            let mut fresh = File::create(&file)?;
            fresh.write_all(text.as_bytes())?;
            fresh.sync_all()?;
            match fs::metadata(self.root.join(path)) {
                Ok(old) => fs::set_permissions(&file, old.permissions()),
                Err(_) => Ok(()),
            }
        };
        write().map_err(|error| Diagnostic::io(&display_path(path), &error))
    }

    /// Takes a file out of the project, by its path from the root, once all others are in their places.
    pub fn remove(&mut self, path: impl Into<PathBuf>) {
        self.removed.push(path.into());
    }

    /// Puts all files into their places.
    ///
    /// # Errors
    ///
    /// What renaming gives. Then the project is as it was.
    pub fn commit(self) -> Result<(), Diagnostic> {
        let mut done = Vec::new();
        let put = if self.new_files().exists() {
            self.put(Path::new(""), &mut done)
        } else {
            Ok(())
        };
        put.and_then(|()| self.take_out(&mut done))
            .inspect_err(|_| {
                for Done { place, before } in done.iter().rev() {
                    // The first error is the one that is told.
                    let _ = match before {
                        Some(before) => fs::rename(before, place),
                        None if place.is_dir() => fs::remove_dir_all(place),
                        None => fs::remove_file(place),
                    };
                }
            })
    }

    /// Moves what is to be removed out of the project.
    fn take_out(&self, done: &mut Vec<Done>) -> Result<(), Diagnostic> {
        for path in &self.removed {
            let place = self.root.join(path);
            let before = self.folder.path().join(format!("{}.before", done.len()));
            fs::rename(&place, &before)
                .map_err(|error| Diagnostic::io(&display_path(path), &error))?;
            done.push(Done {
                place,
                before: Some(before),
            });
        }
        Ok(())
    }

    /// Renames what is in `folder`; whole folders at once, where they are new.
    fn put(&self, folder: &Path, done: &mut Vec<Done>) -> Result<(), Diagnostic> {
        let fail = |path: &Path, error: io::Error| Diagnostic::io(&display_path(path), &error);
        let mut entries = fs::read_dir(self.new_files().join(folder))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| fail(folder, error))?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = folder.join(entry.file_name());
            let place = self.root.join(&path);
            let is_new = !place.exists();
            if entry.path().is_dir() && !is_new {
                self.put(&path, done)?;
                continue;
            }
            let before =
                (!is_new).then(|| self.folder.path().join(format!("{}.before", done.len())));
            if let Some(before) = &before {
                fs::copy(&place, before).map_err(|error| fail(&path, error))?;
            }
            fs::rename(entry.path(), &place).map_err(|error| fail(&path, error))?;
            done.push(Done { place, before });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("src")).unwrap();
        fs::write(root.path().join("src/old.md"), "old").unwrap();
        root
    }

    /// All files of the project, each with its text.
    fn files(root: &Path) -> Vec<(String, String)> {
        let paths = crate::source::files_below(root, Path::new("")).unwrap();
        let text = |path: &PathBuf| fs::read_to_string(root.join(path)).unwrap();
        paths
            .iter()
            .map(|path| (display_path(path), text(path)))
            .collect()
    }

    fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files
            .iter()
            .map(|(path, text)| ((*path).into(), (*text).into()))
            .collect()
    }

    #[test]
    fn nothing_is_there_before_all_is_there() {
        let root = project();
        let staging = Staging::new(root.path()).unwrap();
        staging.write("src/old.md", "new").unwrap();
        staging.write("src/a/b/c.md", "c").unwrap();
        assert_eq!(files(root.path()), pairs(&[("src/old.md", "old")]));
        staging.commit().unwrap();
        assert_eq!(
            files(root.path()),
            pairs(&[("src/a/b/c.md", "c"), ("src/old.md", "new")])
        );
        assert_eq!(
            fs::read_dir(root.path()).unwrap().count(),
            1,
            "nothing is left behind"
        );
    }

    #[test]
    fn what_is_removed_comes_back_if_the_rest_fails() {
        let root = project();
        let mut staging = Staging::new(root.path()).unwrap();
        staging.write("src/new.md", "new").unwrap();
        staging.remove("src/old.md");
        staging.remove("src/gone.md");
        staging.commit().unwrap_err();
        assert_eq!(files(root.path()), pairs(&[("src/old.md", "old")]));
        let mut staging = Staging::new(root.path()).unwrap();
        staging.write("src/new.md", "new").unwrap();
        staging.remove("src/old.md");
        staging.commit().unwrap();
        assert_eq!(files(root.path()), pairs(&[("src/new.md", "new")]));
    }

    #[test]
    fn what_cannot_be_finished_is_undone() {
        let root = project();
        let staging = Staging::new(root.path()).unwrap();
        for path in ["a/new.md", "src/new/x.md", "src/old.md"] {
            staging.write(path, "new").unwrap();
        }
        // A folder now stands where this file shall be.
        staging.write("src/z.md", "new").unwrap();
        fs::create_dir(root.path().join("src/z.md")).unwrap();
        staging.commit().unwrap_err();
        fs::remove_dir(root.path().join("src/z.md")).unwrap();
        assert_eq!(files(root.path()), pairs(&[("src/old.md", "old")]));
        assert!(!root.path().join("a").exists());
    }
}
