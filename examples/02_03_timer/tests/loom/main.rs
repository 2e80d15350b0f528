//! What real threads show only with luck: [loom](https://docs.rs/loom/0.7/loom/) runs each model again and again, in every
//! order of the timer's thread and the task.
//!
//! ```console
//! RUSTFLAGS="--cfg loom" cargo test -p timer_future --test loom --release
//! ```
//!
//! What is tested is `src/lib.rs` and `src/lazy.rs` themselves. This crate takes the name `std`, so when those files say
//! `std::thread::spawn`, they get a thread of loom, and the channel of `sync.rs` beside this file. There is no clock: a thread
//! may run as late as loom likes, so a duration is over at once. Loom does not observe the counters inside `Arc`, because a
//! waker is made from the standard library's own `Arc`.

#![cfg(loom)]

extern crate self as std;
extern crate std as real_std;

pub(crate) use loom::thread;
pub(crate) use real_std::{convert, pin, task, time};

mod faulty;
mod scenarios;
pub(crate) mod sync;

#[path = "../../src/lib.rs"]
#[expect(unreachable_pub, reason = "it is public where it is a library")]
mod timer_future;

use std::time::Duration;

use faulty::{Fault, Faulty};
use scenarios::{driven, dropped, handed_over};
use timer_future::{TimerFuture, lazy};

#[test]
fn a_task_is_woken_when_the_timer_fires() {
    driven(|| TimerFuture::new(Duration::MAX));
    driven(|| lazy::TimerFuture::new(Duration::MAX));
}

#[test]
fn the_task_that_polled_last_is_woken() {
    handed_over(|| TimerFuture::new(Duration::MAX));
    handed_over(|| lazy::TimerFuture::new(Duration::MAX));
}

#[test]
fn a_dropped_timer_wakes_once_at_most_and_its_thread_ends() {
    dropped(|| TimerFuture::new(Duration::MAX));
    dropped(|| lazy::TimerFuture::new(Duration::MAX));
}

/// The timer, written once more with one fault at a time. Loom finds each of them.
mod fault {
    use super::*;

    /// The copy is right. So what loom finds below is the fault, and not the copy.
    #[test]
    fn without_a_fault_all_is_well() {
        driven(|| Faulty::new(Fault::None));
        handed_over(|| Faulty::new(Fault::None));
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn gap_between_the_question_and_the_storing() {
        driven(|| Faulty::new(Fault::GapInPoll));
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn wake_before_the_event_is_visible() {
        driven(|| Faulty::new(Fault::WakeFirst));
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn only_the_first_waker_is_stored() {
        handed_over(|| Faulty::new(Fault::FirstWakerOnly));
    }
}
