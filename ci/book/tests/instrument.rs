//! The instrumenter: what it inserts, where, and that nothing else changes.

use std::{path::Path, sync::Arc};

use book::{
    diagnostic::Diagnostic,
    record::{Known, instrument, strip},
    source::{Position, Source, files_below},
};

const FRAME: &str = "let _frame = ::std::probe::frame(); ";
const LINE: &str = "::std::probe::line(); ";

fn source(text: &str) -> Arc<Source> {
    Arc::new(Source::new("examples/x/src/module.rs", text))
}

fn instrumented(text: &str) -> Result<String, Diagnostic> {
    let source = source(text);
    instrument(&source, false, &Known::of([&source])?)
}

/// Compares the instrumented text with the expected one. In that, `‹` and `›` are the marks, and `F` and `L` in front of them
/// stand for the probes of a frame and a line.
#[track_caller]
fn expect(text: &str, expected: &str) {
    let expected = expected
        .replace("‹F", &format!("‹{FRAME}"))
        .replace("‹L", &format!("‹{LINE}"))
        .replace('‹', "/*{*/")
        .replace('›', "/*}*/");
    let found = instrumented(text).unwrap();
    assert_eq!(found, expected, "\n{found}\n{expected}\n");
    assert_eq!(strip(&found), text);
    syn::parse_file(&found).expect("the probes leave the file valid");
}

/// As [`expect`], for the statements of an async function, whose body has no other probes than those of its statements.
#[track_caller]
fn expect_in_async(text: &str, expected: &str) {
    expect(
        &format!("async fn outer() {{ {text} }}"),
        &format!("async fn outer() {{ {expected} }}"),
    );
}

#[test]
fn a_root_has_the_recorder_for_its_std() {
    let root = |text: &str| {
        let source = source(text);
        instrument(&source, true, &Known::of([&source]).unwrap()).unwrap()
    };
    assert_eq!(
        root("//! Docs.\n#![forbid(unsafe_code)]\n\n/// An item.\nuse a::b;\n"),
        "//! Docs.\n#![forbid(unsafe_code)]\n\n/*{*/extern crate recorder as std; /*}*//// An item.\nuse a::b;\n"
    );
    assert_eq!(
        root("#!/usr/bin/env cargo\n\u{436}!();"),
        "#!/usr/bin/env cargo\n/*{*/extern crate recorder as std; /*}*/\u{436}!();"
    );
}

#[test]
fn a_probe_before_each_statement_and_the_value_of_a_block() {
    expect(
        "fn f() -> u8 { let a = 1; struct S; { a } }",
        "fn f() -> u8 {‹F› ‹L›let a = 1; struct S; ‹L›{ ‹L›a } }",
    );
    expect(
        "fn f() { println!(\"{}\", { 1 }); let Some(a) = b else { return; }; unsafe { g() } }",
        "fn f() {‹F› ‹L›println!(\"{}\", { 1 }); ‹L›let Some(a) = b else { ‹L›return; }; ‹L›unsafe { ‹L›g() } }",
    );
    expect(
        "fn f() { #![allow(a)] #[allow(b)] let c = 1; 'a: loop { break 'a; } }",
        "fn f() { #![allow(a)]‹F› ‹L›#[allow(b)] let c = 1; ‹L›'a: loop { ‹L›break 'a; } }",
    );
}

#[test]
fn no_probe_where_the_compiler_evaluates() {
    for text in [
        "const fn f() -> u8 { let a = 1; a }",
        "const A: u8 = { let a = 1; a };",
        "static A: L = L::new(|| { 1 });",
        "impl A { const B: u8 = { 1 }; const fn f() { 1; } }",
        "enum A { B = { 1 } }",
        "struct A([u8; { 1 }]);",
        "macro_rules! a { () => { fn f() { 1; } } }",
        "unsafe impl GlobalAlloc for A { fn alloc(&self) { 1; } }",
        "async fn f() {}",
    ] {
        expect(text, text);
    }
    expect(
        "fn f() -> [u8; 2] { const { 1 }; g::<{ 1 }>([0; { 1 }]) }",
        "fn f() -> [u8; 2] {‹F› ‹L›const { 1 }; ‹L›g::<{ 1 }>([0; { 1 }]) }",
    );
}

#[test]
fn an_arm_becomes_a_block() {
    expect_in_async(
        "match a { B => c, D(..) if e => return, F => { g } H => match i { _ => unsafe { j } } }",
        "‹L›match a { B => ‹{ L›c‹ }›, D(..) if e => ‹{ L›return‹ }›, F => { ‹L›g } H => ‹{ L›match i { _ => ‹{ L›unsafe { ‹L›j }‹ }› }‹ }› }"
            .replace("‹{ L", &format!("‹{{ {LINE}"))
            .as_str(),
    );
}

