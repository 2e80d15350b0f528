//! Probes in a Rust source: text that is inserted into it, so that the program tells the recorder what it does.
//!
//! Every inserted text stands between the marks `/*{*/` and `/*}*/`, and holds no newline: every line keeps its number, and
//! [`strip`] gives the source back byte for byte. The probes are functions of the crate `recorder`, which the instrumented
//! crate has under the name `std`. They ask for their caller's line, so each stands on the line that it speaks of.
//!
//! Left alone are constants and `const fn`s, allocators, and what stands in macro calls, but for the futures in `join!`.

use std::{borrow::Cow, sync::Arc};

use quote::ToTokens;
use ra_ap_rustc_lexer::{FrontmatterAllowed, TokenKind, tokenize};
use syn::{
    Arm, Attribute, Block, Expr, ExprAsync, ExprAwait, ExprCall, ExprClosure, ExprConst,
    ExprRepeat, ExprWhile, FnArg, Generics, ImplItemConst, ImplItemFn, ItemConst, ItemEnum, ItemFn,
    ItemImpl, ItemMod, ItemStatic, Lit, Macro, Member, Pat, Path, ReceiverKind, ReturnType,
    Signature, Stmt, Token, TraitItemConst, TraitItemFn, Type,
    punctuated::Punctuated,
    spanned::Spanned,
    visit::{self, Visit},
};

use crate::{diagnostic::Diagnostic, source::Source};

use super::{
    known::{Known, segments, type_name},
    marks::{CLOSE, Insertions, OPEN},
};

pub use super::marks::strip;

/// Makes the recorder the `std` of a crate.
const CRATE: &str = "extern crate recorder as std; ";

/// Says that the line is executed.
const LINE: &str = "::std::probe::line(); ";

/// Lives as long as a call of a function or a closure.
const FRAME: &str = "let _frame = ::std::probe::frame(); ";

/// So many brackets may be open at once. The parser calls itself for each, and the stack has an end.
const DEPTH: usize = 200;

/// What syn says when a text cannot be divided into tokens.
const LEX_ERROR: &str = "cannot parse string into token stream";

/// Inserts the probes into a source.
///
/// `root` says whether the file is the root of a crate. `known` has the declarations of all files of the program, this one
/// among them.
///
/// # Errors
///
/// A diagnostic if the source cannot be parsed, holds one of our marks, or has no room for one.
pub fn instrument(source: &Arc<Source>, root: bool, known: &Known) -> Result<String, Diagnostic> {
    for mark in [OPEN, CLOSE] {
        if let Some(at) = source.text.find(mark) {
            return Err(Diagnostic::new(
                "recorder-mark",
                format!("`{mark}` marks what the recorder inserts"),
            )
            .at(
                source.place(at..at + mark.len()),
                "the source has this mark already",
            )
            .help("write another comment there"));
        }
    }
    let file = parse(source)?;
    let mut probes = Probes {
        path: &source.path,
        known,
        module: Vec::new(),
        owner: None,
        inserted: Insertions::default(),
    };
    if let (true, Some(first)) = (root, file.items.first()) {
        probes.inserted.before(start(first), CRATE);
    }
    probes.visit_file(&file);
    if let Some(at) = probes.inserted.glued(&source.text) {
        return Err(Diagnostic::new(
            "no-room-for-probe",
            "the recorder cannot insert its comment behind a slash",
        )
        .at(source.place(at - 1..at), "this slash")
        .help("write a space behind it, as rustfmt does"));
    }
    Ok(probes.inserted.apply(&source.text))
}

/// Parses a Rust file. Offsets in the spans are offsets in its text.
pub(super) fn parse(source: &Arc<Source>) -> Result<syn::File, Diagnostic> {
    let mut text = Cow::from(&source.text);
    if text.starts_with("#!") && !text[2..].trim_start().starts_with('[') {
        // A line for the shell. syn would cut it off, and count from behind it.
        let line = text.lines().next().map_or(0, str::len);
        text.to_mut().replace_range(..line, &" ".repeat(line));
    }
    if let Some(at) = too_deep(&text) {
        return Err(Diagnostic::new(
            "unparsable",
            format!("the brackets of this file are nested deeper than {DEPTH}"),
        )
        .at(source.place(at..at + 1), "this bracket")
        .help("name the inner parts, with `let` or as functions"));
    }
    syn::parse_str(&text).map_err(|error| {
        let mut span = error.span().byte_range();
        if span.end == 0 {
            // The end of the text has no place of its own.
            span = source.text.trim_end().len()..source.text.len();
        } else if span.is_empty() {
            let first = source.text[span.start..].chars().next();
            span.end += first.map_or(0, char::len_utf8);
        }
        let label = match error.to_string() {
            message if message == LEX_ERROR => {
                "this is no token of Rust, or what begins here has no end".to_owned()
            }
            message => message,
        };
        Diagnostic::new("unparsable", "this is not a Rust file that can be recorded")
            .at(source.place(span), label)
            .help("`cargo check` says more; what it accepts can be recorded")
    })
}

