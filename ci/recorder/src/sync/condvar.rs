//! [`std::sync::Condvar`].

use ::std::{
    fmt,
    panic::Location,
    sync::{LockResult, PoisonError},
    time::Duration,
};

use super::MutexGuard;
use crate::{
    probe::event,
    schedule::{self, LazyKey},
    thread::arm,
    trace::Field,
};

/// [`std::sync::Condvar`].
#[derive(Default)]
pub struct Condvar(LazyKey);

/// [`std::sync::WaitTimeoutResult`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// [`std::sync::WaitTimeoutResult::timed_out`].
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// [`std::sync::Condvar::new`].
    #[must_use]
    pub const fn new() -> Self {
        Self(LazyKey::new())
    }

    /// [`std::sync::Condvar::wait`].
    ///
    /// # Errors
    ///
    /// When the mutex is poisoned.
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        event(Location::caller(), "condvar_wait", &[]);
        let mutex = guard.unlock();
        schedule::wait(self.0.get(), None);
        mutex.lock()
    }

    /// [`std::sync::Condvar::wait_while`].
    ///
    /// # Errors
    ///
    /// When the mutex is poisoned.
    #[track_caller]
    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut *guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    /// [`std::sync::Condvar::wait_timeout`].
    ///
    /// # Errors
    ///
    /// When the mutex is poisoned.
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        time: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let place = Location::caller();
        event(place, "condvar_wait", &[]);
        let timer = arm(place, time);
        let mutex = guard.unlock();
        let result = WaitTimeoutResult(schedule::wait(self.0.get(), Some(time)));
        let name = if result.0 { "fired" } else { "cancelled" };
        event(place, name, &[Field::Number("cause", timer)]);
        match mutex.lock() {
            Ok(guard) => Ok((guard, result)),
            Err(error) => Err(PoisonError::new((error.into_inner(), result))),
        }
    }

    /// [`std::sync::Condvar::wait_timeout_while`].
    ///
    /// # Errors
    ///
    /// When the mutex is poisoned.
    #[track_caller]
    pub fn wait_timeout_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        time: Duration,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let end = schedule::now().saturating_add(time);
        loop {
            if !condition(&mut *guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let rest = end.saturating_sub(schedule::now());
            if rest.is_zero() {
                return Ok((guard, WaitTimeoutResult(true)));
            }
            guard = self.wait_timeout(guard, rest)?.0;
        }
    }

    /// [`std::sync::Condvar::notify_one`].
    #[track_caller]
    pub fn notify_one(&self) {
        event(Location::caller(), "notify", &[]);
        schedule::notify(self.0.get(), false);
    }

    /// [`std::sync::Condvar::notify_all`].
    #[track_caller]
    pub fn notify_all(&self) {
        event(Location::caller(), "notify", &[]);
        schedule::notify(self.0.get(), true);
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}