#[test]
fn the_head_of_a_while_says_each_time_that_it_is_executed() {
    let then = "‹::std::probe::then(::std::probe::line(), ›";
    expect_in_async(
        "while a() { b; }",
        &format!("while {then}a()‹)› {{ ‹L›b; }}"),
    );
    expect_in_async(
        "'a: while let Some(a) = b.pop() {}",
        &format!("'a: while let Some(a) = {then}b.pop()‹)› {{}}"),
    );
    expect_in_async(
        "while !(a.b)() {}",
        &format!("while {then}!(a.b)()‹)› {{}}"),
    );
    // A place would be moved out of, and a `let` is no value.
    for head in [
        "a",
        "(a.b)",
        "a[1]",
        "*a",
        "let Some(a) = b.c",
        "let A = b && c()",
        "a() && let A = b",
    ] {
        let text = format!("while {head} {{}}");
        expect_in_async(&text, &format!("‹L›{text}"));
    }
}

#[test]
fn a_frame_for_each_function_and_closure_with_a_body() {
    expect(
        "trait T { fn f(); fn g() { } } impl T for U { fn f() { fn h() { } } }",
        "trait T { fn f(); fn g() {‹F› } } impl T for U { fn f() {‹F› fn h() {‹F› } } }",
    );
    expect_in_async(
        "a(|| { b }, || c, move |d| -> E { f }, async || { g })",
        "‹L›a(|| {‹F› ‹L›b }, || c, move |d| -> E {‹F› ‹L›f }, async || { ‹L›g })",
    );
}

#[test]
fn the_poll_of_a_future_with_its_state() {
    expect(
        "enum E { A(u8), B { c: u8 } }
struct F<T> { left: E, other: Vec<E>, right: self::E, t: T }
impl<T> std::future::Future for F<T> { type Output = T;
fn poll(mut self: Pin<&mut Self>, mut cx: &mut Context<'_>) -> Poll<T> { cx }
}",
        "enum E { A(u8), B { c: u8 } }
struct F<T> { left: E, other: Vec<E>, right: self::E, t: T }
impl<T> std::future::Future for F<T> { type Output = T;
fn poll(mut self: Pin<&mut Self>, mut cx: &mut Context<'_>) -> Poll<T> {‹\
::std::probe::poll(\"F\", &*self as *const Self, |this: &Self| -> ::std::probe::State { ::std::vec![\
(\"left\", match this.left { E::A { .. } => \"A\", E::B { .. } => \"B\", }), \
(\"right\", match this.right { self::E::A { .. } => \"A\", self::E::B { .. } => \"B\", })] }, cx, \
move |mut cx: &mut ::core::task::Context<'_>| -> Poll < T > { let _frame = ::std::probe::frame(); › ‹L›cx ‹ })›}
}",
    );
}

#[test]
fn the_poll_of_an_enum_that_ignores_its_context() {
    let poll = "‹::std::probe::poll(\"E\", &*self as *const Self, |this: &Self| -> ::std::probe::State { ::std::vec![\
                (\"\", match this { Self::A { .. } => \"A\", })] }";
    for (pattern, named, given) in [
        ("_", "‹recorded_cx @ ›_", "recorded_cx"),
        ("_cx", "_cx", "_cx"),
    ] {
        expect(
            &format!(
                "enum E {{ A }} impl Future for E {{ fn poll(self: Pin<&mut Self>, {pattern}: C) -> P {{}} }}"
            ),
            &format!(
                "enum E {{ A }} impl Future for E {{ fn poll(self: Pin<&mut Self>, {named}: C) -> P {{{poll}, {given}, \
                 move |{pattern}: &mut ::core::task::Context<'_>| -> P {{ {FRAME}›‹ }})›}} }}"
            )
            // Without anything between them, two insertions have one pair of marks.
            .replace("›‹", ""),
        );
    }
}

#[test]
fn another_poll_is_a_function_like_any_other() {
    expect(
        "impl E { fn poll(self: Pin<&mut Self>, cx: C) -> P { } } impl Future for E { fn poll(&mut self, cx: C) -> P { } }",
        "impl E { fn poll(self: Pin<&mut Self>, cx: C) -> P {‹F› } } impl Future for E { fn poll(&mut self, cx: C) -> P {‹F› } }",
    );
    expect(
        "impl Future for E { fn poll(self: Box<Self>, cx: C) -> P { } }",
        "impl Future for E { fn poll(self: Box<Self>, cx: C) -> P {‹F› } }",
    );
}

