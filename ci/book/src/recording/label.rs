//! What a row of the drawing says: short, and in the words of the code, which are the same in all languages.

use textwrap::core::display_width;

use super::Event;
use crate::project::Language;

/// The columns of the longest label.
const COLUMNS: usize = 34;

/// The label of a step.
pub(super) fn label(event: &Event) -> String {
    let label = match event {
        Event::Line { code } => code.clone(),
        Event::Created { name, .. } => format!("new {name}"),
        Event::Queued { task } => format!("push task {task}"),
        Event::Taken { task } => format!("pop task {task}"),
        Event::Finished { .. } => "finished".to_owned(),
        Event::Poll { future, .. } => format!("poll {future}"),
        Event::Pending { future, .. } => format!("{future}: Pending"),
        Event::Ready { future, .. } => format!("{future}: Ready"),
        Event::Suspend { future } => format!("{future}.await …"),
        Event::Resume { future } => format!("… {future}.await"),
        Event::Waker { waker, .. } => format!("Waker {waker}"),
        Event::Clone { waker, .. } => format!("clone() Waker {waker}"),
        Event::Drop { waker, .. } => format!("drop() Waker {waker}"),
        Event::Wake { waker, .. } => format!("wake() Waker {waker}"),
        Event::Spawn { .. } => "thread::spawn()".to_owned(),
        Event::Start => "start".to_owned(),
        Event::End => "end".to_owned(),
        Event::JoinWait { .. } => "join() …".to_owned(),
        Event::Join { .. } => "… join()".to_owned(),
        Event::Idle => "pop …".to_owned(),
        Event::SendWait { name } => format!("send {name} …"),
        Event::CondvarWait => "wait() …".to_owned(),
        Event::Notify => "notify()".to_owned(),
        Event::Park => "park() …".to_owned(),
        Event::Unpark { .. } => "unpark()".to_owned(),
        Event::Unparked => "… park()".to_owned(),
        Event::Lock { name } => format!("lock {name}"),
        Event::LockWait { name } => format!("lock {name} …"),
        Event::Unlock { name } => format!("unlock {name}"),
        Event::Send { name } => format!("send {name}"),
        Event::Receive { name } => format!("recv {name}"),
        Event::ReceiveWait { name } => format!("recv {name} …"),
        Event::Closed { .. } => "recv Err".to_owned(),
        Event::Timer { ms } => format!("timer {ms} ms"),
        Event::Fired => "timer fired".to_owned(),
        Event::Cancelled => "timer cancelled".to_owned(),
        Event::State { name, value } => format!("{name} = {value}"),
        Event::Panic { value } => format!("panic! {value}"),
        Event::Deadlock => "deadlock".to_owned(),
        Event::Cut { .. } => "…".to_owned(),
    };
    shortened(&label)
}

/// What a language calls a thread; one without a name is called by its number.
pub(super) fn thread_name(name: &str, language: &Language) -> String {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        language.typography.in_digits(name)
    } else {
        name.to_owned()
    }
}

fn shortened(label: &str) -> String {
    if display_width(label) <= COLUMNS {
        return label.to_owned();
    }
    let mut short = String::new();
    for char in label.chars() {
        if display_width(&short) + display_width(char.encode_utf8(&mut [0; 4])) >= COLUMNS {
            break;
        }
        short.push(char);
    }
    format!("{}…", short.trim_end())
}
