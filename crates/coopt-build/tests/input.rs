//! Files that are no module, and pieces of one.

mod support;

use coopt_build::{Error, Inspection, Options, componentize, inspect};
use support::Fixture;

/// The error for `bytes`, which must not be a defect of ours.
fn refuse(bytes: &[u8]) -> Error {
    let Err(error) = componentize(bytes, &Options::default()) else {
        panic!("{} bytes were accepted", bytes.len());
    };
    assert!(!matches!(error, Error::Internal { .. }), "{error}");
    error
}

#[test]
fn what_is_no_wasm_is_named_by_its_first_bytes() {
    for (bytes, found) in [
        (&b""[..], "an empty file"),
        (
            b"\x7fELF\x02\x01\x01\0\0\0",
            "`7f 45 4c 46 02 01 01 00` ...",
        ),
        (b"(module)", "`28 6d 6f 64 75 6c 65 29`"),
        (b"\0asm", "`00 61 73 6d`"),
        (b"\0asm\x02\0\0\0", "`00 61 73 6d 02 00 00 00`"),
    ] {
        let error = refuse(bytes);
        assert!(matches!(error, Error::NotWasm { .. }), "{error}");
        assert!(
            error.to_string().contains(&format!("found {found};")),
            "{error}"
        );
        assert!(inspect(bytes).is_err());
    }
}

#[test]
fn a_truncated_module_is_refused() {
    for fixture in Fixture::all("lower") {
        let wasm = fixture.wasm();
        let ends = section_ends(&wasm);
        // A module that is cut between two sections may be a shorter valid module.
        for length in (0..wasm.len()).filter(|length| !ends.contains(length)) {
            let error = refuse(&wasm[..length]);
            let clear = matches!(error, Error::NotWasm { .. } | Error::Invalid { .. });
            assert!(clear, "{} cut at {length}: {error}", fixture.name);
        }
    }
}

/// Where the header and the sections of `wasm` end.
fn section_ends(wasm: &[u8]) -> Vec<usize> {
    let payloads = wasmparser::Parser::new(0).parse_all(wasm);
    let sections = payloads.filter_map(|payload| payload.expect("a valid module").as_section());
    std::iter::once(8)
        .chain(sections.map(|(_, range)| range.end))
        .collect()
}

#[test]
fn a_damaged_name_section_is_no_error() {
    let wasm = wat::parse_str("(module (func (export \"_start\")))").expect("the text is right");
    let huge_index = b"\x01\x08\x01\xff\xff\xff\xff\x0f\x01x";
    let twice = b"\x01\x07\x02\x00\x01a\x00\x01b";
    let not_utf8 = b"\x01\x04\x01\x00\x01\xff";
    let count_too_large = b"\x01\x05\xff\xff\xff\xff\x0f";
    let size_too_large = b"\x01\xff\xff\xff\xff\x0f";
    let unknown = b"\x7f\x01\x00\x01\x04\x01\x00\x01a";
    let damaged: [&[u8]; 6] = [
        huge_index,
        twice,
        not_utf8,
        count_too_large,
        size_too_large,
        unknown,
    ];
    for names in damaged {
        let mut wasm = wasm.clone();
        for _ in 0..2 {
            wasm.push(0);
            wasm.push(u8::try_from(names.len() + 5).expect("it is short"));
            wasm.extend_from_slice(b"\x04name");
            wasm.extend_from_slice(names);
        }
        let component = componentize(&wasm, &Options::default());
        let component = component.unwrap_or_else(|error| panic!("{names:x?}: {error}"));
        assert_eq!(support::validate(&component, support::HOST), Ok(()));
        inspect(&wasm).expect("it is inspected too");
    }
}

#[test]
fn a_long_import_name_can_be_shown() {
    let name = "a".repeat(100_000);
    let text = format!("(module (import \"{name}\" \"{name}\" (func)))");
    let wasm = wat::parse_str(text).expect("the text is right");
    let inspection = inspect(&wasm).expect("the module is valid");
    let Inspection::CoreModule(module) = &inspection else {
        panic!("it is a core module")
    };
    assert_eq!(module.imports.len(), 1);
    assert!(inspection.to_string().len() < 2_000);
    assert!(refuse(&wasm).to_string().len() < 2_000);
}

#[test]
fn a_result_is_a_component_and_no_input() {
    let wasm = wat::parse_str("(module (func (export \"_start\")))").expect("the text is right");
    let component = componentize(&wasm, &Options::default()).expect("it is a program");
    assert!(matches!(refuse(&component), Error::AlreadyComponent));
    assert!(matches!(inspect(&component), Ok(Inspection::Component(_))));
}
