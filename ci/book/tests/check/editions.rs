use snapbox::str;

use crate::project::Book;

fn with_edition(tag: &str) -> Book {
    let book = Book::new();
    let language = book.read("src/ru/language.toml");
    book.write(&format!("src/{tag}/language.toml"), language)
        .write(&format!("src/{tag}/SUMMARY.md"), "# Summary\n")
}

#[test]
fn an_edition_is_called_by_its_language_s_tag() {
    with_edition("zh_CN").finds(str![[r#"
error[bad-tag]: `zh_CN` is not a language's BCP 47 tag
--> src/zh_CN
 |
help: it is written `zh-CN`


"#]]);
    with_edition("japanese").finds(str![[r#"
error[bad-tag]: `japanese` is not a language's BCP 47 tag
--> src/japanese
 |
help: write the language's code, and its script or region where the language alone would not do: `ja`, `pt-BR`, `zh-Hant`


"#]]);
}

#[test]
fn a_folder_that_is_no_edition_may_be_called_otherwise() {
    Book::new()
        .write("src/not a tag/notes.txt", "Mine.")
        .passes();
}
