//! The probes: what the tool puts into the copy of a program.
//!
//! A probe says where it stands by `Location::caller`, so it stands on the line that it speaks of.

use ::std::{
    cell::RefCell,
    future::IntoFuture,
    mem::ManuallyDrop,
    panic::{self, Location},
    pin::Pin,
    ptr,
    sync::{Arc, Mutex, MutexGuard, Once, PoisonError, Weak},
    task::{Context, Poll, RawWaker, RawWakerVTable, Waker},
};

use crate::{
    schedule,
    trace::{self, Field},
};

pub use crate::trace::Frame;

/// The values of a future that are enums: the name of the field (empty for the future itself), and the variant.
pub type State = Vec<(&'static str, &'static str)>;

/// Records what this thread does at `place`, and returns the number of the event.
pub(crate) fn event(place: &'static Location<'static>, event: &str, fields: &[Field<'_>]) -> usize {
    hook();
    let me = schedule::me();
    trace::write(me, Some(place), event, fields)
}

/// A panic is an event, too. What else happens at a panic goes on as before.
fn hook() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| crate::panic::set_hook(panic::take_hook()));
}

/// The line on which this stands is executed.
#[track_caller]
pub fn line() {
    let place = Location::caller();
    schedule::count_line();
    trace::at(place);
    event(place, "line", &[]);
}

/// A value, after something else has been done: for an expression that can't have a statement before it.
pub fn then<T>((): (), value: T) -> T {
    value
}

/// A function is entered. It is left when what this returns is dropped.
#[must_use]
pub fn frame() -> Frame {
    Frame::enter()
}

// What this thread polls.

#[derive(Clone, Copy)]
struct Task {
    number: usize,
    /// How many polls of this task are inside of each other.
    depth: usize,
}

thread_local! {
    /// The tasks that this thread polls, one inside of another (`block_on` within a task).
    static POLLED: RefCell<Vec<Task>> = const { RefCell::new(Vec::new()) };
    /// The tasks that this thread wakes at this moment.
    static WOKEN: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// The task that this thread wakes at this moment.
pub(crate) fn woken() -> Option<usize> {
    WOKEN
        .try_with(|woken| woken.borrow().last().copied())
        .ok()?
}

fn polled() -> Option<Task> {
    POLLED
        .try_with(|polled| polled.borrow().last().copied())
        .ok()?
}

/// A poll goes on until this is dropped.
struct Polling {
    entered: bool,
    _frame: Frame,
}

impl Polling {
    fn enter(task: usize) -> Self {
        POLLED.with_borrow_mut(|polled| match polled.last_mut() {
            Some(inner) if inner.number == task => inner.depth += 1,
            _ => polled.push(Task {
                number: task,
                depth: 0,
            }),
        });
        Self {
            entered: true,
            _frame: Frame::enter(),
        }
    }

    fn depth(&self) -> usize {
        polled().map_or(0, |task| task.depth)
    }
}

impl Drop for Polling {
    fn drop(&mut self) {
        if self.entered {
            POLLED.with_borrow_mut(|polled| match polled.last_mut() {
                Some(task) if task.depth > 0 => task.depth -= 1,
                _ => drop(polled.pop()),
            });
        }
    }
}

/// A poll that somebody has written: `body`, of a future of type `S` called `name`.
///
/// `state` is asked before and after it.
#[track_caller]
#[expect(
    clippy::not_unsafe_ptr_arg_deref,
    reason = "a program that forbids unsafe code can be recorded, too; only the tool writes this call"
)]
pub fn poll<S, T>(
    name: &'static str,
    this: *const S,
    state: impl Fn(&S) -> State,
    cx: &mut Context<'_>,
    body: impl FnOnce(&mut Context<'_>) -> Poll<T>,
) -> Poll<T> {
    // SAFETY: `this` comes from the `Pin<&mut S>` that the caller has been given, which lives for the whole poll, and
    // at both times nobody else uses it: before the body, and after the body that has consumed it. Pinning means that
    // it is not moved; a body that drops it in place and is then looked at would be wrong without us, too.
    let look = || state(unsafe { &*this });
    let before = look();
    let place = Location::caller();
    observed(place, name, cx, body, || {
        for (index, (field, value)) in look().into_iter().enumerate() {
            if before.get(index) != Some(&(field, value)) {
                let dot = if field.is_empty() { "" } else { "." };
                event(
                    place,
                    "state",
                    &[
                        Field::Text("name", &format!("{name}{dot}{field}")),
                        Field::Text("value", value),
                    ],
                );
            }
        }
    })
}

/// Runs a poll, with a waker that is recorded, and records the answer. `after` runs between the two.
fn observed<T>(
    place: &'static Location<'static>,
    name: &'static str,
    cx: &mut Context<'_>,
    body: impl FnOnce(&mut Context<'_>) -> Poll<T>,
    after: impl FnOnce(),
) -> Poll<T> {
    let future = Field::Text("future", name);
    // Not `will_wake`, which compares addresses: each crate may have a table of its own.
    let noop = Waker::noop();
    if (cx.waker().data(), cx.waker().vtable()) == (noop.data(), noop.vtable()) {
        event(place, "poll", &[future]);
        let _frame = Frame::enter();
        let answer = body(cx);
        after();
        event(place, word(&answer), &[Field::Text("future", name)]);
        return answer;
    }
    let (waker, task) = match Watched::of(cx.waker()) {
        Some(watched) => (None, watched.task),
        None => {
            let (waker, task) = watch(place, name, Given::Borrowed(cx.waker()));
            (Some(Lent(ManuallyDrop::new(waker.into_waker()))), task)
        }
    };
    let depth = polled()
        .filter(|inner| inner.number == task)
        .map_or(0, |inner| inner.depth + 1);
    let fields = |task: usize| {
        [
            Field::Text("future", name),
            Field::Number("depth", depth),
            Field::Number("task", task),
        ]
    };
    event(place, "poll", &fields(task));
    let polling = Polling::enter(task);
    debug_assert_eq!(polling.depth(), depth);
    let answer = match &waker {
        Some(waker) => body(&mut Context::from_waker(&waker.0)),
        None => body(cx),
    };
    after();
    event(place, word(&answer), &fields(task));
    if answer.is_ready() && depth == 0 {
        event(place, "finished", &[Field::Number("task", task)]);
        for lender in &mut register().foreign {
            lender.finished |= lender.task == task;
        }
    }
    drop(polling);
    answer
}

fn word<T>(answer: &Poll<T>) -> &'static str {
    match answer {
        Poll::Ready(_) => "ready",
        Poll::Pending => "pending",
    }
}

/// A future whose polls are recorded.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Recorded<F> {
    name: &'static str,
    place: &'static Location<'static>,
    future: F,
}

