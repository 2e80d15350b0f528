//! Whom a timer wakes, when, and what a poll answers.

mod support;

use std::hint;
use std::pin::Pin;
use std::sync::mpsc::{self, RecvTimeoutError, Sender, TryRecvError};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use support::{Timer, WATCHDOG, before_it_fires, bell, drive, for_both_timers, poll};
use timer_future::{TimerFuture, lazy};

for_both_timers! {
    pending_before_ready_at_and_after_expiry,
    ready_not_before_the_duration_is_over,
    woken_once_however_often_it_is_polled,
    only_the_newest_waker_is_woken,
    a_replaced_waker_is_dropped_at_once,
    can_move_to_another_thread,
    a_waker_may_poll_inside_wake,
    a_zero_duration_fires,
    no_wakeup_is_lost_when_a_poll_meets_the_firing,
}

fn pending_before_ready_at_and_after_expiry<T: Timer>(new: fn(Duration) -> T) {
    let (mut timer, waker, rings) = before_it_fires(|duration| {
        let mut timer = new(duration);
        let (waker, rings) = bell();
        let pending = poll(&mut timer, &waker).is_pending();
        pending.then_some((timer, waker, rings))
    });
    rings.recv_timeout(WATCHDOG).expect("a wake");
    assert_eq!(poll(&mut timer, &waker), Poll::Ready(()), "at expiry");
    assert_eq!(poll(&mut timer, &waker), Poll::Ready(()), "afterwards");
}

fn ready_not_before_the_duration_is_over<T: Timer>(new: fn(Duration) -> T) {
    let duration = Duration::from_millis(20);
    let start = Instant::now();
    drive(&mut new(duration));
    assert!(start.elapsed() >= duration);
}

fn woken_once_however_often_it_is_polled<T: Timer>(new: fn(Duration) -> T) {
    let (timer, waker, rings) = before_it_fires(|duration| {
        let mut timer = new(duration);
        let (waker, rings) = bell();
        let pending = (0..15).all(|_| poll(&mut timer, &waker).is_pending());
        pending.then_some((timer, waker, rings))
    });
    drop(waker);
    assert_eq!(rings.recv_timeout(WATCHDOG), Ok(()));
    // No second wake. And the timer, which still exists, has kept no copy of the waker.
    assert_eq!(
        rings.recv_timeout(WATCHDOG),
        Err(RecvTimeoutError::Disconnected)
    );
    drop(timer);
}

fn only_the_newest_waker_is_woken<T: Timer>(new: fn(Duration) -> T) {
    let (mut timer, a_rings, b_rings) = before_it_fires(|duration| {
        let mut timer = new(duration);
        let (a, a_rings) = bell();
        let (b, b_rings) = bell();
        let pending = poll(&mut timer, &a).is_pending() && poll(&mut timer, &b).is_pending();
        pending.then_some((timer, a_rings, b_rings))
    });
    assert_eq!(b_rings.recv_timeout(WATCHDOG), Ok(()), "the newest waker");
    assert_eq!(a_rings.try_recv(), Err(TryRecvError::Disconnected));
    assert!(poll(&mut timer, Waker::noop()).is_ready());
}

fn a_replaced_waker_is_dropped_at_once<T: Timer>(new: fn(Duration) -> T) {
    let mut timer = new(Duration::MAX);
    let (a, a_rings) = bell();
    assert!(poll(&mut timer, &a).is_pending());
    drop(a);
    assert_eq!(a_rings.try_recv(), Err(TryRecvError::Empty), "still kept");
    assert!(poll(&mut timer, Waker::noop()).is_pending());
    assert_eq!(a_rings.try_recv(), Err(TryRecvError::Disconnected));
}

fn can_move_to_another_thread<T: Timer>(new: fn(Duration) -> T) {
    let mut timer = new(Duration::from_millis(1));
    let _ = poll(&mut timer, Waker::noop());
    let (done, is_done) = mpsc::channel();
    std::thread::spawn(move || {
        drive(&mut timer);
        done.send(()).expect("the test listens");
    });
    assert_eq!(is_done.recv_timeout(WATCHDOG), Ok(()));
}

