//! The driver with a real clang and our C library, which `cargo xtask setup`
//! makes. The step from module to component is a stand-in.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use coopt_cc::{Ended, Error, Language, Threads, run};

/// How every component of the stand-in begins.
const MARK: &[u8] = b"component of ";

/// The folder of a test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a scratch folder can be made");
        Self(folder)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, text).expect("a scratch file can be written");
        path
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0)
            .expect("the scratch folder is there")
            .map(|entry| {
                entry
                    .expect("is listed")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }
}

/// `coopt cc` with the folder of our C library, which the search does not find
/// from the executable of a test.
fn cc(words: &[&str]) -> Result<Ended, Error> {
    compile(Language::C, words)
}

fn compile(language: Language, words: &[&str]) -> Result<Ended, Error> {
    let sysroot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/coopt/sysroot");
    let mut all = vec![OsString::from(format!("--sysroot={}", sysroot.display()))];
    all.extend(words.iter().map(OsString::from));
    run(&all, language, &|module, settings| match settings.threads {
        Threads::On => Ok([MARK, module].concat()),
        Threads::Off => Err("the stand-in was asked for no threads".into()),
    })
}

/// How `coopt cc` ends when clang succeeds.
const SUCCESS: Ended = Ended {
    code: 0,
    hint: None,
};

const PROGRAM: &str = "#include <stdlib.h>\nint main(void) { return malloc(1) == NULL; }\n";

fn is_component(path: &str) -> bool {
    fs::read(path).is_ok_and(|bytes| {
        bytes
            .strip_prefix(MARK)
            .is_some_and(|module| module.starts_with(b"\0asm"))
    })
}

#[test]
fn one_step_makes_a_component_and_nothing_else() {
    let scratch = Scratch::new("one_step");
    let source = scratch.file("program.c", PROGRAM);
    let output = scratch.path("program");
    assert_eq!(
        cc(&["-O1", &source, "-o", &output]).expect("compiles"),
        SUCCESS
    );
    assert!(is_component(&output));
    assert_eq!(scratch.names(), ["program", "program.c"]);
}

#[test]
fn a_makefile_compiles_then_links() {
    let scratch = Scratch::new("makefile");
    let main = scratch.file(
        "main.c",
        "int twice(int); int main(void) { return twice(0); }\n",
    );
    let twice = scratch.file("twice.c", "int twice(int n) { return 2 * n; }\n");
    let (first, second) = (scratch.path("main.o"), scratch.path("twice.o"));
    for (source, object) in [(&main, &first), (&twice, &second)] {
        assert_eq!(
            cc(&["-c", source, "-o", object, "-MD"]).expect("compiles"),
            SUCCESS
        );
        assert!(fs::read(object).expect("is there").starts_with(b"\0asm"));
    }
    let response = scratch.file(
        "link.rsp",
        &format!("-o {}\n\"{first}\" {second}", scratch.path("app")),
    );
    assert_eq!(cc(&[&format!("@{response}")]).expect("links"), SUCCESS);
    assert!(is_component(&scratch.path("app")));
}

#[test]
fn clangs_exit_code_is_ours_and_the_old_output_stays() {
    let scratch = Scratch::new("exit_code");
    let broken = scratch.file("broken.c", "int main(void) { return undeclared; }\n");
    let output = scratch.file("app", "from before");
    assert_eq!(
        cc(&["-w", &broken, "-o", &output]).expect("clang says what is wrong"),
        Ended {
            code: 1,
            hint: None
        }
    );
    assert_eq!(
        fs::read_to_string(&output).expect("is there"),
        "from before"
    );
    assert_eq!(scratch.names(), ["app", "broken.c"]);
}

#[test]
fn a_failed_conversion_leaves_no_output() {
    let scratch = Scratch::new("failed_conversion");
    let source = scratch.file("program.c", PROGRAM);
    let error = cc(&["--coopt-threads=off", &source, "-o", &scratch.path("app")])
        .expect_err("the stand-in refuses");
    assert_eq!(
        error.to_string(),
        format!(
            "`{}` was not written: the stand-in was asked for no threads",
            scratch.path("app")
        )
    );
    assert_eq!(scratch.names(), ["program.c"]);
}

#[test]
fn a_folder_is_no_output() {
    let scratch = Scratch::new("folder");
    let source = scratch.file("program.c", PROGRAM);
    let error = cc(&[&source, "-o", &scratch.path(".")]).expect_err("is a folder");
    assert!(matches!(error, Error::OutputIsFolder { .. }), "{error}");
}

#[test]
fn an_output_needs_a_folder_to_lie_in() {
    let scratch = Scratch::new("no_folder");
    let source = scratch.file("program.c", PROGRAM);
    let error = cc(&[&source, "-o", &scratch.path("no/such/app")]).expect_err("cannot be written");
    let text = error.to_string();
    assert!(
        text.starts_with("the output must be writable; found: "),
        "{text}"
    );
    assert!(text.contains("no/such/app`; check"), "{text}");
}

#[cfg(unix)]
#[test]
fn the_null_device_stays_a_device() {
    use std::os::unix::fs::FileTypeExt as _;

    let scratch = Scratch::new("null_device");
    let source = scratch.file("program.c", PROGRAM);
    assert_eq!(
        cc(&[&source, "-o", "/dev/null"]).expect("compiles"),
        SUCCESS
    );
    let kind = fs::metadata("/dev/null").expect("is there").file_type();
    assert!(kind.is_char_device());
}