/// Records the polls of a future: an async block, or the call of an async function.
#[track_caller]
pub fn future<F: Future>(name: &'static str, future: F) -> Recorded<F> {
    Recorded {
        name,
        place: Location::caller(),
        future,
    }
}

impl<F: Future> Future for Recorded<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let (name, place) = (self.name, self.place);
        // SAFETY: the future is pinned when we are. Nothing moves it out, and `Recorded` has no destructor of its own.
        let future = unsafe { self.map_unchecked_mut(|this| &mut this.future) };
        observed(place, name, cx, |cx| future.poll(cx), || ())
    }
}

/// A future that something awaits: each wait for it is recorded.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Awaited<F> {
    name: &'static str,
    place: &'static Location<'static>,
    suspended: bool,
    future: F,
}

/// Records where an async function stops, and where it goes on.
#[track_caller]
pub fn awaiting<F: IntoFuture>(name: &'static str, future: F) -> Awaited<F::IntoFuture> {
    Awaited {
        name,
        place: Location::caller(),
        suspended: false,
        future: future.into_future(),
    }
}

impl<F: Future> Future for Awaited<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let (name, place) = (self.name, self.place);
        let fields = [Field::Text("future", name)];
        trace::at(place);
        if self.suspended {
            event(place, "resume", &fields);
        }
        // SAFETY: as in `Recorded`.
        let future = unsafe { self.as_mut().map_unchecked_mut(|this| &mut this.future) };
        let answer = {
            let _frame = Frame::enter();
            future.poll(cx)
        };
        if answer.is_pending() {
            // SAFETY: a flag is moved by nobody.
            unsafe { self.get_unchecked_mut() }.suspended = true;
            event(place, "suspend", &fields);
        }
        answer
    }
}

// Tasks and wakers.

/// All that is known about tasks and wakers.
#[derive(Default)]
struct Register {
    /// What wakers of tasks are made of, in the order of the tasks. Weak, so that an address is not used again, and
    /// the count of owners is the original's.
    tasks: Vec<Option<Box<dyn Made>>>,
    wakers: usize,
    foreign: Vec<Lender>,
}

/// An allocation of the program that stays allocated.
trait Made: Send + Sync {
    fn addr(&self) -> usize;
}

