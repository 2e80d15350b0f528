//! What the chapter's answers and its text say about the figures: about the committed ones, and about the ones here.

mod support;

use support::{Row, granted, row, table, told};

const MEASURED: &str = include_str!("../measured.txt");
const WAITING: &str = env!("CARGO_BIN_EXE_waiting");
const KIB: f64 = 1.0 / 1024.0;

/// Both figures, which Linux measures.
fn figures(table: &str, name: &str) -> (f64, f64) {
    let Row { threads, tasks, .. } = row(table, name);
    (
        threads.expect("Linux measures it"),
        tasks.expect("Linux measures it"),
    )
}

#[test]
fn the_ratios_of_the_table_follow_from_its_figures() {
    for name in ["resident, MiB", "in RAM together, MiB"] {
        let Row {
            threads: Some(threads),
            tasks: Some(tasks),
            ratio: Some(ratio),
        } = row(MEASURED, name)
        else {
            panic!("{name} is not complete");
        };
        // The table rounds its figures after it has divided.
        assert!((ratio / (threads / tasks) - 1.0).abs() < 0.05, "{name}");
    }
}

#[test]
fn a_waiting_thread_has_30_kib_in_ram_and_a_task_a_sixth_of_one() {
    // Each row, divided by the 10000 waiters, as the chapter's second table has it.
    let per_thread = |name| figures(MEASURED, name).0 / KIB / 10_000.0;
    let near = |figure: f64, expected: f64| (figure / expected - 1.0).abs() < 0.03;
    assert!(near(per_thread("resident, MiB"), 9.7));
    assert!(near(per_thread("page tables, MiB"), 4.0));
    assert!(near(per_thread("kernel stacks, MiB"), 16.0));
    assert!(near(per_thread("in RAM together, MiB"), 29.7));
    let bytes_per_task = figures(MEASURED, "in RAM together, MiB").1 / KIB * 1024.0 / 10_000.0;
    assert!(near(bytes_per_task, 160.0), "{bytes_per_task}");
}

#[test]
fn the_ratios_in_the_text_are_those_of_the_table() {
    let ratio = |name| row(MEASURED, name).ratio.expect("there is one");
    assert!((55.0..70.0).contains(&ratio("resident, MiB")));
    assert!((170.0..200.0).contains(&ratio("in RAM together, MiB")));
    assert!(ratio("to start, ms") > 50.0);
    assert!(ratio("to finish, ms") > 50.0);
}

#[test]
fn a_thread_takes_about_40_microseconds_to_start() {
    let microseconds = figures(MEASURED, "to start, ms").0 * 1000.0 / 10_000.0;
    assert!((35.0..45.0).contains(&microseconds), "{microseconds}");
}

#[test]
fn a_task_that_keeps_an_array_across_an_await_is_as_large_as_the_array() {
    let keeps = async {
        let array = [1_u8; 16 * 1024];
        std::future::ready(()).await;
        array.iter().map(|&byte| u32::from(byte)).sum::<u32>()
    };
    let does_not = async {
        let sum = {
            let array = [1_u8; 16 * 1024];
            array.iter().map(|&byte| u32::from(byte)).sum::<u32>()
        };
        std::future::ready(()).await;
        sum
    };
    assert!(size_of_val(&keeps) >= 16 * 1024);
    assert!(size_of_val(&does_not) < 100);
}

#[test]
fn the_threads_take_20_gib_of_addresses_and_less_than_a_fiftieth_of_it_in_ram() {
    let (addresses, _) = figures(MEASURED, "address space, MiB");
    assert!(addresses / 1024.0 > 20.0);
    assert!(figures(MEASURED, "in RAM together, MiB").0 < addresses / 50.0);
}

#[test]
fn a_hundred_threads_take_three_mib() {
    let hundred = figures(MEASURED, "in RAM together, MiB").0 / 100.0;
    assert!((2.8..3.1).contains(&hundred), "{hundred}");
}

#[test]
fn with_a_buffer_of_16_kib_each_the_ratio_is_less_than_three() {
    let (threads, tasks) = figures(MEASURED, "in RAM together, MiB");
    let buffers = 10_000.0 * 16.0 * KIB;
    let ratio = (threads + buffers) / (tasks + buffers);
    assert!((2.5..3.0).contains(&ratio), "{ratio}");
}

#[test]
fn here_too_a_thread_costs_at_least_five_times_the_memory_and_has_a_stack() {
    if !(told("resident, MiB") && told("address space, MiB")) {
        return;
    }
    let Some(table) = table(WAITING, &["--count", "2000", "--runs", "1"]) else {
        return;
    };
    let (threads, tasks) = figures(&table, "resident, MiB");
    assert!(threads > 5.0 * tasks, "{table}");
    let ratio = row(&table, "resident, MiB").ratio;
    assert!(ratio.is_some_and(|ratio| ratio >= 5.0), "{table}");
    // What the process had before is not counted: it would be more than 2000 tasks are.
    assert!(tasks < 1.0, "{table}");
    // Each has touched a page of 4 KiB at least.
    assert!(threads > 2000.0 * 4.0 * KIB, "{table}");
    let (threads, tasks) = figures(&table, "address space, MiB");
    assert!(threads > 2000.0 * 2.0, "{table}");
    assert!(tasks < 10.0, "{table}");
}

#[test]
fn a_smaller_stack_saves_addresses_and_page_tables_and_no_resident_memory() {
    if !told("resident, MiB") {
        return;
    }
    let options = ["--count", "2000", "--runs", "1", "--only", "threads"];
    let small = [&options[..], &["--stack-kib", "64"]].concat();
    let (Some(default), Some(small)) = (table(WAITING, &options), table(WAITING, &small)) else {
        return;
    };
    let threads = |table: &str, name| row(table, name).threads.expect("Linux measures it");
    for (name, at_most, at_least) in [
        ("address space, MiB", 0.5, 0.0),
        ("page tables, MiB", 0.5, 0.0),
        ("resident, MiB", 1.2, 0.8),
    ] {
        if !told(name) {
            continue;
        }
        let change = threads(&small, name) / threads(&default, name);
        assert!((at_least..=at_most).contains(&change), "{name}: {change}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn two_gib_of_addresses_are_enough_for_fewer_than_1024_threads() {
    let program = env!("CARGO_BIN_EXE_too_many_threads");
    if let Some(granted) = granted(WAITING, program, 2) {
        assert!((900..1024).contains(&granted), "{granted}");
    }
}
