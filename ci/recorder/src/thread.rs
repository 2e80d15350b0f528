//! [`std::thread`], whose threads take turns.
//!
//! `scope` is the standard library's: its threads take turns from the first probe on that they come to.

use ::std::{fmt, io, panic::Location, thread as real, time::Duration};

use crate::{
    probe::event,
    schedule,
    trace::{self, Field, Frame},
};

pub use ::std::thread::*;

/// [`std::thread::Thread`].
#[derive(Clone)]
pub struct Thread {
    thread: real::Thread,
    number: usize,
}

impl Thread {
    /// [`std::thread::Thread::id`].
    #[must_use]
    pub fn id(&self) -> real::ThreadId {
        self.thread.id()
    }

    /// [`std::thread::Thread::name`].
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.thread.name()
    }

    /// [`std::thread::Thread::unpark`].
    #[track_caller]
    pub fn unpark(&self) {
        let fields = [Field::Number("other", self.number)];
        let event = event(Location::caller(), "unpark", &fields);
        schedule::unpark(self.number, event);
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.thread.fmt(f)
    }
}

/// [`std::thread::current`].
#[must_use]
pub fn current() -> Thread {
    Thread {
        number: schedule::me(),
        thread: real::current(),
    }
}

/// [`std::thread::yield_now`].
pub fn yield_now() {
    schedule::give_way();
}

/// [`std::thread::sleep`].
#[track_caller]
pub fn sleep(time: Duration) {
    let place = Location::caller();
    let timer = arm(place, time);
    schedule::sleep(time);
    event(place, "fired", &[Field::Number("cause", timer)]);
}

/// Records that somebody waits for a time, at most.
pub(crate) fn arm(place: &'static Location<'static>, time: Duration) -> usize {
    let ms = usize::try_from(time.as_millis()).unwrap_or(usize::MAX);
    event(place, "timer", &[Field::Number("ms", ms)])
}

/// [`std::thread::park`].
#[track_caller]
pub fn park() {
    let place = Location::caller();
    event(place, "park", &[]);
    if let Some(cause) = schedule::park(None) {
        event(place, "unparked", &[Field::Number("cause", cause)]);
    }
}

/// [`std::thread::park_timeout`].
#[track_caller]
pub fn park_timeout(time: Duration) {
    let place = Location::caller();
    event(place, "park", &[]);
    let timer = arm(place, time);
    match schedule::park(Some(time)) {
        Some(cause) => event(place, "unparked", &[Field::Number("cause", cause)]),
        None => event(place, "fired", &[Field::Number("cause", timer)]),
    };
}

/// [`std::thread::JoinHandle`].
pub struct JoinHandle<T> {
    handle: real::JoinHandle<T>,
    thread: Thread,
}

impl<T> JoinHandle<T> {
    /// [`std::thread::JoinHandle::thread`].
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// [`std::thread::JoinHandle::is_finished`].
    pub fn is_finished(&self) -> bool {
        schedule::has_ended(self.thread.number)
    }

    /// [`std::thread::JoinHandle::join`].
    ///
    /// # Errors
    ///
    /// The panic of the thread.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        let place = Location::caller();
        if !schedule::has_ended(self.thread.number) {
            event(
                place,
                "join_wait",
                &[Field::Number("other", self.thread.number)],
            );
        }
        let cause = schedule::join(self.thread.number);
        event(
            place,
            "join",
            &[
                Field::Number("other", self.thread.number),
                Field::Number("cause", cause),
            ],
        );
        self.handle.join()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.handle.fmt(f)
    }
}

/// [`std::thread::spawn`].
///
/// # Panics
///
/// When the operating system refuses a new thread.
#[track_caller]
pub fn spawn<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    Builder::new().spawn(body).expect("failed to spawn thread")
}

/// [`std::thread::Builder`].
#[derive(Debug)]
pub struct Builder(real::Builder);

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// [`std::thread::Builder::new`].
    #[must_use]
    pub fn new() -> Self {
        Self(real::Builder::new())
    }

    /// [`std::thread::Builder::name`].
    #[must_use]
    pub fn name(self, name: String) -> Self {
        Self(self.0.name(name))
    }

    /// [`std::thread::Builder::stack_size`].
    #[must_use]
    pub fn stack_size(self, size: usize) -> Self {
        Self(self.0.stack_size(size))
    }

    /// [`std::thread::Builder::spawn`].
    ///
    /// # Errors
    ///
    /// What the operating system says when it refuses a new thread.
    #[track_caller]
    pub fn spawn<T: Send + 'static>(
        self,
        body: impl FnOnce() -> T + Send + 'static,
    ) -> io::Result<JoinHandle<T>> {
        let place = Location::caller();
        let number =
            schedule::add(|number| event(place, "spawn", &[Field::Number("other", number)]));
        let handle = self.0.spawn(move || {
            let cause = schedule::begin(number);
            let _end = End;
            let _frame = Frame::enter();
            trace::write(number, None, "start", &[Field::Number("cause", cause)]);
            body()
        });
        match handle {
            Ok(handle) => Ok(JoinHandle {
                thread: Thread {
                    thread: handle.thread().clone(),
                    number,
                },
                handle,
            }),
            Err(error) => {
                schedule::forget(number);
                Err(error)
            }
        }
    }
}

/// Ends a thread, also when it panics.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        let event = trace::write(schedule::me(), None, "end", &[]);
        schedule::end(event);
    }
}
