//! From the trace that a copy has written to the recording that a chapter shows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    execute::End,
    plan::{Lines, View},
};
use crate::{
    diagnostic::Diagnostic,
    recording::{Recording, Step as Shown},
};

/// One line of a trace. What the fields mean is said in `ci/recorder/src/trace.rs` and beside each event there.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Event {
    thread: usize,
    /// `FILE:LINE`, the innermost first.
    stack: Vec<String>,
    event: String,
    task: Option<usize>,
    waker: Option<usize>,
    future: Option<String>,
    other: Option<usize>,
    name: Option<String>,
    value: Option<String>,
    ms: Option<u64>,
    channel: Option<usize>,
    cause: Option<usize>,
}

impl Event {
    /// Whether it has this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.event == name
    }

    /// What it says: the message of a panic, or the limit.
    pub(super) fn text(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    /// The innermost line where it happened, in a file.
    pub(super) fn line_in(&self, file: &str) -> Option<usize> {
        let mut places = self.stack.iter().filter_map(|place| parse(place));
        places.find(|(its, _)| *its == file).map(|(_, line)| line)
    }

    /// Calls a file by another name.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        for place in &mut self.stack {
            if let Some(line) = place.strip_prefix(from) {
                *place = format!("{to}{line}");
            }
        }
    }

    /// That a limit has ended the program, after `events`.
    pub(super) fn cut(limit: &str, events: &[Event]) -> Self {
        let last = events.last();
        Self {
            thread: last.map_or(0, |last| last.thread),
            stack: last.map_or_else(Vec::new, |last| last.stack.clone()),
            event: "cut".to_owned(),
            value: Some(limit.to_owned()),
            ..Self::default()
        }
    }
}

/// Why a program did not come to a good end, and the event of it. A panic that the program has mastered is none.
///
/// The rule of the finding is how a plan names it.
pub(super) fn bad_end(events: &[Event], end: End) -> Option<(&Event, Diagnostic)> {
    let is_good = matches!(end, End::Exit(status) if status.success());
    let panic = events.iter().rfind(|event| event.is("panic"));
    let last = events.last()?;
    let cut = events.iter().rfind(|event| event.is("cut"));
    let (event, finding) = if last.is("deadlock") {
        let finding = Diagnostic::new(
            "deadlock",
            "every thread waits for another one, and none for a time",
        )
        .help("the last step of each thread is what it waits for: the page shows them");
        (last, finding)
    } else if let Some(cut) = cut {
        let finding = match cut.text() {
            "time" => Diagnostic::new("too-long", "the program did not end in time")
                .help("`--limit SECONDS` gives it more time"),
            "output" => Diagnostic::new("too-much-output", "the program printed more than 1 MB")
                .help("have it print less, or end earlier"),
            _ => Diagnostic::new("too-many-steps", "the program did more than 20000 things")
                .help("the page shows the first ones; have it do less"),
        };
        (cut, finding)
    } else if let Some(panic) = panic.filter(|_| !is_good) {
        (
            panic,
            Diagnostic::new("panic", format!("the program panics: {}", panic.text())),
        )
    } else if let End::Exit(status) = end
        && status.code().is_none()
    {
        (
            last,
            Diagnostic::new(
                "killed",
                format!("the program did not end by itself: {status}"),
            ),
        )
    } else {
        return None;
    };
    Some((event, finding))
}

/// A step with all fields that one may have.
#[derive(Serialize)]
struct Step {
    thread: usize,
    at: Option<String>,
    event: String,
    code: Option<String>,
    task: Option<usize>,
    waker: Option<usize>,
    future: Option<String>,
    depth: Option<usize>,
    other: Option<usize>,
    name: Option<String>,
    value: Option<String>,
    ms: Option<u64>,
    cause: Option<usize>,
    queue: Option<Vec<usize>>,
}

/// Reads a trace. A last line that is cut off is left out: the program was stopped while it wrote it.
pub(super) fn read(trace: &str) -> Result<Vec<Event>, serde_json::Error> {
    trace
        .split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .map(serde_json::from_str)
        .collect()
}

