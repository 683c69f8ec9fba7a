//! The stack in the program's memory: which global points to its top, and where the main thread's
//! stack lies.
//!
//! Linkers tell neither. wasm-ld and zig's linker make the stack pointer the first global, and
//! compilers use it in one way. The main thread's stack either begins at address 0, or behind the
//! data: below the value that the pointer has at the start.

use wasmparser::{ConstExpr, DataKind, FunctionBody, Operator, ValType};

use crate::module::names;
use crate::module::parse::Module;

/// The name of the stack pointer in a module with names.
const NAME: &str = "__stack_pointer";

/// How a stack is aligned.
const ALIGN: u32 = 16;

/// The main thread's stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stack {
    /// The global that is the stack pointer.
    pub pointer: u32,
    /// The lowest byte of the stack, or lower where the module does not tell.
    pub low: u32,
    /// One past its highest byte.
    pub high: u32,
}

impl Stack {
    /// The main thread's stack, if the module has a stack pointer.
    pub fn of_main(module: &Module<'_>) -> Option<Self> {
        let pointer = match module.names {
            Some(_) => names::global(module, NAME)?,
            None => 0,
        };
        let global = module.globals.get(pointer as usize)?;
        let is_pointer = global.ty.mutable && global.ty.content_type == ValType::I32;
        let high = constant(&global.init).filter(|_| is_pointer)?;
        let is_used = || module.bodies.iter().any(|body| lowers(body, pointer));
        if high == 0 || !high.is_multiple_of(ALIGN) || !is_used() {
            return None;
        }
        let below = data(module).into_iter().filter(|(start, _)| *start < high);
        let low = below.map(|(_, end)| end).max().unwrap_or(0);
        let low = low.next_multiple_of(ALIGN);
        // Data across the start of the stack would be a layout that is not known.
        (low < high).then_some(Self { pointer, low, high })
    }
}

/// Whether a body makes room for a frame, and gives it back: it takes the global, subtracts, and sets
/// the global twice. Code that is not optimised does so by way of locals.
fn lowers(body: &FunctionBody<'_>, pointer: u32) -> bool {
    let ops = body.get_operators_reader().into_iter().flatten();
    let ops: Vec<_> = ops.map_while(Result::ok).collect();
    let is_pointer = |global: u32| global == pointer;
    let taken = ops.windows(3).any(|ops| match ops {
        [Operator::GlobalGet { global_index }, then @ ..] if is_pointer(*global_index) => {
            matches!(
                then,
                [Operator::I32Const { .. }, Operator::I32Sub] | [Operator::LocalSet { .. }, _]
            )
        }
        _ => false,
    });
    let sets = |op: &Operator<'_>| matches!(op, Operator::GlobalSet { global_index } if is_pointer(*global_index));
    let subtracts = |op: &Operator<'_>| matches!(op, Operator::I32Sub);
    taken && ops.iter().any(subtracts) && ops.iter().filter(|op| sets(op)).count() > 1
}

/// Where the module puts data: the start and the end of each piece.
fn data(module: &Module<'_>) -> Vec<(u32, u32)> {
    let segments = module
        .data
        .clone()
        .into_iter()
        .flatten()
        .map_while(Result::ok);
    let active = segments.filter_map(|segment| {
        let DataKind::Active { offset_expr, .. } = segment.kind else {
            return None;
        };
        let size = u32::try_from(segment.data.len()).ok()?;
        piece(constant(&offset_expr)?, size)
    });
    let mut pieces: Vec<(u32, u32)> = active.collect();
    let start = module.start.and_then(|start| {
        let defined = start.checked_sub(module.function_import_count())?;
        module.bodies.get(defined as usize)
    });
    if let Some(body) = start {
        pieces.extend(initialised(body));
    }
    pieces
}

