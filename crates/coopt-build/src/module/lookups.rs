//! The functions by which a C library finds the directory that leads to a path.
//!
//! wasi-libc has a list of its own of the directories that a program is given, and makes no call
//! when none leads to a path, so the runtime cannot know what was asked for. The functions have
//! had these names and types since 2020, in every copy of wasi-libc: ours, wasi-sdk's and Rust's.
//! They are found by the name section. A module without one does as well, untold.

use wasmparser::{FuncType, ValType};

use crate::module::index::count;
use crate::module::names::function_names;
use crate::module::parse::Module;

/// Their names, and how many parameters they have. The first is the path, which ends with a zero.
const NAMES: [(&str, usize); 3] = [
    ("__wasilibc_find_abspath", 3),
    ("__wasilibc_find_relpath", 4),
    ("__wasilibc_find_relpath_alloc", 5),
];

/// What such a function returns when no directory leads to the path.
pub const NOT_FOUND: i32 = -1;

/// A function that looks a path up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The function's index.
    pub function: u32,
    /// How many parameters it has, all of them `i32`.
    pub params: usize,
}

/// The functions of `module` that look paths up.
pub fn read(module: &Module<'_>) -> Vec<Lookup> {
    let asks = |name: &str| name == "fd_prestat_get";
    if !module
        .function_imports
        .iter()
        .any(|import| asks(import.name))
    {
        return Vec::new();
    }
    let names = function_names(module).into_iter();
    names
        .filter_map(|(function, name)| lookup(module, function, name))
        .collect()
}

fn lookup(module: &Module<'_>, function: u32, name: &str) -> Option<Lookup> {
    let (_, params) = *NAMES.iter().find(|(known, _)| *known == name)?;
    let ty = FuncType::new(std::iter::repeat_n(ValType::I32, params), [ValType::I32]);
    let is_defined = function >= count(module.function_imports.len());
    let is_one = is_defined && module.function_type(function) == Some(&ty);
    is_one.then_some(Lookup { function, params })
}
