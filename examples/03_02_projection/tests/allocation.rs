//! What the versions cost: an allocation, or none.

use std::pin::pin;

use projection::counting::{Counting, allocations};
use projection::join::Join;
use projection::stage::{pause, poll};
use projection::{v2_boxed, v3_one_field, v4_both_fields, v5_macro};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

async fn child() -> u32 {
    let numbers = [7; 64];
    let middle = &numbers[32];
    pause().await;
    *middle
}

fn cost<F: Future>(make: impl FnOnce() -> F) -> usize {
    allocations(|| {
        let mut future = pin!(make());
        while poll(future.as_mut()).is_pending() {}
    })
}

#[test]
fn a_boxed_child_costs_one_allocation_and_a_field_none() {
    assert_eq!(cost(|| v2_boxed::Counted::new(child())), 1);
    assert_eq!(cost(|| v3_one_field::Counted::new(child())), 0);
    assert_eq!(cost(|| v4_both_fields::Counted::new(child())), 0);
    assert_eq!(cost(|| v5_macro::Counted::new(child())), 0);
}

#[test]
fn three_wrappers_cost_what_one_costs_for_each() {
    let boxed = cost(|| {
        let inner = v2_boxed::Counted::new(child());
        v2_boxed::Counted::new(v2_boxed::Counted::new(inner))
    });
    assert_eq!(boxed, 3);
    let fields =
        cost(|| v5_macro::Counted::new(Join::new(child(), v5_macro::Counted::new(child()))));
    assert_eq!(fields, 0);
}
