//! Changes on disk, gathered until they pause for a moment, and handed to the site.

use std::{
    collections::BTreeSet,
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
};

/// How long no file must change before we look: an editor writes, renames and touches within a few milliseconds.
const PAUSE: Duration = Duration::from_millis(20);

/// Watches the book's files from now on, on a thread of its own, until the returned watcher is dropped. After each update
/// of the pages it calls `reload`.
pub(super) fn watch(
    root: &Path,
    live: Arc<Mutex<Live>>,
    reload: impl Fn() + Send + 'static,
) -> Result<RecommendedWatcher, Diagnostic> {
    let fail = |error: notify::Error| {
        Diagnostic::new("watch", format!("cannot watch the book's files: {error}"))
            .help("the system may limit the number of watched folders (on Linux: fs.inotify.max_user_watches)")
    };
    // Events carry absolute paths, on some systems with links resolved.
    let root = root
        .canonicalize()
        .map_err(|error| Diagnostic::io(&root.display().to_string(), &error))?;
    let (events, incoming) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(events).map_err(fail)?;
    watcher
        .watch(&root, RecursiveMode::NonRecursive)
        .map_err(fail)?;
    for folder in [EDITIONS, EXAMPLES, "theme"] {
        if root.join(folder).is_dir() {
            watcher
                .watch(&root.join(folder), RecursiveMode::Recursive)
                .map_err(fail)?;
        }
    }
    thread::spawn(move || {
        while let Ok(first) = incoming.recv() {
            let mut files = BTreeSet::new();
            gather(&root, first, &mut files);
            while let Ok(next) = incoming.recv_timeout(PAUSE) {
                gather(&root, next, &mut files);
            }
            if !files.is_empty() {
                update(&live, &files, &reload);
            }
        }
    });
    Ok(watcher)
}

fn gather(root: &Path, event: notify::Result<Event>, files: &mut BTreeSet<PathBuf>) {
    let Ok(event) = event else { return };
    // Reading is an event, too, and we read.
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    let below = event
        .paths
        .iter()
        .filter_map(|path| path.strip_prefix(root).ok());
    files.extend(below.filter(|path| !is_scratch(path)).map(Path::to_owned));
}

/// The files that editors and version control write beside the real ones.
fn is_scratch(path: &Path) -> bool {
    path.iter().filter_map(|part| part.to_str()).any(|name| {
        name.starts_with('.')
            || name.starts_with('#')
            || name.ends_with('~')
            || name.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn update(live: &Mutex<Live>, files: &BTreeSet<PathBuf>, reload: &impl Fn()) {
    let start = Instant::now();
    let updated = lock(live).update(files);
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
        assert!(!is_scratch(Path::new("src/en/02_execution/03_wakeups.md")));
    }
}
