use std::{collections::BTreeSet, io::Write as _};

use flate2::{Compression, write::GzEncoder};
use regex::Regex;

use super::{
    state::{Change, Task, Thread, rows},
    *,
};
use crate::project::{Direction, Language};

const MAP: &str = include_str!("../../tests/recording/map.json");

/// What the page of a recording of 100 steps may add to its chapter.
const LIMIT: usize = 6 * 1024;

const LANGUAGES: [&str; 5] = [
    include_str!("../../../../src/en/language.toml"),
    include_str!("../../../../src/fa/language.toml"),
    include_str!("../../../../src/ko/language.toml"),
    include_str!("../../../../src/ru/language.toml"),
    include_str!("../../../../src/zh-CN/language.toml"),
];

/// One of each event.
const EVENTS: &str = r#"
{"event":"line","code":"f();"}
{"event":"created","task":1,"name":"T"}
{"event":"queued","task":1}
{"event":"taken","task":1}
{"event":"finished","task":1}
{"event":"poll","future":"F"}
{"event":"poll","future":"F","task":1}
{"event":"pending","future":"F"}
{"event":"pending","future":"F","task":1}
{"event":"ready","future":"F"}
{"event":"ready","future":"F","task":1}
{"event":"suspend","future":"F"}
{"event":"resume","future":"F"}
{"event":"waker","task":1,"waker":2}
{"event":"clone","task":1,"waker":2}
{"event":"drop","task":1,"waker":2}
{"event":"wake","task":1,"waker":2}
{"event":"spawn","other":1}
{"event":"start"}
{"event":"end"}
{"event":"join_wait","other":1}
{"event":"join","other":1}
{"event":"park"}
{"event":"unpark","other":1}
{"event":"unparked"}
{"event":"lock","name":"M"}
{"event":"lock_wait","name":"M"}
{"event":"unlock","name":"M"}
{"event":"send","name":"M"}
{"event":"receive","name":"M"}
{"event":"receive_wait","name":"M"}
{"event":"closed","name":"M"}
{"event":"closed"}
{"event":"idle"}
{"event":"send_wait","name":"M"}
{"event":"condvar_wait"}
{"event":"notify"}
{"event":"timer","ms":20}
{"event":"fired"}
{"event":"cancelled"}
{"event":"state","name":"n","value":"v"}
{"event":"panic","value":"p"}
{"event":"deadlock"}
{"event":"cut","value":"time"}
{"event":"cut","value":"steps"}
{"event":"cut","value":"output"}
"#;

fn language(text: &str) -> Language {
    toml::from_str(text).unwrap()
}

fn english() -> Language {
    language(LANGUAGES[0])
}

fn map() -> Recording {
    Recording::parse(&Arc::new(Source::new("map.json", MAP))).unwrap()
}

/// A recording of these steps, by two threads, with two tasks.
fn recording(steps: &str) -> Recording {
    let step = |line: &str| serde_json::from_str(&line.replacen('{', "{\"thread\":0,", 1)).unwrap();
    Recording {
        program: "cargo run -p x".to_owned(),
        threads: vec!["main".to_owned(), "1".to_owned()],
        tasks: 2,
        steps: steps.trim().lines().map(step).collect(),
    }
}

fn found<'a>(pattern: &str, html: &'a str) -> Vec<&'a str> {
    let pattern = Regex::new(pattern).unwrap();
    let found = pattern.captures_iter(html);
    found.map(|found| found.get(1).unwrap().as_str()).collect()
}

/// The captions of a figure.
fn captions(html: &str) -> Vec<&str> {
    found("<li[^>]*><p>(.*?)</p>", html)
}

#[test]
fn a_recording_is_written_as_it_is_read() {
    let map = map();
    let json = map.to_json();
    assert_eq!(json.lines().count(), map.steps.len() + 5);
    let again = Recording::parse(&Arc::new(Source::new("map.json", json))).unwrap();
    assert_eq!(again, map);
}

#[test]
fn every_event_has_its_own_caption_in_every_language() {
    let unknown = serde_json::from_str::<Event>("{\"event\":\"\"}").unwrap_err();
    let unknown = unknown.to_string();
    for name in found("`([a-z_]+)`", &unknown) {
        assert!(EVENTS.contains(&format!("\"{name}\"")), "{name}");
    }
    let recording = recording(EVENTS);
    for text in LANGUAGES {
        let html = html(&recording, "x", &language(text));
        let captions = captions(&html);
        assert_eq!(captions.len(), recording.steps.len());
        let different: BTreeSet<_> = captions.iter().collect();
        assert_eq!(different.len(), captions.len(), "{captions:#?}");
        // The player's script fills in only these.
        let left: BTreeSet<_> = found(r"(\{[^{}]*\})", &html).into_iter().collect();
        assert_eq!(left, BTreeSet::from(["{asked}", "{score}"]));
    }
}

