//! The three versions do the same, as long as nobody moves them; and the third stays right when it could be moved.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use self_reference::{v1_async, v2_movable, v3_pinned};

struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// Polls until the future is ready. Returns the word, and after each poll, how many wakes there were.
fn record(mut future: Pin<&mut impl Future<Output = String>>) -> (String, Vec<usize>) {
    let count = Arc::new(Count(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&count));
    let mut cx = Context::from_waker(&waker);
    let mut wakes = Vec::new();
    for _ in 0..100 {
        let answer = future.as_mut().poll(&mut cx);
        wakes.push(count.0.load(Ordering::Relaxed));
        if let Poll::Ready(word) = answer {
            return (word, wakes);
        }
    }
    panic!("not ready after 100 polls");
}

#[test]
fn three_versions_spell_in_the_same_way() {
    let expected = (String::from("tea"), vec![1, 2, 3, 3]);
    assert_eq!(record(pin!(v1_async::spell(*b"tea"))), expected);
    assert_eq!(record(pin!(v2_movable::spell(*b"tea"))), expected);
    assert_eq!(record(pin!(v3_pinned::spell(*b"tea"))), expected);
}

#[test]
fn a_move_before_the_first_poll_does_no_harm() {
    let future = Box::new(v3_pinned::spell(*b"tea"));
    let mut futures = vec![*future];
    let future = futures.pop().expect("it was put in");
    assert!(!future.points_into_itself(), "it has no pointer yet");
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut cx).is_pending());
    assert!(future.points_into_itself());
    assert_eq!(record(future).0, "tea");
}

#[test]
fn a_pinned_reference_can_be_awaited() {
    let parent = async {
        let mut first = pin!(v3_pinned::spell(*b"tea"));
        let word = first.as_mut().await;
        // It was lent, and is still here.
        assert!(!first.points_into_itself(), "it is behind the last letter");
        word
    };
    assert_eq!(record(pin!(parent)).0, "tea");
}
