//! The files that are compiled: which, for which archive, and how.

use std::path::{Path, PathBuf};

use anyhow::Result;
use coopt_cc::{EXCEPTIONS_OF_C, EXCEPTIONS_OF_CXX, TARGET};

use super::place;
use crate::folder::files;
use crate::layout;

/// An archive of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// libc++.
    Cxx,
    /// What `-fexperimental-library` links.
    Experimental,
    /// libc++abi.
    Abi,
    /// libunwind, which is in libc++abi's archive, too: no release of clang links it unasked.
    Unwind,
}

/// A file to compile.
#[derive(Debug)]
pub struct Unit {
    pub file: PathBuf,
    pub archive: Archive,
}

/// Files that are left out.
const LEFT_OUT: [&str; 2] = [
    // libc++abi has `operator new`, too.
    "libcxx/src/new.cpp",
    "libcxxabi/src/cxa_noexception.cpp",
];

/// All files to compile of the sources in `source`.
///
/// # Errors
/// When a folder cannot be listed.
pub fn all(source: &Path) -> Result<Vec<Unit>> {
    let mut units = Vec::new();
    let mut add = |archive, files: Vec<PathBuf>| {
        units.extend(files.into_iter().map(|file| Unit { file, archive }));
    };
    for folder in ["libcxx/src", "libcxx/src/ryu", "libcxx/src/filesystem"] {
        add(Archive::Cxx, files(&source.join(folder), "cpp")?);
    }
    let experimental = source.join("libcxx/src/experimental/keep.cpp");
    add(Archive::Experimental, vec![experimental]);
    add(Archive::Abi, files(&source.join("libcxxabi/src"), "cpp")?);
    add(Archive::Unwind, files(&place::ours(), "c")?);
    add(Archive::Unwind, files(&place::ours(), "s")?);
    units.retain(|unit| !LEFT_OUT.iter().any(|name| unit.file.ends_with(name)));
    Ok(units)
}

impl Unit {
    /// The name of the object.
    pub fn name(&self) -> String {
        let parent = self.file.parent().and_then(Path::file_name);
        let folder = parent.unwrap_or_default().to_string_lossy();
        let stem = self.file.file_stem().unwrap_or_default().to_string_lossy();
        format!("{:?}-{folder}-{stem}.o", self.archive).to_lowercase()
    }

    /// The words with which clang compiles the file.
    pub fn arguments(&self, source: &Path) -> Vec<String> {
        let mut words: Vec<String> = vec![format!("--target={TARGET}"), "-c".to_owned()];
        let mut add = |more: &[&str]| words.extend(more.iter().copied().map(str::to_owned));
        if self
            .file
            .extension()
            .is_some_and(|extension| extension == "s")
        {
            add(&["-mexception-handling"]);
            return words;
        }
        add(&["-pthread", "-O2", "-DNDEBUG", "-w"]);
        add(&EXCEPTIONS_OF_C);
        add(&EXCEPTIONS_OF_CXX);
        let (options, folders): (&[&str], &[&str]) = match self.archive {
            Archive::Cxx | Archive::Experimental => (&OF_CXX, &["libcxx/libc", "libcxx/src"]),
            Archive::Abi => (&OF_ABI, &["libcxx/src", "libunwind/include"]),
            Archive::Unwind => (&OF_UNWIND, &["libunwind/include", "libunwind/src"]),
        };
        add(options);
        words.push(format!("--sysroot={}", layout::sysroot().display()));
        for folder in CXX_HEADERS
            .iter()
            .filter(|_| self.archive != Archive::Unwind)
            .chain(folders)
        {
            words.push(format!("-I{}", source.join(folder).display()));
        }
        words
    }
}

const CXX_HEADERS: [&str; 2] = ["libcxx/include", "libcxxabi/include"];

const OF_CXX: [&str; 5] = [
    "-std=c++23",
    "-nostdinc++",
    "-D_LIBCPP_BUILDING_LIBRARY",
    "-DLIBCXX_BUILDING_LIBCXXABI",
    // The namespace of the parts of LLVM's libc that libc++ shares.
    "-DLIBC_NAMESPACE=__llvm_libc_common_utils",
];

const OF_ABI: [&str; 6] = [
    "-std=c++23",
    "-nostdinc++",
    "-D_LIBCPP_BUILDING_LIBRARY",
    "-D_LIBCXXABI_BUILDING_LIBRARY",
    // It keeps what C++17 has removed, for old programs.
    "-D_LIBCPP_ENABLE_CXX17_REMOVED_UNEXPECTED_FUNCTIONS",
    // `sysroot/builtins/thread_atexit.c`
    "-DHAVE___CXA_THREAD_ATEXIT_IMPL",
];

const OF_UNWIND: [&str; 2] = ["-std=c17", "-D_LIBUNWIND_HIDE_SYMBOLS"];
