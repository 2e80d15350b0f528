//! The `async fn` and the enum cannot be told apart: the same polls, wakes, outputs and drops, in the same order.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use state_machine::stage::{Client, Step, open, run};
use state_machine::{v1_async, v2_enum};

/// All scripts: a line in one, two or three pieces, or a client that hangs up in its place, with up to two waits before
/// each step, and up to two before the reply has gone out.
fn scripts() -> Vec<Vec<Step>> {
    let lines: &[&[Step]] = &[
        &[Step::Piece("tea\n"), Step::Sent],
        &[Step::Piece("t"), Step::Piece("ea\n"), Step::Sent],
        &[
            Step::Piece(""),
            Step::Piece("tea"),
            Step::Piece("\n"),
            Step::Sent,
        ],
        &[Step::HangUp],
        &[Step::Piece("te"), Step::HangUp],
    ];
    let mut scripts = Vec::new();
    for line in lines {
        let variants = 3_usize.pow(u32::try_from(line.len()).expect("a short line"));
        for variant in 0..variants {
            let mut rest = variant;
            let mut script = Vec::new();
            for &step in *line {
                script.extend(vec![Step::Wait; rest % 3]);
                script.push(step);
                rest /= 3;
            }
            scripts.push(script);
        }
    }
    scripts
}

#[test]
fn every_script_gives_the_same_record() {
    let mut count = 0;
    for script in scripts() {
        let expected = run(&script, usize::MAX, v1_async::answer);
        assert_eq!(
            run(&script, usize::MAX, v2_enum::answer),
            expected,
            "{script:?}"
        );
        assert!(expected.iter().any(|line| line.contains("has the output")));
        count += 1;
    }
    assert_eq!(count, 9 + 27 + 81 + 3 + 9);
}

#[test]
fn every_drop_on_the_way_gives_the_same_record() {
    for script in scripts() {
        // With 0, it is dropped before its first poll.
        for polls in 0..=script.len() {
            let expected = run(&script, polls, v1_async::answer);
            assert_eq!(
                run(&script, polls, v2_enum::answer),
                expected,
                "{script:?}, {polls} polls"
            );
            assert_eq!(
                expected.last().expect("it has lines"),
                last(&script, polls),
                "{script:?}, {polls} polls"
            );
        }
    }
}

/// The client is the argument, so it is the last to go: in the drop of the future, or in its last poll.
fn last(script: &[Step], polls: usize) -> &'static str {
    let waits = script.iter().filter(|&&step| step == Step::Wait).count();
    if polls > waits {
        "main     drops the future"
    } else {
        "client   is dropped"
    }
}

/// The record of a future whose child panics in its second poll, in the drops of the unwinding too, and then the record
/// of one poll more, which panics as well.
fn record_of_a_panic<F: Future + Unpin>(
    steps: &[Step],
    make: impl FnOnce(Client) -> F,
) -> Vec<String> {
    let (client, record) = open(steps);
    let mut future = make(client);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(Pin::new(&mut future).poll(&mut cx).is_pending());
    for name in ["second", "third"] {
        let poll = catch_unwind(AssertUnwindSafe(|| {
            Pin::new(&mut future).poll(&mut cx).is_ready()
        }));
        assert!(poll.is_err(), "the {name} poll should panic");
        record.event("main", &format!("has caught the panic of the {name} poll"));
    }
    drop(future);
    record.lines()
}

#[test]
fn a_panic_in_a_child_gives_the_same_record() {
    for steps in [
        &[Step::Piece("t"), Step::Wait, Step::Panic][..],
        &[Step::Piece("\n"), Step::Wait, Step::Panic],
    ] {
        let compiled = record_of_a_panic(steps, |client| Box::pin(v1_async::answer(client)));
        assert_eq!(record_of_a_panic(steps, v2_enum::answer), compiled);
        let end = &compiled[compiled.len() - 6..];
        assert!(end[0].ends_with("panics"), "{end:?}");
        assert!(end[1].ends_with("is dropped"), "{end:?}");
        assert_eq!(end[2], "line     is dropped");
        assert_eq!(end[3], "client   is dropped");
    }
}

fn poll_after_the_end<F: Future + Unpin>(make: impl FnOnce(Client) -> F) {
    let (client, _record) = open(&[Step::HangUp]);
    let mut future = make(client);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(matches!(
        Pin::new(&mut future).poll(&mut cx),
        Poll::Ready(_)
    ));
    let _ = Pin::new(&mut future).poll(&mut cx);
}

#[test]
#[should_panic(expected = "completion")]
fn the_async_fn_panics_after_its_end() {
    poll_after_the_end(|client| Box::pin(v1_async::answer(client)));
}

#[test]
#[should_panic(expected = "polled after it has finished")]
fn the_enum_panics_after_its_end() {
    poll_after_the_end(v2_enum::answer);
}
