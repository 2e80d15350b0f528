//! Runs the program, and compares its run with the labels.

use std::fmt::Write;

use crate::exercise::{Actor, RUN};

#[path = "../tests/common/mod.rs"]
mod common;

/// The lines that `two_tasks` prints now: who acts, and what it does.
fn real_run() -> Vec<(Actor, String)> {
    common::recorded_run(env!("CARGO_BIN_EXE_two_tasks"))
        .into_iter()
        .map(|(actor, what)| (actor_named(&actor), what))
        .collect()
}

fn actor_named(name: &str) -> Actor {
    match name {
        "main" => Actor::Main,
        "outside" => Actor::Outside,
        "executor" => Actor::Executor,
        "task 1" => Actor::Task1,
        "task 2" => Actor::Task2,
        "future" => Actor::Future,
        "reactor" => Actor::Reactor,
        "waker" => Actor::Waker,
        other => panic!("the program has a part that the exercise does not know: {other}"),
    }
}

#[test]
fn the_text_of_the_lines_is_as_it_was() {
    let real: Vec<String> = real_run().into_iter().map(|(_, what)| what).collect();
    assert_eq!(RUN.len(), real.len(), "RUN has lost lines, or got new ones");
    for (index, ((_, what), real)) in RUN.iter().zip(&real).enumerate() {
        assert_eq!(what, real, "line {} of RUN has another text", index + 1);
    }
}

#[test]
fn every_line_has_the_right_actor() {
    let mut wrong = 0;
    let mut report = String::new();
    for (index, ((actor, what), (real, _))) in RUN.iter().zip(real_run()).enumerate() {
        if *actor == real {
            continue;
        }
        wrong += 1;
        // The right answer is not printed. Finding it is the exercise.
        let label = if *actor == Actor::Unknown {
            "no label yet".to_owned()
        } else {
            format!("not {actor:?}")
        };
        writeln!(report, "  line {:>2}  {label:<12}  {what}", index + 1)
            .expect("a String takes all text");
    }
    assert!(
        wrong == 0,
        "{wrong} of {} lines do not have the right actor:\n{report}\
         For each line, ask: which part has in its hands what this line needs?",
        RUN.len(),
    );
}
