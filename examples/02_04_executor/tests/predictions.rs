//! What the chapter's answers claim.

mod common;

use std::pin::Pin;
use std::sync::mpsc::{self, Sender};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};

use common::{Log, run, yield_now};
use executor::executor;

/// `tests/output.rs` proves that the program prints this.
const STORM: &str = include_str!("../output/storm.txt");
const LOST_WAKE: &str = include_str!("../output/lost_wake.txt");

#[test]
fn the_storm_costs_17_polls_without_a_flag_and_3_with_it() {
    let ends: Vec<&str> = STORM
        .lines()
        .filter_map(|line| line.strip_prefix("reader   is finished after "))
        .collect();
    assert_eq!(
        ends,
        [
            "17 polls, 15 of them for nothing",
            "3 polls, 1 of them for nothing"
        ]
    );
}

#[test]
fn a_flag_that_is_cleared_after_the_poll_loses_the_task() {
    let (late, this_chapters) = LOST_WAKE.split_once("runs the executor of").unwrap();
    assert!(late.contains("is dropped, unfinished"));
    assert!(this_chapters.contains("is polled a second time, and is finished"));
}

/// Three tasks; the first one wakes itself once.
#[test]
fn a_task_that_wakes_itself_goes_to_the_end_of_the_queue() {
    let (executor, spawner) = executor();
    let log = Log::default();
    for name in ["a", "b", "c"] {
        let log = log.clone();
        spawner
            .spawn(async move {
                log.write(name);
                if name == "a" {
                    yield_now().await;
                    log.write(name);
                }
            })
            .unwrap();
    }
    drop(spawner);
    assert_eq!(run(executor), 3);
    assert_eq!(log.lines(), ["a", "b", "c", "a"]);
}

/// The program of the chapter without its `drop(spawner)`: `run` waits, and the spawner still works.
#[test]
fn run_does_not_return_while_main_has_a_spawner() {
    let (executor, spawner) = executor();
    let (finishing, finishes) = mpsc::channel();
    let task = |name| {
        let finishing = finishing.clone();
        async move { finishing.send(name).unwrap() }
    };
    spawner.spawn(task("first")).unwrap();
    let running = thread::spawn(move || run(executor));
    assert_eq!(finishes.recv(), Ok("first"));
    // No task is left, or will be in a moment. All the same, the executor is not gone:
    spawner.spawn(task("second")).unwrap();
    assert_eq!(finishes.recv(), Ok("second"));
    drop(spawner);
    assert_eq!(running.join().unwrap(), 2);
}

/// Gives its waker away in the first poll, and tells on which thread it is dropped.
struct Travels {
    give: Sender<Waker>,
    dropped_on: Sender<ThreadId>,
}

impl Future for Travels {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.give.send(cx.waker().clone()).unwrap();
        Poll::Pending
    }
}

impl Drop for Travels {
    fn drop(&mut self) {
        self.dropped_on.send(thread::current().id()).unwrap();
    }
}

/// Why a future must be `Send`, although all polls are on one thread.
#[test]
fn a_future_is_dropped_on_the_thread_that_drops_the_last_waker() {
    let (executor, spawner) = executor();
    let (give, waker) = mpsc::channel();
    let (dropped_on, thread) = mpsc::channel();
    let (poll_is_over, is_over) = mpsc::channel();
    spawner.spawn(Travels { give, dropped_on }).unwrap();
    spawner
        .spawn(async move { poll_is_over.send(()).unwrap() })
        .unwrap();
    drop(spawner);
    let other = thread::spawn(move || {
        let waker = waker.recv().unwrap();
        is_over.recv().unwrap(); // until then, the executor holds the task, too
        drop(waker);
    });
    let other_id = other.thread().id();
    assert_eq!(run(executor), 1);
    other.join().unwrap();
    assert_eq!(thread.recv(), Ok(other_id));
}
