//! The eager timer once more, with one fault at a time.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread;

use real_std::future::Future;

/// What is wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// The lock is released between the question whether the timer has fired and the storing of the waker.
    GapInPoll,
    /// The timer wakes, and then it sets `fired`.
    WakeFirst,
    /// Only the first waker is stored, as in `src/bin/lost_wakeup.rs`.
    FirstWakerOnly,
}

pub(crate) struct Faulty {
    shared: Arc<Mutex<Shared>>,
    fault: Fault,
}

struct Shared {
    fired: bool,
    waker: Option<Waker>,
}

impl Faulty {
    pub(crate) fn new(fault: Fault) -> Faulty {
        let shared = Arc::new(Mutex::new(Shared {
            fired: false,
            waker: None,
        }));
        let for_thread = Arc::clone(&shared);
        thread::spawn(move || {
            let set = || for_thread.lock().expect("no panic").fired = true;
            if fault != Fault::WakeFirst {
                set();
            }
            let waker = for_thread.lock().expect("no panic").waker.take();
            if let Some(waker) = waker {
                waker.wake();
            }
            if fault == Fault::WakeFirst {
                set();
            }
        });
        Faulty { shared, fault }
    }
}

impl Future for Faulty {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.shared.lock().expect("no panic");
        if state.fired {
            return Poll::Ready(());
        }
        if self.fault == Fault::GapInPoll {
            drop(state);
            state = self.shared.lock().expect("no panic");
        }
        if self.fault != Fault::FirstWakerOnly || state.waker.is_none() {
            state.waker = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}
