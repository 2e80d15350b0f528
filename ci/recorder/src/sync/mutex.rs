//! [`std::sync::Mutex`].

use ::std::{
    fmt,
    ops::{Deref, DerefMut},
    panic::Location,
    sync::{
        self as real, LockResult, PoisonError, TryLockError, TryLockResult,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{
    probe::event,
    schedule::{self, LazyKey},
    trace::{Field, short_name},
};

/// [`std::sync::Mutex`].
pub struct Mutex<T: ?Sized> {
    key: LazyKey,
    /// The event of the latest unlock, for whoever has waited for it.
    unlocked_by: AtomicUsize,
    mutex: real::Mutex<T>,
}

/// [`std::sync::MutexGuard`].
pub struct MutexGuard<'a, T: ?Sized> {
    mutex: &'a Mutex<T>,
    /// Taken out by `drop`, and by the `Condvar`.
    guard: Option<real::MutexGuard<'a, T>>,
    place: &'static Location<'static>,
}

impl<T> Mutex<T> {
    /// [`std::sync::Mutex::new`].
    pub const fn new(value: T) -> Self {
        Self {
            key: LazyKey::new(),
            unlocked_by: AtomicUsize::new(0),
            mutex: real::Mutex::new(value),
        }
    }

    /// [`std::sync::Mutex::into_inner`].
    ///
    /// # Errors
    ///
    /// When the mutex is poisoned.
    pub fn into_inner(self) -> LockResult<T> {
        self.mutex.into_inner()
    }
}

impl<T: ?Sized> Mutex<T> {
    /// [`std::sync::Mutex::lock`].
    ///
    /// # Errors
    ///
    /// When the mutex is poisoned.
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let place = Location::caller();
        let mut waited = false;
        loop {
            // Before the try: the lock is to be taken by whoever has the turn.
            schedule::me();
            let (guard, poisoned) = match self.mutex.try_lock() {
                Ok(guard) => (guard, false),
                Err(TryLockError::Poisoned(error)) => (error.into_inner(), true),
                Err(TryLockError::WouldBlock) => {
                    if !waited {
                        event(place, "lock_wait", &[self.name().field()]);
                    }
                    waited = true;
                    schedule::wait(self.key.get(), None);
                    continue;
                }
            };
            let cause = Field::Number("cause", self.unlocked_by.load(Ordering::Relaxed));
            let name = self.name();
            match waited {
                true => event(place, "lock", &[name.field(), cause]),
                false => event(place, "lock", &[name.field()]),
            };
            return self.guarded(guard, place, poisoned);
        }
    }

    /// [`std::sync::Mutex::try_lock`].
    ///
    /// # Errors
    ///
    /// When the mutex is locked, or poisoned.
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        let place = Location::caller();
        schedule::me();
        let (guard, poisoned) = match self.mutex.try_lock() {
            Ok(guard) => (guard, false),
            Err(TryLockError::Poisoned(error)) => (error.into_inner(), true),
            Err(TryLockError::WouldBlock) => return Err(TryLockError::WouldBlock),
        };
        event(place, "lock", &[self.name().field()]);
        Ok(self.guarded(guard, place, poisoned)?)
    }

    /// [`std::sync::Mutex::is_poisoned`].
    pub fn is_poisoned(&self) -> bool {
        self.mutex.is_poisoned()
    }

    /// [`std::sync::Mutex::clear_poison`].
    pub fn clear_poison(&self) {
        self.mutex.clear_poison();
    }

    /// [`std::sync::Mutex::get_mut`].
    ///
    /// # Errors
    ///
    /// When the mutex is poisoned.
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        self.mutex.get_mut()
    }

    fn guarded<'a>(
        &'a self,
        guard: real::MutexGuard<'a, T>,
        place: &'static Location<'static>,
        poisoned: bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        let guard = MutexGuard {
            mutex: self,
            guard: Some(guard),
            place,
        };
        if poisoned {
            Err(PoisonError::new(guard))
        } else {
            Ok(guard)
        }
    }

    fn name(&self) -> Name {
        Name(format!("Mutex<{}>", short_name::<T>()))
    }
}

/// What a lock is called in a recording.
struct Name(String);

impl Name {
    fn field(&self) -> Field<'_> {
        Field::Text("name", &self.0)
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    /// Gives the lock back for a wait, without ending its guard: [`relock`](Self::relock) goes on with the parts.
    pub(super) fn unlock(mut self) -> &'a Mutex<T> {
        let mutex = self.mutex;
        self.release();
        mutex
    }

    fn release(&mut self) {
        let Some(guard) = self.guard.take() else {
            return;
        };
        // While the lock is still held: nobody is to have it before this is written.
        let event = event(self.place, "unlock", &[self.mutex.name().field()]);
        self.mutex.unlocked_by.store(event, Ordering::Relaxed);
        drop(guard);
        schedule::notify(self.mutex.key.get(), true);
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        self.release();
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.guard.as_deref().expect("taken out by drop only")
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.guard.as_deref_mut().expect("taken out by drop only")
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.mutex.fmt(f)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}