/// Makes a recording of a trace.
pub(super) fn recording(mut events: Vec<Event>, view: &View) -> Recording {
    number_tasks(&mut events);
    find_ready_queue(&mut events);

    let names = thread_names(&events, &view.threads);
    let mut steps: Vec<(usize, Step)> = Vec::new();
    // For each thread: the step of the line that it has begun, until it does something on it.
    let mut begun: BTreeMap<usize, usize> = BTreeMap::new();
    let mut superfluous = BTreeSet::new();
    let mut queue = Vec::new();
    let mut polls = Polls::default();
    let mut started = view.from.is_none();
    for (number, event) in events.into_iter().enumerate() {
        if event.is("named") || event.is(NOTHING) {
            continue;
        }
        let place = shown(&event.stack, &view.lines);
        let is_in = |lines: &Lines| {
            let inside =
                |place| parse(place).is_some_and(|(file, line)| lines.contains(file, line));
            event.stack.iter().map(String::as_str).any(inside)
        };
        started |= view.from.as_ref().is_some_and(is_in);
        if started && view.until.as_ref().is_some_and(is_in) {
            break;
        }
        let changed = match (event.event.as_str(), event.task) {
            ("queued", Some(task)) => {
                queue.push(task);
                true
            }
            ("taken", Some(task)) => {
                let at = queue.iter().position(|&queued| queued == task);
                at.map(|at| queue.remove(at)).is_some()
            }
            _ => false,
        };
        if !started || view.hide.contains(&event.event) {
            continue;
        }
        let is_line = event.is("line");
        // A line is a step where the chapter shows it. What else happens is one wherever it is.
        if is_line && (place.is_none() || event.stack.first() != place) {
            continue;
        }
        let at = place.cloned();
        let text = at
            .as_deref()
            .filter(|_| is_line)
            .and_then(parse)
            .and_then(|(file, line)| {
                let shown = view.lines.iter().find(|lines| lines.contains(file, line))?;
                shown.code(line)
            });
        let skips = |skip: &String| {
            event.future.as_ref() == Some(skip)
                || event.ms.is_some_and(|ms| *skip == format!("timer {ms}"))
                || text.as_ref().is_some_and(|text| text.starts_with(skip))
        };
        if view.skip.iter().any(skips) {
            continue;
        }
        if let Some(step) = begun.remove(&event.thread)
            && !is_line
            && steps[step].1.at == at
        {
            superfluous.insert(step);
        }
        if is_line {
            begun.insert(event.thread, steps.len());
        }
        let (task, depth) = match event.future {
            Some(_) => polls.follow(&event),
            None => (event.task, None),
        };
        steps.push((
            number,
            Step {
                thread: event.thread,
                at,
                event: event.event,
                code: text,
                task,
                waker: event.waker,
                future: event.future,
                depth,
                other: event.other,
                name: event.name,
                value: event.value,
                ms: event.ms,
                cause: event.cause,
                queue: changed.then(|| queue.clone()),
            },
        ));
    }
    let mut steps: Vec<_> = steps
        .into_iter()
        .enumerate()
        .filter_map(|(index, step)| (!superfluous.contains(&index)).then_some(step))
        .collect();
    number_causes(&mut steps);
    let mut steps: Vec<Step> = steps.into_iter().map(|(_number, step)| step).collect();
    number_wakers_and_tasks(&mut steps);
    let threads = number_threads(&mut steps, &names);
    Recording {
        program: view.program.clone(),
        threads,
        tasks: steps.iter().filter_map(|step| step.task).max().unwrap_or(0),
        steps: steps.iter().map(shown_step).collect(),
    }
}

/// The polls that are shown: those that are left out do not count.
#[derive(Default)]
struct Polls(BTreeMap<(usize, usize), usize>);

impl Polls {
    /// How deep a poll is among those of its task on its thread. The outermost one is the task's.
    fn follow(&mut self, event: &Event) -> (Option<usize>, Option<usize>) {
        let Some(task) = event.task else {
            return (None, None);
        };
        let inside = self.0.entry((event.thread, task)).or_default();
        let depth = match event.event.as_str() {
            "poll" => {
                *inside += 1;
                *inside - 1
            }
            _ => {
                *inside = inside.saturating_sub(1);
                *inside
            }
        };
        match depth {
            0 => (Some(task), None),
            depth => (None, (event.is("poll")).then_some(depth)),
        }
    }
}

/// The step as the page knows it: each event with its own fields.
fn shown_step(step: &Step) -> Shown {
    let mut json = serde_json::to_value(step).expect("a step is JSON");
    if let Some(fields) = json.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    serde_json::from_value(json)
        .unwrap_or_else(|error| panic!("the event `{}` is not known: {error}", step.event))
}

fn parse(place: &str) -> Option<(&str, usize)> {
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}

/// The innermost place that the chapter shows.
fn shown<'a>(stack: &'a [String], lines: &[Lines]) -> Option<&'a String> {
    stack.iter().find(|place| {
        parse(place)
            .is_some_and(|(file, line)| lines.iter().any(|lines| lines.contains(file, line)))
    })
}