#[test]
fn an_async_block_is_named() {
    expect_in_async(
        "a(async move { b });",
        "‹L›a(‹::std::probe::future(\"async block\", ›async move { ‹L›b }‹)›);",
    );
    // Its await sees it.
    expect_in_async(
        "(async { b }).await; async {}.await",
        "‹L::std::probe::awaiting(\"async block\", ›(‹::std::probe::future(\"async block\", ›async { ‹L›b }‹)›)‹)›.await; \
         ‹L::std::probe::awaiting(\"async block\", ›async {}‹)›.await",
    );
}

#[test]
fn an_await_says_what_it_waits_for() {
    for (awaited, label) in [
        ("request(a, \"b\")", "request"),
        ("self.clock\n.sleep(a)", "sleep"),
        ("variable", "variable"),
        ("self.field", "field"),
        ("pair.0", "pair.0"),
        ("a::Timer::new(b)", "Timer"),
        ("Box::pin(a::session(b))", "session"),
        ("(&mut a)", "a"),
        ("a.as_mut()", "a"),
        ("pin!(a)", "pin"),
        ("(|| a)()", "future"),
    ] {
        expect_in_async(
            &format!("let x = {awaited}.await?;"),
            &format!("‹L›let x = ‹::std::probe::awaiting(\"{label}\", ›{awaited}‹)›.await?;"),
        );
    }
    expect_in_async(
        "a.await.b().await",
        "‹L::std::probe::awaiting(\"b\", ::std::probe::awaiting(\"a\", ›a‹)›.await.b()‹)›.await",
    );
}

#[test]
fn a_call_of_an_async_function_is_named() {
    let functions = "async fn f() {} fn g() {} impl T { async fn h() {} fn i() {} }";
    let future = |name: &str, call: &str| format!("‹::std::probe::future({name:?}, ›{call}‹)›");
    for (call, probed) in [
        ("block_on(f())", format!("block_on({})", future("f", "f()"))),
        ("f(1, \"a\\n\")", future("f(\"a\\n\")", "f(1, \"a\\n\")")),
        ("crate::f(b)", future("f", "crate::f(b)")),
        ("T::h()", future("h", "T::h()")),
        ("g(T::i(), U::f(), std::f(), h())", String::new()),
        (
            "f(a.await).await",
            "‹::std::probe::awaiting(\"f\", ›f(‹::std::probe::awaiting(\"a\", ›a‹)›.await)‹)›.await".to_owned(),
        ),
    ] {
        let probed = match probed.as_str() {
            "" => call,
            probed => probed,
        };
        expect(
            &format!("{functions} async fn outer() {{ let x = {call}; }}"),
            &format!("{functions} async fn outer() {{ ‹L›let x = {probed}; }}")
                .replace("fn g() {}", "fn g() {‹F›}")
                .replace("fn i() {}", "fn i() {‹F›}"),
        );
    }
}

#[test]
fn a_name_with_two_meanings_has_no_probe() {
    let file = |name: &str, text: &str| Arc::new(Source::new(format!("x/src/{name}.rs"), text));
    let asynchronous = file("v1", "async fn f() {}");
    let other = file("v2", "fn f() {}");
    for (text, probed) in [
        ("use v1::f; async fn a() { f(); }", true),
        ("use v1::f as h; async fn a() { h(); }", true),
        ("use x::{v1, v2}; async fn a() { v1::f(); }", true),
        ("use v2::f; async fn a() { f(); }", false),
        ("use v2; async fn a() { v2::f(); }", false),
        ("use x::f; async fn a() { f(); }", false),
        ("async fn a() { let f = || b; f(); }", false),
        (
            "mod m { async fn f() {} } mod n { fn f() {} } async fn a() { f(); }",
            false,
        ),
        (
            "#[cfg(b)] async fn f() {} #[cfg(c)] fn f() {} async fn a() { f(); }",
            false,
        ),
    ] {
        let main = file("main", text);
        let known = Known::of([&asynchronous, &other, &main]).unwrap();
        let found = instrument(&main, false, &known).unwrap();
        assert_eq!(found.contains("probe::future(\"f\""), probed, "{found}");
    }
}

#[test]
fn the_futures_in_a_join_are_named() {
    let functions = "async fn f() {} impl T { async fn h(&self) {} }";
    expect(
        &format!(
            "{functions} async fn a() {{ futures::join!(f(\"x\"), a.h(), b.c(), d, async {{ e }},); select! {{ f() }} }}"
        ),
        &format!(
            "{functions} async fn a() {{ ‹L›futures::join!(\
             ‹::std::probe::future(\"f(\\\"x\\\")\", ›f(\"x\")‹)›, ‹::std::probe::future(\"h\", ›a.h()‹)›, b.c(), d, \
             ‹::std::probe::future(\"async block\", ›async {{ ‹L›e }}‹)›,); ‹L›select! {{ f() }} }}"
        ),
    );
}