/// A waker that polls the timer inside `wake`, on the thread of whoever wakes.
struct PollsOnTheSpot<T> {
    timer: Mutex<T>,
    answers: Mutex<Sender<Poll<()>>>,
}

impl<T: Timer> PollsOnTheSpot<T> {
    fn poll(self: &Arc<Self>) -> Poll<()> {
        let waker = Waker::from(Arc::clone(self));
        poll(
            &mut *self.timer.lock().expect("no poll has panicked"),
            &waker,
        )
    }
}

impl<T: Timer> Wake for PollsOnTheSpot<T> {
    fn wake(self: Arc<Self>) {
        let answer = self.poll();
        let answers = self.answers.lock().expect("no send has panicked");
        answers.send(answer).expect("the test listens");
    }
}

fn a_waker_may_poll_inside_wake<T: Timer>(new: fn(Duration) -> T) {
    let is_answered = before_it_fires(|duration| {
        let (answers, is_answered) = mpsc::channel();
        let task = Arc::new(PollsOnTheSpot {
            timer: Mutex::new(new(duration)),
            answers: Mutex::new(answers),
        });
        task.poll().is_pending().then_some(is_answered)
    });
    assert_eq!(
        is_answered.recv_timeout(WATCHDOG),
        Ok(Poll::Ready(())),
        "the timer wakes while it holds the lock that a poll needs"
    );
}

fn a_zero_duration_fires<T: Timer>(new: fn(Duration) -> T) {
    assert!(drive(&mut new(Duration::ZERO)) <= 2);
}

/// A new waker arrives at the moment when the timer fires.
///
/// The moment differs from machine to machine, so each round corrects the next one: it comes earlier
/// if this one came too late, and later if it came too early.
fn no_wakeup_is_lost_when_a_poll_meets_the_firing<T: Timer>(new: fn(Duration) -> T) {
    let start = Instant::now();
    let mut rounds = 0;
    const LONGEST_PAUSE: u32 = 10_000;
    let mut pause = 0;
    // A busy machine plays fewer rounds, so that the test ends soon everywhere.
    while rounds < 5_000 && start.elapsed() < Duration::from_secs(3) {
        rounds += 1;
        let mut timer = new(Duration::ZERO);
        let _ = poll(&mut timer, Waker::noop());
        let (waker, rings) = bell();
        for _ in 0..pause {
            hint::spin_loop();
        }
        if poll(&mut timer, &waker).is_ready() {
            pause -= pause / 16;
        } else {
            pause = (pause + pause / 16 + 1).min(LONGEST_PAUSE);
            rings.recv_timeout(WATCHDOG).expect("a wake");
            assert!(poll(&mut timer, &waker).is_ready());
        }
    }
}

#[test]
fn the_lazy_duration_counts_from_the_first_poll() {
    let duration = Duration::from_millis(20);
    let mut timer = lazy::TimerFuture::new(duration);
    // Another timer lets more than the whole duration pass before the first poll.
    drive(&mut TimerFuture::new(duration * 2));
    let first_poll = Instant::now();
    assert_eq!(drive(&mut timer), 2);
    assert!(first_poll.elapsed() >= duration);
}

#[test]
fn the_first_poll_of_a_lazy_timer_is_always_pending() {
    for _ in 0..100 {
        let mut timer = lazy::TimerFuture::new(Duration::ZERO);
        assert!(poll(&mut timer, Waker::noop()).is_pending());
    }
}

#[test]
fn an_async_block_can_wait_for_both() {
    let mut both = Box::pin(async {
        TimerFuture::new(Duration::from_millis(1)).await;
        lazy::TimerFuture::new(Duration::from_millis(1)).await;
    });
    let (waker, rings) = bell();
    while Pin::new(&mut both)
        .poll(&mut Context::from_waker(&waker))
        .is_pending()
    {
        rings.recv_timeout(WATCHDOG).expect("a wake");
    }
}
