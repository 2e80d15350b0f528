//! Whether two recordings say the same.
//!
//! Two threads that do not wait for each other do things in an order that means nothing. So recordings are compared as
//! partial orders: what each thread does, one after the other, and what has caused it. This is the happened-before
//! relation of Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System".

use similar::{ChangeTag, TextDiff};

use crate::recording::{Recording, Step};

/// What `new` does otherwise than `old`, as lines for a person. Empty if both are the same partial order.
pub fn differences(old: &Recording, new: &Recording) -> Vec<String> {
    let (old, new) = (by_thread(old), by_thread(new));
    if old == new {
        return Vec::new();
    }
    TextDiff::from_lines(&old, &new)
        .iter_all_changes()
        .filter_map(|change| match change.tag() {
            ChangeTag::Equal => None,
            ChangeTag::Delete => Some(format!("- {}", change.value().trim_end())),
            ChangeTag::Insert => Some(format!("+ {}", change.value().trim_end())),
        })
        .collect()
}

/// The steps of each thread, one to a line. A cause is named by its thread and its number in it.
fn by_thread(recording: &Recording) -> String {
    let mut counts = vec![0; recording.threads.len()];
    let places: Vec<(usize, usize)> = recording
        .steps
        .iter()
        .map(|step| {
            let count = &mut counts[step.thread];
            *count += 1;
            (step.thread, *count)
        })
        .collect();
    let mut lines: Vec<(usize, usize, String)> = Vec::new();
    for (step, &(thread, number)) in recording.steps.iter().zip(&places) {
        let cause = step.cause.and_then(|cause| places.get(cause));
        let cause = cause.map_or(String::new(), |(thread, number)| {
            format!(", because of {} step {number}", recording.threads[*thread])
        });
        // What is in the queue follows from the order of all threads' steps.
        let bare = Step {
            cause: None,
            queue: None,
            thread: 0,
            ..step.clone()
        };
        let text = serde_json::to_string(&bare).expect("a step is JSON");
        let text = text
            .trim_start_matches("{\"thread\":0,")
            .trim_end_matches('}');
        let line = format!("thread {}: {text}{cause}\n", recording.threads[thread]);
        lines.push((thread, number, line));
    }
    lines.sort();
    let head = format!("{}\n", recording.program);
    head + &lines
        .into_iter()
        .map(|(_, _, line)| line)
        .collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recording(steps: &str) -> Recording {
        serde_json::from_str(&format!(
            r#"{{"program":"p","threads":["main","1"],"tasks":0,"steps":[{steps}]}}"#
        ))
        .unwrap()
    }

    const SEND: &str = r#"{"thread":0,"event":"send","name":"u8"}"#;
    const PARK: &str = r#"{"thread":0,"event":"park"}"#;
    const START: &str = r#"{"thread":1,"event":"start"}"#;

    #[test]
    fn threads_that_do_not_wait_for_each_other_have_no_order() {
        let receive =
            |cause| format!(r#"{{"thread":1,"event":"receive","name":"u8","cause":{cause}}}"#);
        let one = [SEND, PARK, START, &receive(0)].join(",");
        let other = [START, SEND, &receive(1), PARK].join(",");
        assert_eq!(differences(&recording(&one), &recording(&other)), [""; 0]);
    }

    #[test]
    fn what_one_thread_does_has_an_order() {
        let [one, other] = [[SEND, PARK], [PARK, SEND]].map(|steps| recording(&steps.join(",")));
        assert_eq!(
            differences(&one, &other),
            [
                r#"+ thread main: "event":"park""#,
                r#"- thread main: "event":"park""#,
            ]
        );
    }

    #[test]
    fn another_cause_is_a_difference() {
        let receive =
            |cause| format!(r#"{{"thread":1,"event":"receive","name":"u8","cause":{cause}}}"#);
        let [one, other] = [0, 1].map(|cause| recording(&[SEND, SEND, &receive(cause)].join(",")));
        assert_eq!(
            differences(&one, &other),
            [
                r#"- thread 1: "event":"receive","name":"u8", because of main step 1"#,
                r#"+ thread 1: "event":"receive","name":"u8", because of main step 2"#,
            ]
        );
    }
}
