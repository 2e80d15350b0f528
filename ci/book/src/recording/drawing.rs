//! The drawing of a recorded run: time goes down, a row for each step, and a lane for each thread and each task.
//!
//! Nothing in it is said by colour alone, and it is legible without any style. In a script from right to left all of it is
//! mirrored, but for the code.

use std::fmt::Write as _;

use textwrap::{Options, core::display_width};

use super::{
    Event, Recording,
    label::{label, thread_name},
    state::{Row, Task, Thread},
};
use crate::{
    html::escape,
    project::{Direction, Language},
};

/// The height of a row.
const ROW: usize = 20;

/// The middle of a row, where its arrows are.
const MIDDLE: usize = ROW / 2;

/// The line that the text of a row stands on, from the row's top. It is where a step has its origin.
const BASE: usize = 14;

/// The height of a line in the heads of the lanes.
const LINE: usize = 15;

/// Where the numbers of the steps end.
const NUMBER: usize = 26;

/// The columns of a lane's head, unless a word is longer.
const HEAD_COLUMNS: usize = 8;

/// The lines of a thread's lane, the weakest first, so that a stronger one covers it: class, width and dashes.
const THREADS: [(&str, &str); 3] = [
    ("waits", "stroke-width=\"1\""),
    ("blocked", "stroke-width=\"2\" stroke-dasharray=\"2 4\""),
    ("runs", "stroke-width=\"5\""),
];

/// The lines of a task's lane.
const TASKS: [(&str, &str); 4] = [
    ("waits", "stroke-width=\"1\" stroke-dasharray=\"1 3\""),
    ("queued", "stroke-width=\"6\" stroke-dasharray=\"2 2\""),
    ("polled", "stroke-width=\"9\""),
    ("finished", "stroke-width=\"15\""),
];

/// A lane: its head, and where it is.
struct Lane {
    head: Vec<String>,
    x: usize,
}

/// Where everything is.
pub(super) struct Layout {
    mirrored: bool,
    width: usize,
    /// The height of the lanes' heads.
    top: usize,
    threads: Vec<Lane>,
    tasks: Vec<Lane>,
    labels: usize,
}

impl Layout {
    /// Room for the lanes and the labels of a recording.
    pub(super) fn new(recording: &Recording, language: &Language) -> Self {
        let words = &language.strings.recording;
        let mut end = NUMBER + 6;
        let mut lane = |head: String| {
            let options = Options::new(HEAD_COLUMNS).break_words(false);
            let head: Vec<_> = textwrap::wrap(&head, options)
                .into_iter()
                .map(|line| line.into_owned())
                .collect();
            let columns = head.iter().map(|line| display_width(line)).max();
            let width = (columns.unwrap_or(0) * 7 + 14).max(44);
            end += width;
            Lane {
                head,
                x: end - width / 2,
            }
        };
        let threads = recording.threads.iter();
        let threads: Vec<_> = threads
            .map(|name| lane(words.fill("thread", &[("thread", &thread_name(name, language))])))
            .collect();
        let tasks: Vec<_> = (1..=recording.tasks)
            .map(|task| {
                let task = language.typography.in_digits(&task.to_string());
                lane(words.fill("task", &[("task", &task)]))
            })
            .collect();
        let lines = threads.iter().chain(&tasks).map(|lane| lane.head.len());
        let columns = recording.steps.iter();
        let columns = columns.map(|step| display_width(&label(&step.event))).max();
        let labels = end + 8;
        Self {
            mirrored: language.direction == Direction::Rtl,
            width: labels + columns.unwrap_or(0) * 15 / 2,
            top: lines.max().unwrap_or(1) * LINE + 6,
            threads,
            tasks,
            labels,
        }
    }

    /// A distance from the side where a line of text begins, as a distance from the left.
    fn x(&self, from_start: usize) -> usize {
        if self.mirrored {
            self.width - from_start
        } else {
            from_start
        }
    }

    fn thread(&self, thread: usize) -> usize {
        self.x(self.threads[thread].x)
    }

    fn task(&self, task: usize) -> usize {
        self.x(self.tasks[task - 1].x)
    }

