//! What is written: one line of JSON for each event, in the file that the variable `RECORDING` names.
//!
//! Each line is written when it happens, so that a program that hangs or is killed leaves what it did until then.
//! A line has the `thread`, the `stack` (places in the source, the innermost first), the name of the `event`, and its
//! fields. The number of a line in the file, from 0, is the number by which a later event names it as its `cause`.

use ::std::{
    cell::RefCell,
    env,
    fmt::{self, Write as _},
    fs::File,
    io::Write as _,
    panic::Location,
    sync::{Mutex, OnceLock, PoisonError},
};

/// The variable that holds the path of the file.
const FILE: &str = "RECORDING";

/// After so many events the recording ends, and the program goes on.
const MOST_EVENTS: usize = 20_000;

/// So many places of a stack are written, the innermost. A program that calls itself has very many.
const MOST_PLACES: usize = 40;

thread_local! {
    /// Where this thread is: one place for each function that it is in.
    static STACK: RefCell<Vec<Option<&'static Location<'static>>>> = const { RefCell::new(Vec::new()) };
}

/// A function, or a poll of an async block, goes on until this is dropped.
#[derive(Debug)]
pub struct Frame(());

impl Frame {
    /// Enters a function.
    pub(crate) fn enter() -> Self {
        let _ = STACK.try_with(|stack| stack.borrow_mut().push(None));
        Self(())
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        let _ = STACK.try_with(|stack| stack.borrow_mut().pop());
    }
}

/// Says that this thread is at `place` now.
pub(crate) fn at(place: &'static Location<'static>) {
    let _ = STACK.try_with(|stack| {
        let mut stack = stack.borrow_mut();
        match stack.last_mut() {
            Some(top) => *top = Some(place),
            None => stack.push(Some(place)),
        }
    });
}

/// Where this thread is.
pub(crate) fn place() -> Option<&'static Location<'static>> {
    STACK
        .try_with(|stack| stack.borrow().iter().rev().flatten().next().copied())
        .ok()?
}

/// A field of an event.
pub(crate) enum Field<'a> {
    Number(&'static str, usize),
    Text(&'static str, &'a str),
}

struct Trace {
    file: Option<File>,
    events: usize,
}

fn trace() -> &'static Mutex<Trace> {
    static TRACE: OnceLock<Mutex<Trace>> = OnceLock::new();
    TRACE.get_or_init(|| {
        Mutex::new(Trace {
            // A new one: a program that starts itself again has recorded in it already.
            file: env::var_os(FILE).and_then(|path| File::create_new(path).ok()),
            events: 0,
        })
    })
}

/// Writes one event of `thread`, and returns its number.
pub(crate) fn write(
    thread: usize,
    place: Option<&'static Location<'static>>,
    event: &str,
    fields: &[Field<'_>],
) -> usize {
    let mut trace = trace().lock().unwrap_or_else(PoisonError::into_inner);
    let number = trace.events;
    trace.events += 1;
    let (event, fields) = match number {
        MOST_EVENTS => ("cut", [Field::Text("value", "steps")].as_slice()),
        0..MOST_EVENTS => (event, fields),
        // The last one of all.
        _ if event == "deadlock" => (event, fields),
        _ => return number,
    };
    let Some(file) = &mut trace.file else {
        return number;
    };
    let mut line = format!("{{\"thread\":{thread},\"stack\":[");
    let _ = STACK.try_with(|stack| {
        let stack = stack.borrow();
        let inner = place.filter(|place| stack.last() != Some(&Some(place)));
        let places = inner.iter().chain(stack.iter().rev().flatten());
        for (index, place) in places.take(MOST_PLACES).enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let _ = write!(line, "{comma}\"{}:{}\"", Json(place.file()), place.line());
        }
    });
    let _ = write!(line, "],\"event\":\"{event}\"");
    for field in fields {
        let _ = match field {
            Field::Number(name, value) => write!(line, ",\"{name}\":{value}"),
            Field::Text(name, value) => write!(line, ",\"{name}\":\"{}\"", Json(value)),
        };
    }
    line.push_str("}\n");
    // A full disk ends the recording early. The tool sees a half line then, and says so.
    let _ = file.write_all(line.as_bytes());
    number
}

/// Text as the inside of a JSON string.
struct Json<'a>(&'a str);

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '"' | '\\' => write!(f, "\\{letter}")?,
                control if control.is_control() => write!(f, "\\u{:04x}", u32::from(control))?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// The name of a type without the paths: `Mutex<Option<Task>>`.
pub(crate) fn short_name<T: ?Sized>() -> String {
    let mut short = String::new();
    let mut word = String::new();
    let mut rest = ::std::any::type_name::<T>();
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("::") {
            // A path: what came before is a module. After `>` it is a type, and stays.
            word.clear();
            rest = after;
            continue;
        }
        if letter.is_alphanumeric() || matches!(letter, '_' | '{' | '}' | '#') {
            word.push(letter);
        } else {
            short += &word;
            word.clear();
            short.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    short + &word
}

#[cfg(test)]
mod tests {
    use ::std::{collections::VecDeque, sync::Arc};

    use super::*;

    #[test]
    fn a_type_is_named_without_its_modules() {
        assert_eq!(short_name::<Arc<File>>(), "Arc<File>");
        assert_eq!(
            short_name::<Option<VecDeque<(u8, String)>>>(),
            "Option<VecDeque<(u8, String)>>"
        );
        assert_eq!(short_name::<()>(), "()");
    }

    #[test]
    fn text_is_escaped_as_json_wants_it() {
        assert_eq!(
            Json("say \"tea\\milk\"\n").to_string(),
            "say \\\"tea\\\\milk\\\"\\u000a"
        );
    }
}
