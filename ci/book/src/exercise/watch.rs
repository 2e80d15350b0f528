//! The crate of an exercise, watched: whatever the reader saves is tried again.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::Duration,
};

use notify::{Event, RecursiveMode, Watcher};

use super::Exercise;
use crate::{diagnostic::Diagnostic, serve::watch::changed as changed_files, source::display_path};

/// How long nothing must change before we look: an editor writes, renames and touches within a few milliseconds.
const PAUSE: Duration = Duration::from_millis(50);

/// Calls `attempt` now, and again after each change of the crate's files, until the process is ended.
///
/// What `attempt` gets tells it whether a newer change makes its result worthless.
///
/// # Errors
///
/// What `attempt` gives, or the system's refusal to watch.
pub fn watch(
    root: &Path,
    exercise: &Exercise,
    mut attempt: impl FnMut(&dyn Fn() -> bool) -> Result<(), Diagnostic>,
) -> Result<(), Diagnostic> {
    let fail = |error: notify::Error| {
        Diagnostic::new(
            "watch",
            format!("cannot watch the exercise's files: {error}"),
        )
    };
    // Events carry absolute paths, on some systems with links resolved.
    let folder = root.join(exercise.example.path());
    let folder = folder
        .canonicalize()
        .map_err(|error| Diagnostic::io(&display_path(&folder), &error))?;
    let watched = folder.clone();
    let changed = Arc::new(AtomicBool::new(false));
    let (sender, changes) = mpsc::channel();
    let flag = Arc::clone(&changed);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| changed_files(&watched, &event).next().is_some()) {
            flag.store(true, Ordering::Relaxed);
            // Fails only if nobody waits for us any more.
            let _ = sender.send(());
        }
    })
    .map_err(fail)?;
    watcher
        .watch(&folder, RecursiveMode::Recursive)
        .map_err(fail)?;
    loop {
        changed.store(false, Ordering::Relaxed);
        attempt(&|| changed.load(Ordering::Relaxed))?;
        // The watcher lives as long as this function, and has the sender.
        if changes.recv().is_err() {
            return Ok(());
        }
        while changes.recv_timeout(PAUSE).is_ok() {}
    }
}
