//! Which functions of the runtime the result has: those that the program can reach.
//!
//! A function is reached by a call, or where its address is taken: in the code of a reached
//! function, or in data that such code refers to. The runtime's relocations say so.

use crate::error::Error;
use crate::module::symbols::{Symbol, Symbols};
use crate::module::{Module, count};

/// The reached functions of the runtime.
#[derive(Debug)]
pub struct Reached {
    imports: Vec<bool>,
    /// The place of each defined function among the reached ones.
    defined: Vec<Option<u32>>,
}

impl Reached {
    /// Follows what the functions `roots` refer to. Roots are indices in the runtime.
    pub fn from(
        runtime: &Module<'_>,
        symbols: &Symbols,
        roots: impl Iterator<Item = u32>,
    ) -> Result<Self, Error> {
        if symbols.function_count() != count(runtime.functions.len()) {
            return Err(Error::internal(
                "the runtime's relocations are of another module",
            ));
        }
        let imported = runtime.function_import_count();
        let mut search = Search {
            symbols,
            imported,
            functions: vec![false; runtime.function_imports.len() + runtime.functions.len()],
            data: Vec::new(),
            todo: Vec::new(),
        };
        roots.for_each(|root| search.reach(Node::Function(root)));
        search.reach_all(symbols.anonymous());
        search.run();
        let (imports, defined) = search.functions.split_at(imported as usize);
        let mut places = 0..;
        let place = |reached: &bool| reached.then(|| places.next()).flatten();
        Ok(Self {
            imports: imports.to_vec(),
            defined: defined.iter().map(place).collect(),
        })
    }

    /// Whether reached code calls an import, given by its index in the runtime.
    pub fn import(&self, index: u32) -> bool {
        self.imports[index as usize]
    }

    /// The place of a defined function among the reached ones; `None` when it is none of them.
    pub fn place(&self, defined: u32) -> Option<u32> {
        self.defined[defined as usize]
    }

    /// How many defined functions are reached.
    pub fn count(&self) -> u32 {
        count(self.defined.iter().flatten().count())
    }

    /// Those of `all`, an item for each defined function, that belong to reached ones.
    pub fn only<'a, T>(&self, all: &'a [T]) -> impl Iterator<Item = &'a T> {
        let reached = self.defined.iter().map(Option::is_some);
        let all = all.iter().zip(reached);
        all.filter_map(|(item, reached)| reached.then_some(item))
    }
}

/// What can be reached.
#[derive(Clone, Copy, Debug)]
enum Node {
    /// A function, by its index.
    Function(u32),
    /// The data of a symbol.
    Data(u32),
}

/// A search in progress.
struct Search<'s> {
    symbols: &'s Symbols,
    imported: u32,
    functions: Vec<bool>,
    data: Vec<u32>,
    /// What has been reached and not been followed.
    todo: Vec<Node>,
}

impl Search<'_> {
    fn run(&mut self) {
        let symbols = self.symbols;
        while let Some(node) = self.todo.pop() {
            match node {
                Node::Function(index) => {
                    if let Some(defined) = index.checked_sub(self.imported) {
                        self.reach_all(symbols.of_function(defined));
                    }
                }
                Node::Data(symbol) => self.reach_all(symbols.of_data(symbol)),
            }
        }
    }

    fn reach_all(&mut self, symbols: &[u32]) {
        for &symbol in symbols {
            match self.symbols.get(symbol) {
                Symbol::Function(index) => self.reach(Node::Function(index)),
                Symbol::Data => self.reach(Node::Data(symbol)),
                Symbol::Other => {}
            }
        }
    }

    fn reach(&mut self, node: Node) {
        let is_new = match node {
            Node::Function(index) => !std::mem::replace(&mut self.functions[index as usize], true),
            Node::Data(symbol) => {
                let is_new = !self.data.contains(&symbol);
                self.data.extend(is_new.then_some(symbol));
                is_new
            }
        };
        self.todo.extend(is_new.then_some(node));
    }
}
