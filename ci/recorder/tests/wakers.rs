//! A program sees of its wakers what it would see without the recorder.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, RawWaker, RawWakerVTable, Wake, Waker},
};

use recorder::probe;

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn each_waker_is_one_owner() {
    let task = probe::task("Count", Arc::new(Count::default()));
    let waker = probe::waker(Waker::from(Arc::clone(&task)));
    assert_eq!(Arc::strong_count(&task), 2);
    let clone = waker.clone();
    assert_eq!(Arc::strong_count(&task), 3);
    clone.wake_by_ref();
    clone.wake();
    assert_eq!(task.0.load(Ordering::SeqCst), 2);
    assert_eq!(Arc::strong_count(&task), 2);
    drop(waker);
    assert_eq!(Arc::strong_count(&task), 1);
}

#[test]
fn two_wakers_of_a_task_would_wake_each_other() {
    let task = probe::task("Count", Arc::new(Count::default()));
    let make = || probe::waker(Waker::from(Arc::clone(&task)));
    let (first, second) = (make(), make());
    assert!(first.will_wake(&second));
    assert!(first.will_wake(&first.clone()));
    drop(first);
    second.wake();
    assert_eq!(task.0.load(Ordering::SeqCst), 1);
    assert_eq!(Arc::strong_count(&task), 1);
    let other = probe::task("Count", Arc::new(Count::default()));
    assert!(!make().will_wake(&probe::waker(Waker::from(other))));
}

#[test]
fn a_poll_borrows_the_waker_of_an_executor_that_is_not_recorded() {
    let count = Arc::new(Count::default());
    let waker = Waker::from(Arc::clone(&count));
    let kept = Mutex::new(None::<Waker>);
    let mut owners = Vec::new();
    let mut future = pin!(probe::future(
        "future",
        poll_fn(|cx| {
            owners.push(Arc::strong_count(&count));
            let mut kept = kept.lock().unwrap();
            match kept.take() {
                Some(waker) => {
                    assert!(waker.will_wake(cx.waker()));
                    Poll::Ready(())
                }
                None => {
                    *kept = Some(cx.waker().clone());
                    Poll::Pending
                }
            }
        })
    ));
    let mut cx = Context::from_waker(&waker);
    assert!(future.as_mut().poll(&mut cx).is_pending());
    assert_eq!(
        Arc::strong_count(&count),
        3,
        "ours, the waker, and the kept one"
    );
    kept.lock().unwrap().as_ref().unwrap().wake_by_ref();
    assert_eq!(count.0.load(Ordering::SeqCst), 1);
    assert!(future.as_mut().poll(&mut cx).is_ready());
    assert_eq!(owners, [2, 3]);
    assert_eq!(Arc::strong_count(&count), 2);
}

#[test]
fn a_kept_waker_outlives_its_executor() {
    let count = Arc::new(Count::default());
    let mut kept = None;
    {
        let waker = Waker::from(Arc::clone(&count));
        let future = probe::future(
            "future",
            poll_fn(|cx| {
                kept = Some(cx.waker().clone());
                Poll::<()>::Pending
            }),
        );
        let mut cx = Context::from_waker(&waker);
        assert!(pin!(future).poll(&mut cx).is_pending());
    }
    assert_eq!(Arc::strong_count(&count), 2);
    kept.unwrap().wake();
    assert_eq!(count.0.load(Ordering::SeqCst), 1);
    assert_eq!(Arc::strong_count(&count), 1);
}

/// How many boxes of the wakers below there are, and how many have ever been made.
static BOXES: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];

/// A waker whose clones each own a box of their own.
fn boxed() -> RawWaker {
    unsafe fn clone(_: *const ()) -> RawWaker {
        boxed()
    }
    unsafe fn wake(data: *const ()) {
        // SAFETY: the waker gives up its box.
        unsafe { drop_box(data) };
    }
    unsafe fn wake_by_ref(_: *const ()) {}
    unsafe fn drop_box(data: *const ()) {
        // SAFETY: the data of a waker is its own box, made below.
        let number = unsafe { Box::from_raw(data.cast::<usize>().cast_mut()) };
        assert!(*number < BOXES[1].load(Ordering::SeqCst));
        BOXES[0].fetch_sub(1, Ordering::SeqCst);
    }
    static FUNCTIONS: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_box);
    BOXES[0].fetch_add(1, Ordering::SeqCst);
    let number = Box::new(BOXES[1].fetch_add(1, Ordering::SeqCst));
    RawWaker::new(Box::into_raw(number).cast(), &FUNCTIONS)
}

#[test]
fn a_waker_that_is_another_after_each_clone_is_dropped_once() {
    // SAFETY: the functions keep the contract: each waker owns a box, and an integer may be used by any thread.
    let waker = probe::waker(unsafe { Waker::from_raw(boxed()) });
    let clones = [waker.clone(), waker.clone(), waker.clone().clone()];
    assert_eq!(BOXES[0].load(Ordering::SeqCst), 4);
    assert!(!waker.will_wake(&clones[0]));
    let [first, second, third] = clones;
    first.wake();
    drop((waker, second, third));
    assert_eq!(BOXES[0].load(Ordering::SeqCst), 0);
}
