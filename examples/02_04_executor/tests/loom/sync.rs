//! `std::sync`, as far as the library uses it.

pub(crate) use loom::sync::{Mutex, MutexGuard};
pub(crate) use real_std::sync::{Arc, PoisonError, Weak};

pub(crate) mod atomic {
    use real_std::cell::Cell;

    pub(crate) use loom::sync::atomic::{AtomicUsize, Ordering};

    /// What a flag fails to do, although the code asks for it.
    #[derive(Clone, Copy)]
    pub(crate) enum Weakness {
        None,
        /// `Release` releases nothing.
        RelaxedRelease,
        /// `Acquire` acquires nothing.
        RelaxedAcquire,
        /// A swap to `false` is a store. It returns what the executor does not look at.
        StoreToClear,
        /// A swap to `true` looks first, and sets the flag in a second step.
        SetInTwoSteps,
    }

    real_std::thread_local! {
        /// Loom runs all threads of a model on the thread of its test.
        static WEAKNESS: Cell<Weakness> = const { Cell::new(Weakness::None) };
    }

    /// Weakens every flag of this test.
    pub(crate) fn weaken(weakness: Weakness) {
        WEAKNESS.set(weakness);
    }

    pub(crate) struct AtomicBool(loom::sync::atomic::AtomicBool);

    impl AtomicBool {
        pub(crate) fn new(value: bool) -> AtomicBool {
            AtomicBool(loom::sync::atomic::AtomicBool::new(value))
        }

        pub(crate) fn swap(&self, value: bool, ordering: Ordering) -> bool {
            match (WEAKNESS.get(), value, ordering) {
                (Weakness::RelaxedRelease, _, Ordering::Release)
                | (Weakness::RelaxedAcquire, _, Ordering::Acquire) => {
                    self.0.swap(value, Ordering::Relaxed)
                }
                (Weakness::StoreToClear, false, _) => {
                    self.0.store(false, Ordering::Release);
                    true
                }
                (Weakness::SetInTwoSteps, true, _) => {
                    // Reads the newest value. A load could return an older one, and that would be a second weakness.
                    let old = self.0.fetch_or(false, Ordering::AcqRel);
                    if !old {
                        self.0.swap(true, Ordering::AcqRel);
                    }
                    old
                }
                _ => self.0.swap(value, ordering),
            }
        }
    }
}

/// A channel that keeps the promises of `std::sync::mpsc`, made of a mutex and a condition variable. Loom's own channel does
/// not notice that its sender is gone, and this is what ends `Executor::run`.
pub(crate) mod mpsc {
    use real_std::collections::VecDeque;
    use real_std::fmt;
    use real_std::mem;
    use real_std::sync::Arc;
    pub(crate) use real_std::sync::mpsc::{RecvError, SendError};
    use real_std::thread::panicking;

    use loom::sync::{Condvar, Mutex};

    struct Channel<T> {
        state: Mutex<State<T>>,
        changed: Condvar,
    }

    struct State<T> {
        entries: VecDeque<T>,
        sender_is_gone: bool,
        receiver_is_gone: bool,
    }

    pub(crate) struct Sender<T>(Arc<Channel<T>>);

    pub(crate) struct Receiver<T>(Arc<Channel<T>>);

    pub(crate) fn channel<T>() -> (Sender<T>, Receiver<T>) {
        let channel = Arc::new(Channel {
            state: Mutex::new(State {
                entries: VecDeque::new(),
                sender_is_gone: false,
                receiver_is_gone: false,
            }),
            changed: Condvar::new(),
        });
        (Sender(Arc::clone(&channel)), Receiver(channel))
    }

    impl<T> Sender<T> {
        pub(crate) fn send(&self, entry: T) -> Result<(), SendError<T>> {
            let mut state = self.0.state.lock().expect("no panic");
            if state.receiver_is_gone {
                return Err(SendError(entry));
            }
            // There is one task in each model.
            assert!(state.entries.is_empty(), "two entries for one task");
            state.entries.push_back(entry);
            self.0.changed.notify_one();
            Ok(())
        }
    }

    impl<T> Receiver<T> {
        pub(crate) fn recv(&self) -> Result<T, RecvError> {
            let mut state = self.0.state.lock().expect("no panic");
            loop {
                if let Some(entry) = state.entries.pop_front() {
                    return Ok(entry);
                }
                if state.sender_is_gone {
                    return Err(RecvError);
                }
                state = self.0.changed.wait(state).expect("no panic");
            }
        }
    }

    impl<T> fmt::Debug for Sender<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Sender")
        }
    }

    impl<T> fmt::Debug for Receiver<T> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Receiver")
        }
    }

    impl<T> Drop for Sender<T> {
        fn drop(&mut self) {
            // In a model that has failed, there is nobody left to tell.
            if !panicking() {
                self.0.state.lock().expect("no panic").sender_is_gone = true;
                self.0.changed.notify_one();
            }
        }
    }

    impl<T> Drop for Receiver<T> {
        fn drop(&mut self) {
            if !panicking() {
                let mut state = self.0.state.lock().expect("no panic");
                state.receiver_is_gone = true;
                let entries = mem::take(&mut state.entries);
                // An entry may hold the sender, which needs the lock to go.
                drop(state);
                drop(entries);
            }
        }
    }
}
