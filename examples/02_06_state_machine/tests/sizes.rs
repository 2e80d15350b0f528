//! Which values make a future large. Rust promises nothing about the layout, so these tests observe Rust 1.95.
//!
//! On another compiler they test what has to hold there, too: a future has room for the pages that it still needs, and a
//! newer compiler stores no more pages than Rust 1.95. When the book moves on to a newer compiler, put its number into
//! `tests/compiler/mod.rs`. If a value is kept or not kept any more then, the chapter's passage about it has to be
//! rewritten. If a size has changed by a few bytes, only `the_two_answers` notices, and its message says what to do.

mod compiler;

use state_machine::page::wrappers::{doubled, made};
use state_machine::page::{
    PAGE, Renderer, checksum, confirmation, v1_held, v2_scoped, v3_boxed_page, v4_boxed_child,
};
use state_machine::stage::{Client, Line, Reply, open};
use state_machine::{v1_async, v2_enum};

/// The future needs `needed` pages after an `.await`, and on Rust 1.95 it stores `stored`. The rest of it is small.
#[track_caller]
fn check<F: Future>(future: &F, needed: usize, stored: usize) {
    let size = size_of_val(future);
    assert!(
        size % PAGE < 256,
        "{size} bytes are not a number of pages and a small rest"
    );
    let pages = size / PAGE;
    if compiler::is_of_the_chapter() {
        assert_eq!(pages, stored);
    } else {
        assert!((needed..=stored).contains(&pages), "{pages} pages");
    }
}

#[test]
fn the_versions() {
    let renderer = &Renderer::default();
    check(&v1_held::session(renderer), 0, 1);
    check(&v2_scoped::session(renderer), 0, 0);
    check(&v3_boxed_page::session(renderer), 0, 0);
    check(&v4_boxed_child::session(renderer), 0, 0);
}

#[test]
fn the_two_answers() {
    let (client, _record) = open(&[]);
    let compiled = size_of_val(&v1_async::answer(client));
    let (client, _record) = open(&[]);
    let by_hand = size_of_val(&v2_enum::answer(client));
    // Both have room for their largest state.
    let state = size_of::<Client>() + size_of::<Line>() + size_of::<usize>() + size_of::<Reply>();
    assert!(compiled >= state, "{compiled} bytes");
    assert!(by_hand >= state, "{by_hand} bytes");
    if compiler::is_of_the_chapter() && cfg!(target_pointer_width = "64") {
        assert_eq!(
            (compiled, by_hand),
            (72, 56),
            "another layout: put the new numbers here and into the chapter's section on its limits"
        );
    }
}

#[test]
fn a_value_without_a_borrow_is_kept_only_if_it_is_needed() {
    let not_needed = async {
        let page = [1_u8; PAGE];
        let first = page[0];
        confirmation().await;
        first
    };
    check(&not_needed, 0, 0);
    let needed = async {
        let page = [1_u8; PAGE];
        confirmation().await;
        page[0]
    };
    check(&needed, 1, 1);
}

#[test]
fn states_share_their_place() {
    let one_after_the_other = async {
        let first = {
            let page = [1_u8; PAGE];
            confirmation().await;
            checksum(&page)
        };
        let page = [2_u8; PAGE];
        confirmation().await;
        first + checksum(&page)
    };
    check(&one_after_the_other, 1, 1);
    let together = async {
        let first = [1_u8; PAGE];
        confirmation().await;
        let page = [2_u8; PAGE];
        confirmation().await;
        checksum(&first) + checksum(&page)
    };
    check(&together, 2, 2);
}

#[test]
fn a_child_is_part_of_its_parent() {
    let renderer = &Renderer::default();
    let one = async { v1_held::session(renderer).await };
    check(&one, 0, 1);
    let two_in_turn = async { v1_held::session(renderer).await + v1_held::session(renderer).await };
    check(&two_in_turn, 0, 1);
    let around = async { one.await + 1 };
    // A captured future is stored twice, as an argument is.
    check(&around, 0, 2);
}

#[test]
fn an_argument_is_stored_twice() {
    async fn summed(page: [u8; PAGE]) -> u32 {
        confirmation().await;
        checksum(&page)
    }
    check(&summed([1; PAGE]), 1, 2);
}

#[test]
fn wrappers() {
    let renderer = &Renderer::default();
    let session = || v1_held::session(renderer);
    check(&doubled(session()), 0, 2);
    check(&doubled(doubled(session())), 0, 4);
    check(&doubled(doubled(doubled(session()))), 0, 8);
    check(&made(session), 0, 1);
    check(&made(|| made(|| made(session))), 0, 1);
    check(&doubled(doubled(Box::pin(session()))), 0, 0);
}
