//! The count of `v2_counted` under loom, which runs each model in the orders that the memory model allows:
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p raw_waker --test loom --release`
#![cfg(loom)]

use std::task::Waker;

use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering, fence};
use loom::thread;

use raw_waker::v2_counted;

/// Memory that a waker uses, and that is freed in the end. For loom a use is a read, and a free is a write: if nothing puts
/// the two in an order, it reports a race.
struct Memory(UnsafeCell<()>);

// SAFETY: shared on purpose. Whether its reads and its write are in order is what the tests find out, and there is no data in
// it that a race could damage.
unsafe impl Send for Memory {}
// SAFETY: as for `Send`.
unsafe impl Sync for Memory {}

impl Memory {
    fn new() -> Self {
        Self(UnsafeCell::new(()))
    }

    fn read(&self) {
        self.0.with(|_| ());
    }

    fn free(&self) {
        self.0.with_mut(|_| ());
    }
}

mod the_real_waker {
    use super::*;

    /// What the closure owns. It is used by each wake, and its drop is a part of the free.
    struct Payload {
        memory: Memory,
        /// loom reports an `Arc` that is left at the end of a run. So a block that is never freed is reported.
        _leak_detector: Arc<()>,
    }

    impl Drop for Payload {
        fn drop(&mut self) {
            self.memory.free();
        }
    }

    fn waker() -> Waker {
        let payload = Payload {
            memory: Memory::new(),
            _leak_detector: Arc::new(()),
        };
        v2_counted::waker(move || payload.memory.read())
    }

    #[test]
    fn two_threads_wake_with_their_own_copies() {
        loom::model(|| {
            let first = waker();
            let second = first.clone();
            let thread = thread::spawn(move || second.wake());
            first.wake();
            thread.join().unwrap();
        });
    }

    #[test]
    fn one_thread_clones_while_another_drops() {
        loom::model(|| {
            let first = waker();
            let second = first.clone();
            let thread = thread::spawn(move || {
                let third = second.clone();
                drop(second);
                third.wake_by_ref();
            });
            drop(first);
            thread.join().unwrap();
        });
    }

    #[test]
    fn three_threads() {
        loom::model(|| {
            let first = waker();
            let threads = [first.clone(), first.clone()]
                .map(|waker| thread::spawn(move || waker.wake_by_ref()));
            first.wake();
            for thread in threads {
                thread.join().unwrap();
            }
        });
    }
}

/// The same count, with parts that a test can exchange. Nothing is really freed here, so a wrong count is no undefined
/// behaviour: it is a read and a write without an order, or a wrong number of frees.
mod a_count_with_other_parts {
    use super::*;

    struct Block {
        owners: AtomicUsize,
        memory: Memory,
        frees: AtomicUsize,
    }

    /// Two threads, each with an owner, do what a waker does: use, and give up. The first has cloned before.
    fn two_owners(retain: fn(&AtomicUsize), is_last: fn(&AtomicUsize) -> bool) {
        loom::model(move || {
            let block = Arc::new(Block {
                owners: AtomicUsize::new(1),
                memory: Memory::new(),
                frees: AtomicUsize::new(0),
            });
            let use_and_give_up = move |block: &Block| {
                block.memory.read();
                if is_last(&block.owners) {
                    block.memory.free();
                    block.frees.fetch_add(1, Ordering::Relaxed);
                }
            };
            retain(&block.owners);
            let for_thread = Arc::clone(&block);
            let thread = thread::spawn(move || {
                // A clone while the other thread may be cloning or giving up.
                retain(&for_thread.owners);
                use_and_give_up(&for_thread);
                use_and_give_up(&for_thread);
            });
            retain(&block.owners);
            use_and_give_up(&block);
            use_and_give_up(&block);
            thread.join().unwrap();
            assert_eq!(block.frees.load(Ordering::Relaxed), 1, "freed once");
        });
    }

    fn retain(owners: &AtomicUsize) {
        owners.fetch_add(1, Ordering::Relaxed);
    }

    #[test]
    fn as_in_the_chapter() {
        two_owners(retain, |owners| {
            let last = owners.fetch_sub(1, Ordering::Release) == 1;
            if last {
                fence(Ordering::Acquire);
            }
            last
        });
    }

    #[test]
    #[should_panic(expected = "Causality violation")]
    fn a_relaxed_decrement_is_caught() {
        two_owners(retain, |owners| {
            let last = owners.fetch_sub(1, Ordering::Relaxed) == 1;
            if last {
                fence(Ordering::Acquire);
            }
            last
        });
    }

    #[test]
    #[should_panic(expected = "Causality violation")]
    fn a_missing_fence_is_caught() {
        two_owners(retain, |owners| owners.fetch_sub(1, Ordering::Release) == 1);
    }

    #[test]
    #[should_panic(expected = "freed once")]
    fn a_decrement_in_two_steps_is_caught() {
        two_owners(retain, |owners| {
            let count = owners.load(Ordering::Acquire);
            owners.store(count - 1, Ordering::Release);
            count == 1
        });
    }

    /// One owner is missing, so the block is freed twice, or while somebody uses it. loom finds one of the two first.
    #[test]
    #[should_panic]
    fn an_increment_in_two_steps_is_caught() {
        let retain = |owners: &AtomicUsize| {
            let count = owners.load(Ordering::Relaxed);
            owners.store(count + 1, Ordering::Relaxed);
        };
        two_owners(retain, |owners| {
            let last = owners.fetch_sub(1, Ordering::Release) == 1;
            if last {
                fence(Ordering::Acquire);
            }
            last
        });
    }
}
