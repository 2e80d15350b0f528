//! Runs the program, and compares what it prints with the predicted order.

use crate::exercise::{LINES, ORDER};

#[path = "../tests/common/mod.rs"]
mod common;

/// The letters of the lines that `riddle` prints now.
fn real_order() -> Vec<char> {
    common::recorded_run(env!("CARGO_BIN_EXE_riddle"))
        .into_iter()
        .map(|(actor, what)| {
            let line = LINES
                .iter()
                .find(|(_, a, w)| (*a, *w) == (actor.as_str(), what.as_str()));
            let Some((letter, ..)) = line else {
                panic!("LINES lacks a line that the program prints: {actor} {what}");
            };
            *letter
        })
        .collect()
}

fn text_of(letter: char) -> String {
    match LINES.iter().find(|(known, ..)| *known == letter) {
        Some((_, actor, what)) => format!("'{letter}' ({actor} {what})"),
        None => format!("'{letter}'"),
    }
}

#[test]
fn the_lines_are_those_of_the_program() {
    let source = include_str!("../src/bin/riddle.rs");
    let in_source: Vec<&str> = source.lines().filter(|l| l.contains("record(\"")).collect();
    assert_eq!(
        LINES.len(),
        in_source.len(),
        "LINES has lost a line, or got a new one"
    );
    for ((letter, actor, what), source) in LINES.iter().zip(in_source) {
        assert!(
            source.contains(&format!("record(\"{actor}\", \"{what}\")")),
            "line {letter} of LINES has another text than the program"
        );
    }
}

#[test]
fn every_letter_stands_for_a_line_and_is_used_once() {
    for (index, letter) in ORDER.iter().enumerate() {
        assert!(
            LINES.iter().any(|(known, ..)| known == letter),
            "'{letter}' in ORDER is not a letter of LINES"
        );
        assert!(
            !ORDER[..index].contains(letter),
            "'{letter}' is in ORDER more than once, and no line is printed twice"
        );
    }
}

#[test]
fn lines_that_are_never_printed_are_left_out() {
    let real = real_order();
    // Which ones they are is not told. Finding them is the exercise.
    let known = LINES.iter().map(|(letter, ..)| letter);
    let never = known
        .filter(|letter| ORDER.contains(letter) && !real.contains(letter))
        .count();
    assert!(
        never == 0,
        "letters in ORDER whose lines are never printed: {never}. \
         Ask of each line: who runs the future that it belongs to, and does that future get as far?",
    );
}

#[test]
fn the_lines_are_in_the_order_in_which_they_are_printed() {
    let real = real_order();
    let right = ORDER.iter().zip(&real).take_while(|(a, b)| a == b).count();
    let before = match right {
        0 => String::new(),
        1 => "line 1 is right, ".to_owned(),
        _ => format!("lines 1 to {right} are right, "),
    };
    let number = right + 1;
    // The right answer is not printed.
    match (ORDER.get(right), real.get(right)) {
        (None, None) => {}
        (Some(letter), Some(_)) => panic!(
            "{before}line {number} is wrong: it is not {}. \
             Who is at work at that moment, and which future, if any, is being run?",
            text_of(*letter)
        ),
        (Some(letter), None) => panic!(
            "{before}but then the program ends, and ORDER goes on with {}",
            text_of(*letter)
        ),
        (None, Some(_)) => panic!("{before}but the program prints more than ORDER has"),
    }
}