/// What the start function of a module with a shared memory copies and clears.
fn initialised(body: &FunctionBody<'_>) -> Vec<(u32, u32)> {
    let ops = body.get_operators_reader().into_iter().flatten();
    let ops: Vec<_> = ops.map_while(Result::ok).collect();
    let pieces = ops.windows(4).filter_map(|ops| match ops {
        [
            Operator::I32Const { value: start },
            Operator::I32Const { .. },
            Operator::I32Const { value: size },
            Operator::MemoryInit { .. } | Operator::MemoryFill { .. },
        ] => piece(start.cast_unsigned(), size.cast_unsigned()),
        _ => None,
    });
    pieces.collect()
}

fn piece(start: u32, size: u32) -> Option<(u32, u32)> {
    Some((start, start.checked_add(size)?))
}

/// The value of a constant expression that is one number.
fn constant(expression: &ConstExpr<'_>) -> Option<u32> {
    let mut ops = expression.get_operators_reader();
    match ops.read().ok()? {
        Operator::I32Const { value } if ops.is_end_then_eof() => Some(value.cast_unsigned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A function that makes room for a frame.
    const FRAME: &str = "(func (local i32)
        global.get 0  i32.const 16  i32.sub  local.tee 0  global.set 0
        local.get 0  i32.const 16  i32.add  global.set 0)";

    fn stack(parts: &str) -> Option<(u32, u32)> {
        let text = format!("(module {parts})");
        let wasm = wat::parse_str(text).expect("the text is right");
        let module = Module::parse(&wasm).expect("it is a module");
        Stack::of_main(&module).map(|stack| (stack.low, stack.high))
    }

    fn with_pointer(parts: &str) -> Option<(u32, u32)> {
        stack(&format!(
            "(memory 2) (global (mut i32) (i32.const 4096)) {FRAME} {parts}"
        ))
    }

    #[test]
    fn a_stack_begins_at_zero_or_behind_the_data_below() {
        assert_eq!(with_pointer(""), Some((0, 4096)));
        let above = r#"(data (i32.const 4096) "abc")"#;
        assert_eq!(with_pointer(above), Some((0, 4096)));
        let below = r#"(data (i32.const 1024) "abc") (data (i32.const 512) "abc")"#;
        assert_eq!(with_pointer(below), Some((1040, 4096)));
    }

    #[test]
    fn the_start_function_tells_where_a_shared_memory_has_data() {
        let initialise = r#"(start 1) (data "abc") (func
            (memory.init 0 (i32.const 1024) (i32.const 0) (i32.const 3))
            (memory.fill (i32.const 1040) (i32.const 0) (i32.const 100)))"#;
        assert_eq!(with_pointer(initialise), Some((1152, 4096)));
    }

    #[test]
    fn data_across_the_top_is_a_layout_that_is_not_known() {
        let across = r#"(data (i32.const 4094) "abcdef")"#;
        assert_eq!(with_pointer(across), None);
    }

    #[test]
    fn a_global_that_no_frame_comes_from_is_no_stack_pointer() {
        assert_eq!(
            stack("(memory 1) (global (mut i32) (i32.const 4096))"),
            None
        );
        let counter = "(func global.get 0  i32.const 1  i32.add  global.set 0)";
        let global = "(memory 1) (global (mut i32) (i32.const 4096))";
        assert_eq!(stack(&format!("{global} {counter}")), None);
        let down = "(func global.get 0  i32.const 1  i32.sub  global.set 0)";
        assert_eq!(stack(&format!("{global} {down}")), None);
        let odd = "(memory 1) (global (mut i32) (i32.const 4097))";
        assert_eq!(stack(&format!("{odd} {FRAME}")), None);
        let constant = "(memory 1) (global i32 (i32.const 4096)) (func (drop (global.get 0)))";
        assert_eq!(stack(constant), None);
    }

    #[test]
    fn in_a_module_with_names_the_pointer_has_its_name() {
        let other = format!("(memory 1) (global $other (mut i32) (i32.const 4096)) {FRAME}");
        assert_eq!(stack(&other), None);
        let named =
            format!("(memory 1) (global $__stack_pointer (mut i32) (i32.const 64)) {FRAME}");
        assert_eq!(stack(&named), Some((0, 64)));
    }
}
