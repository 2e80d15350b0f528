//! A task is owned by whoever has its waker, on any thread, so its future must be `Send`.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

// ANCHOR: not_send
/// Ready when all other copies of the `Rc` are gone.
struct LastOne(Rc<()>);

impl Future for LastOne {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if Rc::strong_count(&self.0) == 1 {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

fn main() {
    let (executor, spawner) = executor::executor();
    let _ = spawner.spawn(LastOne(Rc::new(())));
    drop(spawner);
    let _ = executor.run();
}
// ANCHOR_END: not_send
