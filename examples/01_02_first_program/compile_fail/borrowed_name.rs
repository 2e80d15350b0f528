fn main() {}

// ANCHOR: borrowed_name
fn greeting(name: String) -> impl Future<Output = String> {
    async { format!("hello, {name}") }
}
// ANCHOR_END: borrowed_name
