//! What happens to a `block_on`. Each scenario is right for every order of its threads, or fails for one of them: a lost
//! wakeup is a deadlock, and a poll too many is a panic.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Poll, Waker};
use std::thread;

/// One of the functions under test. All of them must have one type.
pub(crate) type BlockOn = fn(Pin<Box<dyn Future<Output = ()>>>);

/// A future that starts `helpers` threads when it is first polled, and is ready when it sees the events of all of them.
/// Panics if it is polled more than `polls` times.
fn waits_for(helpers: usize, polls: usize) -> impl Future<Output = ()> {
    // A place for each thread: with a common counter, the threads would pass on each other's events.
    let events: Arc<[AtomicUsize]> = (0..helpers).map(|_| AtomicUsize::new(0)).collect();
    let mut polled = 0;
    poll_fn(move |cx| {
        polled += 1;
        assert!(polled <= polls, "a poll without a wake");
        if polled == 1 {
            for helper in 0..helpers {
                let (events, waker) = (Arc::clone(&events), cx.waker().clone());
                thread::spawn(move || event_then_wake(&events[helper], waker));
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
    })
}

fn event_then_wake(event: &AtomicUsize, waker: Waker) {
    event.store(1, Ordering::Relaxed);
    waker.wake();
}

/// `wakes` threads wake one task. There is one poll at first, and at most one for each wake.
pub(crate) fn woken(wakes: usize, block_on: BlockOn) {
    loom::model(move || block_on(Box::pin(waits_for(wakes, 1 + wakes))));
}

/// The future calls `block_on`, and is woken before, during or after that call.
pub(crate) fn nested(block_on: BlockOn) {
    loom::model(move || {
        let event = Arc::new(AtomicUsize::new(0));
        let mut first = true;
        block_on(Box::pin(poll_fn(move |cx| {
            if first {
                first = false;
                let (event, waker) = (Arc::clone(&event), cx.waker().clone());
                thread::spawn(move || event_then_wake(&event, waker));
                // For version 1, the wake of the outer future is a stray unpark of the inner one, and costs a poll.
                block_on(Box::pin(waits_for(1, 3)));
                return Poll::Pending;
            }
            match event.load(Ordering::Relaxed) {
                1 => Poll::Ready(()),
                _ => Poll::Pending,
            }
        })));
    });
}

/// A stranger unparks the thread, and this is no wake.
pub(crate) fn stray(block_on: BlockOn) {
    loom::model(move || {
        let blocked = thread::current();
        thread::spawn(move || blocked.unpark());
        block_on(Box::pin(waits_for(1, 2)));
    });
}

/// A waker of an earlier call is woken before, during or after the next one.
pub(crate) fn late_wake(block_on: BlockOn) {
    loom::model(move || {
        block_on(Box::pin(poll_fn(|cx| {
            let waker = cx.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Ready(())
        })));
        block_on(Box::pin(waits_for(1, 2)));
    });
}
