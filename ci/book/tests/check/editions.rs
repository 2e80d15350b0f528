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

#[test]
fn an_edition_has_words_for_the_page_that_the_page_has() {
    Book::new()
        .append(
            "src/ru/language.toml",
            "\n[strings.page]\nsearch = \"Поиск\"\nserch = \"Поиск\"\n",
        )
        .finds(str![[r#"
error[unknown-word]: the pages have no word `serch`
   --> src/ru/language.toml:128:1
    |
128 | serch = "Поиск"
    | ^^^^^ not in the template
    |
help: take a name of the template, or remove the line: theme/index.hbs has the words as `{{#> name}}English{{/name}}`


"#]]);
}

#[test]
fn the_english_words_of_the_page_stand_in_the_template() {
    Book::new()
        .append(
            "src/en/language.toml",
            "\n[strings.page]\nsearch = \"Search\"\n",
        )
        .finds(str![[r#"
error[unknown-word]: the pages have no word `search`
   --> src/en/language.toml:127:1
    |
127 | search = "Search"
    | ^^^^^^ the English words stand in the template
    |
help: remove it here: theme/index.hbs has the words as `{{#> name}}English{{/name}}`


"#]]);
}

#[test]
fn there_is_a_template() {
    Book::new().remove("theme/index.hbs").finds(str![[r#"
error[missing-file]: theme/index.hbs: No such file or directory (os error 2)
--> theme/index.hbs
 |
help: this is the template of all pages; git has it


"#]]);
}
