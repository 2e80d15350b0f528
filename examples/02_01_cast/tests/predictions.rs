//! What the chapter says about its runs, asserted.

mod common;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::task::Poll;

use cast::Executor;
use common::{bounded, polled, recorded_run};

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
fn the_lines_are_where_the_chapter_says() {
    let run = recorded_run(env!("CARGO_BIN_EXE_cast"));
    let expected = [
        (5, "executor", "polls task 1"),
        (6, "task 1", "awaits a message for ada"),
        (7, "future", "asks the reactor"),
        (8, "reactor", "has no message for ada, and keeps the waker"),
        (9, "future", "answers pending"),
        (10, "executor", "keeps task 1, which is pending"),
        (11, "executor", "has nothing to poll, and waits"),
        (12, "outside", "sends \"hello\" to ada"),
        (13, "reactor", "receives \"hello\" for ada"),
        (14, "reactor", "wakes with the waker it kept"),
        (15, "waker", "puts task 1 in the ready queue"),
        (16, "executor", "polls task 1"),
        (17, "future", "asks the reactor"),
        (18, "reactor", "hands over a message for ada"),
        (19, "future", "answers ready"),
        (20, "task 1", "reads \"hello\""),
        (21, "executor", "drops task 1, which is ready"),
    ];
    for (number, actor, what) in expected {
        let line = &run[number - 1];
        assert_eq!(
            (line.0.as_str(), line.1.as_str()),
            (actor, what),
            "line {number}"
        );
    }
    assert_eq!(run.len(), 22);
}

#[test]
fn the_lines_of_the_hint_have_different_actors() {
    let run = recorded_run(env!("CARGO_BIN_EXE_two_tasks"));
    assert_eq!(run.len(), 40);
    assert_eq!(
        (run[1].0.as_str(), run[32].0.as_str()),
        ("executor", "waker")
    );
    assert!(run[1].1.ends_with("in the ready queue") && run[32].1.ends_with("in the ready queue"));
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
    bounded(|| {
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
    });
}

#[test]
fn a_pending_task_whose_waker_nobody_keeps_is_not_polled_again() {
    bounded(|| {
        let (future, polls) = polled(std::future::pending::<()>());
        let mut executor = Executor::new();
        executor.spawn(future);

        // The executor would wait forever. The panic is the only way out.
        let run = catch_unwind(AssertUnwindSafe(|| executor.run(|| panic!("waits"))));

        assert_eq!(run.unwrap_err().downcast_ref(), Some(&"waits"));
        assert_eq!(polls.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_task_that_panics_ends_all_others() {
    bounded(|| {
        let (future, polls) = polled(async {});
        let mut executor = Executor::new();
        executor.spawn(async { panic!("task 1 panics") });
        executor.spawn(future);

        let run = catch_unwind(AssertUnwindSafe(|| {
            executor.run(|| unreachable!("nothing waits"));
        }));

        assert_eq!(run.unwrap_err().downcast_ref(), Some(&"task 1 panics"));
        assert_eq!(polls.load(Ordering::SeqCst), 0);
    });
}
