//! A recorded run of the waker that counts its owners.

use std::task::Waker;
use std::thread;

use raw_waker::v2_counted::{owners, waker};

/// What the waker's closure owns. It says when it is dropped.
struct Bell;

impl Bell {
    fn ring(&self) {
        println!("bell    rings");
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        println!("bell    is dropped");
    }
}

// ANCHOR: run
fn main() {
    let bell = Bell;
    let first = waker(move || bell.ring());
    record("main", "makes a waker", &first);

    let second = first.clone();
    record("main", "clones it", &first);
    let thread = thread::spawn(move || {
        second.wake_by_ref();
        record("thread", "has woken by reference", &second);
        second.wake();
    });
    thread.join().expect("the thread does not panic");
    record("main", "sees that the thread has used up its waker", &first);

    let mut stored = first.clone();
    record("main", "stores a clone", &first);
    stored.clone_from(&first);
    record("main", "stores the same waker again", &first);
    drop(first);
    record("main", "drops the first waker", &stored);
    drop(stored);
    println!("main    has dropped the stored one, too");
}
// ANCHOR_END: run

/// One event, one line: who acts, what is done, and how many owners the block has afterwards.
fn record(actor: &str, what: &str, waker: &Waker) {
    // SAFETY: all wakers of this program come from `v2_counted::waker`.
    let owners = unsafe { owners(waker) };
    println!("{actor:<6}  {what}, owners: {owners}");
}
