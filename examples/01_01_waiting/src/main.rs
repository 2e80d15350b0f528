//! Measures what waiters cost, as threads and as tasks, and prints a table.
//!
//! `cargo run -p waiting --release`, and behind a `--` these, if you like:
//!
//! - `--count N`: how many waiters (10000)
//! - `--runs N`: how many runs of each kind (5); the table shows the median of each figure
//! - `--stack-kib N`: the size of each thread's stack (2048)
//! - `--threads-limit N`: start no more threads than this (12000), so that a large `--count` is not an accident
//! - `--only threads`, `--only tasks`: leave the other kind out

use std::env;
use std::process::ExitCode;
use std::thread::available_parallelism;

use waiting::DEFAULT_STACK_KIB;
use waiting::measure::{Cost, Kind, child, in_child};

fn main() -> ExitCode {
    let done = child().and_then(|was_child| match was_child {
        true => Ok(()),
        false => Options::parse(env::args().skip(1)).and_then(|options| compare(&options)),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// What the arguments ask for.
struct Options {
    count: u64,
    runs: u64,
    stack_kib: u64,
    threads_limit: u64,
    only: Option<String>,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            count: 10_000,
            runs: 5,
            stack_kib: DEFAULT_STACK_KIB as u64,
            threads_limit: 12_000,
            only: None,
        };
        while let Some(name) = arguments.next() {
            let value = arguments.next().unwrap_or_default();
            let number = || match value.parse() {
                Ok(number @ 1..=1_000_000) => Ok(number),
                _ => Err(format!("{name} needs a number from 1 to 1000000")),
            };
            match (name.as_str(), value.as_str()) {
                ("--count", _) => options.count = number()?,
                ("--runs", _) => options.runs = number()?,
                ("--stack-kib", _) => options.stack_kib = number()?,
                ("--threads-limit", _) => options.threads_limit = number()?,
                ("--only", "threads" | "tasks") => options.only = Some(value),
                _ => {
                    return Err(format!(
                        "unknown: {name} {value}; src/main.rs lists the options"
                    ));
                }
            }
        }
        Ok(options)
    }

    fn wants(&self, kind: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == kind)
    }
}

/// Measures both kinds in turn, and prints the table.
fn compare(options: &Options) -> Result<(), String> {
    if options.wants("threads") && options.count > options.threads_limit {
        return Err(format!(
            "{} threads are more than the limit of {}. They may hinder every other program on this machine. \
             To measure tasks, say --only tasks; to try the threads, raise --threads-limit",
            options.count, options.threads_limit
        ));
    }
    let kind = Kind::Threads {
        stack_kib: options.stack_kib as usize,
    };
    let (mut threads, mut tasks) = (Vec::new(), Vec::new());
    // In turn, so that a machine that gets slower for a while does not hit one kind only.
    for _ in 0..options.runs {
        if options.wants("threads") {
            threads.push(measured("threads", kind, options.count)?);
        }
        if options.wants("tasks") {
            tasks.push(measured("tasks", Kind::Tasks, options.count)?);
        }
    }
    print_table(options, &threads, &tasks);
    Ok(())
}

/// Measures once, and checks that the waiters did their work.
fn measured(name: &str, kind: Kind, count: u64) -> Result<Cost, String> {
    let cost = in_child(kind, count, None).map_err(|error| format!("{name}: {error}"))?;
    let expected = count * (count - 1) / 2;
    match cost.sum == expected {
        true => Ok(cost),
        false => Err(format!("{name}: the sum is {}, not {expected}", cost.sum)),
    }
}

/// One figure of a run, in the unit that the table shows. `None`: not measured.
type Figure = fn(&Cost) -> Option<f64>;

/// The rows of the table.
const ROWS: [(&str, Figure); 7] = [
    ("resident, MiB", |cost| mib(cost.memory.resident)),
    ("page tables, MiB", |cost| mib(cost.memory.page_tables)),
    ("kernel stacks, MiB", |cost| mib(cost.memory.kernel_stacks)),
    ("in RAM together, MiB", |cost| mib(in_ram(cost))),
    ("address space, MiB", |cost| mib(cost.memory.address_space)),
    ("to start, ms", |cost| Some(ms(cost.start))),
    ("to finish, ms", |cost| Some(ms(cost.finish))),
];

fn mib(kib: Option<u64>) -> Option<f64> {
    Some(kib? as f64 / 1024.0)
}

fn ms(duration: std::time::Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The first three rows. The address space is no memory until it is used.
fn in_ram(cost: &Cost) -> Option<u64> {
    Some(cost.memory.resident? + cost.memory.page_tables? + cost.memory.kernel_stacks?)
}

fn print_table(options: &Options, threads: &[Cost], tasks: &[Cost]) {
    let build = if cfg!(debug_assertions) {
        "dev"
    } else {
        "release"
    };
    let cores = available_parallelism().map_or(1, usize::from);
    println!(
        "{} waiters, {build} build, {} {}, cores: {cores}",
        options.count,
        env::consts::OS,
        env::consts::ARCH
    );
    println!(
        "each figure is the median of {} runs, each in a new process\n",
        options.runs
    );
    println!("{:<22}{:>14}{:>14}{:>10}", "", "threads", "tasks", "ratio");
    for (name, figure) in ROWS {
        let (threads, tasks) = (median(threads, figure), median(tasks, figure));
        let ratio = match (threads, tasks) {
            // Less than the table can show is a divisor that says nothing.
            (Some(threads), Some(tasks)) if tasks >= 0.05 => format!("{:.0}", threads / tasks),
            _ => String::from("-"),
        };
        let shown = |figure: Option<f64>| match figure {
            Some(figure) => format!("{figure:.2}"),
            None => String::from("not measured"),
        };
        println!(
            "{name:<22}{:>14}{:>14}{ratio:>10}",
            shown(threads),
            shown(tasks)
        );
    }
}

/// The figure in the middle. `None` if a run has none, or if there is no run.
fn median(costs: &[Cost], figure: Figure) -> Option<f64> {
    let mut figures: Vec<f64> = costs.iter().map(figure).collect::<Option<_>>()?;
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}
