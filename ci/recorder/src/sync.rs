//! [`std::sync`], whose locks and channels say what happens to them.
//!
//! The types that nobody waits in are the standard library's, and so are `RwLock`, `Barrier` and `Once`, which are not
//! recorded: who waits in one of these waits for something that the scheduler does not know.

pub use ::std::sync::*;

mod condvar;
pub mod mpsc;
mod mutex;

pub use self::{
    condvar::{Condvar, WaitTimeoutResult},
    mutex::{Mutex, MutexGuard},
};
