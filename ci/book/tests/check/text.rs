//! Whatever a chapter's text is, looking at it ends with findings and not with a panic, and what they point at exists.

use book::{check, diagnostic::Diagnostic, project::Project};

use crate::project::Book;

/// What chapters are made of, and where a parser may lose its way.
const PIECES: &[&str] = &[
    "# Title {#title}\n",
    "## Два {#two}\n",
    "### {#}\n",
    "Setext\nтекст {#s}\n---\n",
    "text ",
    "слово ",
    "字",
    "한",
    "می‌شود ",
    "🦀",
    "\u{301}",
    "\u{FEFF}",
    "\0",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "    ",
    "  ",
    "> ",
    "> > ",
    "- ",
    "1. ",
    "- [ ] ",
    "\\",
    "`",
    "``",
    "```",
    "```rust\n",
    "```rust,no_run,ignore\n",
    "~~~~text\n",
    "````\n",
    "\n```\n",
    "\n~~~~\n",
    "```rust &amp; \\` ",
    "    indented\n",
    "{{#include ",
    "{{#include ../../../examples/01_01_demo/src/lib.rs:first}}",
    "{{#include ../../../examples/01_01_demo/src/lib.rs:nö}}",
    "{{#include ../../..",
    "\\{{#",
    "{{ # x }}",
    "}}",
    "{{",
    "[a](",
    ")",
    "[b](02_two.md#two)",
    "![c](<a b>)",
    "[d][e]",
    "\n[e]: #e\n",
    "<https://x.y>",
    "<a@b.c>",
    "[^f]",
    "\n[^f]: note\n",
    "<a id=\"x\" href='y.md'>",
    "<img\nsrc=z>",
    "<!-- no_run: why -->\n",
    "<!--",
    "-->",
    "<div\n",
    "</div>\n",
    "<details>\n\n",
    "<summary>",
    "</details>",
    "> [!ЧТО]\n",
    "![](",
    "[g][",
    "**字**",
    "https://x.y/",
    "\"",
    "« - ",
    " 12.3",
    "，. ",
    " Вы.",
    " ها\u{200C}",
    "쓴다. ",
    "<br>",
    "| a | b |\n|---|---|\n| `c` | d |\n",
    "\nTerm\n: definition\n",
    "> [!NOTE]\n> note\n",
    "***",
    "~~",
    "&amp;",
    "---\n",
    "===\n",
];

/// Every rule of typography, in one language.
const ALL_RULES: &str = r#"
[typography]
words = "anywhere"
quotes = "«»"
dash = " — "
digits = "۰۱۲۳۴۵۶۷۸۹"
never = { "，" = "," }
marks = { "." = "。", "(" = "（" }
unspaced = "，。"
latin-spaced = true
one-line = true
small = ["вы"]
joined-to-word = ["ها"]
joined-to-next = ["می"]
joined-to-code = ["a"]
sentence-end = { "다" = ["니다"] }
"#;

/// https://en.wikipedia.org/wiki/Xorshift: the same chapters in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// A chapter of random pieces, or a good one with random pieces in it.
    fn chapter(&mut self, good: &str) -> String {
        let mut text = if self.below(2) == 0 {
            String::new()
        } else {
            good.to_owned()
        };
        for _ in 0..=self.below(24) {
            let mut at = self.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, PIECES[self.below(PIECES.len())]);
            if self.below(8) == 0 {
                text.truncate(at);
            }
        }
        text
    }
}

#[test]
fn no_text_makes_the_check_panic() {
    let mut random = Random(0x5EED_CAFE);
    let mut book = Book::new();
    let [en, ru] = ["en", "ru"].map(|tag| book.read(&format!("src/{tag}/01_start/01_one.md")));
    let mut lines = String::new();
    for number in 0..400 {
        let path = format!("02_more/{number:03}.md");
        // The same random text in both editions from time to time, so that the sections are compared, too.
        let text = random.chapter(&en);
        let translated = match random.below(3) {
            0 => text.clone(),
            1 => random.chapter(&text),
            _ => random.chapter(&ru),
        };
        book = book
            .write(&format!("src/en/{path}"), text)
            .write(&format!("src/ru/{path}"), translated);
        lines += &format!("- [{number}]({path})\n");
    }
    book = book
        .append("src/ru/language.toml", ALL_RULES)
        .append("src/en/SUMMARY.md", &lines)
        .append("src/ru/SUMMARY.md", &lines);
    for number in 0..100 {
        let text = random.chapter("[package]\nname = \"x\"\n// ANCHOR: a\n// ANCHOR_END: a\n");
        book = book.write(&format!("examples/01_01_demo/{number}.rs"), text);
    }

    let project = Project::load(book.root()).unwrap();
    let findings = check(&project).unwrap();

    assert!(findings.len() > 400);
    for finding in &findings {
        assert!(exists(finding), "{finding:?}");
        assert!(
            finding
                .to_string()
                .starts_with(&format!("error[{}]: ", finding.rule))
        );
    }
    assert!(findings.is_sorted_by_key(|finding| {
        project
            .editions
            .iter()
            .position(|edition| {
                finding
                    .path()
                    .is_some_and(|path| path.starts_with(&format!("src/{}/", edition.tag)))
            })
            .unwrap_or(2)
    }));
}

/// Whether a finding points at characters of its file.
fn exists(finding: &Diagnostic) -> bool {
    finding
        .place
        .as_ref()
        .is_some_and(|place| place.source.text.get(place.span.clone()).is_some())
}

#[test]
fn no_text_makes_the_contents_panic() {
    let mut random = Random(0xC0DE);
    for _ in 0..300 {
        let text = random.chapter("# Summary\n\n[A](a.md)\n\n# Part\n\n- [B](b.md)\n- [C](c.md)\n");
        let book = Book::new().write("src/ru/SUMMARY.md", &text);
        let findings = match Project::load(book.root()) {
            Ok(project) => check(&project).unwrap(),
            Err(findings) => findings,
        };
        for finding in findings {
            assert!(exists(&finding), "{finding:?} of {text:?}");
            assert!(!finding.to_string().is_empty());
        }
    }
}
