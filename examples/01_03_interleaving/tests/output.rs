//! The programs print what the chapter shows, and end with the exit code that they announce.

mod common;

use common::run;

#[track_caller]
fn prints(program: &str, argument: Option<&str>, expected: &str, exit_code: i32) {
    let (text, code) = run(program, argument);
    assert_eq!(text, expected);
    assert_eq!(code, exit_code, "the exit code");
}

const ONE_BY_ONE: &str = env!("CARGO_BIN_EXE_one_by_one");
const GREEDY: &str = env!("CARGO_BIN_EXE_greedy");
const LOST_UPDATE: &str = env!("CARGO_BIN_EXE_lost_update");
const MEET: &str = env!("CARGO_BIN_EXE_meet");

#[test]
fn main() {
    let program = env!("CARGO_BIN_EXE_interleaving");
    prints(program, None, include_str!("../output.txt"), 0);
}

#[test]
fn one_by_one() {
    let expected = include_str!("../output/one_by_one.txt");
    prints(ONE_BY_ONE, None, expected, 0);
}

#[test]
fn making_the_futures_first_changes_no_line() {
    let expected = include_str!("../output/one_by_one.txt");
    prints(ONE_BY_ONE, Some("made_first"), expected, 0);
}

#[test]
fn greedy() {
    let expected = include_str!("../output/greedy.txt");
    prints(GREEDY, None, expected, 0);
}

#[test]
fn an_await_that_has_nothing_to_wait_for_changes_no_line() {
    let expected = include_str!("../output/greedy.txt");
    prints(GREEDY, Some("check"), expected, 0);
}

#[test]
fn greedy_repaired() {
    let expected = include_str!("../output/greedy_repaired.txt");
    prints(GREEDY, Some("repaired"), expected, 0);
}

#[test]
fn lost_update() {
    let expected = include_str!("../output/lost_update.txt");
    prints(LOST_UPDATE, None, expected, 1);
}

#[test]
fn lost_update_repaired() {
    let expected = include_str!("../output/lost_update_repaired.txt");
    prints(LOST_UPDATE, Some("repaired"), expected, 0);
}

#[test]
fn joined_loops_do_not_meet() {
    let expected = include_str!("../output/meet.txt");
    prints(MEET, None, expected, 1);
}

#[test]
fn loops_on_two_threads_meet() {
    let expected = include_str!("../output/meet_threads.txt");
    prints(MEET, Some("threads"), expected, 0);
}
