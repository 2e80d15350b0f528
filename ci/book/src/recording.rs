//! Recorded runs: what an example's program really did, step by step, as `examples/NAME/recordings/ID.json` says it, and as a
//! page shows it.
//!
//! A chapter asks for one with `{{#recording path/to/ID.json}}`, alone on a line. On the page it is a figure: a drawing with a
//! lane for each thread and task, the same as a list, and a template of the player that a script may put before them. All
//! that needs neither script nor style.

use std::{ops::Range, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{diagnostic::Diagnostic, example::Example, source::Source};

pub(crate) mod chapter;
mod drawing;
mod label;
mod page;
mod state;
mod words;

pub use page::html;
pub use words::Words;

/// The language of the fence that stands for a recording in an expanded chapter, with its id behind it.
pub(crate) const FENCE: &str = "recording";

/// A recorded run of a program.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// The command that runs it: `cargo run -p cast`.
    pub program: String,
    /// The names of its threads, `main` first; one without a name is called by its number.
    pub threads: Vec<String>,
    /// How many tasks it makes. They are numbered from 1.
    pub tasks: usize,
    /// What happened, in order.
    pub steps: Vec<Step>,
}

/// One thing that happened.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The thread that did it: an index into [`Recording::threads`].
    pub thread: usize,
    /// The line of code that did it, if the chapter shows it: a file from the repository's root, and a line from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub event: Event,
    /// The earlier step that made this one possible: an index into [`Recording::steps`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<usize>,
    /// The tasks in the ready queue, in order, if this step changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<Vec<usize>>,
}

/// What happened in a step.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the fields are explained at their first use, and mean the same in all"
)]
pub enum Event {
    /// The thread executes a line of code.
    Line { code: String },
    /// A task is made. Its waker wakes a `name`, a Rust type.
    Created { task: usize, name: String },
    /// A task is put in the ready queue.
    Queued { task: usize },
    /// A task is taken from the ready queue.
    Taken { task: usize },
    /// The ready queue is empty, and the thread waits for a task.
    Idle,
    /// A task is finished.
    Finished { task: usize },
    /// A future is polled: a type, "async block", or an async function's name. The outermost future is that of a task.
    Poll {
        future: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<usize>,
        #[serde(default)]
        depth: usize,
    },
    /// A future answers pending.
    Pending {
        future: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<usize>,
    },
    /// A future answers ready.
    Ready {
        future: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<usize>,
    },
    /// An async block or function stops where it awaits `future`.
    Suspend { future: String },
    /// An async block or function goes on where it awaits `future`.
    Resume { future: String },
    /// A waker is made.
    Waker { task: usize, waker: usize },
    /// A waker is cloned.
    Clone { task: usize, waker: usize },
    /// A waker is dropped.
    Drop { task: usize, waker: usize },
    /// A waker is woken.
    Wake { task: usize, waker: usize },
    /// Another thread is started.
    Spawn { other: usize },
    /// The thread begins.
    Start,
    /// The thread ends.
    End,
    /// The thread waits for the end of another.
    JoinWait { other: usize },
    /// Another thread has ended, and the thread that waits for it goes on.
    Join { other: usize },
    /// The thread parks.
    Park,
    /// Another thread is unparked.
    Unpark { other: usize },
    /// `park` returns.
    Unparked,
    /// A lock is taken: `Mutex<Shared>`.
    Lock { name: String },
    /// The thread waits for a lock.
    LockWait { name: String },
    /// A lock is released.
    Unlock { name: String },
    /// A message of the type `name` is sent.
    Send { name: String },
    /// A message is received.
    Receive { name: String },
    /// The thread waits for a message.
    ReceiveWait { name: String },
    /// A receiver finds that all senders are gone. Without a name, it is the one of the ready queue.
    Closed {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// The thread waits for room in a channel.
    SendWait { name: String },
    /// The thread waits for a condition variable.
    CondvarWait,
    /// A condition variable is notified.
    Notify,
    /// A timer is armed.
    Timer { ms: u64 },
    /// A timer fires.
    Fired,
    /// A timer is cancelled.
    Cancelled,
    /// A named value has changed.
    State { name: String, value: String },
    /// The thread panics.
    Panic { value: String },
    /// No thread can go on.
    Deadlock,
    /// The recording ends here, and the program does not.
    Cut { value: Limit },
}

/// What a recording may not exceed.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// It took too long.
    Time,
    /// It has too many steps.
    Steps,
    /// It printed too much.
    Output,
}

/// A recording whose steps are still text, so that it is known where each stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outline<'a> {
    program: String,
    threads: Vec<String>,
    tasks: usize,
    #[serde(borrow)]
    steps: Vec<&'a RawValue>,
}

