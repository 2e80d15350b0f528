//! A future runs once: `.await` takes it. For a second message, call the function again.

async fn send(to: &str) {
    println!("send      sends a message to {to}");
}

async fn greet_twice() {
    let to_ada = send("ada");
    to_ada.await;
    to_ada.await;
}

fn main() {
    let _greeting = greet_twice();
}
