//! [`std::hint`], where a spin loop lets others run.

pub use ::std::hint::*;

/// [`std::hint::spin_loop`], which also gives another thread a turn: it may be the one that is waited for.
pub fn spin_loop() {
    crate::schedule::give_way();
}
