//! What counts as inside.

use self_reference::place::{address_of, is_inside};

#[test]
fn from_the_first_byte_to_the_last() {
    let bytes = *b"tea";
    let [first, _, last] = &bytes;
    assert!(is_inside(address_of(first), &bytes));
    assert!(is_inside(address_of(last), &bytes));
    assert!(!is_inside(address_of(first) - 1, &bytes));
    assert!(!is_inside(address_of(last) + 1, &bytes));
}
