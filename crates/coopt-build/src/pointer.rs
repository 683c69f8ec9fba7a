//! What a function pointer of a program stands for, for whoever explains a trap.

use std::fmt;

use wasmparser::{
    ConstExpr, ElementItems, ElementKind, FuncType, Operator, Parser, Payload, ValType,
    WasmFeatures,
};

use crate::kind::{Kind, kind};
use crate::module::{Module, names};
use crate::printable::Printable;

/// A function that was called by a pointer of another type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The function; `None` for a pointer that stands for none.
    pub function: Option<Function>,
    /// The type by which it was called.
    pub wanted: String,
}

/// A function and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// The name as it stands in the module, or the index.
    pub name: String,
    /// The type.
    pub ty: String,
}

impl Mismatch {
    /// What `pointer`, a place in the table of a program, stands for, and the type of the index
    /// `wanted`. `wasm` is the program's module, or the component that was made of it. `None` when
    /// the module has no such type.
    #[must_use]
    pub fn find(wasm: &[u8], pointer: u32, wanted: u32) -> Option<Self> {
        let more = WasmFeatures::FUNCTION_REFERENCES | WasmFeatures::GC;
        let module = Module::parse_with(core_module(wasm)?, more).ok()?;
        let wanted = in_words(module.types.function(wanted)?);
        let function = element(&module, pointer).and_then(|function| {
            let names = names::function_names(&module);
            let name = names.iter().find(|(index, _)| *index == function);
            let name = name.map(|(_, name)| Printable(name).to_string());
            Some(Function {
                name: name.unwrap_or_else(|| format!("function {function}")),
                ty: in_words(module.function_type(function)?),
            })
        });
        Some(Self { function, wanted })
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { function, wanted } = self;
        match function {
            Some(Function { name, ty }) => write!(
                f,
                "`{name}` is a function of the type `{ty}`, and was called as one of the type \
                 `{wanted}`: declare it as the pointer has it",
            ),
            None => write!(
                f,
                "the pointer is null or stands for no function, and was called as one of the type \
                 `{wanted}`",
            ),
        }
    }
}

/// The core module of a program: the file itself, or the first module in a component.
fn core_module(wasm: &[u8]) -> Option<&[u8]> {
    if kind(wasm).ok()? == Kind::CoreModule {
        return Some(wasm);
    }
    let payloads = Parser::new(0).parse_all(wasm).map_while(Result::ok);
    let mut modules = payloads.filter_map(|payload| match payload {
        Payload::ModuleSection {
            unchecked_range, ..
        } => wasm.get(unchecked_range),
        _ => None,
    });
    modules.next()
}

/// The function at a place of the first table.
fn element(module: &Module<'_>, place: u32) -> Option<u32> {
    let elements = module.elements.clone().into_iter().flatten();
    let mut elements = elements.map_while(Result::ok);
    elements.find_map(|element| {
        let ElementKind::Active {
            table_index: None | Some(0),
            offset_expr,
        } = element.kind
        else {
            return None;
        };
        let Operator::I32Const { value: start } = first(&offset_expr)? else {
            return None;
        };
        let item = place.checked_sub(start.cast_unsigned())? as usize;
        match element.items {
            ElementItems::Functions(functions) => functions.into_iter().nth(item)?.ok(),
            ElementItems::Expressions(_, expressions) => {
                let expression = expressions.into_iter().nth(item)?.ok()?;
                match first(&expression)? {
                    Operator::RefFunc { function_index } => Some(function_index),
                    _ => None,
                }
            }
        }
    })
}

fn first<'m>(expression: &ConstExpr<'m>) -> Option<Operator<'m>> {
    expression.get_operators_reader().read().ok()
}

/// A type as `(i32, i32) -> i32`.
fn in_words(ty: &FuncType) -> String {
    let list = |types: &[ValType]| {
        let types: Vec<_> = types.iter().map(ToString::to_string).collect();
        types.join(", ")
    };
    match ty.results() {
        [result] => format!("({}) -> {result}", list(ty.params())),
        results => format!("({}) -> ({})", list(ty.params()), list(results)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = r#"(module
        (type $wanted (func (param i32) (result i32)))
        (memory (export "memory") 1)
        (table 8 funcref)
        (elem (i32.const 2) $worker)
        (elem (i32.const 4) func 1)
        (func $worker)
        (func (param i64 f32))
        (func (export "_start") (drop (call_indirect (type $wanted) (i32.const 0) (i32.const 2)))))"#;

    fn program() -> Vec<u8> {
        wat::parse_str(PROGRAM).expect("the text is right")
    }

    fn text(wasm: &[u8], pointer: u32) -> String {
        let found = Mismatch::find(wasm, pointer, 0);
        found.expect("the type is known").to_string()
    }

    #[test]
    fn a_pointer_is_explained_by_its_function() {
        let worker = text(&program(), 2);
        assert!(
            worker.starts_with("`worker` is a function of the type `() -> ()`"),
            "{worker}"
        );
        assert!(worker.contains("the type `(i32) -> i32`"), "{worker}");
        let unnamed = text(&program(), 4);
        let expected = "`function 1` is a function of the type `(i64, f32) -> ()`";
        assert!(unnamed.starts_with(expected), "{unnamed}");
        for nothing in [0, 3, 5, 800] {
            let text = text(&program(), nothing);
            assert!(text.starts_with("the pointer is null or"), "{text}");
        }
    }

    #[test]
    fn the_component_of_a_program_explains_the_same() {
        let options = crate::Options::default();
        let component = crate::componentize(&program(), &options).expect("it is a program");
        assert_eq!(text(&component, 2), text(&program(), 2));
    }

    #[test]
    fn what_is_no_program_explains_nothing() {
        assert_eq!(Mismatch::find(b"text", 0, 0), None);
        assert_eq!(Mismatch::find(b"\0asm\x01\0\0\0", 0, 0), None);
    }
}
