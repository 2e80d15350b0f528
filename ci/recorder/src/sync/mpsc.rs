//! [`std::sync::mpsc`].

use ::std::{
    collections::VecDeque,
    fmt,
    panic::Location,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use crate::{
    probe::{event, woken},
    schedule::{self, Key},
    thread::arm,
    trace::{Field, short_name},
};

pub use ::std::sync::mpsc::{RecvError, RecvTimeoutError, SendError, TryRecvError, TrySendError};

struct Channel<T> {
    key: Key,
    /// How many messages there may be at most.
    bound: usize,
    inside: Mutex<Inside<T>>,
}

struct Inside<T> {
    /// Messages, each with the event that has sent it.
    messages: VecDeque<(T, usize)>,
    /// How many messages have ever been received. A sender to a channel without a bound of its own waits for this.
    received: usize,
    sent: usize,
    senders: usize,
    has_receiver: bool,
    /// Whether the receiver waits for a message.
    receiver_waits: bool,
}

impl<T> Channel<T> {
    fn new(bound: usize) -> Arc<Self> {
        Arc::new(Self {
            key: Key::new(),
            bound,
            inside: Mutex::new(Inside {
                messages: VecDeque::new(),
                received: 0,
                sent: 0,
                senders: 1,
                has_receiver: true,
                receiver_waits: false,
            }),
        })
    }

    fn inside(&self) -> MutexGuard<'_, Inside<T>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn event(
        &self,
        place: &'static Location<'static>,
        what: &str,
        more: Option<Field<'_>>,
    ) -> usize {
        let name = short_name::<T>();
        let Key(channel) = self.key;
        let fields = [
            Some(Field::Text("name", &name)),
            Some(Field::Number("channel", channel)),
            more,
        ];
        let fields: Vec<_> = fields.into_iter().flatten().collect();
        event(place, what, &fields)
    }

    fn push(&self, place: &'static Location<'static>, message: T) -> Result<usize, SendError<T>> {
        schedule::me();
        if !self.inside().has_receiver {
            return Err(SendError(message));
        }
        let woken = woken().map(|task| Field::Number("task", task));
        let event = self.event(place, "send", woken);
        let number = {
            let mut inside = self.inside();
            inside.messages.push_back((message, event));
            inside.sent += 1;
            inside.sent
        };
        schedule::notify(self.key, true);
        Ok(number)
    }
}

/// [`std::sync::mpsc::channel`].
#[must_use]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let channel = Channel::new(usize::MAX);
    let receiver = Receiver(Arc::clone(&channel));
    (Sender(channel), receiver)
}

/// [`std::sync::mpsc::sync_channel`].
#[must_use]
pub fn sync_channel<T>(bound: usize) -> (SyncSender<T>, Receiver<T>) {
    let channel = Channel::new(bound);
    let receiver = Receiver(Arc::clone(&channel));
    (SyncSender(Sender(channel)), receiver)
}

/// [`std::sync::mpsc::Sender`].
pub struct Sender<T>(Arc<Channel<T>>);

impl<T> Sender<T> {
    /// [`std::sync::mpsc::Sender::send`].
    ///
    /// # Errors
    ///
    /// When there is no receiver any more.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        self.0.push(Location::caller(), message).map(drop)
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        schedule::me();
        self.0.inside().senders += 1;
        Self(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        schedule::me();
        let is_last = {
            let mut inside = self.0.inside();
            inside.senders -= 1;
            inside.senders == 0
        };
        if is_last {
            schedule::notify(self.0.key, true);
        }
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

/// [`std::sync::mpsc::SyncSender`].
pub struct SyncSender<T>(Sender<T>);

impl<T> SyncSender<T> {
    /// [`std::sync::mpsc::SyncSender::send`].
    ///
    /// # Errors
    ///
    /// When there is no receiver any more.
    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), SendError<T>> {
        let channel = &self.0.0;
        let place = Location::caller();
        let mut waited = false;
        loop {
            schedule::me();
            let full = {
                let inside = channel.inside();
                inside.has_receiver && inside.messages.len() >= channel.bound.max(1)
            };
            if !full {
                break;
            }
            if !waited {
                channel.event(place, "send_wait", None);
            }
            waited = true;
            schedule::wait(channel.key, None);
        }
        let number = channel.push(place, message)?;
        // A channel without room hands over from hand to hand.
        let waits = || {
            let inside = channel.inside();
            channel.bound == 0 && inside.has_receiver && inside.received < number
        };
        while waits() {
            schedule::wait(channel.key, None);
        }
        let mut inside = channel.inside();
        if channel.bound == 0 && inside.received < number {
            // The receiver has gone, and has left it here.
            let left = inside.messages.pop_front();
            return left.map_or(Ok(()), |(message, _)| Err(SendError(message)));
        }
        Ok(())
    }

    /// [`std::sync::mpsc::SyncSender::try_send`].
    ///
    /// # Errors
    ///
    /// When there is no room, or no receiver any more.
    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        let channel = &self.0.0;
        schedule::me();
        let full = {
            let inside = channel.inside();
            // A channel without room takes what the receiver waits for.
            let room = channel.bound.max(usize::from(inside.receiver_waits));
            inside.has_receiver && inside.messages.len() >= room
        };
        if full {
            return Err(TrySendError::Full(message));
        }
        channel
            .push(Location::caller(), message)
            .map(drop)
            .map_err(|SendError(message)| TrySendError::Disconnected(message))
    }
}

