//! What the chapter says does not compile does not, and for the reason that the chapter shows.

#[test]
fn the_compiler_says_what_the_chapter_shows() {
    trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
}
