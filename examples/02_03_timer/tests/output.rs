//! The programs print what the chapter shows, and end with the exit code that the chapter names.

use std::process::Command;

fn check(program: &str, arguments: &[&str], expected: &str, code: i32) {
    let run = Command::new(program)
        .args(arguments)
        .output()
        .expect("cargo has built the program");
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected);
    assert_eq!(run.status.code(), Some(code));
}

#[test]
fn three_timers() {
    let program = env!("CARGO_BIN_EXE_timer_future");
    check(program, &[], include_str!("../output.txt"), 0);
}

#[test]
fn lost_wakeup() {
    let program = env!("CARGO_BIN_EXE_lost_wakeup");
    check(program, &[], include_str!("../output/lost_wakeup.txt"), 1);
}

#[test]
fn lost_wakeup_repaired() {
    let program = env!("CARGO_BIN_EXE_lost_wakeup");
    let expected = include_str!("../output/lost_wakeup_repaired.txt");
    check(program, &["repaired"], expected, 0);
}

#[test]
fn wake_under_lock() {
    let program = env!("CARGO_BIN_EXE_wake_under_lock");
    let expected = include_str!("../output/wake_under_lock.txt");
    check(program, &[], expected, 1);
}
