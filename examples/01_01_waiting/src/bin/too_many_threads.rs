//! Asks for ten thousand waiters in a process that may have 2 GiB of address space, and no more.
//!
//! Without an argument they are threads: the system refuses, and the exit code is 1. With `tasks` they are tasks.
//! The limit is for a child process only. No other program notices anything. It works on Linux.
//!
//! Standard error says how many threads there were. Sometimes it shows a panic of the standard library instead: the last
//! thread was granted, and the system refused the small second stack that the library makes for each thread.
//!
//! Two more arguments choose other numbers: `too_many_threads threads 20000 4` means 20000 threads and 4 GiB.

use std::env;
use std::process::ExitCode;

use waiting::DEFAULT_STACK_KIB;
use waiting::measure::{Kind, child, in_child};

fn main() -> ExitCode {
    match child() {
        Ok(true) => return ExitCode::SUCCESS,
        Ok(false) => {}
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    }
    if !cfg!(target_os = "linux") {
        eprintln!("only Linux limits the address space of a process in this way");
        return ExitCode::from(2);
    }
    let arguments: Vec<String> = env::args().skip(1).collect();
    let number = |index: usize, default| {
        arguments
            .get(index)
            .map_or(Some(default), |text| text.parse().ok())
    };
    let (Some(count), Some(gib)) = (number(1, 10_000), number(2, 2)) else {
        eprintln!("the second and the third argument are numbers");
        return ExitCode::from(2);
    };
    match arguments.first().map_or("threads", String::as_str) {
        "threads" => ask(
            "threads",
            Kind::Threads {
                stack_kib: DEFAULT_STACK_KIB,
            },
            count,
            gib,
        ),
        "tasks" => ask("tasks", Kind::Tasks, count, gib),
        other => {
            eprintln!("neither threads nor tasks: {other}");
            ExitCode::from(2)
        }
    }
}

/// Starts the child, and records what became of it.
fn ask(name: &str, kind: Kind, count: u64, gib: u64) -> ExitCode {
    record(
        "main",
        &format!("starts a process with {gib} GiB of address space"),
    );
    record("process", &format!("asks for {count} {name}"));
    match in_child(kind, count, Some(gib)) {
        Ok(cost) => {
            record("process", &format!("all {count} of its {name} wait"));
            record("process", &format!("all {count} finish: {}", cost.sum));
            ExitCode::SUCCESS
        }
        Err(reason) => {
            // How many there were depends on the machine, so the recorded run leaves it out.
            eprintln!("{reason}");
            record("system", "refuses to make one of them");
            record("process", "ends without a sum");
            ExitCode::FAILURE
        }
    }
}

/// One event, one line: who acts, then what is done.
fn record(actor: &str, what: &str) {
    println!("{actor:<7}  {what}");
}