#[cfg(unix)]
#[test]
fn a_link_is_written_through_and_the_program_is_executable() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let scratch = Scratch::new("symbolic_link");
    let source = scratch.file("program.c", PROGRAM);
    let real = scratch.file("real", "");
    symlink(&real, scratch.path("link")).expect("a link can be made");
    assert_eq!(
        cc(&[&source, "-o", &scratch.path("link")]).expect("compiles"),
        SUCCESS
    );
    assert!(is_component(&real));
    let mode = fs::metadata(&real).expect("is there").permissions().mode();
    assert_ne!(mode & 0o100, 0);
}

#[test]
fn outputs_in_every_spelling() {
    let scratch = Scratch::new("outputs");
    let source = scratch.file("a.c", "int main(void) { return 0; }");
    let output = scratch.path("x");
    let spellings: [&[&str]; 4] = [
        &["-o", &output, &source],
        &[&format!("--output={output}"), &source],
        &["--output", &output, &source],
        &["-o", &output, "--", &source],
    ];
    for words in spellings {
        assert_eq!(cc(words).expect("it links").code, 0, "{words:?}");
        assert_eq!(scratch.names(), ["a.c", "x"], "{words:?}");
        fs::remove_file(&output).expect("it is there");
    }
}

#[test]
fn what_is_printed_instead_of_a_program_is_no_failure() {
    let scratch = Scratch::new("printed");
    let source = scratch.file("a.c", "int main(void) { return 0; }");
    let output = scratch.path("x");
    for word in ["-Wl,--version", "-ccc-print-phases"] {
        let ended = cc(&[word, &source, "-o", &output]);
        assert_eq!(ended.expect("it prints").code, 0, "{word}");
        assert_eq!(scratch.names(), ["a.c"], "{word}");
    }
}

#[test]
fn cxx_and_c_become_one_program() {
    let scratch = Scratch::new("cxx");
    let cxx = scratch.file(
        "main.cpp",
        "#include <string>\nextern \"C\" int twice(int);\nint main() {\n\
         try { throw std::string(twice(1), 'x'); } catch (std::string &s) { return s.empty(); } }\n",
    );
    // This is no C++: there, the pointer would have to be cast.
    let c = scratch.file(
        "twice.c",
        "#include <stdlib.h>\nint twice(int n) { int *place = malloc(1); return place ? 2 * n : 0; }\n",
    );
    let (app, object) = (scratch.path("app"), scratch.path("twice.o"));
    assert_eq!(cc(&[&cxx, &c, "-o", &app]).expect("compiles"), SUCCESS);
    assert!(is_component(&app));

    assert_eq!(cc(&["-c", &c, "-o", &object]).expect("compiles"), SUCCESS);
    fs::remove_file(&app).expect("it is there");
    let ended = compile(Language::Cxx, &[&cxx, &object, "-o", &app]);
    assert_eq!(ended.expect("compiles"), SUCCESS);
    assert!(is_component(&app));
}

#[test]
fn optimisation_in_the_linker_keeps_exceptions() {
    let scratch = Scratch::new("lto");
    let source = scratch.file(
        "main.cpp",
        "int main(int, char **v) { try { throw v; } catch (char **) { return 0; } }\n",
    );
    let app = scratch.path("app");
    let ended = compile(Language::Cxx, &["-flto", "-O2", &source, "-o", &app]);
    assert_eq!(ended.expect("compiles"), SUCCESS);
    let module = fs::read(&app).expect("it is there");
    // The instruction `try_table` of no type, with one catch, of a tag: its number takes 5 bytes.
    let start = [0x1f, 0x40, 0x01, 0x00, 0x80];
    let has_try_table = module.windows(start.len()).any(|bytes| bytes == start);
    assert!(has_try_table, "the code catches nothing");
}

#[test]
fn words_of_other_linkers_make_the_same_program() {
    let scratch = Scratch::new("other_linkers");
    let source = scratch.file("program.c", PROGRAM);
    let object = scratch.path("program.o");
    assert_eq!(
        cc(&["-c", &source, "-o", &object]).expect("compiles"),
        SUCCESS
    );
    let link = |name, words: &[&str]| {
        let output = scratch.path(name);
        let all = [words, &[&object, "-Wl,--fatal-warnings", "-o", &output]].concat();
        assert_eq!(cc(&all).expect("links"), SUCCESS, "{words:?}");
        fs::read(output).expect("is there")
    };
    let plain = link("app", &[]);
    fs::remove_file(scratch.path("app")).expect("is there");
    let words = [
        "-Werror",
        "-rdynamic",
        "-pie",
        "-Wl,--start-group,--as-needed,-z,relro,-z,now,--no-undefined",
        "-Wl,-soname,x.so,--hash-style=gnu,--version-script,x.map",
        "-Xlinker",
        "-rpath-link",
        "-Xlinker",
        "/x",
        "-Wl,--end-group",
    ];
    assert!(link("app", &words) == plain);
}

#[test]
fn a_response_file_holds_our_options_and_may_be_long() {
    let scratch = Scratch::new("ours_in_a_response_file");
    let source = scratch.file("program.c", PROGRAM);
    let output = scratch.path("app");
    let macros: String = (0..20_000).map(|n| format!("-DLONG_{n}=0 ")).collect();
    let ours = scratch.file("ours.rsp", &format!("{macros} --coopt-threads=off"));
    let error = cc(&[&format!("@{ours}"), &source, "-o", &output]).expect_err("has no threads");
    assert!(
        error.to_string().contains("asked for no threads"),
        "{error}"
    );
}

#[test]
fn a_response_file_that_is_no_text_is_clangs_error() {
    let scratch = Scratch::new("no_text");
    let file = scratch.path("x.rsp");
    fs::write(&file, b"\xff\xfe-\0c").expect("a scratch file can be written");
    let ended = cc(&[&format!("@{file}"), "-o", &scratch.path("app")]).expect("clang says it");
    assert_eq!(ended.code, 1);
    assert_eq!(scratch.names(), ["x.rsp"]);
}
