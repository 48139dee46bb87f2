//! Which file imports which, through whatever a module hands on; and whether that goes in circles.

use std::collections::{BTreeMap, BTreeSet};

use super::source::SourceFile;

/// A circle of files that import each other, if there is one.
pub(crate) fn cycle(files: &[SourceFile]) -> Option<Vec<String>> {
    let by_module: BTreeMap<&[String], &SourceFile> =
        files.iter().map(|file| (&file.module[..], file)).collect();
    let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files.iter().filter(|file| !is_for_tests(file)) {
        let targets = file.paths.iter().filter(|path| path.first().is_some_and(|first| first == "crate"));
        let targets =
            targets.filter_map(|path| target(&by_module, &path[1..], 0)).filter(|to| *to != file.path);
        arrows.insert(&file.path, targets.collect());
    }
    let mut done = BTreeSet::new();
    let starts: Vec<&str> = arrows.keys().copied().collect();
    starts.into_iter().find_map(|start| walk(&arrows, start, &mut Vec::new(), &mut done))
}

fn is_for_tests(file: &SourceFile) -> bool {
    file.lines_before_tests() == 0
}

/// The file that defines what a path names; a module that hands a name on is not its home.
fn target<'a>(
    modules: &BTreeMap<&[String], &'a SourceFile>,
    path: &[String],
    depth: usize,
) -> Option<&'a str> {
    if depth > 8 {
        return None;
    }
    let (at, file) = (1..=path.len()).rev().find_map(|n| modules.get(&path[..n]).map(|file| (n, file)))?;
    let Some(name) = path.get(at) else { return Some(&file.path) };
    let Some((_, home)) = file.reexports.iter().find(|(public, _)| public == name) else {
        return Some(&file.path);
    };
    let home: Vec<String> = match home.first().map(String::as_str) {
        Some("crate") => home[1..].to_vec(),
        Some("super") => [&path[..at - 1], &home[1..]].concat(),
        Some("self") => [&path[..at], &home[1..]].concat(),
        _ => [&path[..at], &home[..]].concat(),
    };
    target(modules, &home, depth + 1)
}

fn walk<'a>(
    arrows: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    at: &'a str,
    trail: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> Option<Vec<String>> {
    if let Some(start) = trail.iter().position(|file| *file == at) {
        return Some(trail[start..].iter().chain([&at]).map(|file| (*file).to_owned()).collect());
    }
    if !done.contains(at) {
        trail.push(at);
        for to in arrows.get(at).into_iter().flatten() {
            if let Some(found) = walk(arrows, to, trail, done) {
                return Some(found);
            }
        }
        trail.pop();
        done.insert(at);
    }
    None
}
