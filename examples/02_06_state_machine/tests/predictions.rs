//! What the answers of the chapter's "Predict" questions claim.

mod compiler;

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use state_machine::page::{PAGE, Renderer, checksum, confirmation, v1_held};
use state_machine::stage::{Step, run};
use state_machine::v1_async;

#[test]
fn a_session_has_room_for_its_page_before_it_is_polled() {
    let renderer = Renderer::default();
    let session = v1_held::session(&renderer);
    let size = size_of_val(&session);
    assert!(size < PAGE + 64, "{size}");
    if compiler::is_of_the_chapter() {
        assert!(size >= PAGE, "{size}");
    }
    drop(session);
    assert_eq!(renderer.pages(), 0, "no page has been rendered");
}

/// The run that `main` prints first.
fn two_pieces() -> Vec<String> {
    let steps = [
        Step::Piece("t"),
        Step::Wait,
        Step::Piece("ea\n"),
        Step::Wait,
        Step::Sent,
    ];
    run(&steps, usize::MAX, v1_async::answer)
}

fn count(lines: &[String], line: &str) -> usize {
    lines.iter().filter(|other| *other == line).count()
}

#[test]
fn three_polls_of_the_future_and_of_receive() {
    let lines = two_pieces();
    assert_eq!(count(&lines, "main     polls"), 3);
    assert_eq!(count(&lines, "receive  is made"), 2);
    assert_eq!(count(&lines, "receive  answers ready"), 2);
    assert_eq!(count(&lines, "receive  answers pending"), 1);
    // The first of them: ready in the first poll, and the second one is made in the same poll.
    let place = |line: &str| {
        lines
            .iter()
            .position(|other| other == line)
            .expect("it is there")
    };
    let first_wake = place("waker    wakes the task");
    assert_eq!(count(&lines[..first_wake], "receive  is made"), 2);
}

#[test]
fn receive_then_line_then_client() {
    let lines = run(&[Step::Piece("t"), Step::Wait], 1, v1_async::answer);
    let end = &lines[lines.len() - 4..];
    assert_eq!(
        end,
        [
            "main     drops the future",
            "receive  is dropped",
            "line     is dropped",
            "client   is dropped",
        ]
    );
    let pieces = count(&lines[..lines.len() - 4], "piece    is dropped");
    assert_eq!(pieces, 1, "the first piece is gone already");
}

#[test]
fn drop_does_not_help_a_page_that_was_borrowed() {
    /// With a destructor, so that `drop` has something to do.
    struct Page([u8; PAGE]);

    impl Drop for Page {
        fn drop(&mut self) {}
    }

    let borrowed = async {
        let page = Page([1; PAGE]);
        let sum = checksum(&page.0);
        drop(page);
        confirmation().await;
        sum
    };
    if compiler::is_of_the_chapter() {
        assert!(size_of_val(&borrowed) > PAGE);
    }
    let never_borrowed = async {
        let page = Page([1; PAGE]);
        let first = page.0[0];
        drop(page);
        confirmation().await;
        first
    };
    assert!(size_of_val(&never_borrowed) < 64);
    assert!(size_of_val(&borrowed) >= size_of_val(&never_borrowed));
}

#[test]
fn recursion_works_with_a_box() {
    async fn depth(levels: u32) -> u32 {
        if levels == 0 {
            return 0;
        }
        1 + Box::pin(depth(levels - 1)).await
    }
    let mut future = pin!(depth(100));
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(future.as_mut().poll(&mut cx), Poll::Ready(100));
}
