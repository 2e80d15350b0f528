//! What waiters cost: memory and time, each kind in a process of its own.
//!
//! A process keeps much of the memory that it has freed. So the threads and the tasks are not measured one after the
//! other in the same process: the program starts itself again for each measurement. [`child`] is what the new process
//! does, [`in_child`] starts it and reads its answer.

use std::env;
use std::fmt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub use crate::memory::Memory;
use crate::{Moment, tasks, threads};

/// Tells a process that it is a child. It carries the [`Kind`].
const CHILD: &str = "WAITING_CHILD";

/// What a waiter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A thread, with a stack of this many KiB.
    Threads {
        /// The size of each stack, in KiB.
        stack_kib: usize,
    },
    /// A task.
    Tasks,
}

/// What one run cost.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// How much memory the waiters took while all of them waited.
    pub memory: Memory,
    /// From the first start until all waiters waited.
    pub start: Duration,
    /// From the first number sent until all waiters had ended.
    pub finish: Duration,
    /// What the waiters added up.
    pub sum: u64,
}

/// Runs the waiters in this process, and measures them.
///
/// # Errors
///
/// The system refused a thread: its reason, in words.
pub fn here(kind: Kind, count: u64) -> Result<Cost, String> {
    let mut before = Memory::default();
    let mut memory = Memory::default();
    let mut started = Instant::now();
    let mut start = Duration::ZERO;
    let mut resumed = started;
    let mut finish = Duration::ZERO;
    let reached = |moment| match moment {
        Moment::Prepared => {
            before = Memory::now();
            started = Instant::now();
        }
        Moment::AllWait => {
            start = started.elapsed();
            memory = Memory::now().growth_since(before);
            // The reading takes time too, and it is no waiter's.
            resumed = Instant::now();
        }
        Moment::AllDone => finish = resumed.elapsed(),
    };
    let sum = match kind {
        Kind::Threads { stack_kib } => {
            threads(count, stack_kib, reached).map_err(|refused| refused.to_string())?
        }
        Kind::Tasks => tasks(count, reached),
    };
    Ok(Cost {
        memory,
        start,
        finish,
        sum,
    })
}

/// If this process was started by [`in_child`]: measures, prints, and says `true`. The caller then ends the process.
///
/// # Errors
///
/// The system refused a thread.
pub fn child() -> Result<bool, String> {
    let Ok(order) = env::var(CHILD) else {
        return Ok(false);
    };
    let order: Option<Vec<usize>> = order.split(' ').map(|word| word.parse().ok()).collect();
    let (kind, count) = match order.as_deref() {
        Some(&[count]) => (Kind::Tasks, count),
        Some(&[count, stack_kib]) => (Kind::Threads { stack_kib }, count),
        _ => return Err(format!("{CHILD} is for the program itself, do not set it")),
    };
    println!("{}", Answer(here(kind, count as u64)?));
    Ok(true)
}

/// Starts this program again, lets the new process measure, and reads what it prints.
///
/// `limit_gib` limits the address space of the child. It works on Linux only, where it is the `ulimit -v` of the shell.
///
/// # Errors
///
/// The child did not end well: what it said, or how it ended. Or this process is a child itself.
pub fn in_child(kind: Kind, count: u64, limit_gib: Option<u64>) -> Result<Cost, String> {
    // A program that forgets to call `child` would start itself again and again.
    if env::var_os(CHILD).is_some() {
        return Err(String::from("a child starts no children"));
    }
    // Not `env::current_exe`: on Linux that needs `/proc`, which a container may not have.
    let program = env::args_os().next().ok_or("which program is this?")?;
    let mut command = match limit_gib {
        None => Command::new(program),
        Some(gib) => {
            let mut shell = Command::new("sh");
            let kib = gib * 1024 * 1024;
            // `exec` replaces the shell by the program, which keeps the limits. The first one is for a child that is
            // aborted: it leaves no core file behind.
            let limits = format!("ulimit -c 0 && ulimit -v {kib}");
            shell.args(["-c", &format!("{limits} && exec \"$0\"")]);
            shell.arg(program);
            // For speed, glibc reserves addresses for each of the first threads, and more of them on a machine with more
            // cores. Without that, the limit means the same on every machine.
            shell.env("MALLOC_ARENA_MAX", "1");
            shell
        }
    };
    let order = match kind {
        Kind::Tasks => format!("{count}"),
        Kind::Threads { stack_kib } => format!("{count} {stack_kib}"),
    };
    let output = command
        .env(CHILD, order)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("the program does not start again: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return parse(&text).ok_or_else(|| format!("the child printed {text:?}"));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    // The first line: what follows a panic's message is of no interest here.
    let reason = said.lines().find(|line| !line.is_empty());
    let reason = reason.unwrap_or("it said nothing");
    Err(format!("{reason} ({})", output.status))
}

/// A cost as the child writes it: seven numbers, and `-` for what is not measured.
struct Answer(Cost);

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cost {
            memory,
            start,
            finish,
            sum,
        } = self.0;
        for figure in [
            memory.resident,
            memory.page_tables,
            memory.kernel_stacks,
            memory.address_space,
        ] {
            match figure {
                Some(kib) => write!(f, "{kib} ")?,
                None => write!(f, "- ")?,
            }
        }
        write!(f, "{} {} {sum}", start.as_micros(), finish.as_micros())
    }
}

fn parse(text: &str) -> Option<Cost> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [
        resident,
        page_tables,
        kernel_stacks,
        address_space,
        start,
        finish,
        sum,
    ] = words[..]
    else {
        return None;
    };
    Some(Cost {
        memory: Memory {
            resident: resident.parse().ok(),
            page_tables: page_tables.parse().ok(),
            kernel_stacks: kernel_stacks.parse().ok(),
            address_space: address_space.parse().ok(),
        },
        start: Duration::from_micros(start.parse().ok()?),
        finish: Duration::from_micros(finish.parse().ok()?),
        sum: sum.parse().ok()?,
    })
}