/// Leaves out what turned out to be no task: a waker that a future has made for a future inside of it.
///
/// Events stay where they are, because others name them by their numbers.
fn number_tasks(events: &mut [Event]) {
    let derived: BTreeSet<usize> = events
        .iter()
        .filter(|event| event.is("derived"))
        .filter_map(|event| event.task)
        .collect();
    for event in events {
        let Some(task) = &mut event.task else {
            continue;
        };
        if event.event == "derived" || event.event == "created" && derived.contains(task) {
            event.event = NOTHING.to_owned();
        }
        *task -= derived.range(..*task).count();
    }
}

/// The name of an event that is none.
const NOTHING: &str = "";

/// A ready queue is a channel into which a wake sends. What is sent there is a task, and who takes it out will poll it.
///
/// A new task is put there without a wake: it is the latest that was created and has not been in the queue yet.
fn find_ready_queue(events: &mut [Event]) {
    let queues: BTreeSet<usize> = events
        .iter()
        .filter(|event| event.is("send") && event.task.is_some())
        .filter_map(|event| event.channel)
        .collect();
    let mut new = Vec::new();
    let mut sent: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, event) in events.iter_mut().enumerate() {
        match event.event.as_str() {
            "created" => new.extend(event.task),
            "send" | "receive" | "receive_wait" | "closed"
                if event
                    .channel
                    .is_some_and(|channel| queues.contains(&channel)) =>
            {
                event.name = None;
                match event.event.as_str() {
                    "send" => {
                        if event.task.is_none() {
                            event.task = new.pop();
                        }
                        new.retain(|&task| Some(task) != event.task);
                        sent.extend(event.task.map(|task| (number, task)));
                        "queued".clone_into(&mut event.event);
                    }
                    "receive" => {
                        event.task = event.cause.and_then(|cause| sent.get(&cause).copied());
                        "taken".clone_into(&mut event.event);
                    }
                    "receive_wait" => "idle".clone_into(&mut event.event),
                    _ => {}
                }
            }
            // Only the message of a ready queue is a task.
            "send" => event.task = None,
            _ => {}
        }
    }
}

/// The threads by number: as the plan calls them, or the program, or by their number.
fn thread_names(events: &[Event], planned: &[String]) -> BTreeMap<usize, String> {
    let mut names = BTreeMap::new();
    for event in events {
        let name = planned.get(event.thread).cloned();
        let own = || {
            event
                .name
                .clone()
                .filter(|name| event.is("named") && !name.is_empty())
        };
        if let Some(name) = name.or_else(own) {
            names.insert(event.thread, name);
        }
        names
            .entry(event.thread)
            .or_insert_with(|| event.thread.to_string());
    }
    names
}

/// Only threads that do something, and those that something is done to, in the order in which they were started.
fn number_threads(steps: &mut [Step], names: &BTreeMap<usize, String>) -> Vec<String> {
    let seen: BTreeSet<usize> = steps
        .iter()
        .flat_map(|step| [Some(step.thread), step.other])
        .flatten()
        .collect();
    let number = |thread: usize| seen.range(..thread).count();
    for step in steps {
        step.thread = number(step.thread);
        step.other = step.other.map(number);
    }
    seen.iter()
        .map(|thread| {
            names
                .get(thread)
                .cloned()
                .unwrap_or_else(|| thread.to_string())
        })
        .collect()
}

/// Causes are steps. One that is not shown causes nothing.
fn number_causes(steps: &mut [(usize, Step)]) {
    let numbers: BTreeMap<usize, usize> = steps
        .iter()
        .enumerate()
        .map(|(index, (number, _))| (*number, index))
        .collect();
    for (_, step) in steps {
        step.cause = step.cause.and_then(|cause| numbers.get(&cause).copied());
    }
}

