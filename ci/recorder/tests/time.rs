//! Waits that end in the order of their times. Alone in its process: threads of other tests would take turns with these.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use recorder::{
    sync::mpsc::{self, RecvTimeoutError},
    thread,
};

#[test]
fn a_sender_that_goes_does_not_prolong_a_wait() {
    let part = Duration::from_millis(20);
    let (sender, receiver) = mpsc::channel::<()>();
    let second = sender.clone();
    let goes = thread::spawn(move || {
        thread::sleep(part * 4);
        drop(second);
    });
    let later = Arc::new(AtomicBool::new(false));
    let its = Arc::clone(&later);
    let sets = thread::spawn(move || {
        thread::sleep(part * 7);
        its.store(true, Ordering::Relaxed);
    });
    let result = receiver.recv_timeout(part * 5);
    assert_eq!(result, Err(RecvTimeoutError::Timeout));
    assert!(!later.load(Ordering::Relaxed));
    goes.join().unwrap();
    sets.join().unwrap();
    drop(sender);
}
