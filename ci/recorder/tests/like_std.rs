//! What the recorder's threads, locks and channels do is what the standard library's do: the same cases, with both.

/// The cases with the standard library.
mod standard {
    use std::{panic, sync, thread};

    include!("like_std/cases.rs");
}

/// The cases with the recorder's.
mod recorded {
    use recorder::{panic, sync, thread};

    include!("like_std/cases.rs");
}
