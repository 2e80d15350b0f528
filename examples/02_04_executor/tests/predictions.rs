//! What the chapter's answers claim.

mod common;

use common::{Log, run, yield_now};
use executor::executor;
use std::sync::mpsc;
use std::thread;

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
