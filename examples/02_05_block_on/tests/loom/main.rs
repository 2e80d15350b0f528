//! What real threads show only with luck: [loom](https://docs.rs/loom/0.7/loom/) runs each model again and again, in every
//! order of its threads, and with every value of those that a relaxed load may return there.
//!
//! ```console
//! RUSTFLAGS="--cfg loom" cargo test -p block_on --test loom --release
//! ```
//!
//! What is tested is `src/v1_park.rs` and `src/v2_flag.rs` themselves. This crate takes the name `std`, so when those files say
//! `std::thread::park`, they get the `park` of `thread.rs` beside this file, which loom can observe. Two things loom does not
//! observe: the counters inside `Arc`, because a waker is made from the standard library's own `Arc`, and a `park` that
//! returns for no reason. A stranger's unpark stands for the latter: the code under test cannot tell the two apart.

#![cfg(loom)]

extern crate self as std;
extern crate std as real_std;

// `marker` is for a macro of loom.
pub(crate) use real_std::{future, marker, pin, task};

mod faulty;
mod scenarios;
pub(crate) mod sync;
pub(crate) mod thread;

#[path = "../../src/lib.rs"]
#[expect(unused_imports, reason = "a library is not used up by its tests")]
#[expect(unreachable_pub, reason = "it is public where it is a library")]
mod block_on;

use block_on::{v1_park, v2_flag};
use faulty::Fault;
use scenarios::{late_wake, nested, stray, woken};
use sync::atomic::{Weakness, weaken};

#[test]
fn no_wake_is_lost() {
    woken(2, v1_park::block_on);
    woken(2, v2_flag::block_on);
}

#[test]
fn a_nested_call_does_not_take_a_wake_from_version_2() {
    nested(v2_flag::block_on);
}

#[test]
fn a_stray_unpark_costs_version_2_nothing() {
    stray(v2_flag::block_on);
}

#[test]
fn a_late_wake_of_an_earlier_call_costs_version_2_nothing() {
    late_wake(v2_flag::block_on);
}

/// The faults of version 1.
mod version_1 {
    use super::*;

    #[test]
    #[should_panic(expected = "deadlock")]
    fn a_nested_call_takes_the_token() {
        nested(v1_park::block_on);
    }

    #[test]
    #[should_panic(expected = "a poll without a wake")]
    fn a_stray_unpark_costs_a_poll() {
        stray(v1_park::block_on);
    }

    #[test]
    #[should_panic(expected = "a poll without a wake")]
    fn a_late_wake_of_an_earlier_call_costs_a_poll() {
        late_wake(v1_park::block_on);
    }
}

/// The code of version 2 on a flag that does less than the code asks of it: every part of `swap` is needed.
mod weak_flag {
    use super::*;

    #[test]
    #[should_panic(expected = "deadlock")]
    fn the_wake_must_release() {
        weaken(Weakness::RelaxedRelease);
        woken(2, v2_flag::block_on);
    }

    /// With one wake, every wake unparks. The token makes its event visible to a `park`, but not every wait parks.
    #[test]
    #[should_panic(expected = "deadlock")]
    fn the_only_wake_must_release() {
        weaken(Weakness::RelaxedRelease);
        woken(1, v2_flag::block_on);
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn the_wait_must_acquire() {
        weaken(Weakness::RelaxedAcquire);
        woken(2, v2_flag::block_on);
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn the_wait_must_look_and_clear_in_one_step() {
        weaken(Weakness::ClearInTwoSteps);
        woken(2, v2_flag::block_on);
    }
}

/// Version 2, written once more with one fault at a time. Loom finds each of them.
mod fault {
    use super::*;

    /// The copy is right. So what loom finds below is the fault, and not the copy.
    #[test]
    fn without_a_fault_all_is_well() {
        woken(2, |future| faulty::block_on(future, Fault::None));
        nested(|future| faulty::block_on(future, Fault::None));
        stray(|future| faulty::block_on(future, Fault::None));
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn unpark_before_the_flag_is_set() {
        woken(2, |future| faulty::block_on(future, Fault::UnparkFirst));
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn flag_cleared_after_the_poll() {
        woken(2, |future| faulty::block_on(future, Fault::ClearAfterPoll));
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn no_look_before_the_first_park() {
        nested(|future| faulty::block_on(future, Fault::ParkFirst));
    }

    #[test]
    #[should_panic(expected = "a poll without a wake")]
    fn if_in_the_place_of_while() {
        stray(|future| faulty::block_on(future, Fault::NoLoop));
    }

    #[test]
    #[should_panic(expected = "deadlock")]
    fn other_code_between_the_look_and_the_park() {
        woken(2, |future| {
            faulty::block_on(future, Fault::TokenTakenInTheGap)
        });
    }
}
