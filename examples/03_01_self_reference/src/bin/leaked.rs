//! Drops a registered meter, and forgets another one. With the argument `dropped`, it drops that one, too.

use std::env;
use std::mem;
use std::pin::pin;
use std::rc::Rc;

use self_reference::registry::{Meter, Registry};

/// Prints one event: who does it, and what it is.
fn record(actor: &str, what: &str) {
    println!("{actor:<8}  {what}");
}

/// Prints what the registry knows.
fn report(registry: &Registry) {
    let (meters, total) = (registry.meters(), registry.total());
    record("registry", &format!("meters: {meters}, total: {total}"));
}

// ANCHOR: forgotten
fn main() {
    let registry = Rc::new(Registry::default());
    {
        let local = pin!(Meter::new(&registry));
        local.as_ref().register();
        local.add(1);
        record("main", "has registered a meter in a variable");
        report(&registry);
    }
    record("main", "has left the variable's scope");
    report(&registry);

    let boxed = Box::pin(Meter::new(&registry));
    boxed.as_ref().register();
    boxed.add(2);
    if env::args().nth(1).as_deref() == Some("dropped") {
        drop(boxed);
        record("main", "has registered a meter in a box, and dropped it");
    } else {
        mem::forget(boxed);
        record("main", "has registered a meter in a box, and forgotten it");
    }
    report(&registry);
}
// ANCHOR_END: forgotten
