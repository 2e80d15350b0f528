//! Who is woken, when, and what a wake leads to.

mod common;

use std::pin::pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};

use cast::{Executor, NextMessage, Reactor};
use common::{Wakes, bounded, polled};

#[test]
fn a_message_wakes_the_waker_of_the_latest_poll() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let mut future = pin!(reactor.next_message("ada"));
        let (first, second) = (Wakes::new(), Wakes::new());
        assert!(
            future
                .as_mut()
                .poll(&mut Context::from_waker(&first.waker()))
                .is_pending()
        );
        assert!(
            future
                .as_mut()
                .poll(&mut Context::from_waker(&second.waker()))
                .is_pending()
        );

        outside.send("ada", "hello");
        outside.close();

        assert_eq!((first.count(), second.count()), (0, 1));
    });
}

#[test]
fn a_message_wakes_nobody_at_another_address() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let mut ada = pin!(reactor.next_message("ada"));
        let mut bob = pin!(reactor.next_message("bob"));
        let (wakes_ada, wakes_bob) = (Wakes::new(), Wakes::new());
        assert!(
            ada.as_mut()
                .poll(&mut Context::from_waker(&wakes_ada.waker()))
                .is_pending()
        );
        assert!(
            bob.as_mut()
                .poll(&mut Context::from_waker(&wakes_bob.waker()))
                .is_pending()
        );

        outside.send("bob", "hello");
        outside.close();

        assert_eq!((wakes_ada.count(), wakes_bob.count()), (0, 1));
        assert!(
            ada.poll(&mut Context::from_waker(Waker::noop()))
                .is_pending()
        );
        assert_eq!(
            bob.poll(&mut Context::from_waker(Waker::noop())),
            Poll::Ready("hello".to_owned())
        );
    });
}

#[test]
fn a_kept_waker_is_woken_once() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let mut future = pin!(reactor.next_message("ada"));
        let wakes = Wakes::new();
        assert!(
            future
                .as_mut()
                .poll(&mut Context::from_waker(&wakes.waker()))
                .is_pending()
        );

        outside.send("ada", "one");
        outside.send("ada", "two");
        outside.close();

        assert_eq!(wakes.count(), 1);
    });
}

/// Tells on which thread its waker is woken.
struct WokenOn(mpsc::Sender<ThreadId>);

impl Wake for WokenOn {
    fn wake(self: Arc<Self>) {
        let _ = self.0.send(thread::current().id());
    }
}

#[test]
fn a_wake_runs_on_the_thread_of_the_reactor() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let (woken, woken_on) = mpsc::channel();
        let waker = Waker::from(Arc::new(WokenOn(woken)));
        let future = pin!(reactor.next_message("ada"));
        assert!(future.poll(&mut Context::from_waker(&waker)).is_pending());

        outside.send("ada", "hello");
        outside.close();

        // Neither the thread that polled nor the one that sent, which are the same here.
        let thread = woken_on.recv().expect("the waker has been woken");
        assert_ne!(thread, thread::current().id());
    });
}

#[test]
fn nobody_polls_while_the_task_waits() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let mut executor = Executor::new();
        let (future, polls) = polled(async move {
            reactor.next_message("ada").await;
        });
        executor.spawn(future);

        let (tell_idle, idle) = mpsc::channel();
        let sender = thread::spawn(move || {
            idle.recv().expect("the executor becomes idle");
            // Many chances for an executor that would poll without being woken.
            for _ in 0..1_000 {
                thread::yield_now();
            }
            let polls_before = polls.load(Ordering::SeqCst);
            outside.send("ada", "hello");
            (polls_before, polls, outside)
        });

        executor.run(|| tell_idle.send(()).expect("the sender waits for this"));

        let (polls_before, polls, outside) = sender.join().expect("the sender does not panic");
        outside.close();
        assert_eq!(polls_before, 1);
        assert_eq!(polls.load(Ordering::SeqCst), 2);
    });
}

