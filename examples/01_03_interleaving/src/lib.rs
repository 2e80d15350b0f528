//! A clock that counts ticks instead of milliseconds, and waits that it decides about.
//!
//! Waiting takes no real time here. When everything in a program waits, [`Clock::run`] moves the clock
//! to the next tick at which somebody has waited long enough. So every run has the same order and the
//! same number of ticks, on every machine. Tests of async code use such clocks too.
//!
//! `run` and [`Sleep`] are written with tools that part 2 of the book explains.
//!
//! `join!` wants futures. With an await in its argument, it gets what the future has answered, and this
//! does not compile:
//!
//! ```compile_fail,E0277
//! # use interleaving::{Clock, request};
//! # let clock = Clock::new();
//! clock.run(async {
//!     futures::join!(request(&clock, "news", 1).await, request(&clock, "mail", 2));
//! });
//! ```
//!
//! And this does:
//!
//! ```
//! # use interleaving::{Clock, request};
//! # let clock = Clock::new();
//! clock.run(async {
//!     futures::join!(request(&clock, "news", 1), request(&clock, "mail", 2));
//! });
//! ```
//!
//! `join_all` wants futures of one type. Every `async` block has a type of its own, so this does not compile:
//!
//! ```compile_fail,E0308
//! # let clock = interleaving::Clock::new();
//! let pages = vec![async { "page" }, async { "page" }];
//! clock.run(futures::future::join_all(pages));
//! ```
//!
//! The calls of one async function have one type, and `join!` takes any types:
//!
//! ```
//! # use interleaving::{Clock, request};
//! # let clock = Clock::new();
//! let pages = vec![request(&clock, "news", 1), request(&clock, "mail", 2)];
//! clock.run(futures::future::join_all(pages));
//! clock.run(async { futures::join!(async { "page" }, async { "page" }, async { 1 }) });
//! ```

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

pub mod shop;

/// Prints one line of the recorded run: who acts, then what it does.
///
/// # Panics
///
/// As `println!` does, when the standard output is closed.
pub fn record(actor: &str, what: impl Display) {
    println!("{actor:<8}  {what}");
}

// ANCHOR: request
/// A request to a server that needs some ticks for its answer. The answer is the name of the request.
pub async fn request<'a>(clock: &Clock, name: &'a str, ticks: u64) -> &'a str {
    record(name, "sends its request");
    clock.sleep(ticks).await;
    record(name, "has its answer");
    name
}
// ANCHOR_END: request

/// Lets the others run: has to wait once, for nothing.
///
/// Whoever is joined with the caller has its turn before this is ready. The clock does not move.
pub async fn yield_now() {
    let mut had_to_wait = false;
    poll_fn(|cx| {
        if had_to_wait {
            return Poll::Ready(());
        }
        had_to_wait = true;
        // Nothing else would make somebody ask again.
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A clock that stands still, unless [`run`](Self::run) or [`compute`](Self::compute) moves it.
///
/// It is for one thread: it contains cells, so the compiler does not let two threads share it.
#[derive(Default)]
pub struct Clock {
    now: Cell<u64>,
    /// Who sleeps, in the order in which they wake up.
    sleepers: RefCell<BTreeMap<Place, Waker>>,
    /// How many sleeps have begun. Numbers the next one.
    begun: Cell<usize>,
}

/// A sleep's place in the order of waking up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// The tick at which the sleep ends. The first field, so that it decides.
    end: u64,
    /// Of several sleeps that end at the same tick, the one that began first is first.
    number: usize,
}

impl Clock {
    /// Makes a clock that shows tick 0.
    pub fn new() -> Self {
        Self::default()
    }

    /// The tick that the clock shows.
    pub fn now(&self) -> u64 {
        self.now.get()
    }

    /// Makes a future that is ready when `ticks` ticks have passed since it was first awaited.
    ///
    /// A sleep of 0 ticks does not wait at all.
    pub fn sleep(&self, ticks: u64) -> Sleep<'_> {
        Sleep {
            clock: self,
            ticks,
            place: None,
        }
    }

    /// Stands for a computation that keeps the thread busy for `ticks` ticks.
    ///
    /// This function is not async. The clock moves on, and nobody else runs meanwhile.
    pub fn compute(&self, ticks: u64) {
        self.move_to(self.now().saturating_add(ticks));
    }

    /// Runs a future to its end, like `block_on`. Whenever the future can do nothing but wait, moves the
    /// clock to the next tick at which a sleep ends.
    ///
    /// # Panics
    ///
    /// When the future waits for something else than this clock, because then it would wait forever.
    /// And when the future panics.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        let woken = Arc::new(Woken(AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut cx = Context::from_waker(&waker);
        let mut future = pin!(future);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
                return output;
            }
            // Somebody who yields has woken us already. Then no time passes.
            while !woken.take() {
                self.move_to_next_end();
            }
        }
    }

    fn move_to_next_end(&self) {
        let next = self.sleepers.borrow().keys().next().copied();
        let place = next.expect("the future waits, but not for this clock: it would wait forever");
        self.move_to(place.end);
    }

    fn move_to(&self, tick: u64) {
        if tick != self.now() {
            self.now.set(tick);
            record("clock", format!("moves to tick {tick}"));
        }
        // The borrow ends before each wake, because we do not know what a waker does.
        while let Some(waker) = self.next_due() {
            waker.wake();
        }
    }

    fn next_due(&self) -> Option<Waker> {
        let mut sleepers = self.sleepers.borrow_mut();
        let first = sleepers.first_entry()?;
        (first.key().end <= self.now()).then(|| first.remove())
    }

    fn new_place(&self, ticks: u64) -> Place {
        let number = self.begun.get();
        self.begun.set(number + 1);
        Place {
            end: self.now().saturating_add(ticks),
            number,
        }
    }
}

/// A future that waits for some ticks of a [`Clock`]. Made by [`Clock::sleep`].
#[must_use = "nobody sleeps until this is awaited"]
pub struct Sleep<'c> {
    clock: &'c Clock,
    ticks: u64,
    /// `None` until the first poll. The ticks are counted from there.
    place: Option<Place>,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let (clock, ticks) = (self.clock, self.ticks);
        let place = *self.place.get_or_insert_with(|| clock.new_place(ticks));
        if place.end <= clock.now() {
            return Poll::Ready(());
        }
        // Named, so that an older waker is dropped after the borrow has ended: its drop is foreign code.
        let _older = clock
            .sleepers
            .borrow_mut()
            .insert(place, cx.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    /// The clock does not move for a sleep that nobody waits for any more.
    fn drop(&mut self) {
        if let Some(place) = self.place {
            let _waker = self.clock.sleepers.borrow_mut().remove(&place);
        }
    }
}

/// What the waker of [`Clock::run`] does: it notes that it was woken.
///
/// A waker may go to any thread, so this has to be an atomic. In this crate it stays on one thread, so
/// no ordering is needed.
struct Woken(AtomicBool);

impl Woken {
    fn take(&self) -> bool {
        self.0.swap(false, Ordering::Relaxed)
    }
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}
