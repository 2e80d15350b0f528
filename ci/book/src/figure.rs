//! The code blocks of a page: highlighted, with their hidden lines marked, when the book is built.
//!
//! Both doors put HTML in the place of the fences of an expanded chapter. What reads fences, as `mdbook test` does, gets
//! the chapter from before that.

use std::{ops::Range, sync::Arc};

use textwrap::core::display_width;

use crate::{
    chapter::{Fence, structure},
    comment::ISOLATES,
    html::escape,
    project::Language,
    recording::{self, FENCE, Recording},
    snippet::{EMPTY_MAIN, LINES, NO_PLAYGROUND},
    source::Source,
};

mod highlight;

/// What the HTML of a figure begins with. A block of HTML that begins with a comment ends, for Markdown, on the line that
/// the comment ends on; any other would go on up to the next empty line, and swallow what directly follows the fence.
const OPENING: &str = "<!---->";

/// What begins the line of a command in a `console` block.
const PROMPT: &str = "$ ";

/// A chapter with its fences as figures, in the words of a language.
pub fn figures(text: &str, language: &Language) -> String {
    let source = Arc::new(Source::new("", text));
    let text = &source.text;
    let mut page = String::with_capacity(text.len() * 2);
    let mut end = 0;
    for fence in structure(&source).fences {
        page += &text[end..fence.span.start];
        // One line, because a list or a quote would want its marks before each further one.
        page += OPENING;
        page += &recorded(&fence, language)
            .unwrap_or_else(|| figure(&fence, &language.strings.unfold))
            .replace('\n', "&#10;");
        end = fence.span.start + text[fence.span.clone()].trim_end().len();
    }
    page + &text[end..]
}

/// The recorded run that a fence stands for.
fn recorded(fence: &Fence, language: &Language) -> Option<String> {
    let (FENCE, Some(id)) = (fence.language(), fence.words().nth(1)) else {
        return None;
    };
    let recording: Recording = serde_json::from_str(&fence.text).ok()?;
    Some(recording::html(&recording, id, language))
}

fn figure(fence: &Fence, unfold: &str) -> String {
    let mut marks = String::new();
    let mut hides = false;
    let (language, code) = match fence.language() {
        "rust" => {
            let program = Program::new(&fence.text);
            hides = program.parts.iter().any(|part| part.hidden);
            if fence.has("compile_fail") {
                let code = fence.error_code().unwrap_or_default();
                marks = format!(" data-error=\"{code}\"");
            } else if runs(fence, &program) {
                marks = " data-run".to_owned();
            }
            if let Some(lines) = fence.words().find_map(|word| word.strip_prefix(LINES)) {
                marks += &format!(" data-lines=\"{}\"", escape(&lines.replace('+', ",")));
            }
            ("rust", program.html())
        }
        "console" => ("console", console(&fence.text)),
        "" => ("text", escape(&fence.text)),
        language => (language, escape(&fence.text)),
    };
    let unfold = if hides {
        let label = escape(unfold);
        format!("<input class=\"unfold\" type=\"checkbox\" aria-label=\"{label}\">")
    } else {
        String::new()
    };
    format!(
        "<figure class=\"code\" dir=\"ltr\"{marks}>{unfold}<pre tabindex=\"0\"><code class=\"{}\">{}</code></pre></figure>",
        escape(language),
        code.trim_end(),
    )
}

/// Whether the playground can run a block, and has something to show then.
fn runs(fence: &Fence, program: &Program) -> bool {
    let is_no = |mark: &str| fence.has(mark);
    !["no_run", NO_PLAYGROUND].into_iter().any(is_no)
        && program.text.contains("fn main")
        && !program.text.ends_with(&format!("\n{EMPTY_MAIN}\n"))
        && program.text.contains("print")
}

/// The code of a `rust` block, as the compiler sees it.
struct Program {
    text: String,
    parts: Vec<Part>,
}

/// Consecutive lines that are all shown, or all hidden.
struct Part {
    hidden: bool,
    end: usize,
}

impl Program {
    fn new(code: &str) -> Self {
        let mut program = Self {
            text: String::with_capacity(code.len()),
            parts: Vec::new(),
        };
        for line in code.lines() {
            let bare = line.trim_start();
            let (hidden, rest) = match bare.strip_prefix('#') {
                Some("") => (true, ""),
                Some(rest) if rest.starts_with('#') => (false, rest),
                Some(rest) => rest
                    .strip_prefix(' ')
                    .map_or((false, bare), |rest| (true, rest)),
                None => (false, bare),
            };
            program.text += &line[..line.len() - bare.len()];
            program.text += rest;
            program.text.push('\n');
            let end = program.text.len();
            match program.parts.last_mut() {
                Some(part) if part.hidden == hidden => part.end = end,
                _ => program.parts.push(Part { hidden, end }),
            }
        }
        program
    }

    fn html(&self) -> String {
        let mut html = String::with_capacity(self.text.len() * 3);
        let mut runs = highlight::rust(&self.text).into_iter().peekable();
        let mut at = 0;
        for part in &self.parts {
            if part.hidden {
                html += "<span class=\"boring\">";
            }
            while at < part.end
                && let Some(run) = runs.peek()
            {
                // A comment goes on over lines of which some may be hidden.
                let end = run.end.min(part.end);
                push_run(&mut html, run.class, &self.text, at..end);
                at = end;
                runs.next_if(|run| run.end == end);
            }
            if part.hidden {
                html += "</span>";
            }
        }
        html
    }
}

