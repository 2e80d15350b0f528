//! What is in the trace of a program: here, of this very program, which starts itself to do one thing.
//!
//! So it has a `main` of its own: with a name, it is the program to be recorded, and without one it runs all tests.

use std::{
    env, fs,
    path::Path,
    process::{Command, ExitStatus, Output},
};

use recorder::{
    panic, probe,
    sync::{Arc, Mutex},
    thread,
};

fn main() {
    if let Some(name) = env::args().nth(1)
        && let Some((_, program)) = PROGRAMS.iter().find(|(known, _)| *known == name)
    {
        return program();
    }
    for (name, test) in TESTS {
        test();
        println!("test {name} ... ok");
    }
}

/// The programs that are recorded.
const PROGRAMS: [(&str, fn()); 5] = [
    ("two_locks", two_locks),
    ("two_locks_after_very_much", two_locks_after_very_much),
    ("deep", deep),
    ("hooks", hooks),
    ("parent", parent),
];

const TESTS: [(&str, fn()); 6] = [
    (
        "a_deadlock_is_the_last_event_and_ends_the_program",
        a_deadlock_is_the_last_event_and_ends_the_program,
    ),
    (
        "a_deadlock_behind_the_limit_is_told",
        a_deadlock_behind_the_limit_is_told,
    ),
    (
        "a_deep_recursion_does_not_fill_the_disk",
        a_deep_recursion_does_not_fill_the_disk,
    ),
    (
        "a_panic_is_recorded_once_whatever_the_hook",
        a_panic_is_recorded_once_whatever_the_hook,
    ),
    (
        "a_program_that_starts_itself_is_recorded_once",
        a_program_that_starts_itself_is_recorded_once,
    ),
    (
        "a_deadlock_is_told_by_the_same_thread_each_time",
        a_deadlock_is_told_by_the_same_thread_each_time,
    ),
];

/// Runs one of the programs. Returns its end, and the lines of its trace.
fn run(program: &str) -> (ExitStatus, Vec<String>) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{program}.trace"));
    let _ = fs::remove_file(&path);
    let Output { status, .. } = Command::new(env::current_exe().unwrap())
        .arg(program)
        .env("RECORDING", &path)
        .output()
        .unwrap();
    let trace = fs::read_to_string(&path).unwrap();
    (status, trace.lines().map(str::to_owned).collect())
}

fn count(lines: &[String], event: &str) -> usize {
    let event = format!("\"event\":\"{event}\"");
    lines.iter().filter(|line| line.contains(&event)).count()
}

fn two_locks() {
    let locks = Arc::new((Mutex::new(()), Mutex::new(())));
    let its = Arc::clone(&locks);
    thread::spawn(move || {
        let _second = its.1.lock().unwrap();
        thread::yield_now();
        let _first = its.0.lock().unwrap();
    });
    let _first = locks.0.lock().unwrap();
    thread::yield_now();
    let _second = locks.1.lock().unwrap();
}

fn a_deadlock_is_the_last_event_and_ends_the_program() {
    let (status, lines) = run("two_locks");
    assert_eq!(status.code(), Some(111));
    assert_eq!(count(&lines, "lock_wait"), 2);
    assert!(
        lines.last().unwrap().contains("\"event\":\"deadlock\""),
        "{lines:#?}"
    );
}

fn two_locks_after_very_much() {
    for _ in 0..30_000 {
        probe::line();
    }
    two_locks();
}

fn a_deadlock_behind_the_limit_is_told() {
    let (status, lines) = run("two_locks_after_very_much");
    assert_eq!(status.code(), Some(111));
    assert!(lines[lines.len() - 2].contains("\"value\":\"steps\""));
    assert!(lines.last().unwrap().contains("\"event\":\"deadlock\""));
}

fn deep() {
    fn call(depth: usize) {
        let _frame = probe::frame();
        probe::line();
        if depth > 0 {
            call(depth - 1);
        }
    }
    call(2_000);
}

fn a_deep_recursion_does_not_fill_the_disk() {
    let (status, lines) = run("deep");
    assert!(status.success());
    assert_eq!(count(&lines, "line"), 2_001);
    let longest = lines.iter().map(String::len).max().unwrap();
    assert!((500..5_000).contains(&longest), "{longest}");
}

fn hooks() {
    probe::line();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| before(info)));
    assert!(panic::catch_unwind(|| panic!("first")).is_err());
    drop(panic::take_hook());
    assert!(panic::catch_unwind(|| panic!("second")).is_err());
}

fn a_panic_is_recorded_once_whatever_the_hook() {
    let (status, lines) = run("hooks");
    assert!(status.success());
    assert_eq!(count(&lines, "panic"), 2, "{lines:#?}");
}

fn parent() {
    probe::line();
    let child = Command::new(env::current_exe().unwrap())
        .arg("hooks")
        .output();
    assert!(child.unwrap().status.success());
    probe::line();
}

fn a_program_that_starts_itself_is_recorded_once() {
    let (status, lines) = run("parent");
    assert!(status.success());
    assert_eq!(
        (count(&lines, "line"), count(&lines, "panic")),
        (2, 0),
        "{lines:#?}"
    );
}

fn a_deadlock_is_told_by_the_same_thread_each_time() {
    let (_, first) = run("two_locks");
    for _ in 0..5 {
        assert_eq!(run("two_locks").1, first);
    }
}
