//! What `status` and `check` cost for one chapter in one edition.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use book::{
    check,
    project::Project,
    translation::{
        desk::{Desk, locks},
        status::status,
    },
};

/// How often each is measured.
const RUNS: usize = 7;

/// The times that a book takes for one chapter in one edition.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PerChapter {
    /// Of `cargo book status`.
    pub(crate) status: Duration,
    /// Of `cargo book check`.
    pub(crate) check: Duration,
}

/// Measures the commands' own work, without the start of a process: from reading the files to the result.
///
/// # Panics
///
/// When the book can't be read, or the check finds something: a benchmark of a failure would mean nothing.
pub(crate) fn measure(root: &Path) -> PerChapter {
    let load = || Project::load(root).expect("a book that can be read");
    let project = load();
    let count: usize = project
        .editions
        .iter()
        .map(|edition| edition.chapters.len())
        .sum();
    let count = u32::try_from(count).expect("not that many chapters");
    let status_of = || {
        let project = load();
        let editions: Vec<_> = project.editions.iter().skip(1).collect();
        let locks = locks(&project, &editions).expect("locks that can be read");
        assert_eq!(status(&Desk::new(&project), &locks).len(), editions.len());
    };
    let check_of = || {
        let findings = check(&load()).expect("files that can be read");
        assert!(findings.is_empty(), "{}", findings[0]);
    };
    PerChapter {
        status: median(status_of) / count,
        check: median(check_of) / count,
    }
}

fn median(work: impl Fn()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}
