// Included by `like_std.rs`, which says whose `panic`, `sync` and `thread` these are.

use ::std::{
    cell::RefCell,
    time::{Duration, Instant},
};
use sync::{
    Arc, Condvar, Mutex, TryLockError, WaitTimeoutResult,
    atomic::{AtomicUsize, Ordering},
    mpsc::{self, RecvTimeoutError, TryRecvError, TrySendError},
};

const SHORT: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_secs(30);

#[test]
fn a_channel_keeps_the_order_and_ends_with_its_last_sender() {
    let (sender, receiver) = mpsc::channel();
    let second = sender.clone();
    let thread = thread::spawn(move || {
        for number in 0..3 {
            sender.send(number).unwrap();
        }
    });
    thread.join().unwrap();
    second.send(3).unwrap();
    assert_eq!(receiver.try_iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    second.send(4).unwrap();
    drop(second);
    assert_eq!(receiver.recv(), Ok(4));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
    assert!(receiver.recv().is_err());
    assert_eq!(
        receiver.recv_timeout(LONG),
        Err(RecvTimeoutError::Disconnected)
    );
}

#[test]
fn a_send_without_a_receiver_gives_the_message_back() {
    let (sender, receiver) = mpsc::channel();
    drop(receiver);
    assert_eq!(sender.send("text").unwrap_err().0, "text");
    let (sender, receiver) = mpsc::sync_channel(1);
    drop(receiver);
    assert_eq!(sender.send("text").unwrap_err().0, "text");
    assert_eq!(
        sender.try_send("text"),
        Err(TrySendError::Disconnected("text"))
    );
}

#[test]
fn a_full_channel_has_its_sender_wait() {
    let (sender, receiver) = mpsc::sync_channel(1);
    sender.send(0).unwrap();
    assert_eq!(sender.try_send(1), Err(TrySendError::Full(1)));
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    let thread = thread::spawn(move || {
        sender.send(1).unwrap();
        count.store(1, Ordering::SeqCst);
    });
    thread::sleep(SHORT);
    assert_eq!(sent.load(Ordering::SeqCst), 0, "there is no room yet");
    assert_eq!(receiver.recv(), Ok(0));
    thread.join().unwrap();
    assert_eq!(receiver.recv(), Ok(1));
}

#[test]
fn a_channel_without_room_hands_over() {
    let (sender, receiver) = mpsc::sync_channel(0);
    assert_eq!(
        sender.try_send(0),
        Err(TrySendError::Full(0)),
        "nobody waits for it"
    );
    let thread = thread::spawn(move || receiver.recv());
    thread::sleep(SHORT);
    assert_eq!(sender.try_send(1), Ok(()), "the receiver waits for it");
    assert_eq!(thread.join().unwrap(), Ok(1));
}

#[test]
fn a_channel_without_room_gives_back_what_nobody_took() {
    let (sender, receiver) = mpsc::sync_channel(0);
    let thread = thread::spawn(move || sender.send(1));
    thread::sleep(SHORT);
    drop(receiver);
    assert_eq!(thread.join().unwrap().unwrap_err().0, 1);
}

#[test]
fn a_mutex_excludes() {
    let count = Arc::new(Mutex::new(0));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let count = Arc::clone(&count);
            thread::spawn(move || {
                for _ in 0..50 {
                    let mut count = count.lock().unwrap();
                    let before = *count;
                    thread::yield_now();
                    *count = before + 1;
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(*count.lock().unwrap(), 200);
    let guard = count.lock().unwrap();
    assert!(matches!(count.try_lock(), Err(TryLockError::WouldBlock)));
    drop(guard);
    assert!(count.try_lock().is_ok());
}

#[test]
fn a_panic_poisons_a_mutex_and_is_what_join_gives() {
    let lock = Arc::new(Mutex::new(1));
    let its = Arc::clone(&lock);
    let thread = thread::spawn(move || {
        let _guard = its.lock().unwrap();
        panic!("on purpose");
    });
    let error = thread.join().unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&"on purpose"));
    assert!(lock.is_poisoned());
    assert!(matches!(lock.try_lock(), Err(TryLockError::Poisoned(_))));
    assert_eq!(*lock.lock().unwrap_err().into_inner(), 1);
    lock.clear_poison();
    assert_eq!(*lock.lock().unwrap(), 1);
    assert_eq!(Arc::into_inner(lock).unwrap().into_inner().unwrap(), 1);
}

#[test]
fn a_panic_that_is_caught_before_the_guard_goes_poisons_nothing() {
    let lock = Mutex::new(());
    let guard = lock.lock().unwrap();
    assert!(panic::catch_unwind(|| panic!("on purpose")).is_err());
    drop(guard);
    assert!(!lock.is_poisoned());
}

#[test]
fn a_condvar_gives_the_lock_away_and_comes_back_with_it() {
    let pair = Arc::new((Mutex::new(0), Condvar::new()));
    let its = Arc::clone(&pair);
    let thread = thread::spawn(move || {
        for _ in 0..3 {
            *its.0.lock().unwrap() += 1;
            its.1.notify_all();
        }
    });
    let guard = pair.0.lock().unwrap();
    let guard = pair.1.wait_while(guard, |count| *count < 3).unwrap();
    assert_eq!(*guard, 3);
    assert!(pair.0.try_lock().is_err(), "it is locked again");
    drop(guard);
    thread.join().unwrap();
}

#[test]
fn a_notification_wakes_one_or_all() {
    let pair = Arc::new((Mutex::new((0, 0)), Condvar::new()));
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let pair = Arc::clone(&pair);
            thread::spawn(move || {
                let mut counts = pair.0.lock().unwrap();
                counts.0 += 1;
                counts = pair.1.wait_while(counts, |counts| counts.0 < 4).unwrap();
                counts.1 += 1;
            })
        })
        .collect();
    while pair.0.lock().unwrap().0 < 3 {
        thread::yield_now();
    }
    pair.0.lock().unwrap().0 += 1;
    // The last one has given the lock away, and may be about to sleep only.
    thread::sleep(SHORT);
    pair.1.notify_one();
    thread::sleep(SHORT);
    assert_eq!(pair.0.lock().unwrap().1, 1);
    pair.1.notify_all();
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(pair.0.lock().unwrap().1, 3);
}

