//! [`std::panic`], whose hooks record the panic first.

use ::std::cell::Cell;

use crate::{
    schedule,
    trace::{self, Field},
};

pub use ::std::panic::*;

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

thread_local! {
    /// Whether a hook runs that has recorded this panic: a program's hook may call the one that was there before.
    static RECORDED: Cell<bool> = const { Cell::new(false) };
}

/// [`std::panic::set_hook`].
pub fn set_hook(hook: Hook) {
    ::std::panic::set_hook(Box::new(move |info| {
        let is_first = !RECORDED.replace(true);
        if is_first {
            let message = info.payload_as_str().unwrap_or_default();
            let me = schedule::me();
            trace::write(me, None, "panic", &[Field::Text("value", message)]);
        }
        hook(info);
        RECORDED.set(!is_first);
    }));
}

/// [`std::panic::take_hook`].
#[must_use]
pub fn take_hook() -> Hook {
    let hook = ::std::panic::take_hook();
    // The standard library's own, which it has now again.
    set_hook(::std::panic::take_hook());
    hook
}
