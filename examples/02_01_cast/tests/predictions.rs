//! What the chapter says about its runs, asserted.

mod common;

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::task::Poll;

use cast::Executor;
use common::{polled, recorded_run};

fn count(run: &[(String, String)], actor: &str, what: &str) -> usize {
    run.iter()
        .filter(|line| line.0 == actor && line.1 == what)
        .count()
}

/// The line numbers, from 1, of the lines that are exactly this.
fn lines(run: &[(String, String)], actor: &str, what: &str) -> Vec<usize> {
    (1..)
        .zip(run)
        .filter(|(_, line)| line.0 == actor && line.1 == what)
        .map(|(number, _)| number)
        .collect()
}

#[test]
fn one_message_costs_two_polls() {
    let run = recorded_run(env!("CARGO_BIN_EXE_cast"));
    assert_eq!(count(&run, "executor", "polls task 1"), 2);
}

#[test]
fn only_the_executor_polls() {
    for program in [
        env!("CARGO_BIN_EXE_cast"),
        env!("CARGO_BIN_EXE_early"),
        env!("CARGO_BIN_EXE_two_tasks"),
    ] {
        let polls = recorded_run(program)
            .into_iter()
            .filter(|(_, what)| what.starts_with("polls"));
        let who: BTreeSet<String> = polls.map(|(actor, _)| actor).collect();
        assert_eq!(who, BTreeSet::from(["executor".to_owned()]));
    }
}

#[test]
fn between_the_message_and_the_second_poll_act_outside_reactor_and_waker() {
    let run = recorded_run(env!("CARGO_BIN_EXE_cast"));
    let waits = lines(&run, "executor", "has nothing to poll, and waits");
    let polls = lines(&run, "executor", "polls task 1");
    let between: Vec<&str> = run[waits[0]..polls[1] - 1]
        .iter()
        .map(|(actor, _)| actor.as_str())
        .collect();
    assert_eq!(between, ["outside", "reactor", "reactor", "waker"]);
}

#[test]
fn a_message_that_is_there_costs_one_poll_and_no_waker() {
    let run = recorded_run(env!("CARGO_BIN_EXE_early"));
    assert_eq!(count(&run, "executor", "polls task 1"), 1);
    assert!(!run.iter().any(|(actor, _)| actor == "waker"));
    assert!(!run.iter().any(|(_, what)| what.contains("keeps the waker")));
    assert!(!run.iter().any(|(_, what)| what.ends_with("and waits")));
}

#[test]
fn a_busy_thread_asks_more_than_1000_times_in_vain() {
    let run = recorded_run(env!("CARGO_BIN_EXE_busy"));
    assert_eq!(
        count(&run, "main", "has asked more than 1000 times in vain"),
        1
    );
}

#[test]
fn two_tasks_cost_four_polls_on_one_thread() {
    let run = recorded_run(env!("CARGO_BIN_EXE_two_tasks"));
    assert_eq!(count(&run, "executor", "polls task 1"), 2);
    assert_eq!(count(&run, "executor", "polls task 2"), 2);
}

#[test]
fn this_executor_polls_once_for_every_wake() {
    let mut polled_before = 0;
    let (future, polls) = polled(std::future::poll_fn(move |context| {
        if polled_before == 0 {
            for _ in 0..3 {
                context.waker().wake_by_ref();
            }
        }
        polled_before += 1;
        // Ready in the poll of the third wake. An executor that made one poll of the three wakes
        // would have nothing to poll before that.
        if polled_before == 4 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }));
    let mut executor = Executor::new();
    executor.spawn(future);
    executor.run(|| unreachable!("a wake is left in the queue"));
    assert_eq!(polls.load(Ordering::SeqCst), 4);
}
