//! The answers to the chapter's questions, each one tried out.

mod hand;

use std::cell::Cell;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker, ready};

use future_trait::model::{ModelFuture, PollBoth};
use future_trait::{AndThen, Join};
use hand::{Child, bell, child, finished};

/// A model future that is ready at every poll.
struct AlwaysReady(Rc<()>);

impl ModelFuture for AlwaysReady {
    type Output = Rc<()>;

    fn poll(&mut self, _wake: fn()) -> Poll<Rc<()>> {
        Poll::Ready(Rc::clone(&self.0))
    }
}

#[test]
fn a_patient_child_would_not_help_because_its_output_is_dropped() {
    let output = Rc::new(());
    let mut both = PollBoth {
        left: AlwaysReady(Rc::clone(&output)),
        right: Letter::default(),
    };
    assert!(both.poll(|| ()).is_pending());
    // Here, and in the child. Nobody has kept what the poll has given.
    assert_eq!(Rc::strong_count(&output), 2);
}

const MANY: usize = 1000;
const LUCKY: usize = 713;

/// Waits for a letter, in both worlds: as a [`ModelFuture`] and as a [`Future`].
#[derive(Default)]
struct Letter {
    arrived: Rc<Cell<bool>>,
    callback: Option<fn()>,
    waker: Option<Waker>,
}

impl ModelFuture for Letter {
    type Output = ();