    /// Where a text begins, or ends, that goes away from the numbers, or towards them: its direction is always that of code.
    fn anchor(&self, away: bool) -> &'static str {
        if away == self.mirrored {
            " text-anchor=\"end\""
        } else {
            ""
        }
    }
}

/// Draws a recording.
pub(super) fn svg(recording: &Recording, rows: &[Row<'_>], language: &Language) -> String {
    let layout = Layout::new(recording, language);
    let (width, top) = (layout.width, layout.top);
    let height = top + ROW * rows.len();
    let steps = language.typography.in_digits(&rows.len().to_string());
    let name = language
        .strings
        .recording
        .fill("drawing", &[("steps", &steps)]);
    let mut svg = format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" direction=\"ltr\" role=\"img\" aria-label=\"{}\">\
         <g fill=\"none\" stroke=\"currentColor\" stroke-linecap=\"butt\" font-size=\"13\">",
        escape(&name)
    );
    for (at, lane) in layout.threads.iter().enumerate() {
        let spans = thread_spans(&layout, rows, at);
        push_lane(&mut svg, "thread", &layout, lane, &THREADS, "", &spans);
    }
    for (at, lane) in layout.tasks.iter().enumerate() {
        let spans = task_spans(&layout, rows, at);
        push_lane(&mut svg, "task", &layout, lane, &TASKS, "state ", &spans);
    }
    svg += "</g><g class=\"steps\" fill=\"currentColor\" stroke=\"none\" font-size=\"12\" font-family=\"monospace\" pointer-events=\"all\">";
    for (at, row) in rows.iter().enumerate() {
        let number = language.typography.in_digits(&(at + 1).to_string());
        let _ = write!(
            svg,
            "<g class=\"step\" data-step=\"{}\" transform=\"translate(0 {})\"><rect class=\"row\" y=\"-{BASE}\" width=\"{width}\" height=\"{ROW}\" fill=\"none\"/>\
             <text x=\"{}\"{}>{number}</text>{}<text class=\"code\" x=\"{}\"{}>{}</text></g>",
            at + 1,
            top + ROW * at + BASE,
            layout.x(NUMBER),
            layout.anchor(false),
            arrows(&layout, rows, at),
            layout.x(layout.labels),
            layout.anchor(true),
            escape(&label(&row.step.event)),
        );
    }
    svg + "</g></svg>"
}

/// Part of a lane: the number of its kind of line, and where it begins and ends.
type Span = (usize, usize, usize);

/// A lane: its head, and its lines, one path for each kind.
fn push_lane(
    svg: &mut String,
    kind: &str,
    layout: &Layout,
    lane: &Lane,
    lines: &[(&str, &str)],
    prefix: &str,
    spans: &[Span],
) {
    let x = layout.x(lane.x);
    let _ = write!(svg, "<g class=\"lane {kind}\">");
    let direction = if layout.mirrored {
        " direction=\"rtl\""
    } else {
        ""
    };
    for (at, line) in lane.head.iter().enumerate() {
        let y = LINE * (at + 1) - 3;
        let _ = write!(
            svg,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" fill=\"currentColor\" stroke=\"none\"{direction}>{}</text>",
            escape(line)
        );
    }
    for (line, (class, style)) in lines.iter().enumerate() {
        let mut path = String::new();
        for (_, from, to) in spans.iter().filter(|(own, ..)| *own == line) {
            let _ = write!(path, "M{x} {from}v{}", to - from);
        }
        if !path.is_empty() {
            let _ = write!(
                svg,
                "<path class=\"{prefix}{class}\" {style} d=\"{path}\"/>"
            );
        }
    }
    *svg += "</g>";
}

/// Adds a part to a lane, or makes the last one longer.
fn push_span(spans: &mut Vec<Span>, line: usize, from: usize, to: usize) {
    match spans.last_mut() {
        Some(last) if last.0 == line && last.2 == from => last.2 = to,
        _ => spans.push((line, from, to)),
    }
}

