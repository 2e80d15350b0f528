//! What `publish` must do, and how large it may be. Nothing here waits: the tests poll by hand.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use state_machine::counting::{Counting, in_use};
use state_machine::page::{PAGE, Renderer};

use crate::exercise::publish;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const SMALL: usize = 256;

/// What is seen at one poll.
#[derive(Debug, PartialEq)]
struct Seen {
    /// The output, if the answer was ready.
    output: Option<(u32, u32)>,
    /// How many pages have been rendered so far.
    rendered: u8,
    /// How many whole pages the heap holds for the future.
    on_heap: usize,
    /// How many whole pages the future itself holds.
    in_future: usize,
}

/// Polls `publish` until it is ready, at most five times.
fn watch() -> Vec<Seen> {
    let renderer = Renderer::default();
    let mut seen = Vec::with_capacity(5);
    let before = in_use();
    let mut future = pin!(publish(&renderer));
    let in_future = size_of_val(&*future) / PAGE;
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..5 {
        let answer = future.as_mut().poll(&mut cx);
        let output = match answer {
            Poll::Ready(output) => Some(output),
            Poll::Pending => None,
        };
        seen.push(Seen {
            output,
            rendered: renderer.pages(),
            on_heap: usize::try_from(in_use() - before).unwrap_or(0) / PAGE,
            in_future,
        });
        if output.is_some() {
            break;
        }
    }
    seen
}

#[test]
fn the_future_is_small() {
    let renderer = Renderer::default();
    let size = size_of_val(&publish(&renderer));
    let hint = match size / PAGE {
        0 => "not a page, but still too much: which value is in scope at an `.await`?",
        1 => "one page: which of the two is still in scope at an `.await`?",
        2 | 3 => "two pages: both in one state, or one of them twice, in an argument?",
        _ => "four pages: two in the child, and the child twice",
    };
    assert!(
        size <= SMALL,
        "{size} bytes, and {SMALL} are enough: {hint}"
    );
}

#[test]
fn the_draft_is_gone_while_it_waits_for_the_first_time() {
    let seen = watch();
    assert_eq!(
        seen[0].on_heap, 0,
        "the future waits, and a page is on the heap that nobody needs now: the draft, or the room for the final page \
         in a child that was boxed as a whole. A `Box` moves a page, it does not end its scope"
    );
}

#[test]
fn one_page_is_enough_while_it_waits_for_the_second_time() {
    let seen = watch();
    assert!(
        seen[1].on_heap <= 1,
        "{} pages are on the heap while it waits for the second time: only the final page is needed there",
        seen[1].on_heap
    );
    assert!(
        seen[1].on_heap + seen[1].in_future > 0,
        "the final page is gone while it waits for the second time: its checksum is taken after the confirmation"
    );
}

#[test]
fn it_does_the_same_work_in_the_same_polls() {
    let seen: Vec<_> = watch()
        .into_iter()
        .map(|seen| (seen.rendered, seen.output))
        .collect();
    let page = u32::try_from(PAGE).expect("16,384 fits");
    assert_eq!(
        seen,
        [(1, None), (2, None), (2, Some((page, 2 * page)))],
        "pages rendered, and output, at each poll: the draft before the first confirmation, the final page before \
         the second, the output in the third poll"
    );
}