#[test]
fn numbers_have_the_digits_of_the_language_and_ids_do_not() {
    let html = html(&recording(EVENTS), "x", &language(LANGUAGES[1]));
    assert!(
        html.contains(
            "<li id=\"x-17\" data-ask><p>نخ main تسک ۱ را با بیدارکنندهٔ ۲ بیدار می‌کند.</p>"
        )
    );
    assert!(html.contains("<p>نخ main نخ ۱ را راه می‌اندازد.</p>"));
    assert!(html.contains(">۱۷</text>"));
    let code = Regex::new("<code>.*?</code>").unwrap();
    for caption in captions(&html) {
        let text = code.replace_all(caption, "");
        assert!(!text.contains(|c: char| c.is_ascii_digit()), "{caption}");
    }
}

#[test]
fn what_a_program_says_is_text() {
    let mut recording = recording(r#"{"event":"line","code":"a < b && \"{task}\""}"#);
    recording.threads[0] = "<b>".to_owned();
    recording.program = "<p>".to_owned();
    let html = html(&recording, "x", &english());
    assert!(html.contains("<code>&lt;p&gt;</code>"));
    assert_eq!(
        captions(&html),
        ["Thread &lt;b&gt; runs <code>a &lt; b &amp;&amp; &quot;{task}&quot;</code>"]
    );
    assert!(!html.contains("<b>"));
}

#[test]
fn a_step_says_what_it_changed() {
    let recording = recording(
        r#"{"event":"created","task":2,"name":"T"}
{"event":"queued","task":2,"queue":[1,2]}
{"event":"taken","task":2,"queue":[]}
{"event":"state","name":"Join.left","value":"Done"}
{"event":"receive_wait","name":"M"}"#,
    );
    let html = html(&recording, "x", &english());
    let changes = |step: usize| {
        let item = html.split("<li ").nth(step).unwrap();
        let names = found("<dt>(.*?)</dt>", item).into_iter();
        names.zip(found("<dd>(.*?)</dd>", item)).collect::<Vec<_>>()
    };
    assert_eq!(
        changes(1),
        [("thread main", "runs"), ("task 2", "not polled yet")]
    );
    assert_eq!(
        changes(2),
        [
            ("Ready queue", "task 1 · task 2"),
            ("task 2", "in the ready queue")
        ]
    );
    assert_eq!(
        changes(3),
        [
            ("Ready queue", "empty"),
            ("task 2", "taken from the ready queue")
        ]
    );
    assert_eq!(
        changes(4),
        [("<code>Join.left</code>", "<code>Done</code>")]
    );
    assert_eq!(changes(5), [("thread main", "waits for a message")]);
}

#[test]
fn a_task_that_is_woken_while_it_is_polled_is_woken_after_it() {
    let recording = recording(
        r#"{"event":"created","task":1,"name":"T"}
{"event":"poll","future":"F","task":1}
{"event":"wake","task":1,"waker":1}
{"event":"pending","future":"F","task":1}
{"event":"poll","future":"F","task":1}
{"event":"queued","task":1,"queue":[1]}
{"event":"pending","future":"F","task":1}
{"event":"taken","task":1,"queue":[]}
{"event":"poll","future":"F","task":1}
{"event":"pending","future":"F","task":1}
{"event":"finished","task":1}
{"event":"wake","task":1,"waker":1}"#,
    );
    let states: Vec<_> = rows(&recording).iter().map(|row| row.tasks[0]).collect();
    use Task::*;
    assert_eq!(
        states,
        [
            New, Polled, Polled, Woken, Polled, Polled, Queued, Taken, Polled, Waits, Finished,
            Finished
        ]
    );
}

#[test]
fn a_thread_waits_until_its_next_step() {
    let mut recording = recording(
        r#"{"event":"spawn","other":1}
{"event":"join_wait","other":1}
{"event":"start"}
{"event":"end"}
{"event":"join","other":1}"#,
    );
    for step in &mut recording.steps[2..4] {
        step.thread = 1;
    }
    let rows = rows(&recording);
    let states = |thread: usize| {
        rows.iter()
            .map(|row| row.threads[thread])
            .collect::<Vec<_>>()
    };
    use Thread::*;
    assert_eq!(states(0), [Runs, Join, Join, Join, Runs]);
    assert_eq!(states(1), [Started, Started, Runs, Ended, Ended]);
    assert_eq!(rows[4].changes, [Change::Thread(0, Runs)]);
}

/// The places where the arrows of a drawing begin and end, and the lanes and the width of it.
fn geometry(recording: &Recording, language: &Language) -> (Vec<(i64, i64)>, Vec<i64>, i64) {
    let html = html(recording, "x", language);
    let number = |text: &str| text.parse::<i64>().unwrap();
    let arrow = Regex::new(r#"class="arrow [a-z]+"[^>]* d="M(\d+) -?\d+L(\d+) "#).unwrap();
    let arrows = arrow.captures_iter(&html);
    let arrows = arrows.map(|found| (number(&found[1]), number(&found[2])));
    let mut lanes: Vec<_> = found(r#"<g class="lane [a-z]+"><text x="(\d+)""#, &html)
        .into_iter()
        .map(number)
        .collect();
    lanes.sort_unstable();
    let width = number(found(r#"<svg width="(\d+)""#, &html)[0]);
    (arrows.collect(), lanes, width)
}

#[test]
fn arrows_lead_from_lane_to_lane() {
    let map = map();
    for text in LANGUAGES {
        let language = language(text);
        let (arrows, lanes, _) = geometry(&map, &language);
        // The lanes are main, reactor and task 1, from the side where a line begins.
        let lane = |at: usize| {
            if language.direction == Direction::Rtl {
                lanes[2 - at]
            } else {
                lanes[at]
            }
        };
        let expected = [
            (0, 1), // spawn
            (0, 2), // poll
            (2, 0), // pending
            (0, 1), // send, receive
            (1, 2), // wake
            (0, 2), // poll
            (2, 0), // ready
            (1, 0), // end, join
        ];
        assert_eq!(arrows.len(), expected.len());
        for ((from, to), (start, end)) in arrows.into_iter().zip(expected) {
            assert_eq!(from, lane(start));
            // The tip touches the line, from the side where the arrow comes from.
            assert!((1..=3).contains(&((lane(end) - to) * (lane(end) - from).signum())));
        }
    }
}

#[test]
fn a_drawing_from_right_to_left_is_mirrored() {
    let map = map();
    let mut mirrored = english();
    mirrored.direction = Direction::Rtl;
    let (arrows, lanes, width) = geometry(&map, &english());
    let (other_arrows, mut other_lanes, other_width) = geometry(&map, &mirrored);
    assert_eq!(other_width, width);
    other_lanes.reverse();
    let mirror = |x: i64| width - x;
    assert_eq!(
        other_lanes,
        lanes.into_iter().map(mirror).collect::<Vec<_>>()
    );
    let arrows = arrows.into_iter();
    assert_eq!(
        other_arrows,
        arrows
            .map(|(from, to)| (mirror(from), mirror(to)))
            .collect::<Vec<_>>()
    );
    let html = html(&map, "x", &mirrored);
    // Numbers end, and code begins, where the lanes are; and both are read from left to right.
    let number = format!("<text x=\"{}\">1</text>", width - 26);
    assert!(html.contains(&number), "{number}");
    assert!(html.contains(" direction=\"ltr\" role=\"img\""));
    assert_eq!(
        found("(text-anchor=\"end\">)[^<]", &html).len(),
        map.steps.len()
    );
}

#[test]
fn a_long_label_is_cut() {
    let code = format!("{{\"event\":\"line\",\"code\":\"{}\"}}", "ab 가".repeat(20));
    let label = label::label(&recording(&code).steps[0].event);
    assert!(label.ends_with('…'), "{label}");
    assert!(textwrap::core::display_width(&label) <= 34, "{label}");
}

/// A run of 100 steps, of which every third is another line of code.
fn hundred() -> Recording {
    let source = include_str!("../../../../examples/02_01_cast/src/lib.rs");
    let lines = source
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim()));
    let mut lines =
        lines.filter(|(_, line)| line.ends_with([';', '{']) && !line.starts_with("use"));
    let map = map();
    let mut hundred = Recording {
        tasks: 2,
        steps: Vec::new(),
        ..map.clone()
    };
    for at in 0..100 {
        let mut step = map.steps[at % map.steps.len()].clone();
        step.cause = None;
        if at % 3 == 0 {
            let (line, code) = lines.next().expect("lines enough");
            step.event = Event::Line {
                code: code.to_owned(),
            };
            step.at = Some(format!("examples/02_01_cast/src/lib.rs:{line}"));
        }
        hundred.steps.push(step);
    }
    hundred
}

#[test]
fn a_hundred_steps_are_a_small_part_of_a_page() {
    let recording = hundred();
    assert_eq!(recording.steps.len(), 100);
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed
        .write_all(html(&recording, "map", &english()).as_bytes())
        .unwrap();
    let size = packed.finish().unwrap().len();
    assert!(size <= LIMIT, "{size} bytes");
}
