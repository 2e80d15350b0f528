//! What `run` polls, in which order, and when it returns.

mod common;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use common::{Log, probe, run, yield_now};
use executor::{SpawnError, executor};

#[test]
fn without_tasks_it_returns_when_the_spawner_is_gone() {
    let (executor, spawner) = executor();
    drop(spawner);
    assert_eq!(run(executor), 0);
}

#[test]
fn tasks_are_polled_in_the_order_in_which_they_were_woken() {
    let (executor, spawner) = executor();
    let log = Log::default();
    for name in ["a", "b", "c"] {
        let log = log.clone();
        spawner
            .spawn(async move {
                log.write(name);
                yield_now().await;
                log.write(name);
            })
            .unwrap();
    }
    drop(spawner);
    assert_eq!(run(executor), 3);
    assert_eq!(log.lines(), ["a", "b", "c", "a", "b", "c"]);
}

#[test]
fn a_future_is_not_polled_before_run() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    remote.make_ready();
    spawner.spawn(probe).unwrap();
    drop(spawner);
    assert_eq!(remote.polls(), 0);
    run(executor);
    assert_eq!(remote.polls(), 1);
}

#[test]
fn a_task_can_spawn_tasks() {
    let (executor, spawner) = executor();
    let log = Log::default();
    let (parents_spawner, parents_log) = (spawner.clone(), log.clone());
    spawner
        .spawn(async move {
            let childs_log = parents_log.clone();
            parents_spawner
                .spawn(async move { childs_log.write("child") })
                .unwrap();
            parents_log.write("parent");
        })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 2);
    assert_eq!(log.lines(), ["parent", "child"]);
}

#[test]
fn another_thread_can_spawn_while_it_runs() {
    let (executor, spawner) = executor();
    let (started, has_started) = mpsc::channel();
    spawner
        .spawn(async move { started.send(()).unwrap() })
        .unwrap();
    let thread = thread::spawn(move || {
        has_started.recv().unwrap();
        spawner.spawn(async {}).unwrap();
    });
    assert_eq!(run(executor), 2);
    thread.join().unwrap();
}

#[test]
fn it_waits_for_the_last_spawner() {
    let (executor, spawner) = executor();
    let last = spawner.clone();
    let (polled, is_polled) = mpsc::channel();
    spawner
        .spawn(async move { polled.send(()).unwrap() })
        .unwrap();
    drop(spawner);
    let thread = thread::spawn(move || {
        // The only task is finished, or about to be: nothing but `last` keeps the executor running.
        is_polled.recv().unwrap();
        last.spawn(yield_now()).unwrap();
    });
    assert_eq!(run(executor), 2, "with the late task");
    thread.join().unwrap();
}

#[test]
fn it_does_not_wait_for_a_task_that_nobody_can_wake() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    let forgetful = remote.clone();
    spawner.spawn(probe).unwrap();
    spawner
        .spawn(async move { forgetful.forget_waker() })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 1);
    assert_eq!(remote.polls(), 1);
    assert!(remote.is_dropped());
}

#[test]
fn it_does_not_wait_for_the_wakers_of_finished_tasks() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    remote.make_ready();
    spawner.spawn(probe).unwrap();
    drop(spawner);
    // `remote` keeps the waker of the only poll, to the end of the test.
    assert_eq!(run(executor), 1);
    remote.wake();
    assert_eq!(remote.polls(), 1);
}

#[test]
fn it_polls_on_the_thread_that_calls_it() {
    let (executor, spawner) = executor();
    let (sender, receiver) = mpsc::channel();
    spawner
        .spawn(async move { sender.send(thread::current().id()).unwrap() })
        .unwrap();
    drop(spawner);
    let thread = thread::spawn(move || executor.run().finished);
    let id = thread.thread().id();
    assert_eq!(thread.join().unwrap(), 1);
    assert_eq!(receiver.recv(), Ok(id));
}

#[test]
fn it_runs_ten_thousand_tasks() {
    let (executor, spawner) = executor();
    for _ in 0..10_000 {
        spawner.spawn(yield_now()).unwrap();
    }
    drop(spawner);
    assert_eq!(run(executor), 10_000);
}

#[test]
fn it_runs_both_timers() {
    let (executor, spawner) = executor();
    let pause = Duration::from_millis(1);
    spawner
        .spawn(timer_future::TimerFuture::new(pause))
        .unwrap();
    spawner
        .spawn(timer_future::lazy::TimerFuture::new(pause))
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 2);
}

#[test]
fn spawning_on_an_executor_that_is_gone_is_an_error() {
    let (executor, spawner) = executor();
    drop(executor);
    let (probe, remote) = probe();
    let error = spawner.spawn(probe).unwrap_err();
    assert_eq!(error, SpawnError);
    assert_eq!(error.to_string(), "the executor is gone");
    assert!(remote.is_dropped());
    assert_eq!(remote.polls(), 0);
}