/// A thread's line is strong in the rows of its own steps.
fn thread_spans(layout: &Layout, rows: &[Row<'_>], thread: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut before = Thread::Absent;
    for (at, row) in rows.iter().enumerate() {
        let from = layout.top + ROW * at;
        let now = row.threads[thread];
        let own = row.step.thread == thread;
        match (own, now) {
            (true, _) => push_span(&mut spans, 2, from, from + ROW),
            (_, Thread::Absent | Thread::Ended) => {}
            (_, Thread::Started) if before == Thread::Absent => {
                push_span(&mut spans, 0, from + MIDDLE, from + ROW);
            }
            (_, Thread::Runs | Thread::Started) => push_span(&mut spans, 0, from, from + ROW),
            _ => push_span(&mut spans, 1, from, from + ROW),
        }
        before = now;
    }
    spans
}

/// A task's line says from the middle of a row what is so after its step.
fn task_spans(layout: &Layout, rows: &[Row<'_>], task: usize) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut before = Task::Absent;
    for (at, row) in rows.iter().enumerate() {
        let from = layout.top + ROW * at + MIDDLE;
        let to = if at + 1 == rows.len() {
            from + MIDDLE
        } else {
            from + ROW
        };
        let now = row.tasks[task];
        match now {
            Task::Absent => {}
            Task::Finished if before == Task::Finished => {}
            Task::Finished => push_span(&mut spans, 3, from, from + 3),
            Task::Polled => push_span(&mut spans, 2, from, to),
            Task::Queued | Task::Woken => push_span(&mut spans, 1, from, to),
            Task::New | Task::Taken | Task::Waits => push_span(&mut spans, 0, from, to),
        }
        before = now;
    }
    spans
}

/// The arrows of a step: from who acts to what is acted upon, and from the step that made this one possible.
fn arrows(layout: &Layout, rows: &[Row<'_>], at: usize) -> String {
    let step = rows[at].step;
    let own = layout.thread(step.thread);
    let mut arrows = String::new();
    let (class, from, to) = match step.event {
        Event::Poll {
            task: Some(task), ..
        } => ("poll", own, layout.task(task)),
        Event::Pending {
            task: Some(task), ..
        }
        | Event::Ready {
            task: Some(task), ..
        } => ("answer", layout.task(task), own),
        Event::Wake { task, .. } => ("wake", own, layout.task(task)),
        Event::Unpark { other } => ("unpark", own, layout.thread(other)),
        Event::Spawn { other } => ("spawn", own, layout.thread(other)),
        _ => ("", own, own),
    };
    if from != to {
        arrows += &arrow(class, from, 0, to);
    }
    if let Some(cause) = step.cause
        && matches!(
            step.event,
            Event::Receive { .. } | Event::Closed { .. } | Event::Lock { .. } | Event::Join { .. }
        )
    {
        let from = layout.thread(rows[cause].step.thread);
        if from != own {
            arrows += &arrow("cause", from, at - cause, own);
        }
    }
    arrows
}

/// An arrow from a place some rows further up to a place in this row.
fn arrow(class: &str, from: usize, rows: usize, to: usize) -> String {
    let (x, y) = (to as f64, MIDDLE as f64 - BASE as f64);
    let (dx, dy) = (x - from as f64, (ROW * rows) as f64);
    let length = dx.hypot(dy);
    let (ux, uy) = (dx / length, dy / length);
    // The tip is at the edge of the lane, and the head is 7 long and 8 wide.
    let (tip_x, tip_y) = (x - 3.0 * ux, y - 3.0 * uy);
    let (base_x, base_y) = (tip_x - 7.0 * ux, tip_y - 7.0 * uy);
    let dashes = if rows > 0 {
        " stroke-dasharray=\"4 3\""
    } else {
        ""
    };
    let n = |value: f64| value.round() as i64;
    let (wing_x, wing_y) = (
        n(base_x + 4.0 * uy) - n(tip_x),
        n(base_y - 4.0 * ux) - n(tip_y),
    );
    let (tip_x, tip_y) = (n(tip_x), n(tip_y));
    format!(
        "<path class=\"arrow {class}\" stroke=\"currentColor\"{dashes} d=\"M{from} {}L{tip_x} {tip_y}M{tip_x} {tip_y}l{wing_x} {wing_y}l{} {}z\"/>",
        n(y - dy),
        n(-8.0 * uy),
        n(8.0 * ux),
    )
}
