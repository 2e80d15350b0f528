//! A recorded run on a page: the drawing, the list, and the template of the player.

use std::fmt::Write as _;

use super::{
    Event, Limit, Recording, drawing,
    label::thread_name,
    state::{Change, Row, Task, Thread, rows},
};
use crate::{html::escape, project::Language};

/// The buttons of the player, in their order.
const BUTTONS: [&str; 5] = ["first", "back", "play", "next", "last"];

/// A recording as HTML, on one line. Its steps have the ids `ID-1`, `ID-2` …
pub fn html(recording: &Recording, id: &str, language: &Language) -> String {
    let rows = rows(recording);
    let page = Page {
        recording,
        language,
        id: escape(id),
    };
    let words = &language.strings.recording;
    let program = format!("<code>{}</code>", escape(&recording.program));
    let steps = page.number(rows.len());
    let list = words.fill("list", &[("steps", &steps)]);
    format!(
        "<figure class=\"recording\" id=\"{}\"><figcaption>{}</figcaption>\
         <div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">{}</div>\
         <details class=\"steps\"><summary>{list}</summary><ol>{}</ol></details>\
         <template>{}</template></figure>",
        page.id,
        words.fill("caption", &[("program", &program), ("steps", &steps)]),
        escape(&words.fill("drawing", &[("steps", &steps)])),
        drawing::svg(recording, &rows, language),
        page.list(&rows),
        page.player(rows.len()),
    )
}

struct Page<'a> {
    recording: &'a Recording,
    language: &'a Language,
    /// The figure's id, escaped.
    id: String,
}

