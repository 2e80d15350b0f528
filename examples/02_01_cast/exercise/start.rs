//! A recorded run of two tasks, with the actors taken out. Put them back in: replace each `Unknown`.

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

use Actor::*;

/// What `cargo run -p cast --bin two_tasks` does, line by line.
pub(crate) const RUN: [(Actor, &str); 40] = [
    (Unknown, "spawns task 1"),
    (Unknown, "takes task 1 and puts it in the ready queue"),
    (Unknown, "spawns task 2"),
    (Unknown, "takes task 2 and puts it in the ready queue"),
    (Unknown, "runs the executor"),
    (Unknown, "polls task 1"),
    (Unknown, "awaits a message for ada"),
    (Unknown, "asks the reactor"),
    (Unknown, "has no message for ada, and keeps the waker"),
    (Unknown, "answers pending"),
    (Unknown, "keeps task 1, which is pending"),
    (Unknown, "polls task 2"),
    (Unknown, "awaits a message for bob"),
    (Unknown, "asks the reactor"),
    (Unknown, "has no message for bob, and keeps the waker"),
    (Unknown, "answers pending"),
    (Unknown, "keeps task 2, which is pending"),
    (Unknown, "has nothing to poll, and waits"),
    (Unknown, r#"sends "hello" to bob"#),
    (Unknown, r#"receives "hello" for bob"#),
    (Unknown, "wakes with the waker it kept"),
    (Unknown, "puts task 2 in the ready queue"),
    (Unknown, "polls task 2"),
    (Unknown, "asks the reactor"),
    (Unknown, "hands over a message for bob"),
    (Unknown, "answers ready"),
    (Unknown, r#"reads "hello""#),
    (Unknown, "drops task 2, which is ready"),
    (Unknown, "has nothing to poll, and waits"),
    (Unknown, r#"sends "goodbye" to ada"#),
    (Unknown, r#"receives "goodbye" for ada"#),
    (Unknown, "wakes with the waker it kept"),
    (Unknown, "puts task 1 in the ready queue"),
    (Unknown, "polls task 1"),
    (Unknown, "asks the reactor"),
    (Unknown, "hands over a message for ada"),
    (Unknown, "answers ready"),
    (Unknown, r#"reads "goodbye""#),
    (Unknown, "drops task 1, which is ready"),
    (Unknown, "ends, because no task is left"),
];
