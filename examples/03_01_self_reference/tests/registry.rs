//! The registry reads what is registered and not dropped.

use std::mem;
use std::pin::pin;
use std::rc::Rc;

use self_reference::registry::{Meter, Registry};

#[test]
fn a_meter_counts_from_its_registration_to_its_drop() {
    let registry = Rc::new(Registry::default());
    let first = Box::pin(Meter::new(&registry));
    first.add(1);
    assert_eq!((registry.meters(), registry.total()), (0, 0));
    first.as_ref().register();
    first.as_ref().register();
    assert_eq!((registry.meters(), registry.total()), (1, 1));
    {
        let second = pin!(Meter::new(&registry));
        second.as_ref().register();
        second.add(10);
        assert_eq!((registry.meters(), registry.total()), (2, 11));
    }
    assert_eq!((registry.meters(), registry.total()), (1, 1));
    // The box moves, the meter does not.
    let boxes = [first];
    boxes[0].add(1);
    assert_eq!(registry.total(), 2);
    drop(boxes);
    assert_eq!((registry.meters(), registry.total()), (0, 0));
}

#[test]
fn the_last_owner_of_a_registry_may_be_a_meter() {
    let registry = Rc::new(Registry::default());
    let meter = Box::pin(Meter::new(&registry));
    meter.as_ref().register();
    let watch = Rc::downgrade(&registry);
    drop(registry);
    assert!(watch.upgrade().is_some());
    drop(meter);
    assert!(watch.upgrade().is_none());
}

#[test]
fn set_drops_the_old_meter_in_its_place() {
    let registry = Rc::new(Registry::default());
    let mut meter = Box::pin(Meter::new(&registry));
    meter.as_ref().register();
    meter.add(5);
    meter.set(Meter::new(&registry));
    assert_eq!((registry.meters(), registry.total()), (0, 0));
}

#[test]
fn what_pin_holds_cannot_be_forgotten() {
    let registry = Rc::new(Registry::default());
    {
        let local = pin!(Meter::new(&registry));
        local.as_ref().register();
        // Forgets the reference. The meter is in a hidden variable.
        #[expect(clippy::forget_non_drop, reason = "that is the point")]
        mem::forget(local);
        assert_eq!(registry.meters(), 1);
    }
    assert_eq!(registry.meters(), 0);
}
