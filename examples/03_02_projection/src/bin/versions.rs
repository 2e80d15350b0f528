//! Every sound version around an async block that refers to itself. Under valgrind it must be silent.

use std::task::Poll;

use projection::fused::Fused;
use projection::join::Join;
use projection::stage::{pause, poll};
use projection::{v1_unpin, v2_boxed, v3_one_field, v4_both_fields, v5_macro};

async fn refers_to_itself() -> u32 {
    let numbers = [7; 64];
    let middle = &numbers[32];
    pause().await;
    pause().await;
    *middle
}

/// Polls a version to its end. The box around it moves after each poll.
fn run<F: Future<Output = (u32, u32)>>(version: &str, counted: F) {
    let mut pinned = Box::pin(counted);
    loop {
        if let Poll::Ready((output, polls)) = poll(pinned.as_mut()) {
            println!("{version:<14}  is ready with {output} after {polls} polls");
            break;
        }
        let moved = Box::new(pinned);
        pinned = *moved;
    }
}

fn main() {
    run(
        "v1_unpin",
        v1_unpin::Counted::new(Box::pin(refers_to_itself())),
    );
    run("v2_boxed", v2_boxed::Counted::new(refers_to_itself()));
    run(
        "v3_one_field",
        v3_one_field::Counted::new(refers_to_itself()),
    );
    run(
        "v4_both_fields",
        v4_both_fields::Counted::new(refers_to_itself()),
    );
    run("v5_macro", v5_macro::Counted::new(refers_to_itself()));
    let join = Join::new(Fused::new(refers_to_itself()), refers_to_itself());
    run("a join", async {
        let ((output, _), polls) = v5_macro::Counted::new(join).await;
        (output, polls)
    });
}
