//! What all files of a recorded program declare, as far as the probes have to know it.
//!
//! There is no type checker here. A name that could mean two things means neither, and its probe is left out.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{
    Expr, Fields, Ident, ImplItem, ItemEnum, ItemFn, ItemImpl, ItemMod, ItemStruct, ItemTrait,
    ItemUse, Local, Pat, Path, Signature, TraitItem, Type, UseTree, visit::Visit,
};

use crate::{diagnostic::Diagnostic, source::Source};

use super::instrument::parse;

/// The declarations of all files of a program: of its crate, and of those crates of the book that it depends on.
#[derive(Default)]
pub struct Known {
    files: BTreeMap<String, Declarations>,
}

/// What one file declares.
#[derive(Default)]
pub(super) struct Declarations {
    /// The types, by their module within the file and their name. `None`: two types have this name.
    types: BTreeMap<(String, String), Option<Shape>>,
    /// The types that have an `impl Wake`, without those that are generic.
    wakes: BTreeSet<String>,
    /// Whether a function is async, by its module's or its type's name and its own. `None`: one is, and one is not.
    functions: BTreeMap<(String, String), Option<bool>>,
    /// What the file imports: the name it uses, and the path behind it.
    imports: BTreeMap<String, Vec<String>>,
    /// The name of the module that the file is.
    name: String,
    /// Where we are in it: the module, and the type whose methods these are.
    module: Vec<String>,
    owner: Option<String>,
}

/// What a type is made of.
#[derive(Clone)]
enum Shape {
    /// The names of the variants.
    Enum(Vec<String>),
    /// The names of the fields with the paths of their types.
    Struct(Vec<(String, Vec<String>)>),
    /// Nothing that could be shown.
    Other,
}

impl Known {
    /// Reads the declarations of a file.
    ///
    /// # Errors
    ///
    /// A diagnostic if the file cannot be parsed.
    pub fn add(&mut self, source: &std::sync::Arc<Source>) -> Result<(), Diagnostic> {
        let stem = source.path.rsplit('/').next().unwrap_or_default();
        let mut declarations = Declarations {
            name: stem.trim_end_matches(".rs").to_owned(),
            ..Declarations::default()
        };
        declarations.visit_file(&parse(source)?);
        self.files.insert(source.path.clone(), declarations);
        Ok(())
    }

