//! `std::sync`, as far as the library uses it.

pub(crate) use loom::sync::{Mutex, MutexGuard};
pub(crate) use real_std::sync::{Arc, PoisonError};

/// A channel without messages, of which only the end counts.
pub(crate) mod mpsc {
    use real_std::convert::Infallible;
    use real_std::marker::PhantomData;
    use real_std::sync::Arc;
    pub(crate) use real_std::sync::mpsc::RecvTimeoutError;
    use real_std::thread::panicking;
    use real_std::time::Duration;

    use loom::sync::Mutex;

    #[derive(Debug)]
    pub(crate) struct Sender<T> {
        is_gone: Arc<Mutex<bool>>,
        message: PhantomData<T>,
    }

    pub(crate) struct Receiver<T> {
        sender_is_gone: Arc<Mutex<bool>>,
        message: PhantomData<T>,
    }

    pub(crate) fn channel() -> (Sender<Infallible>, Receiver<Infallible>) {
        let is_gone = Arc::new(Mutex::new(false));
        let receiver = Receiver {
            sender_is_gone: Arc::clone(&is_gone),
            message: PhantomData,
        };
        let sender = Sender {
            is_gone,
            message: PhantomData,
        };
        (sender, receiver)
    }

    impl Receiver<Infallible> {
        /// The time is over now. That it was not over a moment ago is what loom's other orders are for.
        pub(crate) fn recv_timeout(&self, _: Duration) -> Result<Infallible, RecvTimeoutError> {
            if *self.sender_is_gone.lock().expect("no panic") {
                Err(RecvTimeoutError::Disconnected)
            } else {
                Err(RecvTimeoutError::Timeout)
            }
        }
    }

    impl<T> Drop for Sender<T> {
        fn drop(&mut self) {
            // In a model that has failed, there is nobody left to tell.
            if !panicking() {
                *self.is_gone.lock().expect("no panic") = true;
            }
        }
    }
}
