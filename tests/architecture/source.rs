//! The source files as the compiler sees them: their paths, without what is compiled for tests only.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// One file under `src`.
pub(crate) struct SourceFile {
    /// Its path under the repository.
    pub(crate) path: String,
    /// The top-level module that it belongs to, or `lib` or `main`.
    pub(crate) room: String,
    /// Its module path, as `["domain", "arn"]`.
    pub(crate) module: Vec<String>,
    /// Its text.
    pub(crate) text: String,
    /// Every path that it names outside of tests, made absolute where it begins with `crate`, `self` or `super`.
    pub(crate) paths: BTreeSet<Vec<String>>,
    /// What it hands on: the public name and the path that it stands for.
    pub(crate) reexports: Vec<(String, Vec<String>)>,
    /// The struct-like variants that it builds outside of tests, as `Request::Copy`.
    pub(crate) built: BTreeSet<String>,
}

impl SourceFile {
    /// The other rooms that it names.
    pub(crate) fn rooms_used(&self) -> BTreeSet<&str> {
        let inside = self.paths.iter().filter(|path| path.len() > 1 && path[0] == "crate");
        inside.map(|path| path[1].as_str()).filter(|name| *name != self.room && is_room(name)).collect()
    }

    /// The outside crates that it names.
    pub(crate) fn crates_used(&self) -> BTreeSet<&'static str> {
        dependencies()
            .iter()
            .copied()
            .filter(|name| self.paths.iter().any(|path| path.len() > 1 && path[0] == *name))
            .collect()
    }

    /// Whether it names a path, or something below it.
    pub(crate) fn names_path(&self, path: &str) -> bool {
        let wanted: Vec<&str> = path.split("::").collect();
        self.paths.iter().any(|p| p.len() >= wanted.len() && p.iter().zip(&wanted).all(|(a, b)| a == b))
    }

    /// How long it is before its tests.
    pub(crate) fn lines_before_tests(&self) -> usize {
        let test_file =
            self.module.last().is_some_and(|name| name.ends_with("tests")) || self.path.contains("/tests/");
        let body = |line: &&str| line.trim() != "#[cfg(test)]";
        if test_file { 0 } else { self.text.lines().take_while(body).count() }
    }
}

fn is_room(name: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name).is_dir()
}

/// The outside crates of the package, as code names them.
fn dependencies() -> &'static BTreeSet<&'static str> {
    static NAMES: std::sync::OnceLock<BTreeSet<&'static str>> = std::sync::OnceLock::new();
    NAMES.get_or_init(|| {
        let manifest = include_str!("../../Cargo.toml");
        let section = manifest
            .split("[dependencies]")
            .nth(1)
            .expect("dependencies")
            .split("\n[")
            .next()
            .expect("an end");
        let names = section.lines().filter_map(|line| line.split_once(" =").map(|(name, _)| name));
        names.map(|name| &*name.replace('-', "_").leak()).collect()
    })
}

/// Every file under `src`, parsed.
pub(crate) fn sources() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == "rs") {
                files.push(read(root, &entry));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn read(top: &Path, file: &Path) -> SourceFile {
    let text = fs::read_to_string(file).expect("a readable file");
    let path = file.strip_prefix(top).expect("under the top").to_path_buf();
    let module = module_of(&path);
    let room = module.first().cloned().unwrap_or_else(|| "lib".to_owned());
    let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut walk =
        Walk { module: module.clone(), paths: BTreeSet::new(), reexports: vec![], built: BTreeSet::new() };
    // A file may say of itself that it is for tests only.
    if !for_tests_only(&parsed.attrs) {
        walk.visit_file(&parsed);
    }
    SourceFile {
        path: path.display().to_string(),
        room,
        module,
        text,
        paths: walk.paths,
        reexports: walk.reexports,
        built: walk.built,
    }
}

/// `src/domain/arn.rs` is `["domain", "arn"]`, `src/domain/mod.rs` is `["domain"]`, `src/main.rs` is `["main"]`.
fn module_of(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> = PathBuf::from(path)
        .with_extension("")
        .iter()
        .skip(1)
        .map(|p| p.to_string_lossy().into_owned())
        .collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

struct Walk {
    module: Vec<String>,
    paths: BTreeSet<Vec<String>>,
    reexports: Vec<(String, Vec<String>)>,
    built: BTreeSet<String>,
}

impl Walk {
    fn absolute(&self, path: &[String]) -> Vec<String> {
        let mut at = self.module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("self") => rest = &path[1..],
            Some("super") => {
                while rest.first().is_some_and(|part| part == "super") {
                    at.pop();
                    rest = &rest[1..];
                }
            }
            _ => return path.to_vec(),
        }
        std::iter::once("crate".to_owned()).chain(at).chain(rest.iter().cloned()).collect()
    }

    fn tree(&mut self, before: &[String], tree: &syn::UseTree, public: bool) {
        let join = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&join(&path.ident), &path.tree, public),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(before, item, public)),
            syn::UseTree::Name(name) if name.ident == "self" => self.note(before, None, public),
            syn::UseTree::Name(name) => self.note(&join(&name.ident), Some(name.ident.to_string()), public),
            syn::UseTree::Rename(name) => {
                self.note(&join(&name.ident), Some(name.rename.to_string()), public);
            }
            syn::UseTree::Glob(_) => self.note(before, None, public),
        }
    }

    fn note(&mut self, path: &[String], name: Option<String>, public: bool) {
        if let (true, Some(name)) = (public, name) {
            self.reexports.push((name, path.to_vec()));
        }
        let absolute = self.absolute(path);
        self.paths.insert(absolute);
    }
}

fn for_tests_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test"))
    })
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Const(item) => &item.attrs,
            _ => &vec![],
        };
        if !for_tests_only(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_expr_struct(&mut self, expr: &'ast syn::ExprStruct) {
        let names: Vec<String> = expr.path.segments.iter().map(|part| part.ident.to_string()).collect();
        if let [.., of, variant] = &names[..] {
            self.built.insert(format!("{of}::{variant}"));
        }
        visit::visit_expr_struct(self, expr);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&[], &item.tree, !matches!(item.vis, syn::Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if parts.len() > 1 {
            let absolute = self.absolute(&parts);
            self.paths.insert(absolute);
        }
        visit::visit_path(self, path);
    }
}
