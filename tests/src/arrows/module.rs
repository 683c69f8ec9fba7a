//! The modules of one file: what they declare, import and name.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{self, Token};

/// A path as it stands in the source: `crate`, `a`, `B`.
pub type Segments = Vec<String>;

/// A place in the source that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The path that is named; `*` as the last segment is everything.
    pub path: Segments,
    /// The line of the place, counted from one.
    pub line: usize,
}

/// A module, or the part of one that a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Module {
    /// Modules in files of their own.
    pub declared: BTreeSet<String>,
    /// Modules within the braces of this module.
    pub inline: BTreeMap<String, Self>,
    /// Names of the items that the module defines.
    pub defined: BTreeSet<String>,
    /// Names that the module imports, public or not, and their paths.
    pub imports: BTreeMap<String, Segments>,
    /// Modules of which the module imports everything.
    pub globs: Vec<Segments>,
    /// The paths that the module's code names. A re-export is no use of its path.
    pub mentions: Vec<Mention>,
    /// Macros that the module defines.
    pub macros: BTreeSet<String>,
    /// Macros that the module calls without a path, and the lines of the calls.
    pub macro_calls: Vec<(String, usize)>,
}

/// Reads a file.
pub fn read(source: &str) -> Module {
    let tokens = tokens::read(source);
    let mut module = Module::default();
    Reader { tokens, at: 0 }.module(&mut module);
    module
}

/// Words before the name of an item.
const DEFINING: [&str; 8] = [
    "fn", "struct", "enum", "trait", "union", "type", "const", "static",
];

