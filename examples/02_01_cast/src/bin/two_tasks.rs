//! Two tasks wait on one thread, and the second gets its message first. The exercise is about this run.

use cast::{Executor, Reactor, record};

fn main() {
    let (reactor, outside) = Reactor::start();
    let mut executor = Executor::new();

    for (task, address) in [("task 1", "ada"), ("task 2", "bob")] {
        let reactor = reactor.clone();
        record("main", format!("spawns {task}"));
        executor.spawn(async move {
            record(task, format!("awaits a message for {address}"));
            let text = reactor.next_message(address).await;
            record(task, format!("reads \"{text}\""));
        });
    }

    record("main", "runs the executor");
    let mut messages = [("bob", "hello"), ("ada", "goodbye")].into_iter();
    executor.run(|| {
        if let Some((address, text)) = messages.next() {
            outside.send(address, text);
        }
    });

    outside.close();
    record("main", "ends, because no task is left");
}