#[test]
fn wakers_and_tasks_are_seen_when_they_are_made() {
    let types =
        "struct A; impl Wake for A {} struct B; struct C<T>(T); impl<T> Wake for C<T> {} impl A {";
    let task = "‹::std::probe::task(\"A\", ›";
    for (text, probed) in [
        (
            "task::Waker::from(Arc::new(A { b }))",
            "‹::std::probe::waker(›task::Waker::from(‹::std::probe::task(\"A\", ›Arc::new(A { b })‹)›)‹)›".to_owned(),
        ),
        (
            "unsafe { Waker::new(d, V) }",
            "unsafe { ‹L::std::probe::waker(›Waker::new(d, V)‹)› }".to_owned(),
        ),
        ("Arc::new(A(b))", format!("{task}Arc::new(A(b))‹)›")),
        ("Arc::new(A::new())", format!("{task}Arc::new(A::new())‹)›")),
        ("sync::Arc::new(Self(b))", format!("{task}sync::Arc::new(Self(b))‹)›")),
        ("Arc::new(A)", format!("{task}Arc::new(A)‹)›")),
        ("Arc::new(B)", "Arc::new(B)".to_owned()),
        ("Arc::new(C(b))", "Arc::new(C(b))".to_owned()),
        ("Rc::new(A(b))", "Rc::new(A(b))".to_owned()),
    ] {
        expect(
            &format!("{types} async fn a() {{ x = {text}; }} }}"),
            &format!("{types} async fn a() {{ ‹L›x = {probed}; }} }}"),
        );
    }
    expect(
        "struct Waker; async fn a() { Waker::new(); }",
        "struct Waker; async fn a() { ‹L›Waker::new(); }",
    );
}

#[test]
fn what_cannot_be_instrumented_is_pointed_at() {
    for (text, rule, line, column) in [
        ("fn a() {}\nfn b( {\n", "unparsable", 2, 7),
        ("fn a() {}\nfn b() -> ;\n", "unparsable", 2, 11),
        ("fn a() {}\n\"жж", "unparsable", 2, 1),
        ("fn a() {}\nfn\n", "unparsable", 2, 3),
        ("fn a() { 'жж' }", "unparsable", 1, 10),
        ("// жж /*}*/\n", "recorder-mark", 1, 7),
        ("async fn a() { b /c.await; }", "no-room-for-probe", 1, 18),
    ] {
        let finding = instrumented(text).unwrap_err();
        assert_eq!(finding.rule, rule, "{finding}");
        let start = finding.place.as_ref().unwrap().start();
        assert_eq!(start, Position { line, column }, "{finding}");
        assert!(finding.help.is_some());
    }
}

#[test]
fn brackets_may_be_nested_but_not_without_end() {
    let nested = |depth| format!("fn a() {{ b {}{} }}", "(".repeat(depth), ")".repeat(depth));
    assert!(instrumented(&nested(199)).is_ok());
    for depth in [200, 100_000] {
        let finding = instrumented(&nested(depth)).unwrap_err();
        let start = finding.place.as_ref().unwrap().start();
        let column = "fn a() { b ".len() + 200;
        assert_eq!(start, Position { line: 1, column }, "{}", finding.message);
    }
}

/// Every file of the examples that can be parsed: stripped, it is the same text; instrumented, it has the same lines, parses,
/// and has all the code of the original between the marks.
#[test]
fn the_examples_keep_their_lines_and_their_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = files_below(&root, Path::new("examples")).unwrap();
    let files = files
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let sources = files.map(|path| Source::read(&root, path).unwrap());
    let sources: Vec<_> = sources
        .filter(|source| syn::parse_file(&source.text).is_ok())
        .collect();
    assert!(sources.len() > 100, "{}", sources.len());
    let known = Known::of(&sources).unwrap();
    for source in &sources {
        for root in [false, true] {
            let text = instrument(source, root, &known).unwrap();
            assert!(
                strip(&text) == source.text,
                "{}: stripped, it is another text",
                source.path
            );
            assert!(
                text.lines().map(strip).eq(source.text.lines()),
                "{}: a line has moved",
                source.path
            );
            assert!(
                syn::parse_file(&text).is_ok(),
                "{}: it cannot be parsed any more",
                source.path
            );
        }
    }
}
