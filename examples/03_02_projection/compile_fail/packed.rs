//! A packed struct and the macro.

// ANCHOR: packed
use pin_project_lite::pin_project;

pin_project! {
    #[repr(packed)]
    struct Counted {
        #[pin]
        inner: std::future::Ready<u64>,
        polls: u8,
    }
}
// ANCHOR_END: packed

fn main() {}