/// Wakers are numbered in the order in which they appear, and so are tasks: a recording may begin in the middle of a run.
fn number_wakers_and_tasks(steps: &mut [Step]) {
    let mut wakers = BTreeMap::new();
    let mut tasks = BTreeMap::new();
    let number = |numbers: &mut BTreeMap<usize, usize>, old: &mut usize| {
        let next = numbers.len() + 1;
        *old = *numbers.entry(*old).or_insert(next);
    };
    for step in steps {
        if let Some(waker) = &mut step.waker {
            number(&mut wakers, waker);
        }
        for task in step.task.iter_mut().chain(step.queue.iter_mut().flatten()) {
            number(&mut tasks, task);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Source;

    /// The steps of a trace, each as its event and its numbers.
    fn steps(trace: &str, view: &View) -> Vec<String> {
        let events = read(trace).unwrap();
        let recording = recording(events, view);
        let json = recording.steps.iter().map(|step| {
            let json = serde_json::to_value(step).unwrap();
            let numbers = ["task", "waker", "cause", "queue", "code"]
                .iter()
                .filter_map(|name| Some(format!(" {name} {}", json.get(name)?)));
            format!(
                "{}{}",
                json["event"].as_str().unwrap(),
                numbers.collect::<String>()
            )
        });
        json.collect()
    }

    fn lines(file: &str, range: std::ops::RangeInclusive<usize>) -> Lines {
        let text: String = (1..10)
            .map(|line| format!("  line {line} // said\n"))
            .collect();
        Lines {
            file: file.to_owned(),
            range,
            source: Arc::new(Source::new(file, text)),
        }
    }

    fn view(range: std::ops::RangeInclusive<usize>) -> View {
        View {
            lines: vec![lines("a.rs", range)],
            ..View::default()
        }
    }

    const QUEUE: &str = r#"{"thread":0,"stack":[],"event":"created","name":"T","task":1}
{"thread":0,"stack":[],"event":"send","name":"u8","channel":7}
{"thread":0,"stack":[],"event":"receive","name":"u8","channel":7,"cause":1}
{"thread":0,"stack":[],"event":"wake","task":1,"waker":4}
{"thread":0,"stack":[],"event":"send","name":"u8","channel":7,"task":1}
{"thread":0,"stack":[],"event":"send","name":"u8","channel":8}
{"thread":0,"stack":[],"event":"receive_wait","name":"u8","channel":7}
"#;

    #[test]
    fn what_a_wake_sends_into_is_the_ready_queue() {
        assert_eq!(
            steps(QUEUE, &view(1..=9)),
            [
                "created task 1",
                "queued task 1 queue [1]",
                "taken task 1 cause 1 queue []",
                "wake task 1 waker 1",
                "queued task 1 queue [1]",
                "send",
                "idle",
            ]
        );
    }

    #[test]
    fn without_a_wake_a_channel_is_a_channel() {
        let trace = r#"{"thread":0,"stack":[],"event":"created","name":"T","task":1}
{"thread":0,"stack":[],"event":"send","name":"u8","channel":7}
{"thread":0,"stack":[],"event":"receive","name":"u8","channel":7,"cause":1}
"#;
        assert_eq!(
            steps(trace, &view(1..=9)),
            ["created task 1", "send", "receive cause 1"]
        );
    }

    #[test]
    fn a_waker_inside_of_a_task_is_no_task() {
        let trace = r#"{"thread":0,"stack":[],"event":"created","name":"T","task":1}
{"thread":0,"stack":[],"event":"created","name":"Inner","task":2}
{"thread":0,"stack":[],"event":"derived","task":2}
{"thread":0,"stack":[],"event":"created","name":"T","task":3}
"#;
        assert_eq!(
            steps(trace, &view(1..=9)),
            ["created task 1", "created task 2"]
        );
    }

    #[test]
    fn a_line_is_a_step_where_it_is_shown_and_nothing_else_happens_on_it() {
        let trace = r#"{"thread":0,"stack":["a.rs:1"],"event":"line"}
{"thread":0,"stack":["a.rs:2"],"event":"line"}
{"thread":0,"stack":["b.rs:5","a.rs:2"],"event":"line"}
{"thread":0,"stack":["b.rs:5","a.rs:2"],"event":"park"}
{"thread":0,"stack":["a.rs:3"],"event":"line"}
{"thread":0,"stack":["a.rs:4"],"event":"li"#;
        let mut view = view(1..=2);
        assert_eq!(steps(trace, &view), ["line code \"line 1\"", "park"]);
        view.skip = vec!["line 1".to_owned()];
        assert_eq!(steps(trace, &view), ["park"]);
        view.hide.insert("park".to_owned());
        assert_eq!(steps(trace, &view), ["line code \"line 2\""]);
    }

    #[test]
    fn a_recording_may_begin_and_end_in_the_middle() {
        let trace = r#"{"thread":0,"stack":["b.rs:1"],"event":"park"}
{"thread":0,"stack":["b.rs:9","b.rs:2"],"event":"created","name":"T","task":5}
{"thread":0,"stack":[],"event":"finished","task":5}
{"thread":0,"stack":["b.rs:3"],"event":"park"}
"#;
        let line = |number| Some(lines("b.rs", number..=number));
        let mut view = view(1..=1);
        view.from = line(2);
        view.until = line(3);
        assert_eq!(steps(trace, &view), ["created task 1", "finished task 1"]);
    }
}
