//! What real threads show only with luck: [loom](https://docs.rs/loom/0.7/loom/) runs each model again and again, in every
//! order of its threads, and with every value of those that a relaxed load may return there.
//!
//! ```console
//! RUSTFLAGS="--cfg loom" cargo test -p executor --test loom --release
//! ```
//!
//! What is tested is `src/lib.rs` itself. This crate takes the name `std`, so when that file says `std::sync::Mutex`, it gets
//! the `Mutex` of `sync.rs` beside this file, which loom can observe. Loom does not observe the counters inside `Arc` and
//! `Weak`, because a waker is made from the standard library's own `Arc`. So that they are right is taken for granted.

#![cfg(loom)]

extern crate self as std;
extern crate std as real_std;

pub(crate) use real_std::{any, error, fmt, future, panic, pin, task};

mod faulty;
mod scenarios;
pub(crate) mod sync;

#[path = "../../src/lib.rs"]
#[expect(unreachable_pub, reason = "it is public where it is a library")]
mod executor;

use faulty::Fault;
use scenarios::{abandoned, spawned_elsewhere, woken, woken_by_three, woken_too_often};
use sync::atomic::{Weakness, weaken};

#[test]
fn no_wake_is_lost_and_each_costs_at_most_one_poll() {
    woken(1, scenarios::run);
    woken(2, scenarios::run);
}

/// One of three wakes sends an entry, and the flag has to carry the events of the other two. The second of them passes the
/// first one's on.
#[test]
fn a_wake_passes_on_what_the_wakes_before_it_have_released() {
    woken_by_three(scenarios::run);
}

#[test]
fn a_finished_future_is_not_polled_again() {
    woken_too_often();
}

#[test]
fn a_task_that_nobody_can_wake_is_dropped() {
    abandoned();
}

#[test]
fn run_waits_for_a_spawner_on_another_thread() {
    spawned_elsewhere();
}

/// The executor on a flag that does less than the code asks of it: every part of `swap` is needed.
mod weak_flag {
    use super::*;

    #[test]
    #[should_panic(expected = "a wake is lost")]
    fn the_wake_must_release() {
        weaken(Weakness::RelaxedRelease);
        woken(2, scenarios::run);
    }

    #[test]
    #[should_panic(expected = "a wake is lost")]
    fn the_clear_must_acquire() {
        weaken(Weakness::RelaxedAcquire);
        woken(2, scenarios::run);
    }

    #[test]
    #[should_panic(expected = "a wake is lost")]
    fn the_clear_must_read() {
        weaken(Weakness::StoreToClear);
        woken(2, scenarios::run);
    }

    #[test]
    #[should_panic(expected = "two entries for one task")]
    fn the_wake_must_be_one_step() {
        weaken(Weakness::SetInTwoSteps);
        woken(2, scenarios::run);
    }

    /// The channel makes the event of the only wake visible, whatever the flag does.
    #[test]
    fn one_wake_needs_no_ordering() {
        for weakness in [
            Weakness::RelaxedRelease,
            Weakness::RelaxedAcquire,
            Weakness::StoreToClear,
        ] {
            weaken(weakness);
            woken(1, scenarios::run);
        }
    }
}

/// The executor's protocol, written once more with one fault at a time. Loom finds each of them.
mod fault {
    use super::*;

    /// The copy is right. So what loom finds below is the fault, and not the copy.
    #[test]
    fn without_a_fault_all_is_well() {
        woken(2, |future| faulty::run(future, Fault::None));
    }

    #[test]
    #[should_panic(expected = "a wake is lost")]
    fn flag_cleared_after_the_poll() {
        woken(1, |future| faulty::run(future, Fault::ClearAfterPoll));
    }

    #[test]
    #[should_panic(expected = "two entries for one task")]
    fn no_flag() {
        woken(2, |future| faulty::run(future, Fault::NoFlag));
    }
}
