//! Which functions of a program are library code: our libc and thread layer.
//!
//! Their authors rely on it that a thread switches only in a call out, so a pass that adds places
//! to switch must leave them alone (invariant I6).
//!
//! The objects of the sysroot name their functions in a custom section,
//! [`SECTION`](coopt_abi::library::SECTION), which wasm-ld leaves in the linked module, stripped or
//! not.

use std::collections::BTreeSet;

use wasmparser::FunctionBody;

use crate::module::index::count;

/// The defined functions, counted from 0, that the contents of the custom section name. The code
/// section starts at `code_start` of the module.
///
/// A tool that rewrites code after the link leaves the custom section out of date. If a number in
/// the section is not where a function begins, the whole section cannot be trusted: `None`.
pub fn read(
    contents: &[u8],
    bodies: &[FunctionBody<'_>],
    code_start: usize,
) -> Option<BTreeSet<u32>> {
    let (offsets, rest) = contents.as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    let offsets = offsets.iter().map(|bytes| u32::from_le_bytes(*bytes));
    let function = |offset: u32| {
        let start = code_start.checked_add(offset as usize)?;
        let found = bodies.binary_search_by_key(&start, |body| body.range().start);
        found.ok().map(count)
    };
    offsets
        .filter(|offset| *offset != 0)
        .map(function)
        .collect()
}

#[cfg(test)]
mod tests {
    use coopt_abi::library::SECTION;
    use wasm_encoder::{CodeSection, CustomSection, Function, FunctionSection, TypeSection};

    use crate::module::Module;

    /// A module with three functions and a section that names the code offsets of some.
    fn with_section(offsets: &[u32]) -> Vec<u8> {
        let mut module = wasm_encoder::Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for _ in 0..3 {
            functions.function(0);
            let mut body = Function::new([]);
            body.instructions().end();
            code.function(&body);
        }
        let data: Vec<u8> = offsets
            .iter()
            .flat_map(|offset| offset.to_le_bytes())
            .collect();
        module.section(&types).section(&functions).section(&code);
        module.section(&CustomSection {
            name: SECTION.into(),
            data: data.into(),
        });
        module.finish()
    }

    fn library(offsets: &[u32]) -> Option<Vec<u32>> {
        let wasm = with_section(offsets);
        let module = Module::parse(&wasm).expect("the module is valid");
        module.library.map(|library| library.into_iter().collect())
    }

    /// The code section holds the number of functions, and for each the size of its body, one byte,
    /// and two bytes of body. The bodies begin at 2, 5 and 8.
    #[test]
    fn functions_are_named_by_where_they_begin() {
        assert_eq!(library(&[8, 2, 0, 2]), Some(vec![0, 2]));
        assert_eq!(library(&[]), Some(vec![]));
    }

    #[test]
    fn a_section_that_is_out_of_date_is_not_trusted() {
        for offset in [1, 3, 4, 9, 1_000, u32::MAX] {
            assert_eq!(library(&[2, offset]), None, "{offset}");
        }
        let module = wat::parse_str("(module)").expect("the text is right");
        assert_eq!(Module::parse(&module).expect("it is valid").library, None);
    }
}