impl<T> Clone for SyncSender<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for SyncSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SyncSender").finish_non_exhaustive()
    }
}

/// [`std::sync::mpsc::Receiver`].
pub struct Receiver<T>(Arc<Channel<T>>);

impl<T> Receiver<T> {
    /// [`std::sync::mpsc::Receiver::recv`].
    ///
    /// # Errors
    ///
    /// When there is no message, and no sender any more.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        let place = Location::caller();
        let mut waited = false;
        loop {
            match self.take(place) {
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => return Err(RecvError),
                Ok(message) => return Ok(message),
            }
            if !waited {
                self.0.event(place, "receive_wait", None);
            }
            waited = true;
            self.wait(None);
        }
    }

    /// [`std::sync::mpsc::Receiver::try_recv`].
    ///
    /// # Errors
    ///
    /// When there is no message.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        self.take(Location::caller())
    }

    /// [`std::sync::mpsc::Receiver::recv_timeout`].
    ///
    /// # Errors
    ///
    /// When no message has come in time, and when there is no sender any more.
    #[track_caller]
    pub fn recv_timeout(&self, time: Duration) -> Result<T, RecvTimeoutError> {
        let place = Location::caller();
        let mut timer = None;
        loop {
            let result = self.take(place);
            if let Err(TryRecvError::Empty) = result {
                if timer.is_none() {
                    self.0.event(place, "receive_wait", None);
                }
                let timer = *timer.get_or_insert_with(|| arm(place, time));
                // Whoever notifies us has sent something, or has dropped the last sender: there is no second wait
                // that would need the rest of the time, but for other receivers, which `mpsc` does not have.
                if self.wait(Some(time)) {
                    event(place, "fired", &[Field::Number("cause", timer)]);
                    return Err(RecvTimeoutError::Timeout);
                }
                continue;
            }
            if let Some(timer) = timer {
                event(place, "cancelled", &[Field::Number("cause", timer)]);
            }
            return result.map_err(|_| RecvTimeoutError::Disconnected);
        }
    }

    /// [`std::sync::mpsc::Receiver::iter`].
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// [`std::sync::mpsc::Receiver::try_iter`].
    pub fn try_iter(&self) -> TryIter<'_, T> {
        TryIter(self)
    }

    /// Waits for a message, at most for a time. Says whether the time has come first.
    fn wait(&self, most: Option<Duration>) -> bool {
        self.0.inside().receiver_waits = true;
        let timed_out = schedule::wait(self.0.key, most);
        self.0.inside().receiver_waits = false;
        timed_out
    }

    fn take(&self, place: &'static Location<'static>) -> Result<T, TryRecvError> {
        schedule::me();
        let mut inside = self.0.inside();
        let Some((message, cause)) = inside.messages.pop_front() else {
            if inside.senders > 0 {
                return Err(TryRecvError::Empty);
            }
            drop(inside);
            self.0.event(place, "closed", None);
            return Err(TryRecvError::Disconnected);
        };
        inside.received += 1;
        drop(inside);
        self.0
            .event(place, "receive", Some(Field::Number("cause", cause)));
        schedule::notify(self.0.key, true);
        Ok(message)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        schedule::me();
        let rest = {
            let mut inside = self.0.inside();
            inside.has_receiver = false;
            match self.0.bound {
                // It is the sender's, who waits for us and takes it back.
                0 => VecDeque::new(),
                _ => ::std::mem::take(&mut inside.messages),
            }
        };
        schedule::notify(self.0.key, true);
        // Outside of the lock: a message may own a sender of this very channel.
        drop(rest);
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// [`std::sync::mpsc::Iter`].
#[derive(Debug)]
pub struct Iter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

/// [`std::sync::mpsc::TryIter`].
#[derive(Debug)]
pub struct TryIter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.try_recv().ok()
    }
}

/// [`std::sync::mpsc::IntoIter`].
#[derive(Debug)]
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
