//! The tests of the exercise. They move the future between two polls, if the compiler lets them.

use std::mem;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use crate::exercise::Sum;

/// A future that is pinned in a box, and a caller who tries to move it.
struct Caller<F>(Pin<Box<F>>);

#[allow(
    dead_code,
    reason = "the compiler chooses this method only if F is Unpin"
)]
impl<F: Unpin> Caller<F> {
    /// Swaps the futures themselves, not the boxes. Safe code, so it must do no harm.
    fn swap_futures(&mut self, other: &mut Self) -> bool {
        mem::swap(&mut *self.0, &mut *other.0);
        true
    }
}

/// A method of the type goes before a method of a trait. So this one is called only if the other does not exist.
#[allow(
    dead_code,
    reason = "the compiler chooses this method only if F is not Unpin"
)]
trait Refused: Sized {
    /// The compiler has refused to swap the futures.
    fn swap_futures(&mut self, _other: &mut Self) -> bool {
        false
    }
}

impl<F> Refused for Caller<F> {}

fn poll(future: Pin<&mut Sum>) -> Poll<u32> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls until the future is ready. Four numbers need five polls, and a future that needs many more is broken.
fn finish(mut future: Pin<&mut Sum>) -> u32 {
    for _ in 0..100 {
        if let Poll::Ready(sum) = poll(future.as_mut()) {
            return sum;
        }
    }
    panic!("the future is not ready after 100 polls");
}

fn polled_once(numbers: [u8; 4]) -> Caller<Sum> {
    let mut future = Box::pin(Sum::new(numbers));
    assert!(
        poll(future.as_mut()).is_pending(),
        "one poll adds one number"
    );
    Caller(future)
}

#[test]
fn safe_code_cannot_move_it_between_two_polls() {
    let mut first = polled_once([1, 2, 3, 4]);
    let mut second = polled_once([10, 20, 30, 40]);
    let swapped = first.swap_futures(&mut second);
    assert!(
        first.0.cursor_is_right() && second.0.cursor_is_right(),
        "`Sum` is `Unpin`, so safe code could swap two futures between two polls. \
         Now the cursor of each points into the other one"
    );
    assert!(
        !swapped,
        "the cursor has survived a move, but `Sum` is still `Unpin`. \
         That can be a good repair. This exercise asks for another one: the compiler has to refuse the move"
    );
}

#[test]
fn the_sum_is_right_whatever_a_caller_tries() {
    let mut first = polled_once([1, 2, 3, 4]);
    let mut second = polled_once([10, 20, 30, 40]);
    let swapped = first.swap_futures(&mut second);
    let sums = [finish(first.0.as_mut()), finish(second.0.as_mut())];
    let expected = if swapped { [100, 10] } else { [10, 100] };
    assert_eq!(sums, expected);
}

#[test]
fn a_move_before_the_first_poll_does_no_harm() {
    let future = Sum::new([1, 2, 3, 4]);
    let boxed = Box::new(future);
    let moved = *boxed;
    let future = pin!(moved);
    assert_eq!(finish(future), 10);
}

/// If the compiler refuses this test, look at what `restart` takes: from a pinned future that is not `Unpin`, nobody
/// gets a `&mut Sum`.
#[test]
fn a_pinned_future_can_be_restarted() {
    let mut future = polled_once([1, 2, 3, 4]).0;
    future.as_mut().restart();
    assert!(future.cursor_is_right());
    assert_eq!(finish(future.as_mut()), 10, "it begins at zero");
    future.as_mut().restart();
    assert_eq!(finish(future.as_mut()), 10, "it can begin again");
}

#[test]
fn each_pending_poll_wakes_once() {
    struct Count(AtomicUsize);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    let count = Arc::new(Count(AtomicUsize::new(0)));
    let waker = Waker::from(Arc::clone(&count));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(Sum::new([1, 2, 3, 4]));
    for number in 1..=4 {
        assert!(future.as_mut().poll(&mut cx).is_pending());
        assert_eq!(count.0.load(Ordering::Relaxed), number);
    }
    assert_eq!(future.as_mut().poll(&mut cx), Poll::Ready(10));
    assert_eq!(count.0.load(Ordering::Relaxed), 4, "ready needs no wake");
}
