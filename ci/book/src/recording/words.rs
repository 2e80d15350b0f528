//! The words of recorded runs: the table `[strings.recording]` of a `language.toml`.

use std::{collections::BTreeMap, fmt, sync::LazyLock};

use regex::{Captures, Regex};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};

/// Each string, with the placeholders that it must have.
const STRINGS: [(&str, &[&str]); 81] = [
    // The figure.
    ("caption", &["program", "steps"]),
    ("drawing", &["steps"]),
    ("list", &["steps"]),
    ("thread", &["thread"]),
    ("task", &["task"]),
    ("queue", &[]),
    ("empty", &[]),
    // What a thread does, and where a task is.
    ("thread-runs", &[]),
    ("thread-parked", &[]),
    ("thread-lock", &[]),
    ("thread-message", &[]),
    ("thread-join", &[]),
    ("thread-idle", &[]),
    ("thread-condvar", &[]),
    ("thread-timer", &[]),
    ("thread-ended", &[]),
    ("task-new", &[]),
    ("task-queued", &[]),
    ("task-taken", &[]),
    ("task-woken", &[]),
    ("task-polled", &[]),
    ("task-waits", &[]),
    ("task-finished", &[]),
    // The player. What its script puts in, it writes in the digits of the page.
    ("player", &[]),
    ("first", &[]),
    ("back", &[]),
    ("play", &[]),
    ("pause", &[]),
    ("next", &[]),
    ("last", &[]),
    ("step", &[]),
    ("quiz", &[]),
    ("question", &[]),
    ("right", &["score", "asked"]),
    ("wrong", &["score", "asked"]),
    // The steps.
    ("line", &["thread", "code"]),
    ("created", &["thread", "task", "name"]),
    ("queued", &["task"]),
    ("taken", &["thread", "task"]),
    ("finished", &["task"]),
    ("poll-task", &["thread", "task", "future"]),
    ("poll", &["thread", "future"]),
    ("pending-task", &["task", "future"]),
    ("pending", &["future"]),
    ("ready-task", &["task", "future"]),
    ("ready", &["future"]),
    ("suspend", &["future"]),
    ("resume", &["future"]),
    ("waker", &["thread", "task", "waker"]),
    ("clone", &["thread", "task", "waker"]),
    ("drop", &["thread", "task", "waker"]),
    ("wake", &["thread", "task", "waker"]),
    ("spawn", &["thread", "other"]),
    ("start", &["thread"]),
    ("end", &["thread"]),
    ("join-wait", &["thread", "other"]),
    ("join", &["thread", "other"]),
    ("park", &["thread"]),
    ("unpark", &["thread", "other"]),
    ("unparked", &["thread"]),
    ("lock", &["thread", "name"]),
    ("lock-wait", &["thread", "name"]),
    ("unlock", &["thread", "name"]),
    ("send", &["thread", "name"]),
    ("receive", &["thread", "name"]),
    ("receive-wait", &["thread", "name"]),
    ("closed", &["thread", "name"]),
    ("queue-closed", &["thread"]),
    ("idle", &["thread"]),
    ("send-wait", &["thread", "name"]),
    ("condvar-wait", &["thread"]),
    ("notify", &["thread"]),
    ("timer", &["ms"]),
    ("fired", &[]),
    ("cancelled", &[]),
    ("state", &["name", "value"]),
    ("panic", &["thread", "value"]),
    ("deadlock", &[]),
    ("cut-time", &[]),
    ("cut-steps", &[]),
    ("cut-output", &[]),
];

static PLACEHOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{([^{}]*)\}").expect("a valid pattern"));

/// The words of recorded runs in a language: all of them, each with its placeholders.
#[derive(Clone, Debug)]
pub struct Words(BTreeMap<&'static str, String>);

impl Words {
    /// A string, with these values in the places of its placeholders.
    pub(super) fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        let value = |found: &Captures<'_>| {
            let value = values.iter().find(|(name, _)| *name == &found[1]);
            value.map_or(found[0].to_owned(), |(_, value)| (*value).to_owned())
        };
        PLACEHOLDER.replace_all(self.get(name), value).into_owned()
    }

    /// A string as it is.
    pub(super) fn get(&self, name: &str) -> &str {
        &self.0[name]
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Table)
    }
}

/// Reads the table.
struct Table;

impl<'de> Visitor<'de> for Table {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of strings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let mut words = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            match STRINGS.into_iter().find(|(known, _)| *known == name) {
                Some((name, placeholders)) => {
                    words.insert(name, map.next_value_seed(Template(placeholders))?);
                }
                None => {
                    map.next_value_seed(Unknown(&name))?;
                }
            }
        }
        match STRINGS
            .into_iter()
            .find(|(name, _)| !words.contains_key(name))
        {
            Some((name, _)) => Err(A::Error::missing_field(name)),
            None => Ok(Words(words)),
        }
    }
}

/// Reads a string that has these placeholders.
struct Template(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Template {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found: Vec<&str> = PLACEHOLDER
            .captures_iter(&text)
            .map(|found| found.get(1).map_or("", |name| name.as_str()))
            .collect();
        if let Some(unknown) = found.iter().find(|name| !self.0.contains(name)) {
            let message = format!("there is no value for the placeholder `{{{unknown}}}` here");
            return Err(D::Error::custom(message));
        }
        match self.0.iter().find(|name| !found.contains(name)) {
            Some(missing) => Err(D::Error::custom(format!(
                "the placeholder `{{{missing}}}` is missing"
            ))),
            None => Ok(text),
        }
    }
}

/// Refuses a string that nothing asks for, where it stands.
struct Unknown<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Unknown<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        IgnoredAny::deserialize(deserializer)?;
        let message = format!("recorded runs have no word `{}`", self.0);
        Err(D::Error::custom(message))
    }
}
