//! What the compiler refuses, and its words for it.

#[test]
fn the_compiler_refuses() {
    trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
}
