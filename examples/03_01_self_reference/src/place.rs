//! Where a value is, asked with numbers. Numbers can be compared, even if nothing is at such an address any more.

use std::ptr;

// ANCHOR: is_inside
/// The address of a value, as a number.
pub fn address_of<T>(value: &T) -> usize {
    ptr::from_ref(value).addr()
}

/// Whether the byte at `address` is a part of `whole`.
pub fn is_inside<T>(address: usize, whole: &T) -> bool {
    let start = address_of(whole);
    (start..start + size_of::<T>()).contains(&address)
}
// ANCHOR_END: is_inside
