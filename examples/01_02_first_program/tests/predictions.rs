//! What the chapter says about its runs, asserted.

mod common;

use common::recorded_run;

/// The line numbers, from 1, of the lines that are exactly this.
fn lines(run: &[(String, String)], actor: &str, what: &str) -> Vec<usize> {
    (1..)
        .zip(run)
        .filter(|(_, line)| line.0 == actor && line.1 == what)
        .map(|(number, _)| number)
        .collect()
}

fn actors(run: &[(String, String)]) -> Vec<&str> {
    run.iter().map(|(actor, _)| actor.as_str()).collect()
}

#[test]
fn the_forgotten_future_sends_nothing() {
    for program in [
        env!("CARGO_BIN_EXE_forgotten"),
        env!("CARGO_BIN_EXE_silent"),
    ] {
        assert_eq!(actors(&recorded_run(program)), ["main", "main"]);
    }
}

#[test]
fn the_repaired_program_sends_the_message_before_main_goes_on() {
    let run = recorded_run(env!("CARGO_BIN_EXE_repaired"));
    assert_eq!(actors(&run), ["main", "send", "main"]);
}

#[test]
fn the_message_for_bob_is_the_first() {
    let run = recorded_run(env!("CARGO_BIN_EXE_first_program"));
    let bob = lines(&run, "server", "receives the message for bob");
    let ada = lines(&run, "server", "receives the message for ada");
    assert!(bob.len() == 1 && ada.len() == 1 && bob < ada);
    let last = lines(&run, "main", "has receipt 2 for ada, 1 for bob");
    assert_eq!(last.len(), 1);
}

#[test]
fn the_lines_are_where_the_chapter_says() {
    let run = recorded_run(env!("CARGO_BIN_EXE_first_program"));
    // Between the call of `greet` and `block_on`, and between the two calls of `send`, nobody else acts.
    assert_eq!(
        actors(&run[..5]),
        ["main", "main", "greet", "greet", "greet"]
    );
    assert_eq!(lines(&run, "main", "calls greet"), [1]);
    assert_eq!(lines(&run, "main", "calls block_on"), [2]);
    assert_eq!(lines(&run, "greet", "calls send for ada"), [3]);
    assert_eq!(lines(&run, "greet", "calls send for bob"), [4]);
    assert_eq!(lines(&run, "greet", "awaits the future for bob"), [5]);
    assert_eq!(
        lines(&run, "send", "hands the server the message for bob"),
        [6]
    );
    assert_eq!(lines(&run, "send", "has receipt 1"), [8]);
    assert_eq!(lines(&run, "greet", "awaits the future for ada"), [9]);
    assert_eq!(actors(&run[9..12]), ["send", "server", "send"]);
    assert_eq!(lines(&run, "send", "has receipt 2"), [12]);
}

#[test]
fn after_the_refusal_nothing_is_sent() {
    let run = recorded_run(env!("CARGO_BIN_EXE_refused"));
    let refusal = lines(&run, "server", "does not know eve");
    let error = lines(&run, "main", "has an error: nobody is called eve");
    assert_eq!((refusal.as_slice(), error.as_slice()), (&[5][..], &[6][..]));
    assert!(run.iter().all(|(_, what)| !what.contains("bob")));
}
