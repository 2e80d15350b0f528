//! A destructor beside the macro.

// ANCHOR: impl_drop
use pin_project_lite::pin_project;

pin_project! {
    struct Announced<F> {
        #[pin]
        inner: Option<F>,
    }
}

impl<F> Drop for Announced<F> {
    fn drop(&mut self) {
        println!("wrapper  drops its child");
        drop(self.inner.take());
    }
}
// ANCHOR_END: impl_drop

fn main() {}
