//! How many threads the process has while all waiters wait. Alone in its file: another test would be another thread.

#![cfg(target_os = "linux")]

use std::fs;

use waiting::{DEFAULT_STACK_KIB, Moment, tasks, threads};

/// The threads of this process and its regions of memory, as Linux counts them. `None`: there is no `/proc` here.
fn counted() -> Option<(u64, u64)> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let maps = fs::read_to_string("/proc/self/maps").ok()?;
    let threads = status
        .lines()
        .find_map(|line| line.strip_prefix("Threads:"))?;
    Some((threads.trim().parse().ok()?, maps.lines().count() as u64))
}

#[test]
fn a_thousand_tasks_add_no_thread_and_a_thousand_threads_add_a_thousand() {
    let Some(before) = counted() else {
        println!("not checked: no /proc");
        return;
    };
    // How many threads and how many regions more than before.
    let added = || {
        let now = counted().expect("it was there before");
        (now.0 - before.0, now.1.saturating_sub(before.1))
    };
    tasks(1000, |moment| {
        if moment == Moment::AllWait {
            let (threads, regions) = added();
            assert_eq!(threads, 0);
            // A heap that grows may need some.
            assert!(regions < 10, "{regions}");
        }
    });
    let done = threads(1000, DEFAULT_STACK_KIB, |moment| {
        if moment == Moment::AllWait {
            let (threads, regions) = added();
            assert_eq!(threads, 1000);
            // Two stacks for each thread, and a guard below each of them. Some systems need no region for a guard.
            let each = regions as f64 / 1000.0;
            println!("{each} regions for each thread");
            assert!((0.9..4.2).contains(&each), "{each}");
        }
    });
    if let Err(refused) = done {
        println!("not checked: {refused}");
        // Where a thousand are too many, a few must be possible.
        assert!(refused.started > 0);
    }
}
