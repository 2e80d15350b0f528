//! A state that borrows from itself.

// ANCHOR: borrows_itself
struct Fill<'a> {
    line: &'a mut String,
}

struct Filling<'a> {
    fill: Fill<'a>,
    line: String,
}

fn main() {
    let mut line = String::new();
    let fill = Fill { line: &mut line };
    let state = Filling { fill, line };
    state.fill.line.push('t');
    println!("{}", state.line);
}
// ANCHOR_END: borrows_itself
