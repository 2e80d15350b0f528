//! A loop ends by a `break` of its own, and not by one in an async block. The block may run when the loop is over.

fn greet_until_bob() -> Vec<impl Future<Output = ()>> {
    let mut greetings = Vec::new();
    for name in ["ada", "bob", "eve"] {
        greetings.push(async move {
            if name == "bob" {
                break;
            }
            println!("greeting  is for {name}");
        });
    }
    greetings
}

fn main() {
    let _greetings = greet_until_bob();
}
