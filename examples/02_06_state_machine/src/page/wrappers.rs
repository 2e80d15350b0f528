//! Futures around a future: one that stores its child twice, and one that does not.

// ANCHOR: doubles
/// Passes the output on. The child is an argument, and then it is awaited.
pub async fn doubled<F: Future>(child: F) -> F::Output {
    child.await
}
// ANCHOR_END: doubles

// ANCHOR: makes
/// Passes the output on. The argument makes the child, and the child is at one place only.
pub async fn made<F: Future>(make: impl FnOnce() -> F) -> F::Output {
    make().await
}
// ANCHOR_END: makes
