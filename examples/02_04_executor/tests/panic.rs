//! A task that panics is reported, and ends nobody but itself.

mod common;

use std::future::poll_fn;
use std::panic::{catch_unwind, panic_any, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use common::{Log, probe, report, run, yield_now};
use executor::{Report, executor};

/// The message of the only panic.
fn message(report: &Report) -> &str {
    assert_eq!(report.panics.len(), 1);
    report.panics[0].downcast_ref::<&str>().unwrap()
}

#[test]
fn the_others_go_on() {
    let (executor, spawner) = executor();
    let log = Log::default();
    for name in ["before", "after"] {
        let log = log.clone();
        spawner
            .spawn(async move {
                yield_now().await;
                log.write(name);
            })
            .unwrap();
        if name == "before" {
            spawner.spawn(async { panic!("task 2") }).unwrap();
        }
    }
    drop(spawner);
    let report = report(executor);
    assert_eq!(message(&report), "task 2");
    assert_eq!(report.finished, 2);
    assert_eq!(log.lines(), ["before", "after"]);
}

#[test]
fn in_a_later_poll_it_is_reported_as_well() {
    let (executor, spawner) = executor();
    spawner
        .spawn(async {
            yield_now().await;
            panic!("second poll");
        })
        .unwrap();
    drop(spawner);
    let report = report(executor);
    assert_eq!(message(&report), "second poll");
    assert_eq!(report.finished, 0);
}

#[test]
fn every_panic_is_reported_in_order() {
    let (executor, spawner) = executor();
    for number in 0..3 {
        spawner.spawn(async move { panic_any(number) }).unwrap();
    }
    drop(spawner);
    let panics = report(executor).panics;
    let numbers: Vec<i32> = panics
        .into_iter()
        .map(|panic| *panic.downcast().unwrap())
        .collect();
    assert_eq!(numbers, [0, 1, 2]);
}

#[test]
#[should_panic = "passed on"]
fn a_caller_can_pass_it_on() {
    let (executor, spawner) = executor();
    spawner.spawn(async { panic!("passed on") }).unwrap();
    drop(spawner);
    if let Some(panic) = report(executor).panics.pop() {
        resume_unwind(panic);
    }
}

#[test]
fn the_future_is_dropped_at_once_and_never_polled_again() {
    let (executor, spawner) = executor();
    let (mut probe, remote) = probe();
    spawner
        .spawn(poll_fn(move |cx| {
            let _ = Pin::new(&mut probe).poll(cx);
            panic!("after storing its waker");
        }))
        .unwrap();
    let watcher = remote.clone();
    spawner
        .spawn(async move {
            assert!(watcher.is_dropped());
            watcher.wake();
            yield_now().await;
            assert_eq!(watcher.polls(), 1);
        })
        .unwrap();
    drop(spawner);
    // `remote` still has the waker, and does not keep the executor waiting.
    let report = report(executor);
    assert_eq!(message(&report), "after storing its waker");
    assert_eq!(report.finished, 1);
    drop(remote);
}

/// Panics when it is dropped, as a faulty destructor does.
struct PanicsOnDrop(Poll<()>);

impl Future for PanicsOnDrop {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.0
    }
}

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("destructor");
    }
}

#[test]
fn a_panic_in_the_destructor_of_a_finished_future_is_reported() {
    let (executor, spawner) = executor();
    spawner.spawn(PanicsOnDrop(Poll::Ready(()))).unwrap();
    spawner.spawn(async {}).unwrap();
    drop(spawner);
    let report = report(executor);
    assert_eq!(message(&report), "destructor");
    assert_eq!(report.finished, 1, "the other one");
}

#[test]
fn a_panic_in_the_destructor_of_a_future_that_nobody_can_wake_is_reported() {
    let (executor, spawner) = executor();
    spawner.spawn(PanicsOnDrop(Poll::Pending)).unwrap();
    spawner.spawn(async {}).unwrap();
    drop(spawner);
    let report = report(executor);
    assert_eq!(message(&report), "destructor");
    assert_eq!(report.finished, 1, "the other one");
}

#[test]
fn a_panic_of_an_assertion_in_a_task_reaches_a_test() {
    let (executor, spawner) = executor();
    spawner.spawn(async { panic!("assertion") }).unwrap();
    drop(spawner);
    let outcome = catch_unwind(|| run(executor));
    assert_eq!(
        outcome.unwrap_err().downcast_ref::<&str>(),
        Some(&"assertion")
    );
}