/// The first bracket that is nested too deep.
fn too_deep(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    for token in tokenize(text, FrontmatterAllowed::No) {
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBrace | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBrace | TokenKind::CloseBracket => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if depth > DEPTH {
            return Some(at);
        }
        at += token.len as usize;
    }
    None
}

/// Walks through a file, and collects what is to be inserted.
struct Probes<'a> {
    path: &'a str,
    known: &'a Known,
    /// The modules within this file that we are in.
    module: Vec<String>,
    /// The type whose impl we are in.
    owner: Option<String>,
    inserted: Insertions,
}

/// Where something begins, with its attributes.
fn start(node: &impl Spanned) -> usize {
    node.span().byte_range().start
}

fn end(node: &impl Spanned) -> usize {
    node.span().byte_range().end
}

/// Where the statements of a body begin: behind the brace, and behind attributes of the form `#![…]`.
fn body_start(attributes: &[Attribute], block: &Block) -> usize {
    let brace = block.brace_token.span.open().byte_range().end;
    let inner = attributes.iter().map(end);
    inner.chain([brace]).max().unwrap_or(brace)
}

fn body_end(block: &Block) -> usize {
    block.brace_token.span.close().byte_range().start
}

impl Probes<'_> {
    /// Puts a call around what stands at `span`, and has `inside` walk through it.
    fn around(&mut self, node: &impl Spanned, call: String, inside: impl FnOnce(&mut Self)) {
        let span = node.span().byte_range();
        self.inserted.before(span.start, call);
        inside(self);
        self.inserted.behind(span.end, ")");
    }

    /// A function with its body. `future`: it is the `poll` of this future.
    fn function(
        &mut self,
        signature: &Signature,
        attributes: &[Attribute],
        body: &Block,
        future: Option<&Type>,
    ) {
        if signature.constness.is_some() {
            return;
        }
        let at = body_start(attributes, body);
        let poll = future.and_then(|future| self.poll(signature, future));
        if let Some(poll) = &poll {
            self.inserted.before(at, poll);
        }
        if signature.asyncness.is_none() {
            self.inserted.before(at, FRAME);
        }
        self.visit_block(body);
        if poll.is_some() {
            // Before the brace: an empty body begins where it ends.
            self.inserted.before(body_end(body), " })");
        }
    }

    /// The call that begins before the body of a future's `poll`, if it is the `poll` that we know.
    fn poll(&mut self, signature: &Signature, future: &Type) -> Option<String> {
        let mut inputs = signature.inputs.iter();
        let (Some(FnArg::Receiver(receiver)), Some(FnArg::Typed(context)), None) =
            (inputs.next(), inputs.next(), inputs.next())
        else {
            return None;
        };
        let ReceiverKind::Typed(_, receiver) = &receiver.kind else {
            return None;
        };
        let ReturnType::Type(_, answer) = &signature.output else {
            return None;
        };
        if signature.ident != "poll" || type_name(receiver) != "Pin" {
            return None;
        }
        let (given, parameter) = match &*context.pat {
            Pat::Ident(name) if name.subpat.is_none() && name.by_ref.is_none() => {
                (name.ident.to_string(), name.to_token_stream().to_string())
            }
            Pat::Wild(wild) => {
                // It has no name, but it can be given one.
                self.inserted.before(start(wild), "recorded_cx @ ");
                ("recorded_cx".to_owned(), "_".to_owned())
            }
            _ => return None,
        };
        let name = type_name(future);
        let state = self
            .known
            .state(self.path, &self.module.join("::"), &name)
            .unwrap_or_default();
        let answer = answer.to_token_stream();
        Some(format!(
            "::std::probe::poll({name:?}, &*self as *const Self, \
             |this: &Self| -> ::std::probe::State {{ ::std::vec![{state}] }}, {given}, \
             move |{parameter}: &mut ::core::task::Context<'_>| -> {answer} {{ "
        ))
    }

    /// The name of the future that a call makes, if it calls an async function of the program.
    fn called_future(&self, call: &ExprCall) -> Option<String> {
        let Expr::Path(function) = &*call.func else {
            return None;
        };
        let owner = self.owner.as_deref();
        let name = self
            .known
            .async_function(self.path, owner, &function.path)?;
        Some(with_text(name, &call.args))
    }

    /// The type of the woken value in `Arc::new(T { … })`, `Arc::new(T(…))` or `Arc::new(T::new(…))`.
    fn task(&self, call: &ExprCall) -> Option<String> {
        if !calls(call, "Arc", &["new"]) {
            return None;
        }
        let path = match call.args.first()? {
            Expr::Struct(value) => segments(&value.path),
            Expr::Path(value) => segments(&value.path),
            Expr::Call(value) => {
                let mut path = called(value)?;
                if matches!(path.last()?.as_str(), "new" | "default") {
                    path.pop();
                }
                path
            }
            _ => return None,
        };
        let name = match path.last()?.as_str() {
            "Self" => self.owner.clone()?,
            name => name.to_owned(),
        };
        self.known.is_wake(self.path, &name).then_some(name)
    }

    fn call_inside(&mut self, call: &ExprCall) {
        visit::visit_expr_call(self, call);
    }

    /// What is awaited at once needs no probe of its own: that of the await sees its polls.
    fn awaited(&mut self, base: &Expr) {
        match base {
            Expr::Async(block) => self.visit_block(&block.block),
            Expr::Call(call) if self.called_future(call).is_some() => self.call_inside(call),
            base => self.visit_expr(base),
        }
    }

    /// Whether the head of a `while` says itself that its line is executed, each time that it is.
    fn head_is_probed(head: &ExprWhile) -> bool {
        let value = match &*head.cond {
            Expr::Let(condition) => &*condition.expr,
            condition => condition,
        };
        !is_place(value) && !has_let(value) && head.attrs.is_empty()
    }
}

