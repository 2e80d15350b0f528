//! The message is there before the first poll.

use cast::{Executor, Reactor, record};

fn main() {
    let (reactor, outside) = Reactor::start();
    let mut executor = Executor::new();

    record("main", "spawns task 1");
    executor.spawn(async move {
        record("task 1", "awaits a message for ada");
        let text = reactor.next_message("ada").await;
        record("task 1", format!("reads \"{text}\""));
    });

    outside.send("ada", "hello");
    // Returns when the reactor has received the message.
    outside.close();

    record("main", "runs the executor");
    executor.run(|| unreachable!("the executor never waits"));
    record("main", "ends, because no task is left");
}
