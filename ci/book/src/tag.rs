//! BCP 47 tags, by which editions are named: `ja`, `pt-BR`, `zh-Hant`.

use icu_locale::{Direction as Script, LanguageIdentifier, LocaleDirectionality, LocaleExpander};

use crate::{diagnostic::Diagnostic, project::Direction};

/// Reads a tag as the standard writes it: a browser compares the tags of pages with those of its reader.
///
/// # Errors
///
/// What is no tag, and a tag in another spelling, with the one it should have.
pub fn parse(tag: &str) -> Result<LanguageIdentifier, Diagnostic> {
    let bad = |help: String| {
        Diagnostic::new("bad-tag", format!("`{tag}` is not a language's BCP 47 tag")).help(help)
    };
    match LanguageIdentifier::try_from_str(&tag.replace('_', "-")) {
        Ok(id) if id.language.is_unknown() => Err(bad(KNOWN.into())),
        Ok(id) if id.to_string() != tag => Err(bad(format!("it is written `{id}`"))),
        Ok(id) => Ok(id),
        Err(_) => Err(bad(KNOWN.into())),
    }
}

const KNOWN: &str = "write the language's code, and its script or region where the language alone would not do: `ja`, `pt-BR`, `zh-Hant`";

/// The direction of the script that a language is written in, where nothing says otherwise.
pub fn direction(tag: &LanguageIdentifier) -> Direction {
    match LocaleDirectionality::new_extended().get(tag) {
        Some(Script::RightToLeft) => Direction::Rtl,
        _ => Direction::Ltr,
    }
}

/// A tag as Open Graph has it, the language and a region: `ru_RU`. Where the tag names none, it is the one in which the
/// language has the most speakers.
pub fn locale(tag: &str) -> String {
    let Ok(mut id) = LanguageIdentifier::try_from_str(tag) else {
        return tag.to_owned();
    };
    LocaleExpander::new_extended().maximize(&mut id);
    match id.region {
        Some(region) => format!("{}_{region}", id.language),
        None => id.language.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_has_a_region() {
        for (tag, told) in [
            ("en", "en_US"),
            ("fa", "fa_IR"),
            ("zh-CN", "zh_CN"),
            ("zh-Hant", "zh_TW"),
            ("pt-BR", "pt_BR"),
            ("eo", "eo_001"),
        ] {
            assert_eq!(locale(tag), told);
        }
    }

    fn said(tag: &str) -> Option<String> {
        parse(tag)
            .err()
            .and_then(|finding| finding.help)
            .map(Into::into)
    }

    #[test]
    fn a_tag_is_written_as_the_standard_writes_it() {
        for tag in [
            "ja",
            "pt-BR",
            "zh-Hant",
            "zh-Hant-TW",
            "ckb",
            "es-419",
            "sl-nedis",
        ] {
            assert!(parse(tag).is_ok(), "{tag}");
        }
        for (tag, right) in [
            ("zh_CN", "zh-CN"),
            ("JA", "ja"),
            ("pt-br", "pt-BR"),
            ("ar-arab", "ar-Arab"),
        ] {
            assert_eq!(said(tag), Some(format!("it is written `{right}`")), "{tag}");
        }
    }

    #[test]
    fn what_is_no_tag_is_told_what_a_tag_is() {
        for tag in [
            "",
            "und",
            "japanese",
            "日本語",
            "../ja",
            "ja/",
            "j",
            "pt-",
            "ja JP",
            ".new",
        ] {
            assert_eq!(said(tag).as_deref(), Some(KNOWN), "{tag}");
        }
    }

    #[test]
    fn a_language_or_its_script_has_a_direction() {
        let is = |tag| direction(&parse(tag).unwrap());
        for tag in [
            "ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "az-Arab", "uz-Arab",
            "jv-Hebr", "pa-PK",
        ] {
            assert_eq!(is(tag), Direction::Rtl, "{tag}");
        }
        for tag in ["ja", "ko", "zh-Hant", "ar-Latn", "pa", "az", "hi"] {
            assert_eq!(is(tag), Direction::Ltr, "{tag}");
        }
    }
}