impl<'ast> Visit<'ast> for Probes<'_> {
    // None of these is executed when the program runs, or none of them may call a function then.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_type(&mut self, _: &'ast Type) {}
    fn visit_generics(&mut self, _: &'ast Generics) {}
    fn visit_path(&mut self, _: &'ast Path) {}
    fn visit_pat(&mut self, _: &'ast Pat) {}
    fn visit_item_enum(&mut self, _: &'ast ItemEnum) {}
    fn visit_item_const(&mut self, _: &'ast ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast ItemStatic) {}
    fn visit_impl_item_const(&mut self, _: &'ast ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast TraitItemConst) {}
    fn visit_expr_const(&mut self, _: &'ast ExprConst) {}
    fn visit_angle_bracketed_generic_arguments(
        &mut self,
        _: &'ast syn::AngleBracketedGenericArguments,
    ) {
    }

    fn visit_expr_repeat(&mut self, array: &'ast ExprRepeat) {
        self.visit_expr(&array.expr);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let of = item.trait_.as_ref();
        let of = of.and_then(|(path, _)| segments(path).pop());
        if of.as_deref() == Some("GlobalAlloc") {
            // The recorder allocates.
            return;
        }
        let owner = self.owner.replace(type_name(&item.self_ty));
        let is_future = of.as_deref() == Some("Future");
        for member in &item.items {
            match member {
                syn::ImplItem::Fn(function) if is_future => {
                    let future = Some(&*item.self_ty);
                    self.function(&function.sig, &function.attrs, &function.block, future);
                }
                member => self.visit_impl_item(member),
            }
        }
        self.owner = owner;
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        let owner = self.owner.take();
        self.function(&item.sig, &item.attrs, &item.block, None);
        self.owner = owner;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.sig, &item.attrs, &item.block, None);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.sig, &item.attrs, body, None);
        }
    }

    fn visit_block(&mut self, block: &'ast Block) {
        for statement in &block.stmts {
            let says_so_itself = match statement {
                Stmt::Item(_) => true,
                Stmt::Expr(Expr::While(head), _) => Self::head_is_probed(head),
                _ => false,
            };
            if !says_so_itself {
                self.inserted.before(start(statement), LINE);
            }
            self.visit_stmt(statement);
        }
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let body = &*arm.body;
        let has_attribute = body
            .to_token_stream()
            .into_iter()
            .next()
            .is_some_and(|first| first.to_string() == "#");
        if matches!(body, Expr::Block(_)) || has_attribute {
            return self.visit_expr(body);
        }
        let span = body.span().byte_range();
        self.inserted.before(span.start, format!("{{ {LINE}"));
        self.visit_expr(body);
        self.inserted.behind(span.end, " }");
    }

    fn visit_expr_while(&mut self, head: &'ast ExprWhile) {
        let value = match &*head.cond {
            Expr::Let(condition) => &*condition.expr,
            condition => condition,
        };
        if Self::head_is_probed(head) {
            let call = "::std::probe::then(::std::probe::line(), ".to_owned();
            self.around(value, call, |probes| probes.visit_expr(value));
        } else {
            self.visit_expr(&head.cond);
        }
        self.visit_block(&head.body);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        if closure.constness.is_some() {
            return;
        }
        if let (Expr::Block(body), None) = (&*closure.body, &closure.asyncness) {
            self.inserted
                .before(body_start(&body.attrs, &body.block), FRAME);
        }
        self.visit_expr(&closure.body);
    }

    fn visit_expr_async(&mut self, block: &'ast ExprAsync) {
        if !block.attrs.is_empty() {
            return self.visit_block(&block.block);
        }
        let call = "::std::probe::future(\"async block\", ".to_owned();
        self.around(block, call, |probes| probes.visit_block(&block.block));
    }

    fn visit_expr_await(&mut self, awaiting: &'ast ExprAwait) {
        let base = &*awaiting.base;
        let call = format!("::std::probe::awaiting({:?}, ", label(base));
        self.around(base, call, |probes| probes.awaited(base));
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let probe = if let Some(name) = self.called_future(call) {
            format!("::std::probe::future({name:?}, ")
        } else if calls(call, "Waker", &["from", "from_raw", "new"])
            && !self.known.declares(self.path, "Waker")
        {
            "::std::probe::waker(".to_owned()
        } else if let Some(name) = self.task(call) {
            format!("::std::probe::task({name:?}, ")
        } else {
            return self.call_inside(call);
        };
        self.around(call, probe, |probes| probes.call_inside(call));
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        let name = segments(&called.path).pop().unwrap_or_default();
        if !matches!(name.as_str(), "join" | "try_join") {
            return;
        }
        let arguments = called.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        for future in arguments.iter().flatten() {
            match future {
                // Everything in here is a future: it is enough to know that there is an async method of this name.
                Expr::MethodCall(call) if self.known.is_async_method(&call.method.to_string()) => {
                    let name = with_text(call.method.to_string(), &call.args);
                    let probe = format!("::std::probe::future({name:?}, ");
                    self.around(call, probe, |probes| probes.visit_expr_method_call(call));
                }
                future => self.visit_expr(future),
            }
        }
    }
}

/// The path of the function that is called.
fn called(call: &ExprCall) -> Option<Vec<String>> {
    match &*call.func {
        Expr::Path(function) => Some(segments(&function.path)),
        _ => None,
    }
}

/// Whether it is a call of one of these functions of a type.
fn calls(call: &ExprCall, of: &str, functions: &[&str]) -> bool {
    called(call).is_some_and(|path| {
        matches!(path.as_slice(), [.., owner, name] if owner == of && functions.contains(&name.as_str()))
    })
}

/// Whether an expression is a place, which a call would move or copy out of.
fn is_place(value: &Expr) -> bool {
    match value {
        Expr::Paren(inner) => is_place(&inner.expr),
        Expr::Path(_) | Expr::Field(_) | Expr::Index(_) => true,
        Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Deref(_)),
        _ => false,
    }
}

/// Whether a condition is a chain with a `let` in it.
fn has_let(condition: &Expr) -> bool {
    match condition {
        Expr::Let(_) => true,
        Expr::Binary(chain) => has_let(&chain.left) || has_let(&chain.right),
        _ => false,
    }
}

/// The name with the first text among the arguments: `request("news")`.
fn with_text(name: String, arguments: &Punctuated<Expr, Token![,]>) -> String {
    let text = arguments.iter().find_map(|argument| match argument {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    match text {
        Some(text) => format!("{name}({text:?})"),
        None => name,
    }
}

/// How the reader would call an awaited future: by the function that makes it, or by the variable that holds it.
fn label(awaited: &Expr) -> String {
    let of_path = |path: &Path| segments(path).pop();
    match awaited {
        Expr::Async(_) => Some("async block".to_owned()),
        Expr::Path(variable) => of_path(&variable.path),
        Expr::Field(field) => Some(match &field.member {
            Member::Named(name) => name.to_string(),
            Member::Unnamed(index) => return format!("{}.{}", label(&field.base), index.index),
        }),
        Expr::MethodCall(call) if call.method == "as_mut" => return label(&call.receiver),
        Expr::MethodCall(call) => Some(call.method.to_string()),
        Expr::Macro(call) => of_path(&call.mac.path),
        Expr::Call(call) if calls(call, "Box", &["pin"]) && call.args.len() == 1 => {
            return label(&call.args[0]);
        }
        Expr::Call(call) => called(call).and_then(|mut path| {
            let name = path.pop()?;
            match path.pop() {
                Some(owner) if name == "new" => Some(owner),
                _ => Some(name),
            }
        }),
        Expr::Paren(inner) => return label(&inner.expr),
        Expr::Reference(inner) => return label(&inner.expr),
        Expr::Try(inner) => return label(&inner.expr),
        Expr::Await(inner) => return label(&inner.base),
        Expr::Index(inner) => return label(&inner.expr),
        _ => None,
    }
    .unwrap_or_else(|| "future".to_owned())
}
