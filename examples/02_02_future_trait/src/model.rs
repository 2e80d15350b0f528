//! A first model of a future: what one would invent without knowing the trait of the standard library.
//!
//! It has two faults, and both are here on purpose. [`PollBoth`] polls a child that has already finished. And the
//! callback carries no data, so that whoever receives the call can't tell which future made it.

use std::task::Poll;

// ANCHOR: model_trait
/// A value that makes progress when it is polled.
pub trait ModelFuture {
    /// What the future stands for.
    type Output;

    /// Makes progress. A future that answers `Pending` calls `wake` when it can
    /// make more.
    fn poll(&mut self, wake: fn()) -> Poll<Self::Output>;
}
// ANCHOR_END: model_trait

// ANCHOR: poll_both
/// Two futures as one. Broken: it also polls a child that has already finished.
pub struct PollBoth<L, R> {
    /// Polled first.
    pub left: L,
    /// Polled second.
    pub right: R,
}

impl<L: ModelFuture, R: ModelFuture> ModelFuture for PollBoth<L, R> {
    type Output = (L::Output, R::Output);

    fn poll(&mut self, wake: fn()) -> Poll<Self::Output> {
        match (self.left.poll(wake), self.right.poll(wake)) {
            (Poll::Ready(left), Poll::Ready(right)) => Poll::Ready((left, right)),
            _ => Poll::Pending,
        }
    }
}
// ANCHOR_END: poll_both
