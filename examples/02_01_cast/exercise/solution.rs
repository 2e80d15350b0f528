//! The same run, labelled.

/// Who acts in a line of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Actor {
    /// Nobody has found out yet.
    Unknown,
    /// `main`, which makes the parts and brings them together.
    Main,
    /// The world outside the program.
    Outside,
    /// Polls tasks.
    Executor,
    /// The first task, which waits for a message for ada.
    Task1,
    /// The second task, which waits for a message for bob.
    Task2,
    /// A future that stands for the next message. Each task awaits one.
    Future,
    /// Waits for events from outside.
    Reactor,
    /// Tells the executor to poll a task again.
    Waker,
}

use Actor::{Executor, Future, Main, Outside, Reactor, Task1, Task2, Waker};

/// What `cargo run -p cast --bin two_tasks` does, line by line.
pub(crate) const RUN: [(Actor, &str); 40] = [
    (Main, "spawns task 1"),
    (Executor, "takes task 1 and puts it in the ready queue"),
    (Main, "spawns task 2"),
    (Executor, "takes task 2 and puts it in the ready queue"),
    (Main, "runs the executor"),
    (Executor, "polls task 1"),
    (Task1, "awaits a message for ada"),
    (Future, "asks the reactor"),
    (Reactor, "has no message for ada, and keeps the waker"),
    (Future, "answers pending"),
    (Executor, "keeps task 1, which is pending"),
    (Executor, "polls task 2"),
    (Task2, "awaits a message for bob"),
    (Future, "asks the reactor"),
    (Reactor, "has no message for bob, and keeps the waker"),
    (Future, "answers pending"),
    (Executor, "keeps task 2, which is pending"),
    (Executor, "has nothing to poll, and waits"),
    (Outside, r#"sends "hello" to bob"#),
    (Reactor, r#"receives "hello" for bob"#),
    (Reactor, "wakes with the waker it kept"),
    (Waker, "puts task 2 in the ready queue"),
    (Executor, "polls task 2"),
    (Future, "asks the reactor"),
    (Reactor, "hands over a message for bob"),
    (Future, "answers ready"),
    (Task2, r#"reads "hello""#),
    (Executor, "drops task 2, which is ready"),
    (Executor, "has nothing to poll, and waits"),
    (Outside, r#"sends "goodbye" to ada"#),
    (Reactor, r#"receives "goodbye" for ada"#),
    (Reactor, "wakes with the waker it kept"),
    (Waker, "puts task 1 in the ready queue"),
    (Executor, "polls task 1"),
    (Future, "asks the reactor"),
    (Reactor, "hands over a message for ada"),
    (Future, "answers ready"),
    (Task1, r#"reads "goodbye""#),
    (Executor, "drops task 1, which is ready"),
    (Main, "ends, because no task is left"),
];
