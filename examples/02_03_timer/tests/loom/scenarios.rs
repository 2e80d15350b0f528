//! What happens to a timer. Each scenario is right for every order of its threads, or fails for one of them: a lost wakeup
//! is a deadlock.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use loom::sync::{Condvar, Mutex};
use real_std::future::Future;

/// Wakes a task by a ring, and the task waits for it.
#[derive(Default)]
struct Bell {
    rings: Mutex<usize>,
    rung: Condvar,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        *self.rings.lock().expect("no panic") += 1;
        self.rung.notify_one();
    }
}

impl Bell {
    fn wait(&self) {
        let mut rings = self.rings.lock().expect("no panic");
        while *rings == 0 {
            rings = self.rung.wait(rings).expect("no panic");
        }
        *rings -= 1;
    }
}

fn is_ready<T: Future + Unpin>(timer: &mut T, waker: &Waker) -> bool {
    Pin::new(timer)
        .poll(&mut Context::from_waker(waker))
        .is_ready()
}

/// Polls until the timer is ready, and before each further poll it waits for a wake. Returns the number of wakes.
fn drive<T: Future + Unpin>(timer: &mut T) -> usize {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut wakes = 0;
    while !is_ready(timer, &waker) {
        bell.wait();
        wakes += 1;
    }
    wakes
}

/// One task has the timer from the beginning to the end.
pub(crate) fn driven<T: Future + Unpin + 'static>(new: fn() -> T) {
    loom::model(move || {
        assert!(drive(&mut new()) <= 1, "a wake too many");
    });
}

/// One task polls the timer, and another one has it from then on.
pub(crate) fn handed_over<T: Future + Unpin + 'static>(new: fn() -> T) {
    loom::model(move || {
        let first = Arc::new(Bell::default());
        let mut timer = new();
        is_ready(&mut timer, &Waker::from(Arc::clone(&first)));
        let wakes = drive(&mut timer);
        let rings = *first.rings.lock().expect("no panic");
        assert!(rings + wakes <= 1, "a wake too many");
    });
}

/// The timer is dropped after a poll, at the latest while it fires. A model ends when all its threads have.
pub(crate) fn dropped<T: Future + Unpin + 'static>(new: fn() -> T) {
    loom::model(move || {
        let bell = Arc::new(Bell::default());
        let mut timer = new();
        let ready = is_ready(&mut timer, &Waker::from(Arc::clone(&bell)));
        drop(timer);
        let rings = *bell.rings.lock().expect("no panic");
        assert!(rings <= usize::from(!ready), "a wake too many");
    });
}
