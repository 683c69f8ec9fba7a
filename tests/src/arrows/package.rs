//! A crate's modules, and what a path in one of them leads to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::module::{self, Module, Segments};
use crate::file::read_file;

/// One file that uses another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The index of the file that uses.
    pub from: usize,
    /// The index of the file that is used.
    pub to: usize,
    /// The line of the first use.
    pub line: usize,
    /// The path of the first use.
    pub path: String,
}

/// A crate as its files have it.
#[derive(Debug)]
pub struct Package {
    /// The files of the crate, relative to `src`.
    pub files: Vec<String>,
    /// The path of the module that each file holds; empty for the first.
    pub names: Vec<String>,
    nodes: Vec<Node>,
}

/// A module in its place.
#[derive(Debug, Default)]
struct Node {
    file: usize,
    parent: usize,
    children: BTreeMap<String, usize>,
    own: Module,
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Module(usize),
    /// Something that the module defines.
    ItemOf(usize),
}

impl Package {
    /// Reads the crate whose first file is `root`.
    ///
    /// # Errors
    /// A text, when a file of the crate cannot be read.
    pub fn read(root: &Path) -> Result<Self, String> {
        let folder = root.parent().unwrap_or(root);
        let mut package = Self {
            files: Vec::new(),
            names: Vec::new(),
            nodes: Vec::new(),
        };
        let file = root.file_name().unwrap_or_default().to_string_lossy();
        package.add_file(folder, &file, String::new(), 0)?;
        Ok(package)
    }

    fn add_file(
        &mut self,
        folder: &Path,
        file: &str,
        name: String,
        parent: usize,
    ) -> Result<usize, String> {
        let source = read_file(&folder.join(file))?;
        self.files.push(file.to_owned());
        self.names.push(name.clone());
        let index = self.files.len() - 1;
        let path = PathBuf::from(file);
        // The folder of the modules that the file declares.
        let inner = match path.file_stem().and_then(|stem| stem.to_str()) {
            Some("lib" | "main" | "mod") => path.parent().unwrap_or(Path::new("")).to_owned(),
            _ => path.with_extension(""),
        };
        self.add_module(module::read(&source), index, parent, folder, &inner, &name)
    }

    fn add_module(
        &mut self,
        mut own: Module,
        file: usize,
        parent: usize,
        folder: &Path,
        inner: &Path,
        name: &str,
    ) -> Result<usize, String> {
        let index = self.nodes.len();
        let inline = std::mem::take(&mut own.inline);
        let declared = own.declared.clone();
        self.nodes.push(Node {
            file,
            parent,
            children: BTreeMap::new(),
            own,
        });
        for (child, module) in inline {
            let (inner, name) = (inner.join(&child), joined(name, &child));
            let node = self.add_module(module, file, index, folder, &inner, &name)?;
            self.nodes[index].children.insert(child, node);
        }
        for child in declared {
            let beside = inner.join(format!("{child}.rs"));
            let within = inner.join(&child).join("mod.rs");
            let file = [beside, within];
            let file = file.iter().find(|file| folder.join(file).is_file());
            let file = file.ok_or_else(|| format!("`mod {child}` of `{name}` has no file"))?;
            let file = file.display().to_string();
            let node = self.add_file(folder, &file, joined(name, &child), index)?;
            self.nodes[index].children.insert(child, node);
        }
        Ok(index)
    }

    /// Each pair of files of which one uses the other, with the first place of
    /// use.
    #[must_use]
    pub fn arrows(&self) -> Vec<Arrow> {
        let mut arrows: BTreeMap<(usize, usize), Arrow> = BTreeMap::new();
        let mut add = |arrow: Arrow| {
            if arrow.from != arrow.to {
                arrows.entry((arrow.from, arrow.to)).or_insert(arrow);
            }
        };
        let macros = self.macros();
        for (index, node) in self.nodes.iter().enumerate() {
            for mention in &node.own.mentions {
                if let Some(to) = self.file_of(index, &mention.path) {
                    let (from, line) = (node.file, mention.line);
                    let path = mention.path.join("::");
                    add(Arrow {
                        from,
                        to,
                        line,
                        path,
                    });
                }
            }
            for (name, line) in &node.own.macro_calls {
                if let (false, Some(&to)) = (node.own.macros.contains(name), macros.get(&**name)) {
                    let (from, line) = (node.file, *line);
                    let path = format!("{name}!");
                    add(Arrow {
                        from,
                        to,
                        line,
                        path,
                    });
                }
            }
        }
        arrows.into_values().collect()
    }

    /// The file of each macro, by the macro's name.
    fn macros(&self) -> BTreeMap<&str, usize> {
        let mut macros = BTreeMap::new();
        for node in &self.nodes {
            let names = node.own.macros.iter();
            macros.extend(names.map(|name| (name.as_str(), node.file)));
        }
        macros
    }

    /// The file that defines what `path` names in the module `from`. `None` for a
    /// path that ends at a module, because only what is taken out of a module is
    /// used.
    fn file_of(&self, from: usize, path: &[String]) -> Option<usize> {
        let (is_glob, path) = match path.split_last() {
            Some((last, rest)) if last == "*" => (true, rest),
            _ => (false, path),
        };
        match self.resolve(from, path, &mut BTreeSet::new())? {
            Target::ItemOf(node) => Some(self.nodes[node].file),
            Target::Module(node) if is_glob => Some(self.nodes[node].file),
            Target::Module(_) => None,
        }
    }

    /// What `path` names in the module `from`; `None` for an item of another crate.
    fn resolve(
        &self,
        from: usize,
        path: &[String],
        seen: &mut BTreeSet<(usize, Segments)>,
    ) -> Option<Target> {
        if !seen.insert((from, path.to_vec())) {
            return None;
        }
        let (first, mut rest) = path.split_first()?;
        let mut target = match first.as_str() {
            "crate" => Target::Module(0),
            "self" => Target::Module(from),
            "super" => Target::Module(self.nodes[from].parent),
            name => self.lookup(from, name, seen)?,
        };
        while let (Target::Module(node), Some((segment, after))) = (target, rest.split_first()) {
            target = match segment.as_str() {
                "super" => Target::Module(self.nodes[node].parent),
                // A name that is not found is one that a macro makes in `node`.
                name => self
                    .lookup(node, name, seen)
                    .unwrap_or(Target::ItemOf(node)),
            };
            rest = after;
        }
        Some(target)
    }

    /// What `name` means in the module `node`.
    fn lookup(
        &self,
        node: usize,
        name: &str,
        seen: &mut BTreeSet<(usize, Segments)>,
    ) -> Option<Target> {
        let module = &self.nodes[node];
        if let Some(&child) = module.children.get(name) {
            return Some(Target::Module(child));
        }
        if module.own.defined.contains(name) || module.own.macros.contains(name) {
            return Some(Target::ItemOf(node));
        }
        if let Some(path) = module.own.imports.get(name) {
            return self.resolve(node, path, seen);
        }
        module
            .own
            .globs
            .iter()
            .find_map(|glob| match self.resolve(node, glob, seen)? {
                Target::Module(of) if of != node => self.lookup(of, name, seen),
                _ => None,
            })
    }
}

fn joined(module: &str, child: &str) -> String {
    if module.is_empty() {
        child.to_owned()
    } else {
        format!("{module}::{child}")
    }
}
