//! Whose turn it is: one thread runs at a time.
//!
//! 1. A thread keeps its turn until it waits for another one, in something that this crate knows. Then the one that has
//!    been ready for the longest time is next.
//! 2. Time stands still while a thread can run. When all of them wait, it goes to the earliest time that one of them
//!    waits for. The program really sleeps until then, so that clocks agree.
//! 3. When all wait, and none of them for a time, this is a deadlock: it is written down, and the program ends.
//! 4. A thread that waits for something this crate does not know (a socket, a lock in a library) would keep its turn for
//!    ever. It loses its turn after [`PATIENCE`], and queues for a new one at the next thing that it does here. Runs of
//!    such programs may differ.

use ::std::{
    cell::Cell,
    collections::VecDeque,
    fs, process,
    sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::trace::{self, Field};

/// How long the one whose turn it is may do nothing that we see, while others wait for a turn.
const PATIENCE: Duration = Duration::from_millis(50);

/// How long all must have waited for each other until we call it a deadlock: a thread that we don't know yet may come.
const GRACE: Duration = Duration::from_millis(200);

/// After so many lines without a wait, another thread has its turn: this one may be waiting in a loop.
const MOST_LINES: usize = 5_000;

/// So much time passes at once while a thread waits in a loop.
const TICK: Duration = Duration::from_millis(5);

/// What the process ends with after a deadlock. The original would not end.
const DEADLOCK: i32 = 111;

/// Something that threads wait for. Each lock, channel and thread has one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key(pub(crate) usize);

impl Key {
    /// A key that nothing else has.
    pub(crate) fn new() -> Self {
        let mut turns = turns();
        turns.keys += 1;
        Self(turns.keys)
    }

    /// The key for which a thread waits in `sleep`. Nobody notifies it.
    const SLEEP: Self = Self(0);
}

/// A key that is made when it is first used, because `Mutex::new` is a `const fn`.
#[derive(Default)]
pub(crate) struct LazyKey(OnceLock<Key>);

impl LazyKey {
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    pub(crate) fn get(&self) -> Key {
        *self.0.get_or_init(Key::new)
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Status {
    /// In the queue of those that can run, or having its turn.
    Ready,
    Waits {
        key: Key,
        until: Option<Duration>,
    },
    /// Lost its turn while it waited for something that we do not know.
    Elsewhere,
    Ended,
}

#[derive(Debug)]
struct Thread {
    status: Status,
    timed_out: bool,
    /// For `join`.
    end: Key,
    /// The event of its end, when it has ended.
    ended_by: Option<usize>,
    parking: Key,
    /// The event that has unparked it, until a park takes it.
    token: Option<usize>,
    /// The event that it was started by.
    started_by: Option<usize>,
    /// Whether the system has started it.
    began: bool,
    /// Its folder below /proc, where there is one.
    system: Option<String>,
}

#[derive(Default)]
struct Turns {
    threads: Vec<Thread>,
    running: Option<usize>,
    ready: VecDeque<usize>,
    /// The time by which those that wait are ordered. Real time is never behind it.
    now: Duration,
    /// How many things have been done. It tells that the running thread does something.
    done: usize,
    keys: usize,
    lines: usize,
    spins: usize,
}

static CHANGED: Condvar = Condvar::new();

thread_local! {
    static ME: Cell<Option<usize>> = const { Cell::new(None) };
}

fn turns() -> MutexGuard<'static, Turns> {
    static TURNS: OnceLock<Mutex<Turns>> = OnceLock::new();
    TURNS
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
}

impl Turns {
    fn add(&mut self, started_by: Option<usize>) -> usize {
        self.keys += 2;
        self.threads.push(Thread {
            status: Status::Ready,
            timed_out: false,
            end: Key(self.keys - 1),
            ended_by: None,
            parking: Key(self.keys),
            token: None,
            started_by,
            began: false,
            system: None,
        });
        self.threads.len() - 1
    }

    /// Gives the turn to the next one, if nobody has it and somebody can take it.
    fn next(&mut self) {
        if self.running.is_none() {
            self.running = self.ready.pop_front();
        }
        CHANGED.notify_all();
    }

    /// The one whose waiting ends first.
    fn earliest(&self) -> Option<(Duration, usize)> {
        let waits = self.threads.iter().enumerate();
        waits
            .filter_map(|(number, thread)| match thread.status {
                Status::Waits { until, .. } => Some((until?, number)),
                _ => None,
            })
            .min()
    }

    /// The first thread that waits.
    fn first_waits(&self) -> Option<usize> {
        let waits = |thread: &Thread| matches!(thread.status, Status::Waits { .. });
        self.threads.iter().position(waits)
    }

    fn let_time_pass(&mut self, (until, number): (Duration, usize)) {
        self.now = self.now.max(until);
        let thread = &mut self.threads[number];
        thread.timed_out = true;
        thread.status = Status::Ready;
        self.ready.push_back(number);
    }

    /// Whether the system says that this thread sleeps. Where the system says nothing, we take it as a yes.
    fn sleeps(&self, number: usize) -> bool {
        if !self.threads[number].began {
            return false;
        }
        let stat = self.threads[number]
            .system
            .as_ref()
            .and_then(|folder| fs::read_to_string(format!("/proc/{folder}/stat")).ok());
        // The state is the letter after the name, which is in parentheses.
        stat.and_then(|stat| Some(stat.rsplit_once(") ")?.1.starts_with('R'))) != Some(true)
    }
}

/// Waits until it is the turn of `me`, and looks after the others in the meantime.
fn await_turn(mut turns: MutexGuard<'static, Turns>, me: usize) -> MutexGuard<'static, Turns> {
    let mut seen = (usize::MAX, Instant::now());
    while turns.running != Some(me) {
        if matches!(turns.threads[me].status, Status::Elsewhere | Status::Ended) {
            // Back from where we do not know, or slower than our patience; or it destroys what is thread-local.
            turns.threads[me].status = Status::Ready;
            turns.ready.push_back(me);
            turns.next();
            continue;
        }
        if turns.done != seen.0 {
            seen = (turns.done, Instant::now());
        }
        let still = seen.1.elapsed();
        let mut wait = PATIENCE;
        match turns.running {
            None if !turns.ready.is_empty() => {
                turns.next();
                continue;
            }
            None => {
                let elsewhere = |thread: &Thread| {
                    thread.status == Status::Elsewhere && thread.ended_by.is_none()
                };
                match turns.earliest() {
                    Some(next) => {
                        // The first that waits for a time sleeps for all.
                        let rest = next.0.saturating_sub(turns.now);
                        if still >= rest {
                            turns.let_time_pass(next);
                            continue;
                        }
                        wait = rest - still;
                    }
                    None if turns.threads.iter().any(elsewhere) => {}
                    // The first of them says so, in every run.
                    None if still >= GRACE && turns.first_waits() == Some(me) => deadlock(me),
                    None => wait = GRACE.saturating_sub(still).max(PATIENCE),
                }
            }
            Some(running) if still >= PATIENCE && turns.sleeps(running) => {
                turns.threads[running].status = Status::Elsewhere;
                turns.running = None;
                turns.done += 1;
                turns.next();
                continue;
            }
            Some(_) => {}
        }
        turns = CHANGED
            .wait_timeout(turns, wait)
            .unwrap_or_else(PoisonError::into_inner)
            .0;
    }
    turns.done += 1;
    turns.threads[me].status = Status::Ready;
    turns
}

/// Ends the process. The caller holds the turns, so that nobody else does anything.
fn deadlock(me: usize) -> ! {
    trace::write(me, None, "deadlock", &[]);
    // On a thread of its own: an exit destroys what is thread-local in the program, which might want a turn.
    let ending = thread::Builder::new().spawn(|| process::exit(DEADLOCK));
    if ending.is_err() {
        process::abort();
    }
    loop {
        thread::park();
    }
}

/// The number of this thread, from 0 in the order in which they are started. It has its turn when this returns.
pub(crate) fn me() -> usize {
    enter().1
}

fn enter() -> (MutexGuard<'static, Turns>, usize) {
    let mut turns = turns();
    let known = ME.try_with(Cell::get).ok().flatten();
    let me = known.unwrap_or_else(|| {
        // Not started by us: the main thread, or one of a library.
        let me = turns.add(None);
        if turns.running.is_some() {
            turns.threads[me].status = Status::Elsewhere;
        } else {
            turns.running = Some(me);
        }
        introduce(&mut turns, me);
        me
    });
    let is_new = known.is_none();
    let turns = await_turn(turns, me);
    if is_new {
        name(me);
    }
    (turns, me)
}

/// Tells a thread its number, and us how the system calls it.
fn introduce(turns: &mut Turns, me: usize) {
    let _ = ME.try_with(|number| number.set(Some(me)));
    turns.threads[me].began = true;
    turns.threads[me].system = fs::read_link("/proc/thread-self")
        .ok()
        .and_then(|path| path.to_str().map(str::to_owned));
}

/// Writes the name of a thread, when it has its first turn.
fn name(me: usize) {
    let name = thread::current().name().unwrap_or_default().to_owned();
    trace::write(me, None, "named", &[Field::Text("name", &name)]);
}

/// Waits for a key, at most for a time. Says whether the time has come first.
pub(crate) fn wait(key: Key, most: Option<Duration>) -> bool {
    let (mut turns, me) = enter();
    let until = most.map(|most| turns.now.saturating_add(most));
    turns.threads[me].status = Status::Waits { key, until };
    turns.threads[me].timed_out = false;
    turns.running = None;
    turns.lines = 0;
    turns.next();
    let turns = await_turn(turns, me);
    turns.threads[me].timed_out
}

/// The time by which threads wait.
pub(crate) fn now() -> Duration {
    enter().0.now
}

/// Waits for a time.
pub(crate) fn sleep(time: Duration) {
    wait(Key::SLEEP, Some(time));
}

/// Ends the waiting of all that wait for `key`, or of the first of them. This thread keeps its turn.
pub(crate) fn notify(key: Key, all: bool) {
    let (mut turns, _me) = enter();
    for number in 0..turns.threads.len() {
        if matches!(turns.threads[number].status, Status::Waits { key: its, .. } if its == key) {
            turns.threads[number].status = Status::Ready;
            turns.ready.push_back(number);
            if !all {
                break;
            }
        }
    }
}

/// Gives the turn to another thread, if one can run. If none can, again and again, then time passes.
pub(crate) fn give_way() {
    let (mut turns, mut me) = enter();
    turns.lines = 0;
    if turns.ready.is_empty() {
        turns.spins += 1;
        if turns.spins < 100 {
            return;
        }
        let Some((until, _)) = turns.earliest() else {
            return;
        };
        let time = TICK.min(until.saturating_sub(turns.now));
        turns.now += time;
        drop(turns);
        thread::sleep(time);
        (turns, me) = enter();
        match turns.earliest() {
            Some(next) if next.0 <= turns.now => turns.let_time_pass(next),
            _ => return,
        }
    }
    turns.spins = 0;
    turns.ready.push_back(me);
    turns.running = None;
    turns.next();
    drop(await_turn(turns, me));
}

/// Counts a line, and gives way after very many.
pub(crate) fn count_line() {
    let (mut turns, _me) = enter();
    turns.lines += 1;
    if turns.lines > MOST_LINES {
        drop(turns);
        give_way();
    }
}

/// A place for a thread that is about to be started by the event `started_by`.
pub(crate) fn add(started_by: impl FnOnce(usize) -> usize) -> usize {
    let number = {
        let (mut turns, _me) = enter();
        turns.add(None)
    };
    let event = started_by(number);
    let (mut turns, _me) = enter();
    turns.threads[number].started_by = Some(event);
    turns.ready.push_back(number);
    number
}

/// Takes back the place of a thread that could not be started.
pub(crate) fn forget(number: usize) {
    let (mut turns, _me) = enter();
    turns.ready.retain(|&ready| ready != number);
    turns.threads[number].status = Status::Ended;
}

/// Begins the thread `me`, when it is its turn. Returns the event that started it.
pub(crate) fn begin(me: usize) -> usize {
    let mut turns = turns();
    introduce(&mut turns, me);
    let turns = await_turn(turns, me);
    name(me);
    turns.threads[me].started_by.unwrap_or_default()
}

/// Ends this thread, by the event `event`.
pub(crate) fn end(event: usize) {
    let (mut turns, me) = enter();
    turns.threads[me].status = Status::Ended;
    turns.threads[me].ended_by = Some(event);
    let key = turns.threads[me].end;
    for number in 0..turns.threads.len() {
        if matches!(turns.threads[number].status, Status::Waits { key: its, .. } if its == key) {
            turns.threads[number].status = Status::Ready;
            turns.ready.push_back(number);
        }
    }
    turns.running = None;
    turns.next();
}

/// Waits for the end of a thread. Returns the event of it.
pub(crate) fn join(number: usize) -> usize {
    loop {
        let key = {
            let (turns, _me) = enter();
            let thread = &turns.threads[number];
            if let Some(event) = thread.ended_by {
                return event;
            }
            thread.end
        };
        wait(key, None);
    }
}

/// Whether a thread has ended.
pub(crate) fn has_ended(number: usize) -> bool {
    let (turns, _me) = enter();
    turns.threads[number].ended_by.is_some()
}

/// Takes the token of this thread: the event that has left it. Waits for it, at most for a time.
pub(crate) fn park(most: Option<Duration>) -> Option<usize> {
    let key = {
        let (mut turns, me) = enter();
        if let Some(event) = turns.threads[me].token.take() {
            return Some(event);
        }
        turns.threads[me].parking
    };
    wait(key, most);
    let (mut turns, me) = enter();
    turns.threads[me].token.take()
}

/// Leaves a token for a thread: the event by which it is unparked.
pub(crate) fn unpark(number: usize, event: usize) {
    let key = {
        let (mut turns, _me) = enter();
        turns.threads[number].token.get_or_insert(event);
        turns.threads[number].parking
    };
    notify(key, true);
}