impl<T: ?Sized + Send + Sync> Made for Weak<T> {
    fn addr(&self) -> usize {
        self.as_ptr().addr()
    }
}

/// A waker that we have put into one of ours. `will_wake` of two of ours is to say what it says of the two inside.
///
/// It is known while the one of ours lives. A foreign one is known for polls at the same place until the task is finished.
struct Lender {
    foreign: Foreign,
    ours: Weak<Watched>,
    task: usize,
    number: usize,
    place: &'static Location<'static>,
    finished: bool,
}

/// What a waker of a library is: its data and its functions.
#[derive(PartialEq, Eq, Clone, Copy)]
struct Foreign(usize, usize);

fn register() -> MutexGuard<'static, Register> {
    static REGISTER: Mutex<Register> = Mutex::new(Register {
        tasks: Vec::new(),
        wakers: 0,
        foreign: Vec::new(),
    });
    REGISTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A task is made: `arc` is what its waker will be made of.
#[track_caller]
pub fn task<T: ?Sized + Send + Sync + 'static>(name: &'static str, arc: Arc<T>) -> Arc<T> {
    let place = Location::caller();
    schedule::me();
    let weak: Weak<T> = Arc::downgrade(&arc);
    let number = {
        let mut register = register();
        register.tasks.push(Some(Box::new(weak)));
        register.tasks.len()
    };
    created(place, number, name);
    arc
}

fn created(place: &'static Location<'static>, task: usize, name: &str) {
    let fields = [Field::Number("task", task), Field::Text("name", name)];
    event(place, "created", &fields);
}

/// Records what becomes of a waker that the program has made.
#[track_caller]
pub fn waker(waker: Waker) -> Waker {
    let place = Location::caller();
    let (waker, _task) = watch(place, "Waker", Given::Owned(waker));
    waker.into_waker()
}

enum Given<'a> {
    Owned(Waker),
    /// Of a poll whose caller we have not seen making it.
    Borrowed(&'a Waker),
}

/// Puts a waker into one of ours. The one that is only lent is not cloned: the program would see another owner.
fn watch(place: &'static Location<'static>, name: &str, given: Given<'_>) -> (Arc<Watched>, usize) {
    schedule::me();
    let (waker, is_foreign) = match given {
        Given::Owned(waker) => (ManuallyDrop::new(waker), false),
        // SAFETY: nobody drops this copy. It is used while the lender's lives, or a clone of it, which `Watched` owns.
        Given::Borrowed(waker) => (ManuallyDrop::new(unsafe { ptr::read(waker) }), true),
    };
    let data = waker.data().addr();
    let foreign = Foreign(data, ptr::from_ref(waker.vtable()).addr());
    let polled = polled();
    let (task, number, is_new, derived) = {
        let mut register = register();
        register
            .foreign
            .retain(|lender| !lender.finished || lender.ours.strong_count() > 0);
        let made_of =
            |task: &Option<Box<dyn Made>>| task.as_ref().is_some_and(|task| task.addr() == data);
        let known = register.tasks.iter().position(made_of).map(|at| at + 1);
        let before = register.foreign.iter().position(|lender| {
            let lives = lender.ours.strong_count() > 0;
            let polls_on =
                lender.place == place && polled.is_none_or(|outer| outer.number == lender.task);
            // A waker that wakes nothing that we know may be made for many tasks.
            let is_its = if is_foreign {
                lives || polls_on
            } else {
                lives && known.is_some()
            };
            lender.foreign == foreign && is_its
        });
        if let Some(at) = before {
            let lender = &mut register.foreign[at];
            let (task, number) = (lender.task, lender.number);
            let ours = lender.ours.upgrade().unwrap_or_else(|| {
                Arc::new(Watched {
                    waker,
                    task,
                    number,
                })
            });
            lender.ours = Arc::downgrade(&ours);
            drop(register);
            if !is_foreign {
                event(place, "waker", &ours.fields());
            }
            return (ours, task);
        }
        register.wakers += 1;
        let number = register.wakers;
        match (polled, known) {
            // A waker that a future makes for a future inside: it wakes the same task in the end.
            (Some(outer), known) if known != Some(outer.number) => {
                (outer.number, number, false, known)
            }
            (_, Some(known)) => (known, number, false, None),
            (_, None) => {
                register.tasks.push(None);
                (register.tasks.len(), number, true, None)
            }
        }
    };
    if is_new {
        created(place, task, name);
    }
    if let Some(inner) = derived {
        event(place, "derived", &[Field::Number("task", inner)]);
    }
    let ours = Arc::new(Watched {
        waker,
        task,
        number,
    });
    register().foreign.push(Lender {
        foreign,
        ours: Arc::downgrade(&ours),
        task,
        number,
        place,
        finished: !is_foreign,
    });
    if !is_foreign {
        event(place, "waker", &ours.fields());
    }
    (ours, task)
}