    fn poll(&mut self, wake: fn()) -> Poll<()> {
        self.callback = Some(wake);
        if self.arrived.get() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Future for Letter {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.waker = Some(cx.waker().clone());
        if self.arrived.get() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

#[test]
fn with_a_callback_one_event_costs_a_thousand_polls() {
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    fn wake() {
        CALLS.fetch_add(1, Ordering::Relaxed);
    }
    let mut letters: Vec<Letter> = (0..MANY).map(|_| Letter::default()).collect();
    for letter in &mut letters {
        assert!(ModelFuture::poll(letter, wake).is_pending());
    }

    letters[LUCKY].arrived.set(true);
    letters[LUCKY].callback.expect("it was polled")();

    // All that we learn is a number of calls. So everybody is polled.
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);
    let answers: Vec<Poll<()>> = letters
        .iter_mut()
        .map(|letter| ModelFuture::poll(letter, wake))
        .collect();
    assert_eq!(answers.len(), 1000);
    assert_eq!(
        answers.iter().filter(|answer| answer.is_pending()).count(),
        999
    );
}

#[test]
fn with_a_waker_one_event_costs_one_poll() {
    /// A waker that carries data: whose it is.
    struct Numbered(usize, Sender<usize>);
    impl Wake for Numbered {
        fn wake(self: Arc<Self>) {
            self.1.send(self.0).unwrap();
        }
    }
    let (woken, queue) = mpsc::channel();
    let mut letters: Vec<Letter> = (0..MANY).map(|_| Letter::default()).collect();
    for (number, letter) in letters.iter_mut().enumerate() {
        let waker = Waker::from(Arc::new(Numbered(number, woken.clone())));
        assert!(hand::poll(letter, &waker).is_pending());
    }

    letters[LUCKY].arrived.set(true);
    letters[LUCKY].waker.take().expect("it was polled").wake();

    let to_poll: Vec<usize> = queue.try_iter().collect();
    assert_eq!(to_poll, [LUCKY]);
    assert!(hand::poll(&mut letters[LUCKY], Waker::noop()).is_ready());
}

/// How often `actor` answers in the recorded run of the chapter.
fn polls_in_the_run(actor: &str) -> usize {
    include_str!("../output.txt")
        .lines()
        .filter(|line| line.starts_with(actor) && line.contains("answers:"))
        .count()
}

#[test]
fn the_join_polls_left_too_when_only_right_was_woken() {
    let run = include_str!("../output.txt");
    let woken_by_right = "watcher   has seen bytes for right, and woke\n\
                          main      polls the join\n\
                          left 1    answers: pending\n\
                          right     answers: ready\n";
    assert!(run.contains(woken_by_right));
    assert_eq!(polls_in_the_run("join"), 4);
    assert_eq!(polls_in_the_run("left 1"), 3);
    assert_eq!(polls_in_the_run("left 2"), 2);
    assert_eq!(polls_in_the_run("right"), 2);
}

/// [`AndThen`] with one mistake: after the first future, it answers `Pending` without polling the second.
enum Hasty<A, B, F> {
    First(A, F),
    Second(B),
    Done,
}

impl<A, B, F> Future for Hasty<A, B, F>
where
    A: Future + Unpin,
    B: Future + Unpin,
    F: FnOnce(A::Output) -> B + Unpin,
{
    type Output = B::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<B::Output> {
        let this = self.get_mut();
        match this {
            Hasty::First(first, _) => {
                let value = ready!(Pin::new(first).poll(cx));
                if let Hasty::First(_, next) = mem::replace(this, Hasty::Done) {
                    *this = Hasty::Second(next(value));
                }
                Poll::Pending
            }
            Hasty::Second(second) => Pin::new(second).poll(cx),
            Hasty::Done => panic!("polled after it was ready"),
        }
    }
}

/// A future that keeps the waker of its latest poll, and is never ready.
struct Keeper(Arc<Mutex<Option<Waker>>>);

impl Future for Keeper {
    type Output = Result<(), ()>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        *self.0.lock().unwrap() = Some(cx.waker().clone());
        Poll::Pending
    }
}

#[test]
fn a_hasty_chain_is_pending_and_nobody_has_its_waker() {
    let kept = Arc::new(Mutex::new(None));

    let (waker, wakes) = bell();
    let (first, _control) = finished(Ok::<(), ()>(()));
    let mut hasty = Hasty::First(first, |_| Keeper(Arc::clone(&kept)));
    assert!(hand::poll(&mut hasty, &waker).is_pending());
    assert!(kept.lock().unwrap().is_none());
    // Our waker was the only one. Without it, no wake can ever come.
    drop(waker);
    assert_eq!(wakes.try_recv(), Err(mpsc::TryRecvError::Disconnected));

    let (waker, wakes) = bell();
    let (first, _control) = finished(Ok::<(), ()>(()));
    let mut chain = AndThen::new(first, |()| Keeper(Arc::clone(&kept)));
    assert!(hand::poll(&mut chain, &waker).is_pending());
    drop(waker);
    assert_eq!(wakes.try_recv(), Err(mpsc::TryRecvError::Empty));
    assert!(kept.lock().unwrap().is_some());
}

/// A future of a thousand bytes.
struct Large([u8; 1000]);

impl Future for Large {
    type Output = Result<u8, ()>;

    fn poll(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Ok(self.0[0]))
    }
}

#[test]
fn a_join_has_room_for_both_and_a_chain_for_one_at_a_time() {
    fn large() -> Large {
        Large([7; 1000])
    }
    let mut join = Join::new(large(), large());
    let mut chain = AndThen::new(large(), |_| large());
    let (join_size, chain_size) = (size_of_val(&join), size_of_val(&chain));
    assert!((2001..2016).contains(&join_size), "{join_size}");
    assert!((1001..1016).contains(&chain_size), "{chain_size}");
    assert!(hand::poll(&mut join, Waker::noop()).is_ready());
    assert!(hand::poll(&mut chain, Waker::noop()).is_ready());
}

#[test]
fn a_join_with_and_is_not_concurrent() {
    // What the comment in `Join::poll` says about `&&`.
    let ((mut left, left_control), (mut right, right_control)) = (child::<()>(), child::<()>());
    let poll = |child: &mut Child<()>| hand::poll(child, Waker::noop()).is_ready();
    assert!(!(poll(&mut left) && poll(&mut right)));
    assert_eq!((left_control.polls(), right_control.polls()), (1, 0));
}
