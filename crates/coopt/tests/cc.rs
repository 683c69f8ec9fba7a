//! `coopt cc` with a real clang and our C library, which `cargo xtask setup`
//! makes, and the components that come out.

mod common;
use std::path::{Path, PathBuf};

use common::{Ended, Folder, coopt, end, run};

/// Exits with the number of threads that can live beside the main one.
const FILL: &str = "\
#include <errno.h>
#include <pthread.h>
#include <unistd.h>

static void *wait_for_ever(void *unused)
{
	pause();
	return unused;
}

int main(void)
{
	pthread_t thread;
	int count = 0, result;
	while ((result = pthread_create(&thread, NULL, wait_for_ever, NULL)) == 0)
		count++;
	return result == EAGAIN ? count : 100;
}
";

/// `coopt cc` with the folder of our C library, which `coopt` finds by itself
/// only when it was built in `target`.
fn cc(folder: &Folder, words: &[&str]) -> Ended {
    cc_with(&sysroot(), folder, words)
}

fn sysroot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/coopt/sysroot")
}

fn cc_with(sysroot: &Path, folder: &Folder, words: &[&str]) -> Ended {
    let mut command = coopt(folder);
    command.arg("cc").args(words).env("COOPT_SYSROOT", sysroot);
    // The variables by which `coopt cc` finds clang.
    for name in ["PATH", "COOPT_CLANG"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    end(command.output().expect("coopt starts"))
}

#[test]
fn a_cap_on_live_threads_is_the_components() {
    let folder = Folder::new("cc-cap");
    folder.write("fill.c", FILL);
    let built = cc(&folder, &["--coopt-max-threads=6", "fill.c", "-o", "fill"]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let ended = run(&folder, ["run", "fill"]);
    assert_eq!(ended.code, Some(5), "{}", ended.stderr);
}

#[test]
fn a_cap_that_no_component_can_have_is_refused() {
    let folder = Folder::new("cc-no-cap");
    folder.write("fill.c", FILL);
    let refused = cc(&folder, &["--coopt-max-threads=0", "fill.c", "-o", "fill"]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(
        refused.stderr,
        "error: how many threads may live at once is a whole number from 1 to 30000; found \
         `--coopt-max-threads=0`; write one of those, or nothing for 16384\n"
    );
    assert_eq!(folder.names(), ["fill.c"]);
}

#[test]
fn a_compiler_that_is_not_there_is_refused_with_the_systems_words() {
    let folder = Folder::new("cc-no-clang");
    let mut command = coopt(&folder);
    command
        .args(["cc", "--version"])
        .env("COOPT_CLANG", "no/clang");
    let refused = end(command.output().expect("coopt starts"));
    assert_eq!(refused.code, Some(2));
    assert_eq!(
        refused.stderr,
        "error: clang must start; found: No such file or directory (os error 2); at `no/clang`; \
         check its name and its permissions\n"
    );
}

/// Our sysroot without its C++ library.
#[cfg(unix)]
fn sysroot_of_c(folder: &Folder) -> PathBuf {
    let (whole, of_c) = (sysroot(), folder.0.join("target/coopt/sysroot"));
    let libraries = Path::new("lib/wasm32-wasip1-threads");
    for part in [Path::new("include"), libraries] {
        std::fs::create_dir_all(of_c.join(part)).expect("a folder can be made");
        for entry in std::fs::read_dir(whole.join(part)).expect("set-up has made it") {
            let name = entry.expect("it has a name").file_name();
            let text = name.to_string_lossy();
            if text == "c++" || text.starts_with("libc++") || text == "libunwind.a" {
                continue;
            }
            let place = part.join(&name);
            std::os::unix::fs::symlink(whole.join(&place), of_c.join(&place))
                .expect("a link can be made");
        }
    }
    of_c
}

#[cfg(unix)]
#[test]
fn cxx_without_a_library_is_clangs_failure_and_a_hint() {
    let folder = Folder::new("cc-cxx");
    let sysroot = sysroot_of_c(&folder);
    folder.write("header.cpp", "#include <thread>\nint main() {}\n");
    folder.write("new.cpp", "int main() { return *new int(0); }\n");
    folder.write("plain.cpp", "int main() { return 3; }\n");
    for (words, said) in [
        (&["-c", "header.cpp"][..], "'thread' file not found"),
        (&["new.cpp"], "undefined symbol: operator new"),
    ] {
        let failed = cc_with(&sysroot, &folder, words);
        assert_eq!(failed.code, Some(1), "{}", failed.stderr);
        assert!(failed.stderr.contains(said), "{}", failed.stderr);
        let last = failed.stderr.lines().last().expect("something is said");
        assert!(
            last.starts_with("note: C++ headers, `new` and guarded statics need a C++ library;"),
            "{last}"
        );
        assert!(
            last.contains("target/coopt/sysroot`; `cargo xtask setup` makes one"),
            "{last}"
        );
    }
    let built = cc_with(&sysroot, &folder, &["plain.cpp", "-o", "plain"]);
    assert_eq!((built.code, built.stderr.as_str()), (Some(0), ""));
    assert_eq!(run(&folder, ["run", "plain"]).code, Some(3));
}
