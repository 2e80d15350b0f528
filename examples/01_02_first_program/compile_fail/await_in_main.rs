async fn send(to: &str) {
    println!("send      sends a message to {to}");
}

// ANCHOR: await_in_main
fn main() {
    println!("main      calls send");
    send("ada").await;
    println!("main      ends");
}
// ANCHOR_END: await_in_main
