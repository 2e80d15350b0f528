//! An enum around a child, and a `Join` whose children need not be `Unpin`.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

// ANCHOR: child
pin_project! {
    /// A running future, or its output. The output is `None` when somebody has taken it.
    #[project = ChildProjection]
    enum Child<F: Future> {
        Running { #[pin] future: F },
        Finished { output: Option<F::Output> },
    }
}

impl<F: Future> Child<F> {
    /// Polls the future, unless it has finished. Ready means: the output is there, and the future is dropped.
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if let ChildProjection::Running { future } = self.as_mut().project() {
            let output = Some(ready!(future.poll(cx)));
            self.set(Child::Finished { output });
        }
        Poll::Ready(())
    }
}
// ANCHOR_END: child

impl<F: Future> Child<F> {
    /// Takes the output out.
    ///
    /// # Panics
    ///
    /// If the future has not finished, or if the output has been taken before.
    fn take_output(self: Pin<&mut Self>) -> F::Output {
        match self.project() {
            // The field is not pinned, so it may be moved.
            ChildProjection::Finished { output } => output.take().expect("polled after the end"),
            ChildProjection::Running { .. } => panic!("there is no output yet"),
        }
    }
}

// ANCHOR: join
pin_project! {
    /// A future for both outputs.
    pub struct Join<A: Future, B: Future> {
        #[pin]
        left: Child<A>,
        #[pin]
        right: Child<B>,
    }
}

impl<A: Future, B: Future> Future for Join<A, B> {
    type Output = (A::Output, B::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let left = this.left.as_mut().poll(cx);
        let right = this.right.as_mut().poll(cx);
        ready!(left);
        ready!(right);
        Poll::Ready((this.left.take_output(), this.right.take_output()))
    }
}
// ANCHOR_END: join

impl<A: Future, B: Future> Join<A, B> {
    /// Runs both futures at the same time.
    pub fn new(left: A, right: B) -> Self {
        Self {
            left: Child::Running { future: left },
            right: Child::Running { future: right },
        }
    }
}
