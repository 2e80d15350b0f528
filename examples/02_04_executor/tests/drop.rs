//! When futures are dropped.

mod common;

use std::pin::Pin;
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Waker};
use std::thread;

use common::{probe, run};
use executor::executor;

#[test]
fn a_future_is_dropped_when_it_finishes_and_not_when_run_returns() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    remote.make_ready();
    spawner.spawn(probe).unwrap();
    spawner
        .spawn(async move {
            // Its waker is still there, and keeps no future.
            let _waker = remote.waker();
            assert!(remote.is_dropped());
        })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 2);
}

#[test]
fn dropping_the_executor_drops_the_futures_in_its_queue() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    spawner.spawn(probe).unwrap();
    drop(spawner);
    assert!(!remote.is_dropped());
    drop(executor);
    assert!(remote.is_dropped());
    assert_eq!(remote.polls(), 0);
}

#[test]
fn a_waiting_task_belongs_to_whoever_has_its_waker() {
    let (executor, spawner) = executor();
    let (probe, remote) = probe();
    let watcher = remote.clone();
    spawner.spawn(probe).unwrap();
    spawner
        .spawn(async move {
            assert!(!watcher.is_dropped());
            watcher.forget_waker();
            assert!(watcher.is_dropped(), "with the last waker");
        })
        .unwrap();
    drop(spawner);
    assert_eq!(run(executor), 1);
}

/// Keeps the waker of its own task, where nobody else can reach it.
struct Selfish(Arc<Mutex<Option<Waker>>>);

impl Future for Selfish {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        *self.0.lock().unwrap() = Some(cx.waker().clone());
        Poll::Pending
    }
}

#[test]
fn a_future_that_keeps_its_own_waker_keeps_its_task_and_the_executor_running() {
    let (executor, spawner) = executor();
    let (polled, is_polled) = mpsc::channel();
    let kept = Arc::default();
    let reach_in = Arc::downgrade(&kept);
    spawner.spawn(Selfish(kept)).unwrap();
    spawner
        .spawn(async move { polled.send(()).unwrap() })
        .unwrap();
    drop(spawner);
    let running = thread::spawn(move || run(executor));
    is_polled.recv().unwrap();

    // No spawner, nothing in the queue, and no waker but its own: the task is still there, and `run`
    // waits for it.
    let kept = reach_in.upgrade().expect("the future keeps itself alive");
    let waker = kept.lock().unwrap().take();
    drop(kept);
    drop(waker);
    assert!(reach_in.upgrade().is_none(), "the cycle is broken");
    assert_eq!(running.join().unwrap(), 1);
}
