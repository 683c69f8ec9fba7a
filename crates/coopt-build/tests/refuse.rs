//! Modules that cannot become components, and what is said about each.
//!
//! `refuse/<name>.wat` is the module, `refuse/<name>.stderr` the message;
//! `COOPT_BLESS=1` writes the messages anew.

mod support;

use coopt_build::{Error, componentize, inspect};
use libtest_mimic::{Arguments, Trial};
use support::Fixture;

fn main() {
    let trials = Fixture::all("refuse")
        .into_iter()
        .map(|fixture| Trial::test(fixture.name.clone(), move || Ok(refuse(&fixture)?)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn refuse(fixture: &Fixture) -> Result<(), String> {
    let wasm = fixture.wasm();
    let error = match componentize(&wasm, &fixture.options()) {
        Ok(_) => return Err("it was accepted".to_owned()),
        Err(error @ Error::Internal { .. }) => return Err(error.to_string()),
        Err(error) => error.to_string(),
    };
    // `inspect` must cope with all that `componentize` refuses.
    if let Ok(inspection) = inspect(&wasm) {
        assert!(!inspection.to_string().is_empty());
    }
    if error.contains('\n') || error.ends_with('.') {
        return Err(format!(
            "a message is one line without a final dot: {error}"
        ));
    }
    fixture.expect("stderr", &format!("{error}\n"))
}
