//! What the compiler says to code that must not compile.

#[test]
fn compile_fail() {
    trybuild::TestCases::new().compile_fail("compile_fail/*.rs");
}
