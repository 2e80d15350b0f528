//! Changes on disk, gathered until they pause for a moment, and handed to the site.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{live::Live, lock, report};
use crate::{
    diagnostic::{Diagnostic, say},
    example::EXAMPLES,
    project::EDITIONS,
    source,
};

/// How long no file must change before we look: an editor writes, renames and touches within a few milliseconds.
const PAUSE: Duration = Duration::from_millis(20);

/// The folders whose files the book is made of.
const WATCHED: [&str; 3] = [EDITIONS, EXAMPLES, "theme"];

/// The book's files, watched. What changes before [`Watch::start`] is not lost.
pub(super) struct Watch {
    root: PathBuf,
    watcher: RecommendedWatcher,
    events: mpsc::Receiver<notify::Result<Event>>,
}

impl Watch {
    /// Watches from now on.
    ///
    /// # Errors
    ///
    /// The system's refusal: it may limit the number of watched folders.
    pub(super) fn new(root: &Path) -> Result<Self, Diagnostic> {
        let fail = |error: notify::Error| {
            Diagnostic::new("watch", format!("cannot watch the book's files: {error}"))
                .help("the system may limit the number of watched folders (on Linux: fs.inotify.max_user_watches)")
        };
        // Events carry absolute paths, on some systems with links resolved.
        let root = root
            .canonicalize()
            .map_err(|error| Diagnostic::io(&root.display().to_string(), &error))?;
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(fail)?;
        watcher
            .watch(&root, RecursiveMode::NonRecursive)
            .map_err(fail)?;
        for folder in WATCHED.map(|folder| root.join(folder)) {
            if folder.is_dir() {
                watcher
                    .watch(&folder, RecursiveMode::Recursive)
                    .map_err(fail)?;
            }
        }
        Ok(Self {
            root,
            watcher,
            events,
        })
    }

    /// Brings the pages up to date after each change, on a thread of its own, and calls `reload` then.
    pub(super) fn start(mut self, live: Arc<Mutex<Live>>, reload: impl Fn() + Send + 'static) {
        thread::spawn(move || {
            while let Ok(first) = self.events.recv() {
                let mut files = BTreeSet::new();
                gather(&self.root, first, &mut files);
                while let Ok(next) = self.events.recv_timeout(PAUSE) {
                    gather(&self.root, next, &mut files);
                }
                self.watch_again(&files);
                if !files.is_empty() {
                    update(&live, &files, &reload);
                }
            }
        });
    }

    /// A folder that was moved away and back, or made anew, is another one for the system.
    fn watch_again(&mut self, files: &BTreeSet<PathBuf>) {
        for name in WATCHED
            .iter()
            .filter(|name| files.contains(Path::new(name)))
        {
            let folder = self.root.join(name);
            if folder.is_dir() {
                // Where it fails, the next change of the folder tries again.
                let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
            }
        }
    }
}

fn gather(root: &Path, event: notify::Result<Event>, files: &mut BTreeSet<PathBuf>) {
    let Ok(event) = event else { return };
    files.extend(changed(root, &event).map(Path::to_owned));
}

/// The files below `root` that an event is about, from there.
pub(crate) fn changed<'a>(root: &'a Path, event: &'a Event) -> impl Iterator<Item = &'a Path> {
    // Reading is an event, too, and we read.
    let is_change = !matches!(event.kind, EventKind::Access(_));
    let paths = event.paths.iter().filter(move |_| is_change);
    paths
        .filter_map(move |path| path.strip_prefix(root).ok())
        .filter(|path| !is_scratch(path))
}

/// The files that editors and version control write beside the real ones.
fn is_scratch(path: &Path) -> bool {
    // vim tries whether it may write with a file that is called by a number.
    let number = path
        .file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    number
        || path
            .iter()
            .filter_map(|part| part.to_str())
            .any(source::is_scratch)
}

fn update(live: &Mutex<Live>, files: &BTreeSet<PathBuf>, reload: &impl Fn()) {
    let start = Instant::now();
    // A panic is a mistake of ours, and ends this update, not the watching.
    let updated =
        catch_unwind(AssertUnwindSafe(|| lock(live).update(files))).unwrap_or_else(|_| {
            Err(vec![
                Diagnostic::new(
                    "bug",
                    "the tool failed at this change; the pages stay as they are",
                )
                .help("please report what is written above"),
            ])
        });
    match updated {
        Ok(Some(what)) => {
            reload();
            let changed = match files.iter().next() {
                Some(file) if files.len() == 1 => file.display().to_string(),
                _ => format!("{} files", files.len()),
            };
            say(format_args!(
                "{changed}: {what} in {} ms",
                start.elapsed().as_millis()
            ));
        }
        Ok(None) => {}
        Err(findings) => report(&findings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_editors_are_not_the_books() {
        for name in [
            "src/en/.a.md.swp",
            "src/en/a.md~",
            "src/en/4913",
            "examples/x/#lib.rs#",
        ] {
            assert!(is_scratch(Path::new(name)), "{name}");
        }
        for name in ["src/en/02_execution/03_wakeups.md", "src/en/02/01_a.md"] {
            assert!(!is_scratch(Path::new(name)), "{name}");
        }
    }
}