/// A waker of ours that stands for a lent one during a poll, and owns nothing of the lender's.
struct Lent(ManuallyDrop<Waker>);

impl Drop for Lent {
    fn drop(&mut self) {
        // SAFETY: it has been made by `into_waker`, which has put one count of the `Arc` aside, and is not used again.
        drop(unsafe { Arc::from_raw(self.0.data().cast::<Watched>()) });
    }
}

/// What a waker of ours points to. Each clone of it owns one clone of the original, so that owners are counted as ever.
struct Watched {
    waker: ManuallyDrop<Waker>,
    task: usize,
    number: usize,
}

impl Watched {
    fn of(waker: &Waker) -> Option<&Watched> {
        // SAFETY: a waker with our functions has been made by `into_waker`, and owns what its data points to.
        (waker.vtable() == &FUNCTIONS).then(|| unsafe { &*waker.data().cast::<Watched>() })
    }

    fn fields(&self) -> [Field<'static>; 2] {
        [
            Field::Number("task", self.task),
            Field::Number("waker", self.number),
        ]
    }

    /// The clone of the original that one waker owns.
    ///
    /// # Safety
    ///
    /// The caller owns a waker of ours, and gives it up.
    unsafe fn release(&self) -> Waker {
        // SAFETY: by the promise of the caller this is called once for each waker of ours, and each has put one clone
        // of the original aside (in `clone`, or the first one in `watch`).
        unsafe { ptr::read(&*self.waker) }
    }

    fn into_waker(self: Arc<Self>) -> Waker {
        // SAFETY: the functions below keep the contract: they own one count of the `Arc` for each waker, and `Watched`
        // is `Send` and `Sync`, as its `Waker` is.
        unsafe { Waker::new(Arc::into_raw(self).cast(), &FUNCTIONS) }
    }
}

static FUNCTIONS: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

/// # Safety
///
/// The four functions want the data of a waker that `into_waker` has made.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the data of a living waker of ours.
    let watched = unsafe { &*data.cast::<Watched>() };
    event(here(), "clone", &watched.fields());
    let waker = ManuallyDrop::new(Waker::clone(&watched.waker));
    let data = if waker.data() == watched.waker.data() && waker.vtable() == watched.waker.vtable() {
        // SAFETY: as above; the new waker gets a count of its own.
        unsafe { Arc::increment_strong_count(data.cast::<Watched>()) };
        data
    } else {
        // A waker that is another one after each clone stays one here, too: each owns what it has.
        let (task, number) = (watched.task, watched.number);
        Arc::into_raw(Arc::new(Watched {
            waker,
            task,
            number,
        }))
        .cast()
    };
    RawWaker::new(data, &FUNCTIONS)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: the waker gives its count to us.
    let watched = unsafe { Arc::from_raw(data.cast::<Watched>()) };
    event(here(), "wake", &watched.fields());
    let _waking = Waking::begin(watched.task);
    // SAFETY: the waker is given up.
    unsafe { watched.release() }.wake();
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the data of a living waker of ours.
    let watched = unsafe { &*data.cast::<Watched>() };
    event(here(), "wake", &watched.fields());
    let _waking = Waking::begin(watched.task);
    watched.waker.wake_by_ref();
}

unsafe fn drop_waker(data: *const ()) {
    // SAFETY: the waker gives its count to us.
    let watched = unsafe { Arc::from_raw(data.cast::<Watched>()) };
    event(here(), "drop", &watched.fields());
    // SAFETY: the waker is given up.
    drop(unsafe { watched.release() });
}

/// The functions of a waker are not told who calls them: the place is the line that the thread has come to.
#[track_caller]
fn here() -> &'static Location<'static> {
    trace::place().unwrap_or_else(Location::caller)
}

/// A wake goes on until this is dropped.
struct Waking;

impl Waking {
    fn begin(task: usize) -> Self {
        let _ = WOKEN.try_with(|woken| woken.borrow_mut().push(task));
        Self
    }
}

impl Drop for Waking {
    fn drop(&mut self) {
        let _ = WOKEN.try_with(|woken| woken.borrow_mut().pop());
    }
}
