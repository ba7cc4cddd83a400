//! Which file names something of which other file, whatever modules it is passed on by?

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::names::{How, Named, names};
use super::tokens::{is_word, production, tokens};

/// All files of `src`.
pub struct House {
    files: BTreeMap<String, File>,
    /// By module path.
    modules: HashMap<Vec<String>, String>,
}

struct File {
    module: Vec<String>,
    /// Of the normal build.
    production: Vec<Named>,
    /// Tests included.
    all: Vec<Named>,
    /// What the file defines itself.
    defined: HashSet<String>,
    /// Names that its code has outside of imports.
    used: HashSet<String>,
    is_test: bool,
}

/// Where a path leads.
enum Place {
    Module,
    /// Something that this file defines.
    Item(String),
    Elsewhere,
}

/// More modules than pass anything on.
const MOST_STEPS: usize = 16;

impl House {
    /// Of pairs of a path below `src` and a text.
    pub fn new<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut house = Self { files: BTreeMap::new(), modules: HashMap::new() };
        let mut test_modules = Vec::new();
        for (place, text) in sources {
            let module = module_of(place);
            let all = tokens(text);
            let (kept, for_tests) = production(&all);
            test_modules.extend(for_tests.into_iter().map(|name| [module.as_slice(), &[name]].concat()));
            let (names_kept, defined) = (names(&kept), defined(&kept));
            let file =
                File { used: used(&kept), production: names_kept, all: names(&all), defined, is_test: false, module: module.clone() };
            house.files.insert(place.to_owned(), file);
            house.modules.insert(module, place.to_owned());
        }
        for file in house.files.values_mut() {
            file.is_test = test_modules.iter().any(|module| file.module.starts_with(module));
        }
        house
    }

    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The paths from the root of the library that a file names, tests included.
    pub fn named(&self, place: &str) -> BTreeSet<Vec<String>> {
        let Some(file) = self.files.get(place) else { return BTreeSet::new() };
        file.all.iter().filter_map(|named| self.absolute(file, &file.all, named)).collect()
    }

    /// The paths into other crates that the normal build of a file names.
    pub fn foreign(&self, place: &str) -> BTreeSet<Vec<String>> {
        let Some(file) = self.files.get(place).filter(|file| !file.is_test) else { return BTreeSet::new() };
        let is_own = |named: &&Named| self.absolute(file, &file.production, named).is_none();
        file.production.iter().filter(is_own).map(|named| named.segments.clone()).collect()
    }

    /// Every pair of files of which the first names something that the second defines; tests left out.
    pub fn edges(&self) -> BTreeSet<(String, String)> {
        let mut out = BTreeSet::new();
        for (place, file) in self.files.iter().filter(|(_, file)| !file.is_test) {
            for named in &file.production {
                // Who passes something on does not use it, unless it does.
                if matches!(&named.how, How::Reexport(name) if !file.used.contains(name)) {
                    continue;
                }
                let Some(mut path) = self.absolute(file, &file.production, named) else { continue };
                if named.is_glob {
                    path.push("*".to_owned());
                }
                if let Place::Item(other) = self.lead(&path, MOST_STEPS)
                    && other != *place
                {
                    out.insert((place.clone(), other));
                }
            }
        }
        out
    }

    /// The path from the library's root; `None` for one of another crate, of a type, or of a word that only looks like a path.
    fn absolute(&self, file: &File, beside: &[Named], named: &Named) -> Option<Vec<String>> {
        let (first, rest) = named.segments.split_first()?;
        let is_program = file.module.first().is_some_and(|module| module == "bin");
        let here = [file.module.as_slice(), &named.inside].concat();
        match first.as_str() {
            "crate" if is_program => Some([&["bin".to_owned()], rest].concat()),
            "crate" => Some(rest.to_vec()),
            "crossroots" if is_program => Some(rest.to_vec()),
            "self" => Some([here.as_slice(), rest].concat()),
            "super" => {
                let climbs = named.segments.iter().take_while(|segment| *segment == "super").count();
                Some([here.get(..here.len().checked_sub(climbs)?)?, &named.segments[climbs..]].concat())
            }
            _ if self.modules.contains_key(&[here.as_slice(), std::slice::from_ref(first)].concat()) => {
                Some([here.as_slice(), &named.segments].concat())
            }
            // A module that was imported under this name.
            _ if named.how == How::Code => {
                let import = beside.iter().find(|other| matches!(&other.how, How::Import(name) | How::Reexport(name) if name == first))?;
                let path = self.absolute(file, &[], import)?;
                matches!(self.lead(&path, MOST_STEPS), Place::Module).then(|| [path.as_slice(), rest].concat())
            }
            _ => None,
        }
    }

    /// The file that defines what a path from the root leads to, through whatever passes it on.
    fn lead(&self, path: &[String], steps: usize) -> Place {
        let known = (0..=path.len()).rev().find_map(|size| self.modules.get_key_value(&path[..size]));
        let Some((module, place)) = known else { return Place::Elsewhere };
        let (Some(item), Some(file)) = (path.get(module.len()), self.files.get(place)) else { return Place::Module };
        if steps == 0 || file.defined.contains(item) {
            return Place::Item(place.clone());
        }
        for import in &file.all {
            let (How::Import(name) | How::Reexport(name)) = &import.how else { continue };
            let Some(mut onward) = self.absolute(file, &[], import).filter(|_| import.inside.is_empty()) else { continue };
            if import.is_glob {
                onward.push(item.clone());
                if let Place::Item(found) = self.lead(&onward, steps - 1)
                    && self.files.get(&found).is_some_and(|file| file.defined.contains(item))
                {
                    return Place::Item(found);
                }
            } else if name == item {
                onward.extend_from_slice(&path[module.len() + 1..]);
                return self.lead(&onward, steps - 1);
            }
        }
        Place::Item(place.clone())
    }
}

/// `chain/graph.rs` is `chain::graph`; `chain/mod.rs`, `chain.rs` are `chain`; the program's own files are below `bin`.
pub fn module_of(place: &str) -> Vec<String> {
    let place = place.strip_prefix("bin/crossroots/").map_or_else(|| place.to_owned(), |rest| format!("bin/{rest}"));
    let mut module: Vec<String> = place.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if module == ["lib"] || matches!(module.last().map(String::as_str), Some("mod" | "main")) {
        module.pop();
    }
    module
}

fn defined(tokens: &[String]) -> HashSet<String> {
    let keywords = ["fn", "struct", "enum", "trait", "type", "const", "static", "union", "macro_rules"];
    let named = tokens.windows(2).filter(|pair| keywords.contains(&pair[0].as_str()) && is_word(&pair[1]));
    named.map(|pair| pair[1].clone()).collect()
}

/// Words outside of `use` trees.
fn used(tokens: &[String]) -> HashSet<String> {
    let (mut out, mut is_import) = (HashSet::new(), false);
    for token in tokens {
        is_import = token == "use" || (is_import && token != ";");
        if !is_import && is_word(token) {
            out.insert(token.clone());
        }
    }
    out
}
