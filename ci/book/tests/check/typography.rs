//! Each language with the rules of its real language.toml.

use book::{check, project::Project};
use snapbox::str;

use crate::project::Book;

/// What is found in a passage of an edition: the rule, and the text that it points at.
fn findings(tag: &str, passage: &str) -> Vec<(String, String)> {
    let chapter = format!("src/{tag}/introduction.md");
    // The code of these passages is not the subject.
    let book = Book::in_language(tag)
        .append(&chapter, &format!("\n{passage}\n"))
        .replace(
            &format!("src/{tag}/language.toml"),
            "[strings]",
            "code-exceptions = [\"a\"]\n\n[strings]",
        );
    let project = Project::load(book.root()).unwrap_or_else(|findings| panic!("{findings:?}"));
    let found = check(&project).unwrap();
    let found = found.into_iter().map(|finding| {
        let place = finding.place.expect("it points at the passage");
        let text = place.source.text[place.span].to_owned();
        (finding.rule.to_owned(), text)
    });
    found.collect()
}

/// A passage that breaks a rule: the rule, and what is pointed at.
type Wrong<'a> = (&'a str, &'a str, &'a [&'a str]);

#[track_caller]
fn wrong(tag: &str, cases: &[Wrong<'_>]) {
    for (passage, rule, parts) in cases {
        let expected: Vec<_> = parts
            .iter()
            .map(|part| ((*rule).to_owned(), (*part).to_owned()))
            .collect();
        assert_eq!(findings(tag, passage), expected, "{passage}");
    }
}

#[track_caller]
fn right(tag: &str, passages: &[&str]) {
    for passage in passages {
        assert_eq!(findings(tag, passage), [], "{passage}");
    }
}

#[test]
fn russian() {
    wrong(
        "ru",
        &[
            ("Слово \"слово\".", "wrong-quote", &["\"", "\""]),
            ("Слово ”слово”.", "wrong-quote", &["”", "”"]),
            ("Слово ‘a’.", "wrong-quote", &["‘", "’"]),
            ("Это - слово.", "wrong-dash", &[" - "]),
            ("`a` — слово.", "wrong-dash", &[" — "]),
            ("Это\u{A0}– слово.", "wrong-dash", &["\u{A0}– "]),
            (
                "Если Вы пишете, Вам видно.",
                "capital-letter",
                &["Вы", "Вам"],
            ),
            ("Глава «X» Ваша, `a` Вы.", "capital-letter", &["Ваша", "Вы"]),
            ("Вот: Вы.", "capital-letter", &["Вы"]),
        ],
    );
    right(
        "ru",
        &[
            "Слово «слово „слово“», O'Reilly, `a`.",
            "Это\u{A0}— слово, кто-то, 1–5, `a`\u{A0}— код.",
            "Это\u{A0}—\nслово.",
            "- Вы пишете.",
            "Вы. Вы? Вы! «Вы», сказал: «Вы». **Вы.** Вы… (Вы) Выше, вы, Ваня.",
            "<b title=\"Вы и Вы\">Ваш</b>",
        ],
    );
}

#[test]
fn persian() {
    wrong(
        "fa",
        &[
            ("او گفت \"نه\".", "wrong-quote", &["\"", "\""]),
            ("يكى", "wrong-character", &["ي", "ك", "ى"]),
            ("نه, نه; نه?", "wrong-mark", &[",", ";", "?"]),
            ("`a`, `a` نه", "wrong-mark", &[","]),
            ("فصل 2 و ٣", "wrong-digit", &["2", "٣"]),
            ("فصل 12%", "wrong-digit", &["12"]),
            (
                "می شود و نمی\u{A0}شود",
                "missing-joiner",
                &["می شود", "نمی\u{A0}شود"],
            ),
            (
                "کتاب ها، `a` های",
                "missing-joiner",
                &["کتاب ها", "`a` های"],
            ),
            ("بزرگ ترین", "missing-joiner", &["بزرگ ترین"]),
            ("کتاب\u{200C} ها", "stray-joiner", &["ب\u{200C} "]),
            (
                "کتاب\u{200C}\u{200C}ها",
                "stray-joiner",
                &["ب\u{200C}\u{200C}ه"],
            ),
            ("کتاب\u{200C}.", "stray-joiner", &["ب\u{200C}."]),
            ("کتاب\u{200C}", "stray-joiner", &["ب\u{200C}"]),
        ],
    );
    right(
        "fa",
        &[
            "او گفت «نه»؛ نه، نه؟ Yes, no; Rust, Go?",
            "فصل ۲، نسخهٔ 1.95، Rust 2، x86، HTTP/2، `a` 3",
            "می\u{200C}شود، کتاب\u{200C}ها، `a`\u{200C}ها، ها! آن‌ها",
            "می، شود. «ها» کتاب، های",
        ],
    );
}

#[test]
fn chinese() {
    wrong(
        "zh-CN",
        &[
            ("他说\"不\"。", "wrong-quote", &["\"", "\""]),
            (
                "不,不.不;不:不?不!",
                "wrong-mark",
                &[",", ".", ";", ":", "?", "!"],
            ),
            ("不(是)，`a`, `a`", "wrong-mark", &["(", ")", ","]),
            (
                "用Rust写`a`吧",
                "missing-space",
                &["用R", "t写", "写`a`", "`a`吧"],
            ),
            ("第3章", "missing-space", &["第3", "3章"]),
            ("不， Rust 。", "stray-space", &["， ", " 。"]),
            ("一行\n两行\n三行", "wrapped-paragraph", &["行"]),
            ("不。。", "doubled-mark", &["。。"]),
        ],
    );
    right(
        "zh-CN",
        &[
            "他说“不‘是’”，用 Rust 写 `a` 吧：第 3 章（Rust）！",
            "不，Rust。`a`、`a`；**Rust**（3.5）Yes, no. Rust (2015)",
            "一行\\\n两行<br>三行",
            "`a`, Rust",
        ],
    );
}

#[test]
fn korean() {
    wrong(
        "ko",
        &[
            ("그는 \"네\" 했습니다.", "wrong-quote", &["\"", "\""]),
            ("네，네。", "wrong-character", &["，", "。"]),
            (
                "`a` 을 쓰고 **`a`** 은, 씁니다.",
                "stray-space",
                &["`a` 을", "`a`** 은"],
            ),
            (
                "값을 쓴다. 값이다! 씁니다.",
                "wrong-ending",
                &["쓴다", "값이다"],
            ),
            ("**`a`**을", "failed-emphasis", &["**`a`**"]),
        ],
    );
    right(
        "ko",
        &[
            "그는 “네” 했습니다, 그리고 (네).",
            "`a`을 쓰고 `a`, 이 값과 `a` 값을 씁니다.",
            "씁니다. 봅시다. “쓴다.”라고 합니다. 쓴다 해도 됩니다.",
            "**`a`을** **값**을 씁니다.",
        ],
    );
}

#[test]
fn english_is_not_looked_at_like_this() {
    Book::new()
        .append("src/en/introduction.md", "\n\"A\" - 'b', (c) — 1\n")
        .passes();
}

#[test]
fn a_language_without_rules_has_none() {
    Book::new()
        .append(
            "src/ru/introduction.md",
            "\n\"Если\" - ‘Вы’ 3a, می شود 用a，\nя。 字 (a).\n",
        )
        .passes();
}

#[test]
fn a_rule_is_a_known_one() {
    Book::new()
        .append("src/ru/language.toml", "[typography]\nquote = \"«»\"\n")
        .finds(str![[r#"
error[bad-toml]: unknown field `quote`, expected one of `words`, `quotes`, `dash`, `digits`, `never`, `marks`, `unspaced`, `latin-spaced`, `one-line`, `small`, `joined-to-word`, `joined-to-next`, `joined-to-code`, `sentence-end`
   --> src/ru/language.toml:126:1
    |
126 | quote = "«»"
    | ^^^^^


"#]]);
    Book::new()
        .append("src/ru/language.toml", "[typography]\nwords = \"half\"\n")
        .finds(str![[r#"
error[bad-toml]: unknown variant `half`, expected one of `whole`, `beginning`, `anywhere`
   --> src/ru/language.toml:126:9
    |
126 | words = "half"
    |         ^^^^^^


"#]]);
    Book::new()
        .append(
            "src/ru/language.toml",
            "[typography]\nmarks = { \",,\" = \",\" }\n",
        )
        .finds(str![[r#"
error[bad-toml]: too many characters in string
   --> src/ru/language.toml:126:11
    |
126 | marks = { ",," = "," }
    |           ^^^^


"#]]);
}

#[test]
fn what_is_said_in_russian() {
    Book::in_language("ru")
        .append("src/ru/introduction.md", "\nЕсли Вы \"пишете\" - пишите.\n")
        .finds(str![[r#"
error[capital-letter]: `Вы` has a capital letter inside of a sentence
 --> src/ru/introduction.md:5:6
  |
5 | Если Вы "пишете" - пишите.
  |      ^^
  |
help: write `вы`

error[wrong-quote]: this edition does not quote with `"`
 --> src/ru/introduction.md:5:9
  |
5 | Если Вы "пишете" - пишите.
  |         ^
  |
help: write one of «»„“

error[wrong-quote]: this edition does not quote with `"`
 --> src/ru/introduction.md:5:16
  |
5 | Если Вы "пишете" - пишите.
  |                ^
  |
help: write one of «»„“

error[wrong-dash]: a dash is not written like this
 --> src/ru/introduction.md:5:17
  |
5 | Если Вы "пишете" - пишите.
  |                 ^^^ ` - `
  |
help: write `[U+00A0]— `

4 errors

"#]]);
}

#[test]
fn what_is_said_in_persian() {
    Book::in_language("fa")
        .append(
            "src/fa/introduction.md",
            "\nمی شود, كتاب 3\n\nکتاب\u{200C} .\n",
        )
        .finds(str![[r#"
error[missing-joiner]: `می شود` is one word
 --> src/fa/introduction.md:5:1
  |
5 | می شود, كتاب 3
  | ^^^^^^ a space inside of it
  |
help: write a zero-width non-joiner (U+200C) instead of the space

error[wrong-mark]: `,` is not a mark of this language
 --> src/fa/introduction.md:5:7
  |
5 | می شود, كتاب 3
  |       ^
  |
help: write `،`

error[wrong-character]: `ك` is not a character of this language
 --> src/fa/introduction.md:5:9
  |
5 | می شود, كتاب 3
  |         ^ U+0643
  |
help: write `ک` (U+06A9)

error[wrong-digit]: these are not the digits of this edition
 --> src/fa/introduction.md:5:14
  |
5 | می شود, كتاب 3
  |              ^
  |
help: write it with ۰۱۲۳۴۵۶۷۸۹

error[stray-joiner]: this zero-width non-joiner is not between two letters
 --> src/fa/introduction.md:7:4
  |
7 | کتاب‌ .
  |    ^^ U+200C
  |
help: remove it: one stands inside of a word, and never beside a space or another one

5 errors

"#]]);
}

#[test]
fn what_is_said_in_chinese() {
    Book::in_language("zh-CN")
        .append("src/zh-CN/introduction.md", "\n用Rust， 写\n吧。。\n")
        .finds(str![[r#"
error[missing-space]: there is no space between the two scripts
 --> src/zh-CN/introduction.md:5:1
  |
5 | 用Rust， 写
  | ^^^
  |
help: write a space between them; code counts as Latin

error[stray-space]: a wide mark has no space beside it
 --> src/zh-CN/introduction.md:5:6
  |
5 | 用Rust， 写
  |       ^^^
  |
help: remove the space

error[wrapped-paragraph]: this paragraph goes on in the next line
 --> src/zh-CN/introduction.md:5:8
  |
5 | 用Rust， 写
  |          ^^ the page would show a space here
  |
help: write each paragraph as one line

error[doubled-mark]: a mark stands here twice
 --> src/zh-CN/introduction.md:6:2
  |
6 | 吧。。
  |   ^^^^
  |
help: remove one of the two

4 errors

"#]]);
}

#[test]
fn what_is_said_in_korean() {
    Book::in_language("ko")
        .append("src/ko/introduction.md", "\n값， `Vec` 을 쓴다.\n")
        .append("src/en/introduction.md", "\n`Vec`\n")
        .finds(str![[r#"
error[wrong-character]: `，` is not a character of this language
 --> src/ko/introduction.md:5:2
  |
5 | 값， `Vec` 을 쓴다.
  |   ^^ U+FF0C
  |
help: write `,` (U+002C)

error[stray-space]: the particle `을` stands directly behind its word
 --> src/ko/introduction.md:5:4
  |
5 | 값， `Vec` 을 쓴다.
  |      ^^^^^^^^
  |
help: remove the space

error[wrong-ending]: this sentence ends in `다`
 --> src/ko/introduction.md:5:12
  |
5 | 값， `Vec` 을 쓴다.
  |               ^^^^
  |
help: end it in `니다` or `시다`; what is quoted may end as it likes

3 errors

"#]]);
}
