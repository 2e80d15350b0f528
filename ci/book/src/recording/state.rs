//! What is so after each step: which thread waits for what, where each task is.

use super::{Event, Recording, Step};

/// What a thread does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thread {
    /// It is not there yet.
    Absent,
    /// It is started, and has not begun.
    Started,
    Runs,
    Parked,
    /// It waits for a lock.
    Lock,
    /// It waits for a message.
    Message,
    /// It waits for the end of another thread.
    Join,
    /// It waits for a task in the ready queue.
    Idle,
    /// It waits for a condition variable.
    Condvar,
    /// It waits for a time.
    Timer,
    Ended,
}

/// Where a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// It is not there yet.
    Absent,
    New,
    Queued,
    /// It was taken from the queue, and is not polled yet.
    Taken,
    /// It was woken, and is in no queue.
    Woken,
    Polled,
    Waits,
    Finished,
}

/// What a step changes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change<'a> {
    Queue(&'a [usize]),
    Thread(usize, Thread),
    Task(usize, Task),
    Value(&'a str, &'a str),
}

/// A step, and what is so after it.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) step: &'a Step,
    pub(super) changes: Vec<Change<'a>>,
    pub(super) threads: Vec<Thread>,
    /// The task 1 first.
    pub(super) tasks: Vec<Task>,
}

/// The steps of a recording.
pub(super) fn rows(recording: &Recording) -> Vec<Row<'_>> {
    let mut now = Now {
        threads: vec![Thread::Absent; recording.threads.len()],
        tasks: vec![Task::Absent; recording.tasks],
        marks: vec![Mark::default(); recording.tasks],
    };
    let rows = recording.steps.iter().map(|step| {
        let (threads, tasks) = (now.threads.clone(), now.tasks.clone());
        now.follow(step);
        let mut changes = Vec::new();
        changes.extend(step.queue.as_deref().map(Change::Queue));
        let changed = now.threads.iter().zip(threads).enumerate();
        changes.extend(
            changed
                .filter(|(_, (now, before))| *now != before && **now != Thread::Started)
                .map(|(thread, (now, _))| Change::Thread(thread, *now)),
        );
        let changed = now.tasks.iter().zip(tasks).enumerate();
        changes.extend(
            changed
                .filter(|(_, (now, before))| *now != before)
                .map(|(task, (now, _))| Change::Task(task + 1, *now)),
        );
        if let Event::State { name, value } = &step.event {
            changes.push(Change::Value(name, value));
        }
        Row {
            step,
            changes,
            threads: now.threads.clone(),
            tasks: now.tasks.clone(),
        }
    });
    rows.collect()
}

struct Now {
    threads: Vec<Thread>,
    tasks: Vec<Task>,
    marks: Vec<Mark>,
}

/// What happened to a task while it was polled.
#[derive(Clone, Copy, Default)]
struct Mark {
    queued: bool,
    woken: bool,
}

impl Now {
    fn follow(&mut self, step: &Step) {
        if let Some(task) = step.event.task() {
            self.follow_task(task - 1, &step.event);
        }
        self.threads[step.thread] = match step.event {
            Event::Park => Thread::Parked,
            Event::LockWait { .. } => Thread::Lock,
            Event::ReceiveWait { .. } | Event::SendWait { .. } => Thread::Message,
            Event::JoinWait { .. } => Thread::Join,
            Event::Idle => Thread::Idle,
            Event::CondvarWait => Thread::Condvar,
            Event::Timer { .. } => Thread::Timer,
            Event::End => Thread::Ended,
            // A wait that no step ends goes on.
            Event::Deadlock | Event::Cut { .. } => self.threads[step.thread],
            _ => Thread::Runs,
        };
        if let Event::Spawn { other } = step.event {
            self.threads[other] = Thread::Started;
        }
    }

    fn follow_task(&mut self, task: usize, event: &Event) {
        let mark = &mut self.marks[task];
        let state = &mut self.tasks[task];
        match event {
            Event::Created { .. } => *state = Task::New,
            Event::Queued { .. } => mark.queued = true,
            Event::Taken { .. } => mark.queued = false,
            Event::Wake { .. } => mark.woken = true,
            Event::Poll { .. } => mark.woken = false,
            _ => {}
        }
        *state = match (event, *state) {
            (_, Task::Finished) | (Event::Finished { .. }, _) => Task::Finished,
            (Event::Poll { .. }, _) => Task::Polled,
            (Event::Pending { .. }, _) if mark.queued => Task::Queued,
            (Event::Pending { .. }, _) if mark.woken => Task::Woken,
            (Event::Pending { .. }, _) => Task::Waits,
            (_, Task::Polled) => Task::Polled,
            (Event::Queued { .. }, _) => Task::Queued,
            (Event::Taken { .. }, _) => Task::Taken,
            (Event::Wake { .. }, Task::New | Task::Waits) => Task::Woken,
            (_, state) => state,
        };
    }
}
