// ANCHOR: first
pub fn first() {}
// ANCHOR_END: first

// ANCHOR: second
pub fn second() {}
// ANCHOR_END: second
