//! `std::sync`, as far as the library uses it.

pub(crate) use real_std::sync::Arc;

pub(crate) mod atomic {
    use real_std::cell::Cell;

    pub(crate) use loom::sync::atomic::{AtomicUsize, Ordering};

    /// What a flag fails to do, although the code asks for it.
    #[derive(Clone, Copy)]
    pub(crate) enum Weakness {
        None,
        /// `Release` releases nothing.
        RelaxedRelease,
        /// `Acquire` acquires nothing.
        RelaxedAcquire,
        /// A swap to `false` looks first, and clears the flag in a second step.
        ClearInTwoSteps,
    }

    real_std::thread_local! {
        /// Loom runs all threads of a model on the thread of its test.
        static WEAKNESS: Cell<Weakness> = const { Cell::new(Weakness::None) };
    }

    /// Weakens every flag of this test.
    pub(crate) fn weaken(weakness: Weakness) {
        WEAKNESS.set(weakness);
    }

    pub(crate) struct AtomicBool(loom::sync::atomic::AtomicBool);

    impl AtomicBool {
        pub(crate) fn new(value: bool) -> AtomicBool {
            AtomicBool(loom::sync::atomic::AtomicBool::new(value))
        }

        pub(crate) fn load(&self, ordering: Ordering) -> bool {
            self.0.load(ordering)
        }

        pub(crate) fn swap(&self, value: bool, ordering: Ordering) -> bool {
            match (WEAKNESS.get(), value, ordering) {
                (Weakness::RelaxedRelease, _, Ordering::Release)
                | (Weakness::RelaxedAcquire, _, Ordering::Acquire) => {
                    self.0.swap(value, Ordering::Relaxed)
                }
                (Weakness::ClearInTwoSteps, false, _) => {
                    // Reads the newest value. A load could return an older one, and that would be a second weakness.
                    let old = self.0.fetch_or(false, Ordering::AcqRel);
                    self.0.swap(false, Ordering::AcqRel);
                    old
                }
                _ => self.0.swap(value, ordering),
            }
        }
    }
}
