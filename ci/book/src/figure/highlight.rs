//! Which parts of a Rust program have which colour: tree-sitter's reading of it.

use std::sync::LazyLock;

use tree_sitter_highlight::{HighlightConfiguration, HighlightEvent, Highlighter};

/// The names that tree-sitter's queries give, and the classes of them on a page. A name stands for those below it, too:
/// `comment` for `comment.documentation`. What has none of these names has the colour of the text.
const CLASSES: [(&str, &str); 11] = [
    ("attribute", "a"),
    ("comment", "c"),
    ("constant", "n"),
    ("constructor", "t"),
    ("function", "f"),
    ("function.macro", "m"),
    ("keyword", "k"),
    ("label", "l"),
    ("string", "s"),
    ("type", "t"),
    ("variable.builtin", "k"),
];

/// What is of one colour as a whole, whatever is in it.
const WHOLE: [&str; 3] = ["a", "c", "s"];

/// Where we see it otherwise than the grammar's own queries: the mark of a label belongs to it, `MAX` is a constant, and
/// what `Some(…)` calls is no function.
const MORE: &str = r#"
[(lifetime) (label)] @label
((identifier) @constant (#match? @constant "^[A-Z][A-Z0-9_]+$"))
(call_expression function: (identifier) @constructor (#match? @constructor "^[A-Z]"))
(call_expression function: (scoped_identifier name: (identifier) @constructor) (#match? @constructor "^[A-Z]"))
"#;

static RUST: LazyLock<HighlightConfiguration> = LazyLock::new(|| {
    let mut rust = HighlightConfiguration::new(
        tree_sitter_rust::LANGUAGE.into(),
        "rust",
        &format!("{}{MORE}", tree_sitter_rust::HIGHLIGHTS_QUERY),
        tree_sitter_rust::INJECTIONS_QUERY,
        "",
    )
    .expect("queries for this grammar");
    rust.configure(&CLASSES.map(|(name, _)| name));
    rust
});

/// A piece of a program in one colour.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Its class; none for the colour of the text.
    pub(super) class: Option<&'static str>,
    /// Its last byte. It begins where the one before it ends.
    pub(super) end: usize,
}

/// A program, taken apart.
pub(super) fn rust(program: &str) -> Vec<Run> {
    let mut highlighter = Highlighter::new();
    let events = highlighter
        .highlight(&RUST, program.as_bytes(), None, None, |_| Some(&RUST))
        .expect("a grammar of the library's version");
    let mut runs: Vec<Run> = Vec::new();
    let mut inside: Vec<&'static str> = Vec::new();
    for event in events {
        match event.expect("nobody cancels it") {
            HighlightEvent::HighlightStart(name) => inside.push(CLASSES[name.0].1),
            HighlightEvent::HighlightEnd => drop(inside.pop()),
            HighlightEvent::Source { end, .. } => {
                let whole = inside.iter().find(|class| WHOLE.contains(class));
                let class = whole.or(inside.last()).copied();
                push(&mut runs, program, class, end);
            }
        }
    }
    runs
}

/// Adds a run, or makes the last one longer: `pub fn` is one run, because nobody sees the colour of a space.
fn push(runs: &mut Vec<Run>, program: &str, class: Option<&'static str>, end: usize) {
    if let [.., before, space] = &mut runs[..]
        && space.class.is_none()
        && before.class == class
        && program[before.end..space.end].trim().is_empty()
    {
        before.end = end;
        runs.pop();
        return;
    }
    match runs.last_mut() {
        Some(last) if last.class == class => last.end = end,
        _ => runs.push(Run { class, end }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program with its classes in brackets.
    fn marked(program: &str) -> String {
        let mut at = 0;
        let runs = rust(program).into_iter().map(|run| {
            let text = &program[at..run.end];
            at = run.end;
            match run.class {
                Some(class) => format!("[{class} {text}]"),
                None => text.to_owned(),
            }
        });
        runs.collect()
    }

    #[test]
    fn a_program_has_its_colours() {
        assert_eq!(
            marked(
                "#[derive(Clone)]\n/// One.\nunsafe impl<'a, T: 'a> One<'a, T> {\n    pub async fn f(&mut self) -> u8 { MAX + 1 }\n}\n"
            ),
            "[a #[derive(Clone)]]\n[c /// One.\n][k unsafe impl]<[l 'a], [t T]: [l 'a]> [t One]<[l 'a], [t T]> {\n    [k pub async fn] [f f](&[k mut self]) -> [t u8] { [n MAX] + [n 1] }\n}\n"
        );
        assert_eq!(
            marked(
                "fn g() { 'outer: loop { if !Some(\"a\\n\").x(true).await? { break 'outer; } } }"
            ),
            "[k fn] [f g]() { [l 'outer]: [k loop] { [k if] ![t Some]([s \"a\\n\"]).[f x]([n true]).[k await]? { [k break] [l 'outer]; } } }"
        );
        assert_eq!(
            marked("println!(\"{}\", one.two(&Poll::Ready(3), Self::N)); // \"no\""),
            "[m println!]([s \"{}\"], one.[f two](&[t Poll]::[t Ready]([n 3]), [t Self]::[t N])); [c // \"no\"]"
        );
    }

    #[test]
    fn what_is_no_program_is_text_to_the_last_byte() {
        for text in ["", "\n", "fn (", "one: Waker { … }", "\"", "/* "] {
            assert_eq!(
                rust(text).last().map_or(0, |run| run.end),
                text.len(),
                "{text}"
            );
        }
    }
}