#[test]
fn a_wake_after_the_task_has_finished_does_nothing() {
    bounded(|| {
        let kept = Arc::new(Mutex::new(None::<Waker>));
        let keep = Arc::clone(&kept);
        let (future, polls) = polled(async move {
            let waker = std::future::poll_fn(|context| Poll::Ready(context.waker().clone())).await;
            *keep.lock().expect("nobody panics with this lock") = Some(waker);
        });
        let mut executor = Executor::new();
        executor.spawn(future);
        executor.run(|| unreachable!("the task never waits"));

        let waker = kept.lock().expect("nobody panics with this lock").take();
        waker.expect("the task has kept its waker").wake();
        // A second task, so that the executor reads its ready queue again.
        executor.spawn(async {});
        executor.run(|| unreachable!("the task never waits"));

        assert_eq!(polls.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_wake_while_the_message_is_not_there_is_answered_pending_again() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let kept = Arc::new(Mutex::new(None::<Waker>));
        let keep = Arc::clone(&kept);
        let mut message = Box::pin(reactor.next_message("ada"));
        let (future, polls) = polled(std::future::poll_fn(move |context| {
            *keep.lock().expect("nobody panics with this lock") = Some(context.waker().clone());
            message.as_mut().poll(context).map(drop)
        }));
        let mut executor = Executor::new();
        executor.spawn(future);

        let mut idle = 0;
        executor.run(|| {
            idle += 1;
            if idle == 1 {
                let waker = kept.lock().expect("nobody panics with this lock").take();
                waker.expect("the task has been polled").wake();
            } else {
                outside.send("ada", "hello");
            }
        });

        assert_eq!((idle, polls.load(Ordering::SeqCst)), (2, 3));
    });
}

/// Polls the future inside `wake`, which a waker may do.
struct PollsInline {
    future: Mutex<NextMessage>,
    answer: mpsc::Sender<Poll<String>>,
}

impl Wake for PollsInline {
    fn wake(self: Arc<Self>) {
        let mut future = self.future.lock().expect("nobody panics with this lock");
        let answer = pin!(&mut *future).poll(&mut Context::from_waker(Waker::noop()));
        let _ = self.answer.send(answer);
    }
}

#[test]
fn a_waker_may_poll_inside_wake() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let (answer, answers) = mpsc::channel();
        let inline = Arc::new(PollsInline {
            future: Mutex::new(reactor.next_message("ada")),
            answer,
        });
        let waker = Waker::from(Arc::clone(&inline));
        let mut future = inline.future.lock().expect("nobody panics with this lock");
        assert!(
            pin!(&mut *future)
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
        drop(future);

        outside.send("ada", "hello");

        // A reactor that wakes under its lock never sends this answer.
        assert_eq!(answers.recv(), Ok(Poll::Ready("hello".to_owned())));
        outside.close();
    });
}

/// Panics when its last owner drops it.
struct PanicsOnDrop;

impl Wake for PanicsOnDrop {
    fn wake(self: Arc<Self>) {}
}

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        panic!("this waker panics when it is dropped");
    }
}

#[test]
fn a_poisoned_lock_is_no_obstacle() {
    bounded(|| {
        let (reactor, outside) = Reactor::start();
        let mut future = Box::pin(reactor.next_message("ada"));
        let waker = Waker::from(Arc::new(PanicsOnDrop));
        assert!(
            future
                .as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
        // Not the last owner yet: the reactor keeps a clone.
        drop(waker);
        // The next poll replaces the clone, under the lock.
        let poisoning = thread::spawn(move || {
            let _ = future
                .as_mut()
                .poll(&mut Context::from_waker(Waker::noop()));
        });
        assert!(poisoning.join().is_err());

        outside.send("ada", "hello");
        outside.close();

        let future = pin!(reactor.next_message("ada"));
        assert_eq!(
            future.poll(&mut Context::from_waker(Waker::noop())),
            Poll::Ready("hello".to_owned())
        );
    });
}
