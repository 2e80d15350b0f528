//! [`std::thread`], whose threads take turns.

use ::std::{
    fmt, io,
    panic::Location,
    ptr,
    sync::{Mutex, PoisonError},
    thread as real,
    time::Duration,
};

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
        join(Location::caller(), self.thread.number);
        self.handle.join()
    }
}

impl<T> fmt::Debug for JoinHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.handle.fmt(f)
    }
}

/// Waits for the end of a thread.
fn join(place: &'static Location<'static>, number: usize) {
    let other = || Field::Number("other", number);
    if !schedule::has_ended(number) {
        event(place, "join_wait", &[other()]);
    }
    let cause = schedule::join(number);
    event(place, "join", &[other(), Field::Number("cause", cause)]);
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
        let (number, body) = begun(Location::caller(), body);
        let handle = self.0.spawn(body);
        let handle = handle.inspect_err(|_| schedule::forget(number))?;
        Ok(JoinHandle {
            thread: Thread {
                thread: handle.thread().clone(),
                number,
            },
            handle,
        })
    }

    /// [`std::thread::Builder::spawn_scoped`].
    ///
    /// # Errors
    ///
    /// What the operating system says when it refuses a new thread.
    #[track_caller]
    pub fn spawn_scoped<'scope, T: Send + 'scope>(
        self,
        scope: &'scope Scope<'scope, '_>,
        body: impl FnOnce() -> T + Send + 'scope,
    ) -> io::Result<ScopedJoinHandle<'scope, T>> {
        let (number, body) = begun(Location::caller(), body);
        let handle = self.0.spawn_scoped(&scope.0, body);
        let handle = handle.inspect_err(|_| schedule::forget(number))?;
        SCOPED
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((scope.address(), number));
        Ok(ScopedJoinHandle {
            thread: Thread {
                thread: handle.thread().clone(),
                number,
            },
            handle,
        })
    }
}

/// A place for a new thread, and its body, which waits for its first turn.
fn begun<T>(
    place: &'static Location<'static>,
    body: impl FnOnce() -> T,
) -> (usize, impl FnOnce() -> T) {
    let number = schedule::add(|number| event(place, "spawn", &[Field::Number("other", number)]));
    let body = move || {
        let cause = schedule::begin(number);
        let _end = End;
        let _frame = Frame::enter();
        trace::write(number, None, "start", &[Field::Number("cause", cause)]);
        body()
    };
    (number, body)
}

/// The threads of all scopes that nobody has waited for yet: the address of the scope, and the thread.
static SCOPED: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

/// [`std::thread::Scope`].
#[derive(Debug)]
#[repr(transparent)]
pub struct Scope<'scope, 'env: 'scope>(real::Scope<'scope, 'env>);

impl<'scope> Scope<'scope, '_> {
    /// [`std::thread::Scope::spawn`].
    ///
    /// # Panics
    ///
    /// When the operating system refuses a new thread.
    #[track_caller]
    pub fn spawn<T: Send + 'scope>(
        &'scope self,
        body: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        let handle = Builder::new().spawn_scoped(self, body);
        handle.expect("failed to spawn thread")
    }

    fn address(&self) -> usize {
        ptr::from_ref(self).addr()
    }
}

/// [`std::thread::scope`].
#[track_caller]
pub fn scope<'env, T>(body: impl for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T) -> T {
    let place = Location::caller();
    real::scope(|scope| {
        // SAFETY: ours is nothing but the standard library's, by `repr(transparent)`.
        let scope = unsafe { &*ptr::from_ref(scope).cast::<Scope<'_, 'env>>() };
        let _rest = Rest {
            scope: scope.address(),
            place,
        };
        body(scope)
    })
}

/// Waits for the threads of a scope, also when its body panics.
struct Rest {
    scope: usize,
    place: &'static Location<'static>,
}

impl Drop for Rest {
    fn drop(&mut self) {
        loop {
            let number = {
                let mut scoped = SCOPED.lock().unwrap_or_else(PoisonError::into_inner);
                let at = scoped.iter().position(|(scope, _)| *scope == self.scope);
                at.map(|at| scoped.remove(at).1)
            };
            match number {
                Some(number) if !schedule::has_ended(number) => join(self.place, number),
                Some(_) => {}
                None => return,
            }
        }
    }
}

/// [`std::thread::ScopedJoinHandle`].
pub struct ScopedJoinHandle<'scope, T> {
    handle: real::ScopedJoinHandle<'scope, T>,
    thread: Thread,
}

impl<T> ScopedJoinHandle<'_, T> {
    /// [`std::thread::ScopedJoinHandle::thread`].
    #[must_use]
    pub fn thread(&self) -> &Thread {
        &self.thread
    }

    /// [`std::thread::ScopedJoinHandle::is_finished`].
    pub fn is_finished(&self) -> bool {
        schedule::has_ended(self.thread.number)
    }

    /// [`std::thread::ScopedJoinHandle::join`].
    ///
    /// # Errors
    ///
    /// The panic of the thread.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        join(Location::caller(), self.thread.number);
        self.handle.join()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.handle.fmt(f)
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