impl Page<'_> {
    fn word(&self, name: &str) -> &str {
        self.language.strings.recording.get(name)
    }

    fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        self.language.strings.recording.fill(name, values)
    }

    fn number(&self, number: impl ToString) -> String {
        self.language.typography.in_digits(&number.to_string())
    }

    fn thread(&self, thread: usize) -> String {
        escape(&thread_name(&self.recording.threads[thread], self.language))
    }

    fn list(&self, rows: &[Row<'_>]) -> String {
        let mut list = String::new();
        for (at, row) in rows.iter().enumerate() {
            let _ = write!(list, "<li id=\"{}-{}\"", self.id, at + 1);
            if let Some(line) = &row.step.at {
                let _ = write!(list, " data-at=\"{}\"", escape(line));
            }
            if row.step.event.is_question() {
                list += " data-ask";
            }
            let _ = write!(list, "><p>{}</p>", self.caption(row));
            if !row.changes.is_empty() {
                let changes = row.changes.iter().map(|change| self.change(change));
                let _ = write!(list, "<dl>{}</dl>", changes.collect::<String>());
            }
            list += "</li>";
        }
        list
    }

    /// The sentence about a step.
    pub(super) fn caption(&self, row: &Row<'_>) -> String {
        let code = |text: &str| format!("<code>{}</code>", escape(text));
        let thread = self.thread(row.step.thread);
        let thread = ("thread", &*thread);
        let of_task = |name: &str, task: usize, more: &[(&str, &str)]| {
            let task = self.number(task);
            self.fill(name, &[&[thread, ("task", &*task)], more].concat())
        };
        let of_waker = |name: &str, task: usize, waker: usize| {
            of_task(name, task, &[("waker", &self.number(waker))])
        };
        let of_future = |name: &str, task: Option<usize>, future: &str| {
            let future = code(future);
            match task {
                Some(task) => of_task(&format!("{name}-task"), task, &[("future", &future)]),
                None => self.fill(name, &[thread, ("future", &future)]),
            }
        };
        let of_other =
            |name: &str, other: usize| self.fill(name, &[thread, ("other", &self.thread(other))]);
        let named = |name: &str, of: &str| self.fill(name, &[thread, ("name", &code(of))]);
        let plain = |name: &str| self.fill(name, &[thread]);
        match &row.step.event {
            Event::Line { code: line } => self.fill("line", &[thread, ("code", &code(line))]),
            Event::Created { task, name } => of_task("created", *task, &[("name", &code(name))]),
            Event::Queued { task } => of_task("queued", *task, &[]),
            Event::Taken { task } => of_task("taken", *task, &[]),
            Event::Finished { task } => of_task("finished", *task, &[]),
            Event::Poll { future, task, .. } => of_future("poll", *task, future),
            Event::Pending { future, task } => of_future("pending", *task, future),
            Event::Ready { future, task } => of_future("ready", *task, future),
            Event::Suspend { future } => of_future("suspend", None, future),
            Event::Resume { future } => of_future("resume", None, future),
            Event::Waker { task, waker } => of_waker("waker", *task, *waker),
            Event::Clone { task, waker } => of_waker("clone", *task, *waker),
            Event::Drop { task, waker } => of_waker("drop", *task, *waker),
            Event::Wake { task, waker } => of_waker("wake", *task, *waker),
            Event::Spawn { other } => of_other("spawn", *other),
            Event::Start => plain("start"),
            Event::End => plain("end"),
            Event::JoinWait { other } => of_other("join-wait", *other),
            Event::Join { other } => of_other("join", *other),
            Event::Idle => plain("idle"),
            Event::SendWait { name } => named("send-wait", name),
            Event::CondvarWait => plain("condvar-wait"),
            Event::Notify => plain("notify"),
            Event::Park => plain("park"),
            Event::Unpark { other } => of_other("unpark", *other),
            Event::Unparked => plain("unparked"),
            Event::Lock { name } => named("lock", name),
            Event::LockWait { name } => named("lock-wait", name),
            Event::Unlock { name } => named("unlock", name),
            Event::Send { name } => named("send", name),
            Event::Receive { name } => named("receive", name),
            Event::ReceiveWait { name } => named("receive-wait", name),
            Event::Closed { name: Some(name) } => named("closed", name),
            Event::Closed { name: None } => plain("queue-closed"),
            Event::Timer { ms } => self.fill("timer", &[("ms", &self.number(ms))]),
            Event::Fired => plain("fired"),
            Event::Cancelled => plain("cancelled"),
            Event::State { name, value } => {
                self.fill("state", &[("name", &code(name)), ("value", &code(value))])
            }
            Event::Panic { value } => self.fill("panic", &[thread, ("value", &code(value))]),
            Event::Deadlock => plain("deadlock"),
            Event::Cut { value } => plain(match value {
                Limit::Time => "cut-time",
                Limit::Steps => "cut-steps",
                Limit::Output => "cut-output",
            }),
        }
    }

    /// What a step changes, as a pair of a list.
    fn change(&self, change: &Change<'_>) -> String {
        let (name, value) = match *change {
            Change::Queue([]) => (self.word("queue").to_owned(), self.word("empty").to_owned()),
            Change::Queue(tasks) => {
                let tasks: Vec<_> = tasks.iter().map(|task| self.task(*task)).collect();
                (self.word("queue").to_owned(), tasks.join(" · "))
            }
            Change::Thread(thread, state) => (
                self.fill("thread", &[("thread", &self.thread(thread))]),
                self.word(word_of_thread(state)).to_owned(),
            ),
            Change::Task(task, state) => {
                (self.task(task), self.word(word_of_task(state)).to_owned())
            }
            Change::Value(name, value) => (
                format!("<code>{}</code>", escape(name)),
                format!("<code>{}</code>", escape(value)),
            ),
        };
        format!("<div><dt>{name}</dt><dd>{value}</dd></div>")
    }

    fn task(&self, task: usize) -> String {
        self.fill("task", &[("task", &self.number(task))])
    }

    /// What a script makes the player of.
    fn player(&self, steps: usize) -> String {
        let word = |name| escape(self.word(name));
        let mut buttons = String::new();
        for name in BUTTONS {
            let pause = match name {
                "play" => format!(" data-pause=\"{}\"", word("pause")),
                _ => String::new(),
            };
            let label = word(name);
            let _ = write!(
                buttons,
                "<button type=\"button\" data-do=\"{name}\" aria-label=\"{label}\" title=\"{label}\"{pause}></button>"
            );
        }
        format!(
            "<div class=\"player\" role=\"group\" aria-label=\"{}\"><div class=\"controls\">{buttons}\
             <input type=\"range\" min=\"1\" max=\"{steps}\" value=\"1\" aria-label=\"{}\"><output></output>\
             <label><input type=\"checkbox\" data-do=\"quiz\"> {}</label></div>\
             <p class=\"caption\" aria-live=\"polite\"></p><dl class=\"now\"></dl>\
             <div class=\"quiz\" hidden><p>{}</p><div class=\"choices\"></div>\
             <p class=\"verdict\" aria-live=\"polite\" data-right=\"{}\" data-wrong=\"{}\"></p></div></div>",
            word("player"),
            word("step"),
            word("quiz"),
            word("question"),
            word("right"),
            word("wrong"),
        )
    }
}

fn word_of_thread(state: Thread) -> &'static str {
    match state {
        Thread::Absent | Thread::Started | Thread::Runs => "thread-runs",
        Thread::Parked => "thread-parked",
        Thread::Lock => "thread-lock",
        Thread::Message => "thread-message",
        Thread::Join => "thread-join",
        Thread::Idle => "thread-idle",
        Thread::Condvar => "thread-condvar",
        Thread::Timer => "thread-timer",
        Thread::Ended => "thread-ended",
    }
}

fn word_of_task(state: Task) -> &'static str {
    match state {
        Task::Absent | Task::New => "task-new",
        Task::Queued => "task-queued",
        Task::Taken => "task-taken",
        Task::Woken => "task-woken",
        Task::Polled => "task-polled",
        Task::Waits => "task-waits",
        Task::Finished => "task-finished",
    }
}
