//! The claims of the chapter's "Predict before you run" answers.

use std::process::Command;

use raw_waker::v2_counted::{self, waker};

#[test]
fn the_recorded_run_counts_as_the_answer_says() {
    let counts: Vec<&str> = include_str!("../output.txt")
        .lines()
        .filter_map(|line| line.split_once("owners: "))
        .map(|(_, owners)| owners)
        .collect();
    assert_eq!(counts, ["1", "2", "2", "1", "2", "2", "1"]);
}

/// A waker whose `clone_from` finds that there is nothing to do is not counted twice, and the other way round.
#[test]
fn clone_from_counts_only_a_waker_of_another_task() {
    // SAFETY: it is asked for the wakers of this test only, and `v2_counted::waker` makes them all.
    let owners = |waker: &_| unsafe { v2_counted::owners(waker) };
    let one = waker(|| ());
    let mut stored = one.clone();
    stored.clone_from(&one);
    assert_eq!(owners(&one), 2);
    let other = waker(|| ());
    stored.clone_from(&other);
    assert_eq!((owners(&one), owners(&other)), (1, 2));
}

#[test]
fn the_three_tables_print_the_same() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_wrong_count"))
            .args(arguments)
            .output()
            .expect("cargo has built the program");
        assert!(output.status.success());
        output.stdout
    };
    let repaired = run(&["repaired"]);
    assert_eq!(run(&["wake"]), repaired);
    // What a use after free prints is no promise, but on these systems the program is arranged for it.
    if cfg!(all(target_os = "linux", target_env = "gnu")) {
        assert_eq!(run(&[]), repaired);
    }
}
