//! Tokens that nobody meant for `block_on`, and tokens that other code takes away from it.

mod support;

use std::future::poll_fn;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::task::Poll;
use std::thread;

use block_on::{v1_park, v2_flag};
use support::{A_MOMENT, GiveWaker, PLENTY, SILENCE, counted, polls, start, within, woken_during};

#[test]
fn a_token_from_before_costs_version_1_a_poll() {
    assert_eq!(
        polls(v1_park::block_on, || thread::current().unpark(), 2),
        3
    );
}

#[test]
fn a_token_from_before_costs_version_2_nothing() {
    assert_eq!(
        polls(v2_flag::block_on, || thread::current().unpark(), 1),
        2
    );
}

#[test]
fn unparks_while_it_waits_cost_version_2_nothing() {
    let (future, remote) = counted();
    let returned = start(move || v2_flag::block_on(future));
    let (waker, thread) = remote.poll();
    for _ in 0..10 {
        thread.unpark();
        remote.no_poll();
    }
    remote.finish(waker);
    returned.recv_timeout(PLENTY).expect("block_on returns");
    assert_eq!(remote.polls(), 2);
}

#[test]
fn a_waker_of_an_earlier_call_costs_version_1_a_poll() {
    assert_eq!(
        polls(v1_park::block_on, || v1_park::block_on(GiveWaker).wake(), 2),
        3
    );
}

#[test]
fn a_waker_of_an_earlier_call_costs_version_2_nothing() {
    assert_eq!(
        polls(v2_flag::block_on, || v2_flag::block_on(GiveWaker).wake(), 1),
        2
    );
}

#[test]
fn a_park_inside_the_future_takes_the_token() {
    assert!(within(SILENCE, || v1_park::block_on(woken_during(thread::park))).is_none());
    assert!(within(PLENTY, || v2_flag::block_on(woken_during(thread::park))).is_some());
}

#[test]
fn a_nested_call_takes_the_token() {
    fn yield_once() -> impl Future<Output = ()> {
        woken_during(|| {})
    }
    let nested_v1 = || v1_park::block_on(woken_during(|| v1_park::block_on(yield_once())));
    assert!(within(SILENCE, nested_v1).is_none());
    let nested_v2 = || v2_flag::block_on(woken_during(|| v2_flag::block_on(yield_once())));
    assert!(within(PLENTY, nested_v2).is_some());
}

/// Waits, on this thread, for a message that does not come. If the channel waits with `park`, it takes the token.
fn wait_for_mail() {
    let (_keep, mail): (Sender<()>, Receiver<()>) = mpsc::channel();
    assert!(mail.recv_timeout(A_MOMENT).is_err());
}

/// How the standard library waits for a message is nowhere promised. Today it parks. Should this test fail one day, it does
/// not any more, and the chapter must not say so.
#[test]
fn a_channel_inside_the_future_takes_the_token() {
    let hung = || within(SILENCE, || v1_park::block_on(woken_during(wait_for_mail))).is_none();
    // Several attempts: on a busy machine the moment may be over before the channel has parked the thread.
    assert!((0..10).any(|_| hung()));
    assert!(within(PLENTY, || v2_flag::block_on(woken_during(wait_for_mail))).is_some());
}

#[test]
fn version_2_leaves_a_token_behind() {
    let returned = within(PLENTY, || {
        v2_flag::block_on(poll_fn(|cx| {
            cx.waker().wake_by_ref();
            Poll::Ready(())
        }));
        thread::park();
    });
    assert!(
        returned.is_some(),
        "the wake came with the last poll, and its token stayed"
    );
}

#[test]
fn version_2_takes_a_token_of_its_caller() {
    // Several attempts: if the wake comes before the thread is parked, the token stays.
    let taken = (0..10).any(|_| {
        let (future, remote) = counted();
        let returned = start(move || {
            thread::current().unpark();
            v2_flag::block_on(future);
            thread::park();
        });
        let (waker, _) = remote.poll();
        remote.no_poll();
        remote.finish(waker);
        returned.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout)
    });
    assert!(taken, "the park after block_on should find no token");
}
