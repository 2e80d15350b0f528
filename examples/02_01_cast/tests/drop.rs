//! When futures and wakers are dropped.

mod common;

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Waker};

use cast::{Executor, Reactor};
use common::{Wakes, bounded};

#[test]
fn a_finished_task_is_dropped_while_others_run() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let owned = Rc::new(());
        let in_task = Rc::clone(&owned);
        let mut executor = Executor::new();
        // Not an async block, which drops what it owns at its end. This future keeps it as long as it lives.
        executor.spawn(std::future::poll_fn(move |_| {
            let _still_owned = &in_task;
            Poll::Ready(())
        }));
        executor.spawn(async move {
            reactor.next_message("ada").await;
        });

        let owners = Cell::new(0);
        executor.run(|| {
            owners.set(Rc::strong_count(&owned));
            outside.send("ada", "hello");
        });
        outside.close();

        assert_eq!(owners.get(), 1);
    });
}

#[test]
fn an_executor_drops_its_unfinished_tasks() {
    bounded(|| {
        let owned = Rc::new(());
        let in_task = Rc::clone(&owned);
        let mut executor = Executor::new();
        executor.spawn(async move {
            let _in_task = in_task;
            std::future::pending::<()>().await;
        });
        assert_eq!(Rc::strong_count(&owned), 2);

        drop(executor);

        assert_eq!(Rc::strong_count(&owned), 1);
    });
}

#[test]
fn a_waker_may_outlive_its_executor() {
    bounded(|| {
        let (keep, kept) = mpsc::channel::<Waker>();
        let mut executor = Executor::new();
        executor.spawn(std::future::poll_fn(move |context| {
            keep.send(context.waker().clone())
                .expect("the test keeps it");
            Poll::Ready(())
        }));
        executor.run(|| unreachable!("the task never waits"));
        drop(executor);

        kept.recv().expect("the task has been polled").wake();
    });
}

#[test]
fn the_reactor_gives_up_a_waker_when_it_has_used_it() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let wakes = Wakes::new();
        let mut future = pin!(reactor.next_message("ada"));
        assert!(
            future
                .as_mut()
                .poll(&mut Context::from_waker(&wakes.waker()))
                .is_pending()
        );
        assert_eq!(Arc::strong_count(&wakes), 2);

        outside.send("ada", "hello");
        outside.close();

        assert_eq!(Arc::strong_count(&wakes), 1);
    });
}