    /// The declarations of all these files.
    ///
    /// # Errors
    ///
    /// A diagnostic for the first file that cannot be parsed.
    pub fn of<'a>(
        sources: impl IntoIterator<Item = &'a std::sync::Arc<Source>>,
    ) -> Result<Self, Diagnostic> {
        let mut known = Self::default();
        for source in sources {
            known.add(source)?;
        }
        Ok(known)
    }

    /// Whether the file at `path` means a type with an `impl Wake` when it says `name`.
    pub(super) fn is_wake(&self, path: &str, name: &str) -> bool {
        let declares = |file: &Declarations| file.types.keys().any(|(_, known)| known == name);
        match self.files.get(path) {
            Some(file) if file.wakes.contains(name) => true,
            // A type of the same name that is not woken, unless its impl stands in another file.
            Some(file) if declares(file) => self
                .files
                .values()
                .any(|file| file.wakes.contains(name) && !declares(file)),
            _ => self.files.values().any(|file| file.wakes.contains(name)),
        }
    }

    /// Whether the file at `path` declares a type of this name.
    pub(super) fn declares(&self, path: &str, name: &str) -> bool {
        let file = self.files.get(path);
        file.is_some_and(|file| file.types.keys().any(|(_, known)| known == name))
    }

    /// The name of the async function that is called by `called` in the file at `path`, inside an impl of `owner`.
    pub(super) fn async_function(
        &self,
        path: &str,
        owner: Option<&str>,
        called: &Path,
    ) -> Option<String> {
        let file = self.files.get(path)?;
        let mut called = segments(called);
        if let [name] = called.as_slice() {
            let here: Vec<_> = file.free(name).collect();
            if !here.is_empty() {
                return agreed(here).then(|| name.clone());
            }
        }
        if let Some(import) = file.imports.get(&called[0]) {
            called.splice(..1, import.iter().cloned());
        }
        if called.len() > 1 && matches!(called[0].as_str(), "std" | "core" | "alloc") {
            return None;
        }
        let name = called.pop()?;
        let qualifier = called.pop().unwrap_or_default();
        let qualifier = match qualifier.as_str() {
            "Self" => owner.unwrap_or_default(),
            qualifier => qualifier,
        };
        let key = (qualifier.to_owned(), name.clone());
        let exact = self
            .files
            .values()
            .filter_map(|file| file.functions.get(&key).copied());
        let exact: Vec<_> = exact.collect();
        if !exact.is_empty() {
            return agreed(exact).then_some(name);
        }
        if qualifier.starts_with(char::is_uppercase) {
            return None;
        }
        // A path that says nothing about the module: a crate's name, or `crate`.
        let all = self.files.values().flat_map(|file| file.free(&name));
        agreed(all).then_some(name)
    }

    /// Whether a method of this name is async, and none is not.
    pub(super) fn is_async_method(&self, name: &str) -> bool {
        let methods = self.files.values().flat_map(|file| {
            let methods = file
                .functions
                .iter()
                .filter(|((owner, known), _)| known == name && is_type(owner));
            methods.map(|(_, is_async)| *is_async)
        });
        agreed(methods)
    }

    /// An expression that has the state of `this`, a value of the type `name`: a list of fields with their variants.
    pub(super) fn state(&self, path: &str, module: &str, name: &str) -> Option<String> {
        let key = (module.to_owned(), name.to_owned());
        match self.files.get(path)?.types.get(&key)?.as_ref()? {
            Shape::Enum(variants) => Some(entry("", "this", "Self", variants)),
            Shape::Struct(fields) => {
                let entries = fields.iter().filter_map(|(field, path_of_type)| {
                    let variants = self.variants(path, module, path_of_type)?;
                    let value = format!("this.{field}");
                    Some(entry(field, &value, &path_of_type.join("::"), variants))
                });
                let entries: Vec<_> = entries.collect();
                (!entries.is_empty()).then(|| entries.join(", "))
            }
            Shape::Other => None,
        }
    }

    /// The variants of the enum that `named` means in this module: one beside it, or else the only one of its name.
    fn variants(&self, path: &str, module: &str, named: &[String]) -> Option<&[String]> {
        let name = named.last()?;
        let here = (module.to_owned(), name.clone());
        let shape = match self.files.get(path)?.types.get(&here) {
            Some(shape) if named.len() == 1 => shape.as_ref()?,
            _ => {
                let mut all = self.files.values().flat_map(|file| &file.types);
                let mut found = all.by_ref().filter(|((_, known), _)| known == name);
                match (found.next(), found.next()) {
                    (Some((_, Some(shape))), None) => shape,
                    _ => return None,
                }
            }
        };
        match shape {
            Shape::Enum(variants) => Some(variants),
            _ => None,
        }
    }
}

/// `("field", match value { … })`
fn entry(field: &str, value: &str, path: &str, variants: &[String]) -> String {
    let arms: String = variants
        .iter()
        .map(|name| {
            format!(
                "{path}::{name} {{ .. }} => \"{}\", ",
                name.trim_start_matches("r#")
            )
        })
        .collect();
    format!("(\"{field}\", match {value} {{ {arms}}})")
}

/// Whether there is one at least, and all are async.
fn agreed(functions: impl IntoIterator<Item = Option<bool>>) -> bool {
    let mut functions = functions.into_iter().peekable();
    functions.peek().is_some() && functions.all(|is_async| is_async == Some(true))
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// The names in a path, without generic arguments.
pub(super) fn segments(path: &Path) -> Vec<String> {
    let segments = path.segments.iter();
    segments.map(|segment| segment.ident.to_string()).collect()
}

/// The name of a type: the last one in its path, or else how it is written.
pub(super) fn type_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
    .unwrap_or_else(|| ty.to_token_stream().to_string())
}

