//! A `Counted` around a `Join`, pinned in a box. The box moves, the children do not.

use std::convert::identity;
use std::task::Poll;

use projection::join::Join;
use projection::stage::{Record, Watched, poll};
use projection::v5_macro::Counted;

fn main() {
    let record = Record::default();
    // ANCHOR: nest
    let left = Watched::new("left", 1, &record);
    let right = Watched::new("right", 2, &record);
    let both = Join::new(left, right);

    let mut pinned = Box::pin(Counted::new(both));
    loop {
        record.event("main", "polls");
        if let Poll::Ready(((left, right), polls)) = poll(pinned.as_mut()) {
            let what = format!("has {left} and {right} after {polls} polls");
            record.event("main", &what);
            break;
        }
        record.event("main", "moves the box");
        // Into a function, and out again.
        pinned = identity(pinned);
    }
    // ANCHOR_END: nest
    for line in record.lines() {
        println!("{line}");
    }
}
