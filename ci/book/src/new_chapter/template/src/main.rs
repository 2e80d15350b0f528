//! TODO: what the program shows.

// ANCHOR: main
fn main() {
    println!("{}", %PACKAGE%::example());
}
// ANCHOR_END: main