/// Words that begin an item, and no field.
const ITEM_STARTS: [&str; 7] = [
    "pub",
    "mod",
    "use",
    "impl",
    "unsafe",
    "extern",
    "macro_rules",
];

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn is_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_name)
    }

    /// Reads up to the brace that ends `module`, or to the end of the file.
    fn module(&mut self, module: &mut Module) {
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            match self.text(self.at) {
                "#" => self.attribute(),
                "mod" if self.is_name(self.at + 1) => self.submodule(module),
                "use" => self.import(module),
                "{" => {
                    depth += 1;
                    self.at += 1;
                }
                "}" if depth == 0 => {
                    self.at += 1;
                    return;
                }
                "}" => {
                    depth -= 1;
                    self.at += 1;
                }
                word if depth == 0 && DEFINING.contains(&word) => self.definition(module),
                _ if self.is_name(self.at) => self.name(module),
                _ => self.at += 1,
            }
        }
    }

    /// Skips an attribute, and the item behind a `#[cfg(test)]`.
    fn attribute(&mut self) {
        self.at += 1 + usize::from(self.text(self.at + 1) == "!");
        let start = self.at;
        self.group();
        let words = self.tokens[start..self.at].iter().map(|token| &*token.text);
        let words: BTreeSet<&str> = words.collect();
        if words.contains("cfg") && words.contains("test") && !words.contains("not") {
            while self.text(self.at) == "#" {
                self.at += 1;
                self.group();
            }
            self.item();
        }
    }

    /// Skips a group in brackets, which begins here, or one token.
    fn group(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.text(self.at) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 || self.at >= self.tokens.len() {
                return;
            }
        }
    }

    /// Skips an item, or a field.
    fn item(&mut self) {
        let word = self.text(self.at);
        let is_item = DEFINING.contains(&word) || ITEM_STARTS.contains(&word);
        while self.at < self.tokens.len() {
            match self.text(self.at) {
                "}" => return,
                "," if !is_item => return,
                ";" => {
                    self.at += 1;
                    return;
                }
                "{" => return self.group(),
                _ => self.group(),
            }
        }
    }

    fn submodule(&mut self, module: &mut Module) {
        let name = self.text(self.at + 1).to_owned();
        let opens = self.text(self.at + 2) == "{";
        self.at += 3;
        if opens {
            let mut inner = Module::default();
            self.module(&mut inner);
            module.inline.insert(name, inner);
        } else {
            module.declared.insert(name);
        }
    }

    fn definition(&mut self, module: &mut Module) {
        self.at += 1;
        // `const fn f`, `static mut S`, `const _`.
        while DEFINING.contains(&self.text(self.at)) || self.text(self.at) == "mut" {
            self.at += 1;
        }
        if self.is_name(self.at) {
            module.defined.insert(self.text(self.at).to_owned());
            self.at += 1;
        }
    }

    /// A `use`, up to its semicolon.
    fn import(&mut self, module: &mut Module) {
        // `use<'a>` stands in a type.
        if self.text(self.at + 1) == "<" {
            self.at += 1;
            return;
        }
        let is_public = self.at > 0 && {
            let before = self.text(self.at - 1);
            before == "pub" || before == ")"
        };
        self.at += 1;
        self.tree(&mut Vec::new(), module, is_public);
    }

    /// A tree of paths behind `prefix`.
    fn tree(&mut self, prefix: &mut Segments, module: &mut Module, is_public: bool) {
        let length = prefix.len();
        loop {
            match self.text(self.at) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(self.at), "}" | "") {
                        self.tree(prefix, module, is_public);
                        self.at += usize::from(self.text(self.at) == ",");
                    }
                    self.at += 1;
                    break;
                }
                "*" => {
                    module.globs.push(prefix.clone());
                    prefix.push("*".to_owned());
                    self.mention(prefix, module, is_public);
                    self.at += 1;
                    break;
                }
                _ if self.is_name(self.at) => {
                    prefix.push(self.text(self.at).to_owned());
                    self.at += 1;
                    if self.text(self.at) != "::" {
                        self.leaf(prefix.clone(), module, is_public);
                        break;
                    }
                }
                _ => {
                    self.at += 1;
                    break;
                }
            }
        }
        prefix.truncate(length);
    }

    /// A path that an import ends with.
    fn leaf(&mut self, mut path: Segments, module: &mut Module, is_public: bool) {
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let mut name = path.last().cloned().unwrap_or_default();
        if self.text(self.at) == "as" {
            name = self.text(self.at + 1).to_owned();
            self.at += 2;
        }
        self.mention(&path, module, is_public);
        module.imports.insert(name, path);
    }

    fn mention(&self, path: &[String], module: &mut Module, is_public: bool) {
        if !is_public {
            let line = self.tokens[self.at.min(self.tokens.len()) - 1].line;
            let path = path.to_vec();
            module.mentions.push(Mention { path, line });
        }
    }

    /// A name in code: alone, a macro, or the first of a path.
    fn name(&mut self, module: &mut Module) {
        let line = self.tokens[self.at].line;
        let first = self.text(self.at).to_owned();
        let is_tail = self.at > 0 && matches!(self.text(self.at - 1), "::" | ".");
        if first == "macro_rules" && self.text(self.at + 1) == "!" {
            module.macros.insert(self.text(self.at + 2).to_owned());
            self.at += 3;
            return;
        }
        let mut path = vec![first];
        self.at += 1;
        while self.text(self.at) == "::" && self.is_name(self.at + 1) {
            path.push(self.text(self.at + 1).to_owned());
            self.at += 2;
        }
        if is_tail {
            return;
        }
        if path.len() > 1 {
            module.mentions.push(Mention { path, line });
        } else if self.text(self.at) == "!" {
            module.macro_calls.push((path.remove(0), line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(module: &Module) -> Vec<String> {
        let mentions = module.mentions.iter();
        mentions.map(|mention| mention.path.join("::")).collect()
    }

    #[test]
    fn imports_are_read_as_trees() {
        let module = read("use crate::a::{self, b::C as D, e::*};\npub use self::f::G;");
        assert_eq!(
            paths(&module),
            ["crate::a", "crate::a::b::C", "crate::a::e::*"]
        );
        assert_eq!(module.imports["D"], ["crate", "a", "b", "C"]);
        assert_eq!(module.imports["a"], ["crate", "a"]);
        assert_eq!(module.imports["G"], ["self", "f", "G"]);
        assert_eq!(module.globs, [["crate", "a", "e"]]);
    }

    #[test]
    fn paths_in_code_count_and_those_of_tests_do_not() {
        let module = read(
            "fn f() { crate::a::g(); x.y::<u8>(); b::C::new() }\n\
             #[cfg(test)]\n#[expect(x)]\nmod tests { use crate::z; }\n\
             struct S { #[cfg(test)] t: crate::u::T, v: crate::w::T }",
        );
        assert_eq!(paths(&module), ["crate::a::g", "b::C::new", "crate::w::T"]);
        assert_eq!(module.mentions[0].line, 1);
    }

    #[test]
    fn what_a_module_declares_and_defines_is_read() {
        let module = read(
            "pub mod a;\nmod b { pub const fn c() {} }\nimpl D { fn e() {} }\nstatic mut F: u8 = 0;\n\
             macro_rules! g { () => {} }\ng!();",
        );
        assert_eq!(module.declared, BTreeSet::from(["a".to_owned()]));
        assert!(module.inline["b"].defined.contains("c"));
        assert_eq!(module.defined, BTreeSet::from(["F".to_owned()]));
        assert!(module.macros.contains("g"));
        assert_eq!(module.macro_calls, [("g".to_owned(), 6)]);
    }
}