/// Code of one colour: some bytes of a program.
fn push_run(html: &mut String, class: Option<&str>, program: &str, run: Range<usize>) {
    let text = &program[run.clone()];
    let Some(class) = class else {
        *html += &escape(text);
        return;
    };
    let end = run.start + text.trim_end().len();
    *html += &format!("<span class=\"{class}\">");
    push_isolated(html, program, run.start..end);
    *html += "</span>";
    *html += &program[end..run.end];
}

/// Code with tags in the place of the characters that isolate the text in its comments. Copied with the code, the characters
/// would be an error of rustc, which does not trust what it cannot see; tags are not copied.
///
/// A right-to-left text is told its column, so that on a narrow page it can be as wide as what is left of the line: its
/// beginning is at its right end, where nobody shall have to scroll to.
fn push_isolated(html: &mut String, program: &str, run: Range<usize>) {
    let [ltr, rtl, end] = ISOLATES;
    let mut at = run.start;
    for piece in program[run].split_inclusive(ISOLATES) {
        let text = piece.trim_end_matches(ISOLATES);
        *html += &escape(text);
        match piece[text.len()..].chars().next() {
            Some(mark) if mark == ltr => *html += "<bdi dir=\"ltr\">",
            Some(mark) if mark == rtl => {
                let before = &program[..at + text.len()];
                let line = before.rsplit('\n').next().unwrap_or_default();
                let column = display_width(line);
                *html += &format!("<bdi dir=\"rtl\" style=\"--column:{column}\">");
            }
            Some(mark) if mark == end => *html += "</bdi>",
            _ => {}
        }
        at += piece.len();
    }
}

/// What stands in a terminal: commands behind their prompts, and what they print.
fn console(text: &str) -> String {
    let lines = text
        .split_inclusive('\n')
        .map(|line| match line.trim_end().strip_prefix(PROMPT) {
            Some(command) => format!(
                "<span class=\"prompt\">{PROMPT}</span><span class=\"command\">{}</span>\n",
                escape(command)
            ),
            None => escape(line),
        });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language() -> Language {
        let text = include_str!("../../../src/en/language.toml");
        let mut language: Language = toml::from_str(text).unwrap();
        language.strings.unfold = "Show \"it\"".to_owned();
        language
    }

    /// The HTML of the fences of a chapter, without what all have in common.
    fn html(chapter: &str) -> String {
        figures(chapter, &language())
            .replace("<!----><figure class=\"code\" dir=\"ltr\"", "<figure")
            .replace("&#10;", "\n")
    }

    #[test]
    fn hidden_lines_stand_in_spans_of_whole_lines_behind_a_box() {
        assert_eq!(
            html("```rust\n# // a\n#\n  # // b\n// c\n  ## d\n#[e]\n# x\n#y\n```\n"),
            "<figure><input class=\"unfold\" type=\"checkbox\" aria-label=\"Show &quot;it&quot;\"><pre tabindex=\"0\"><code class=\"rust\"><span class=\"boring\"><span class=\"c\">// a\n\n  // b</span>\n</span><span class=\"c\">// c</span>\n  # d\n<span class=\"a\">#[e]</span>\n<span class=\"boring\">x\n</span>#y</code></pre></figure>\n"
        );
    }

    #[test]
    fn a_block_that_hides_nothing_has_no_box() {
        assert_eq!(
            html("```rust\nx\n```\n\n```\n# x\n```\n"),
            "<figure><pre tabindex=\"0\"><code class=\"rust\">x</code></pre></figure>\n\n<figure><pre tabindex=\"0\"><code class=\"text\"># x</code></pre></figure>\n"
        );
    }

    #[test]
    fn only_what_prints_in_the_playground_can_be_run() {
        const PRINTS: &str = "fn main() {\n    println!();\n}";
        for (info, code, marks) in [
            ("rust", PRINTS, " data-run"),
            ("rust", "# fn main() { print!(); }\nfn f() {}", " data-run"),
            ("rust,noplayground", PRINTS, ""),
            ("rust,no_run", PRINTS, ""),
            ("rust,compile_fail,E0277", PRINTS, " data-error=\"E0277\""),
            ("rust", "fn f() { print!(); }\n#\n# fn main() {}", ""),
            ("rust", "fn main() { f(); }", ""),
            ("text", PRINTS, ""),
        ] {
            let html = html(&format!("```{info}\n{code}\n```\n"));
            assert!(html.starts_with(&format!("<figure{marks}>")), "{html}");
        }
    }

    #[test]
    fn a_terminal_has_prompts_commands_and_output() {
        assert_eq!(
            html("```console\n$ a > b\n$b\n\n$ c\n```\n"),
            "<figure><pre tabindex=\"0\"><code class=\"console\"><span class=\"prompt\">$ </span><span class=\"command\">a &gt; b</span>\n$b\n\n<span class=\"prompt\">$ </span><span class=\"command\">c</span></code></pre></figure>\n"
        );
    }

    #[test]
    fn isolates_become_tags_which_close_where_lines_are_hidden() {
        let html = html("```rust\n  // \u{2067}یک \u{2066}`<T>`\u{2069}.\u{2069}\n# // two\n```\n");
        assert!(
            html.contains("  <span class=\"c\">// <bdi dir=\"rtl\" style=\"--column:5\">یک <bdi dir=\"ltr\">`&lt;T&gt;`</bdi>.</bdi></span>\n<span class=\"boring\"><span class=\"c\">// two</span>\n</span></code>"),
            "{html}"
        );
    }
}
