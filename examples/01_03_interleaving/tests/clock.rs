//! When a sleep ends, who is next, and what moves the clock.

use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use futures::future::join_all;
use futures::join;
use interleaving::{Clock, yield_now};

#[test]
fn a_sleep_takes_its_ticks_and_no_more() {
    let clock = Clock::new();
    assert_eq!(clock.run(async { clock.sleep(7).await }), ());
    assert_eq!(clock.now(), 7);
}

#[test]
fn a_sleep_counts_from_its_first_poll() {
    let clock = Clock::new();
    let sleep = clock.sleep(3);
    clock.compute(10);
    clock.run(sleep);
    assert_eq!(clock.now(), 13);
}

#[test]
fn a_sleep_of_no_ticks_does_not_wait() {
    let clock = Clock::new();
    let order = RefCell::new(Vec::new());
    clock.run(async {
        join!(
            async {
                clock.sleep(0).await;
                order.borrow_mut().push("first");
            },
            async { order.borrow_mut().push("second") },
        )
    });
    assert_eq!(order.into_inner(), ["first", "second"]);
    assert_eq!(clock.now(), 0);
}

#[test]
fn sleeps_end_in_the_order_of_their_ends() {
    let clock = Clock::new();
    let order = RefCell::new(Vec::new());
    clock.run(join_all([3, 1, 2, 1].map(|ticks| {
        let (clock, order) = (&clock, &order);
        async move {
            clock.sleep(ticks).await;
            order.borrow_mut().push((ticks, clock.now()));
        }
    })));
    assert_eq!(order.into_inner(), [(1, 1), (1, 1), (2, 2), (3, 3)]);
}

/// `join_all` keeps many futures in a structure that polls only those that were woken, in the order in
/// which they were woken.
#[test]
fn every_sleeper_of_many_is_woken_in_its_turn() {
    let clock = Clock::new();
    let order = RefCell::new(Vec::new());
    clock.run(join_all((0..100).map(|number| {
        let (clock, order) = (&clock, &order);
        async move {
            // Two sleeps end at each tick.
            clock.sleep(1 + number / 2).await;
            order.borrow_mut().push((number, clock.now()));
        }
    })));
    let expected: Vec<_> = (0..100).map(|number| (number, 1 + number / 2)).collect();
    assert_eq!(order.into_inner(), expected);
}

#[test]
fn a_computation_moves_the_clock_and_delays_a_sleeper() {
    let clock = Clock::new();
    let (woke_at, ()) = clock.run(async {
        join!(
            async {
                clock.sleep(1).await;
                clock.now()
            },
            async { clock.compute(5) },
        )
    });
    assert_eq!(woke_at, 5);
    assert_eq!(clock.now(), 5);
}

#[test]
fn yielding_lets_others_run_and_no_time_pass() {
    let clock = Clock::new();
    let order = RefCell::new(Vec::new());
    let say = |what| order.borrow_mut().push(what);
    clock.run(async {
        join!(
            async {
                say("ada 1");
                yield_now().await;
                say("ada 2");
            },
            async {
                say("bob 1");
                yield_now().await;
                say("bob 2");
            },
            // Somebody sleeps, so the clock could move.
            clock.sleep(1),
            async {
                yield_now().await;
                assert_eq!(clock.now(), 0);
            },
        )
    });
    assert_eq!(order.into_inner(), ["ada 1", "bob 1", "ada 2", "bob 2"]);
}

#[test]
fn the_clock_does_not_move_for_a_sleep_that_was_dropped() {
    let clock = Clock::new();
    let mut dropped = Some(Box::pin(clock.sleep(1)));
    clock.run(async {
        poll_fn(|cx| {
            let sleep = dropped.as_mut().expect("not dropped yet");
            assert!(sleep.as_mut().poll(cx).is_pending());
            Poll::Ready(())
        })
        .await;
        dropped = None;
        // With the dropped sleep in its list, the clock would stop at tick 1 and wake us there.
        let mut late = Box::pin(clock.sleep(5));
        let mut seen = Vec::new();
        poll_fn(|cx| {
            seen.push(clock.now());
            Pin::new(&mut late).poll(cx)
        })
        .await;
        assert_eq!(seen, [0, 5]);
    });
}

#[test]
fn a_future_that_waits_for_something_else_is_told_of() {
    let clock = Clock::new();
    let panic = catch_unwind(AssertUnwindSafe(|| clock.run(pending::<()>()))).unwrap_err();
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or(panic.downcast_ref::<&str>().copied());
    assert!(text.unwrap().contains("it would wait forever"));
}

#[test]
fn the_last_tick_is_not_passed() {
    let clock = Clock::new();
    clock.compute(1);
    clock.run(clock.sleep(u64::MAX));
    assert_eq!(clock.now(), u64::MAX);
}