impl Declarations {
    /// The functions of this name that are not methods.
    fn free<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Option<bool>> + 'a {
        let named = self.functions.iter();
        named
            .filter(move |((owner, known), _)| known == name && !is_type(owner))
            .map(|(_, is_async)| *is_async)
    }

    fn declare(&mut self, name: &Ident, shape: Shape) {
        let key = (self.module.join("::"), name.to_string());
        let shape = (!self.types.contains_key(&key)).then_some(shape);
        self.types.insert(key, shape);
    }

    fn function(&mut self, name: String, is_async: bool) {
        let owner = self.owner.as_ref().or(self.module.last());
        let owner = owner.unwrap_or(&self.name).clone();
        let known = self
            .functions
            .entry((owner, name))
            .or_insert(Some(is_async));
        *known = known.filter(|known| *known == is_async);
    }

    fn signature(&mut self, signature: &Signature) {
        self.function(signature.ident.to_string(), signature.asyncness.is_some());
    }

    fn import(&mut self, tree: &UseTree, path: &mut Vec<String>) {
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                self.import(&tree.tree, path);
                path.pop();
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, path);
                }
            }
            UseTree::Name(name) if name.ident == "self" => {
                self.imports
                    .extend(path.last().map(|last| (last.clone(), path.clone())));
            }
            UseTree::Name(name) => {
                let path = path.iter().cloned().chain([name.ident.to_string()]);
                self.imports.insert(name.ident.to_string(), path.collect());
            }
            UseTree::Rename(name) => {
                let path = path.iter().cloned().chain([name.ident.to_string()]);
                self.imports.insert(name.rename.to_string(), path.collect());
            }
            _ => {}
        }
    }
}

impl<'ast> Visit<'ast> for Declarations {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_enum(&mut self, item: &'ast ItemEnum) {
        // Which variants there are depends on the configuration, which we don't know.
        let fixed = item
            .variants
            .iter()
            .all(|variant| !variant.attrs.iter().any(|a| a.path().is_ident("cfg")));
        let names = item.variants.iter().map(|variant| &variant.ident);
        let shape = match fixed && !item.variants.is_empty() {
            true => Shape::Enum(names.map(Ident::to_string).collect()),
            false => Shape::Other,
        };
        self.declare(&item.ident, shape);
    }

    fn visit_item_struct(&mut self, item: &'ast ItemStruct) {
        let fields = match &item.fields {
            Fields::Named(fields) => &fields.named,
            Fields::Unnamed(fields) => &fields.unnamed,
            Fields::Unit => return self.declare(&item.ident, Shape::Other),
        };
        let fields = fields.iter().enumerate().filter_map(|(number, field)| {
            let name = field.ident.as_ref();
            let name = name.map_or_else(|| number.to_string(), Ident::to_string);
            match &field.ty {
                Type::Path(ty) if ty.qself.is_none() && field.attrs.is_empty() => {
                    Some((name, segments(&ty.path)))
                }
                _ => None,
            }
        });
        self.declare(&item.ident, Shape::Struct(fields.collect()));
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.signature(&item.sig);
        let owner = self.owner.take();
        syn::visit::visit_item_fn(self, item);
        self.owner = owner;
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let owner = self.owner.replace(type_name(&item.self_ty));
        for member in &item.items {
            if let ImplItem::Fn(function) = member {
                self.signature(&function.sig);
            }
        }
        let of_trait = item.trait_.as_ref().map(|(path, _)| segments(path));
        let is_wake = of_trait.is_some_and(|path| path.last().is_some_and(|last| last == "Wake"));
        if is_wake
            && let Type::Path(ty) = &*item.self_ty
            && ty
                .path
                .segments
                .iter()
                .all(|segment| segment.arguments.is_none())
        {
            self.wakes.insert(type_name(&item.self_ty));
        }
        syn::visit::visit_item_impl(self, item);
        self.owner = owner;
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        let owner = self.owner.replace(item.ident.to_string());
        for member in &item.items {
            if let TraitItem::Fn(function) = member {
                self.signature(&function.sig);
            }
        }
        syn::visit::visit_item_trait(self, item);
        self.owner = owner;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.import(&item.tree, &mut Vec::new());
    }

    fn visit_local(&mut self, local: &'ast Local) {
        // A closure is called like a function, and is none.
        if let (Pat::Ident(name), Some(init)) = (&local.pat, &local.init)
            && matches!(&*init.expr, Expr::Closure(_))
        {
            let owner = self.owner.take();
            self.function(name.ident.to_string(), false);
            self.owner = owner;
        }
        syn::visit::visit_local(self, local);
    }
}
