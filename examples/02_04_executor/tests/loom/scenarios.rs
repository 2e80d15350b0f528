//! What happens to a task. Each scenario is right for every order of its threads, or fails for one of them.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Poll, Waker};

use loom::thread;

use crate::executor::{Report, executor};

type Future = Pin<Box<dyn real_std::future::Future<Output = ()> + Send>>;

/// Runs one future, and says how many tasks have finished.
pub(crate) type Run = fn(Future) -> usize;

/// The run of the executor under test.
pub(crate) fn run(future: Future) -> usize {
    let (executor, spawner) = executor();
    spawner.spawn(future).expect("the executor exists");
    drop(spawner);
    finished(executor.run())
}

/// How many tasks finished. Passes a task's panic on.
fn finished(mut report: Report) -> usize {
    if let Some(panic) = report.panics.pop() {
        real_std::panic::resume_unwind(panic);
    }
    report.finished
}

/// A future that starts `helpers` threads when it is first polled, and is ready when it sees the events of all of them.
///
/// Panics if it is polled more than `polls` times.
fn waits_for(helpers: usize, polls: usize, event_and_wake: fn(&AtomicUsize, Waker)) -> Future {
    // A place for each thread: with a common counter, the threads would pass on each other's events.
    let events: Arc<[AtomicUsize]> = (0..helpers).map(|_| AtomicUsize::new(0)).collect();
    let mut polled = 0;
    Box::pin(poll_fn(move |cx| {
        polled += 1;
        assert!(polled <= polls, "a poll too many");
        if polled == 1 {
            for helper in 0..helpers {
                let (events, waker) = (Arc::clone(&events), cx.waker().clone());
                thread::spawn(move || event_and_wake(&events[helper], waker));
            }
        }
        // Relaxed: only the wake can make the event visible.
        if events
            .iter()
            .all(|event| event.load(Ordering::Relaxed) == 1)
        {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }))
}

/// `wakes` threads wake the task. There is one poll at first, and at most one for each wake.
pub(crate) fn woken(wakes: usize, run: Run) {
    loom::model(move || wake_by(wakes, run));
}

/// Three threads wake the task. All orders of four threads take too long, so loom tries those in which a thread that could go on
/// is interrupted three times at most.
pub(crate) fn woken_by_three(run: Run) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(move || wake_by(3, run));
}

fn wake_by(wakes: usize, run: Run) {
    let future = waits_for(wakes, 1 + wakes, |event, waker| {
        event.store(1, Ordering::Relaxed);
        waker.wake();
    });
    // The helpers drop their wakers. So a task whose wake is lost is dropped, and not waited for.
    assert_eq!(run(future), 1, "a wake is lost");
}

/// A thread wakes the task once more, when it may have finished already, or when its last poll runs.
pub(crate) fn woken_too_often() {
    loom::model(|| {
        let mut ready = false;
        let mut future = waits_for(1, usize::MAX, |event, waker| {
            event.store(1, Ordering::Relaxed);
            waker.wake_by_ref();
            waker.wake();
        });
        let future = poll_fn(move |cx| {
            assert!(!ready, "a finished future is polled");
            let answer = future.as_mut().poll(cx);
            ready = answer.is_ready();
            answer
        });
        assert_eq!(run(Box::pin(future)), 1);
    });
}

/// A thread drops the last waker, and with it the task.
pub(crate) fn abandoned() {
    loom::model(|| {
        let alive = Arc::new(());
        let witness = Arc::downgrade(&alive);
        let mut future = waits_for(1, 1, |_, waker| drop(waker));
        let future = poll_fn(move |cx| {
            let _alive = &alive;
            future.as_mut().poll(cx)
        });
        assert_eq!(run(Box::pin(future)), 0);
        assert!(witness.upgrade().is_none(), "the future is not dropped");
    });
}

/// A thread spawns the only task, while the executor runs already.
pub(crate) fn spawned_elsewhere() {
    loom::model(|| {
        let (executor, spawner) = executor();
        thread::spawn(move || {
            spawner
                .spawn(async {})
                .expect("the executor exists as long as a spawner does");
        });
        assert_eq!(finished(executor.run()), 1, "the task is lost");
    });
}
