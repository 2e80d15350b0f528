//! One task waits for one message, and every part says what it does.

use cast::{Executor, Reactor, record};

// ANCHOR: main
fn main() {
    record("main", "creates the reactor and the executor");
    let (reactor, outside) = Reactor::start();
    let mut executor = Executor::new();

    record("main", "spawns task 1");
    executor.spawn(async move {
        record("task 1", "awaits a message for ada");
        let text = reactor.next_message("ada").await;
        record("task 1", format!("reads \"{text}\""));
    });

    record("main", "runs the executor");
    executor.run(|| outside.send("ada", "hello"));

    outside.close();
    record("main", "ends, because no task is left");
}
// ANCHOR_END: main
