async fn send(to: &str) {
    println!("send      sends a message to {to}");
}

// ANCHOR: async_main
async fn main() {
    println!("main      calls send");
    send("ada").await;
    println!("main      ends");
}
// ANCHOR_END: async_main