#[test]
fn a_wait_for_a_condvar_has_an_end() {
    let timed_out = |result: WaitTimeoutResult| result.timed_out();
    let (lock, condvar) = (Mutex::new(1), Condvar::new());
    let begun = Instant::now();
    let (guard, result) = condvar.wait_timeout(lock.lock().unwrap(), SHORT).unwrap();
    assert!(timed_out(result));
    assert!(begun.elapsed() >= SHORT);
    let (guard, result) = condvar
        .wait_timeout_while(guard, SHORT, |value| *value == 1)
        .unwrap();
    assert!(timed_out(result));
    assert!(begun.elapsed() >= SHORT * 2);
    let (guard, result) = condvar
        .wait_timeout_while(guard, LONG, |value| *value == 2)
        .unwrap();
    assert!(!timed_out(result));
    assert_eq!(*guard, 1);
}

#[test]
fn a_thread_has_one_token_and_may_have_it_before_it_starts() {
    let passed = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&passed);
    let thread = thread::spawn(move || {
        thread::park();
        count.fetch_add(1, Ordering::SeqCst);
        thread::park();
        count.fetch_add(1, Ordering::SeqCst);
    });
    thread.thread().unpark();
    while passed.load(Ordering::SeqCst) == 0 {
        thread::yield_now();
    }
    thread::sleep(SHORT);
    assert_eq!(passed.load(Ordering::SeqCst), 1, "there was one token");
    assert!(!thread.is_finished());
    thread.thread().unpark();
    thread.join().unwrap();
    assert_eq!(passed.load(Ordering::SeqCst), 2);
}

#[test]
fn two_unparks_leave_one_token() {
    thread::current().unpark();
    thread::current().unpark();
    thread::park();
    let begun = Instant::now();
    thread::park_timeout(SHORT);
    assert!(begun.elapsed() >= SHORT, "there is no second token");
}

#[test]
fn who_waits_in_a_loop_lets_time_pass() {
    let begun = Instant::now();
    let thread = thread::spawn(|| thread::sleep(SHORT * 2));
    while !thread.is_finished() {
        thread::yield_now();
    }
    assert!(begun.elapsed() >= SHORT * 2);
}

#[test]
fn a_thread_has_its_name() {
    let builder = thread::Builder::new().name("porter".to_owned());
    let thread = builder
        .spawn(|| thread::current().name().map(str::to_owned))
        .unwrap();
    assert_eq!(thread.thread().name(), Some("porter"));
    assert_eq!(thread.join().unwrap().as_deref(), Some("porter"));
}

#[test]
fn a_scope_waits_for_its_threads() {
    let (mut own, sum) = (vec![1, 2], Mutex::new(0));
    let length = thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(SHORT);
            // A thread of a thread belongs to the scope, too.
            scope.spawn(|| *sum.lock().unwrap() += own[0]);
        });
        let named = thread::Builder::new().name("inner".to_owned());
        let named = named
            .spawn_scoped(scope, || *sum.lock().unwrap() += own[1])
            .unwrap();
        assert_eq!(named.thread().name(), Some("inner"));
        named.join().unwrap();
        scope.spawn(|| own.len()).join().unwrap()
    });
    own.push(length);
    assert_eq!((own.len(), sum.into_inner().unwrap()), (3, 3));
}

#[test]
fn a_scope_waits_also_when_it_panics() {
    let done = AtomicUsize::new(0);
    let result = panic::catch_unwind(|| {
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(SHORT);
                done.store(1, Ordering::SeqCst);
            });
            panic!("on purpose");
        });
    });
    assert!(result.is_err());
    assert_eq!(done.load(Ordering::SeqCst), 1);
}

#[test]
fn what_is_thread_local_is_gone_when_the_thread_is() {
    static GONE: Mutex<Vec<&str>> = Mutex::new(Vec::new());
    struct Locks(&'static str);
    impl Drop for Locks {
        fn drop(&mut self) {
            GONE.lock().unwrap().push(self.0);
        }
    }
    thread_local! {
        static LOCKS: RefCell<Option<Locks>> = const { RefCell::new(None) };
    }
    let thread = thread::spawn(|| LOCKS.set(Some(Locks("in the thread"))));
    thread.join().unwrap();
    assert_eq!(*GONE.lock().unwrap(), ["in the thread"]);
}