impl Recording {
    /// Reads a recording.
    ///
    /// # Errors
    ///
    /// A file that is not JSON or not a recording, and the first step that names what is not there.
    pub fn parse(source: &Arc<Source>) -> Result<Self, Diagnostic> {
        let outline: Outline<'_> =
            serde_json::from_str(&source.text).map_err(|error| unread(source, 0, &error))?;
        let mut recording = Self {
            program: outline.program,
            threads: outline.threads,
            tasks: outline.tasks,
            steps: Vec::with_capacity(outline.steps.len()),
        };
        if recording.threads.is_empty() || outline.steps.is_empty() {
            return Err(bad(source, 0..1, "a recording has a thread and a step"));
        }
        for raw in outline.steps {
            // A raw value is a piece of the text that it was read from.
            let start = raw.get().as_ptr() as usize - source.text.as_ptr() as usize;
            let step: Step =
                serde_json::from_str(raw.get()).map_err(|error| unread(source, start, &error))?;
            if let Some(problem) = recording.problem(&step) {
                return Err(bad(source, start..start + raw.get().len(), &problem));
            }
            recording.steps.push(step);
        }
        Ok(recording)
    }

    /// What the next step names that is not there.
    fn problem(&self, step: &Step) -> Option<String> {
        let no_thread = |thread: &usize| *thread >= self.threads.len();
        let no_task = |task: &usize| !(1..=self.tasks).contains(task);
        let threads = [Some(step.thread), step.event.other()];
        if let Some(thread) = threads.into_iter().flatten().find(no_thread) {
            return Some(format!("there is no thread {thread}"));
        }
        let queue = step.queue.iter().flatten().copied();
        if let Some(task) = step.event.task().into_iter().chain(queue).find(no_task) {
            return Some(format!("there is no task {task}"));
        }
        if step.cause.is_some_and(|cause| cause >= self.steps.len()) {
            return Some("the cause of a step comes before it".to_owned());
        }
        let is_line = |at: &String| {
            at.rsplit_once(':')
                .is_some_and(|(file, line)| !file.is_empty() && line.parse::<usize>().is_ok())
        };
        (!step.at.iter().all(is_line)).then(|| "`at` is a file and a line, `FILE:LINE`".to_owned())
    }

    /// The recording as its file holds it: a line for each step, so that a difference shows the step.
    pub fn to_json(&self) -> String {
        let steps: Vec<_> = self.steps.iter().map(json).collect();
        format!(
            "{{\"program\": {},\n\"threads\": {},\n\"tasks\": {},\n\"steps\": [\n{}\n]}}\n",
            json(&self.program),
            json(&self.threads),
            self.tasks,
            steps.join(",\n"),
        )
    }
}

impl Event {
    /// The task that it is about.
    pub fn task(&self) -> Option<usize> {
        match *self {
            Self::Created { task, .. }
            | Self::Queued { task }
            | Self::Taken { task }
            | Self::Finished { task }
            | Self::Waker { task, .. }
            | Self::Clone { task, .. }
            | Self::Drop { task, .. }
            | Self::Wake { task, .. } => Some(task),
            Self::Poll { task, .. } | Self::Pending { task, .. } | Self::Ready { task, .. } => task,
            _ => None,
        }
    }

    /// The other thread that it is about.
    pub fn other(&self) -> Option<usize> {
        match *self {
            Self::Spawn { other }
            | Self::JoinWait { other }
            | Self::Join { other }
            | Self::Unpark { other } => Some(other),
            _ => None,
        }
    }

    /// Whether a reader can be asked what happens next before this is shown.
    fn is_question(&self) -> bool {
        matches!(
            self,
            Self::Taken { .. }
                | Self::Finished { .. }
                | Self::Poll { .. }
                | Self::Pending { .. }
                | Self::Ready { .. }
                | Self::Wake { .. }
                | Self::Park
                | Self::Unparked
                | Self::LockWait { .. }
                | Self::ReceiveWait { .. }
                | Self::Idle
                | Self::Closed { .. }
                | Self::Fired
                | Self::Panic { .. }
                | Self::Deadlock
        )
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("text and numbers, written to memory")
}

/// The id of a recording on a page, which its file is named by.
pub fn id(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// The number of the step that the id of a place on a page means: `map-7`, for the recording `map`.
pub(crate) fn step_of(fragment: &str, id: &str) -> Option<usize> {
    let number = fragment.strip_prefix(id)?.strip_prefix('-')?;
    (!number.starts_with(['0', '+'])).then(|| number.parse().ok())?
}

/// How to get a recording right: by making it again.
pub(crate) fn remedy(file: &Path) -> String {
    let chapter = Example::folder_of(file).map(|folder| {
        let parts: Vec<_> = folder.splitn(3, '_').take(2).collect();
        format!(" {}", parts.join("_"))
    });
    format!("run `cargo book record{}`", chapter.unwrap_or_default())
}

fn bad(source: &Arc<Source>, span: Range<usize>, problem: &str) -> Diagnostic {
    Diagnostic::new("bad-recording", problem)
        .at(source.place(span), "")
        .help(remedy(Path::new(&source.path)))
}

/// What is wrong with JSON that begins at `start`.
fn unread(source: &Arc<Source>, start: usize, error: &serde_json::Error) -> Diagnostic {
    let text = &source.text[start..];
    let above = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let mut at = start + above.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
    at = source.text.floor_char_boundary(at);
    let length = source.text[at..].chars().next().map_or(0, char::len_utf8);
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(&*message, |(said, _)| said);
    bad(source, at..at + length, message)
}

#[cfg(test)]
mod tests;
