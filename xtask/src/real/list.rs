//! The programs, a row each: where they come from, how they are built, what they do.

use crate::setup::debian::SourcePackage;

/// A program.
pub struct Program {
    pub name: &'static str,
    pub version: &'static str,
    pub source: Source,
    /// What its build with coopt is told besides the compiler and the host; empty for
    /// a program that is built as it is. It is shown in the table, and stands in the
    /// recipe as `$WORDS`.
    pub words: &'static str,
    /// The program that the build leaves, in the folder of the sources.
    pub product: &'static str,
    /// The work, in steps; each reads what an earlier one wrote.
    pub work: &'static [Step],
    /// The program's own tests.
    pub tests: Option<OwnTests>,
    /// What a reader of the figures has to know.
    pub note: &'static str,
}

/// Where a program comes from, and how it is built.
pub enum Source {
    /// A source package of Debian, others that lie in folders of it, and a shell
    /// script that builds it. The script is given `CC`, `AR`, `RANLIB`, `HOST` (what a
    /// `configure` has to be told) and `WORDS`.
    Debian {
        package: SourcePackage,
        beside: &'static [(&'static str, SourcePackage)],
        recipe: &'static str,
    },
    /// A crate with a program, which cargo fetches and builds.
    Crate,
}

/// The program is run once.
pub struct Step {
    pub arguments: &'static [&'static str],
    /// The file of the work's folder that is standard input.
    pub input: Option<&'static str>,
    /// The file of the work's folder that standard output becomes.
    pub output: &'static str,
    /// The file that the output must be the same as, besides what the other side writes.
    pub same_as: Option<&'static str>,
}

/// A program's own tests, which find a script in the place of each module that was
/// linked, and so run as they do natively.
pub struct OwnTests {
    /// The shell script that runs them.
    pub script: &'static str,
    pub verdict: Verdict,
}

/// How tests say how many of them passed.
pub enum Verdict {
    /// Automake's summary.
    Automake,
    /// By how the script ends: one test.
    Success,
}

/// The file that the programs work on: SQLite's amalgamation, 9 MB of C.
pub const INPUT: &str = "input";

/// A file is packed, and unpacked again.
macro_rules! round_trip {
    ([$($pack:literal),*], [$($unpack:literal),*]) => {
        &[
            Step {
                arguments: &[$($pack),*],
                input: Some(INPUT),
                output: "packed",
                same_as: None,
            },
            Step {
                arguments: &[$($unpack),*],
                input: Some("packed"),
                output: "unpacked",
                same_as: Some(INPUT),
            },
        ]
    };
}

const WHY: &str = "to run real programs";

/// Its `config.sub` serves others that have an older one.
const XZ: SourcePackage = SourcePackage {
    package: "xz-utils",
    release: "bookworm",
    tarball: "xz-utils_5.4.1.orig.tar.xz",
    sha256: "5d9827aa1875b21c288f78864bb26d2650b436ea8d2cad364e4921eb6266a5a5",
    why: WHY,
};

pub const ZSTD: SourcePackage = SourcePackage {
    package: "libzstd",
    release: "bookworm",
    tarball: "libzstd_1.5.4+dfsg2.orig.tar.xz",
    sha256: "8cf4bbb65e77ec348d052c8d6230eba66d435bddf64c8b5be2fcb16880c19953",
    why: WHY,
};

/// It has a picture in its documentation, which programs for pictures work on, too.
pub const PICTURE: &str = "picture.png";
pub const PICTURE_IN_ZSTD: &str = "doc/images/CSpeed2.png";

const ZLIB: SourcePackage = SourcePackage {
    package: "zlib",
    release: "bookworm",
    tarball: "zlib_1.2.13.dfsg.orig.tar.bz2",
    sha256: "71feb7947e3c00ef125f83b79a4e529bde31171e5babe48b391f06758d1ab0a1",
    why: WHY,
};

/// The programs, in the order of the table.
pub const PROGRAMS: &[Program] = &[
    Program {
        name: "xz",
        version: "5.4.1",
        source: Source::Debian {
            package: XZ,
            beside: &[],
            recipe: "./configure --quiet $HOST --disable-shared --disable-nls\n\
                     make -s -j2\n\
                     make -s -j2 check TESTS=",
        },
        words: "",
        product: "src/xz/xz",
        work: round_trip!(
            ["-T4", "-3", "--block-size=1MiB", "-c"],
            ["-T4", "-d", "-c"]
        ),
        tests: Some(OwnTests {
            script: "make -k check",
            verdict: Verdict::Automake,
        }),
        note: "`-T4`",
    },
    Program {
        name: "zstd",
        version: "1.5.4",
        source: Source::Debian {
            package: ZSTD,
            beside: &[],
            // A variable of make itself would not be added to.
            recipe: "export CPPFLAGS=\"$WORDS\"\n\
                     make -s -j2 -C programs zstd-release HAVE_ZLIB=0 HAVE_LZMA=0 HAVE_LZ4=0",
        },
        words: "-D__unix__",
        product: "programs/zstd",
        work: round_trip!(["-T4", "-B1048576", "-12", "-c"], ["-d", "-c"]),
        tests: None,
        note: "`-T4`",
    },
    Program {
        name: "pigz",
        version: "2.8",
        source: Source::Debian {
            package: SourcePackage {
                package: "pigz",
                release: "trixie",
                tarball: "pigz_2.8.orig.tar.xz",
                sha256: "bec34f9d61e28b9b069da9efd53e73d22cd207a4798ed664832dc9b17aa486aa",
                why: WHY,
            },
            beside: &[("zlib", ZLIB)],
            recipe: "(cd zlib && ./configure --static && make -s -j2 libz.a)\n\
                     make -s pigz CC=\"$CC\" CFLAGS='-O3 -Izlib' LDFLAGS=-Lzlib",
        },
        words: "",
        product: "pigz",
        work: round_trip!(["-p4", "-n", "-T", "-c"], ["-d", "-c"]),
        tests: Some(OwnTests {
            script: "make test",
            verdict: Verdict::Success,
        }),
        note: "`-p4`, zlib 1.2.13",
    },
    Program {
        name: "lbzip2",
        version: "2.5",
        source: Source::Debian {
            package: SourcePackage {
                package: "lbzip2",
                release: "bookworm",
                tarball: "lbzip2_2.5.orig.tar.bz2",
                sha256: "eec4ff08376090494fa3710649b73e5412c3687b4b9b758c93f73aa7be27555b",
                why: WHY,
            },
            beside: &[("xz", XZ)],
            // Its copy of gnulib is older than the GNU C library of today, and asks for
            // names that went away.
            recipe: "cp xz/build-aux/config.sub build-aux/\n\
                     if test -z \"$HOST\"; then export CPPFLAGS='-D_IO_ftrylockfile \
                     -D_IO_ERR_SEEN=0x20 -D_IO_IN_BACKUP=0x100'; fi\n\
                     ./configure --quiet $HOST\n\
                     make -s -j2\n\
                     make -s check TESTS=",
        },
        words: "a `config.sub` that knows WASI (xz's)",
        product: "src/lbzip2",
        work: round_trip!(["-n4", "-c"], ["-n4", "-d", "-c"]),
        tests: Some(OwnTests {
            // `timeout` is a part of the harness, and starts processes. The harness limits
            // the address space, of which a host reserves more than it uses.
            script: "rm -f tests/timeout.wasm\n\
                     cp ../native/tests/timeout tests/timeout\n\
                     make -k check LOG_COMPILER=\"sh -c 'ulimit() { :; }; . \\$\\$0'\"",
            verdict: Verdict::Automake,
        }),
        note: "`-n4`",
    },
    Program {
        name: "lz4",
        version: "1.9.4",
        source: Source::Debian {
            package: SourcePackage {
                package: "lz4",
                release: "bookworm",
                tarball: "lz4_1.9.4.orig.tar.gz",
                sha256: "0b0e3aa07c8c063ddf40b082bdf7e37a1562bda40a0ff5272957f3e987e0e54b",
                why: WHY,
            },
            beside: &[],
            recipe: "make -s -j2 -C programs lz4",
        },
        words: "",
        product: "programs/lz4",
        work: round_trip!(["-9", "-c"], ["-d", "-c"]),
        tests: None,
        note: "without threads in this version",
    },
    Program {
        name: "x264",
        version: "0.164.3095",
        source: Source::Debian {
            package: SourcePackage {
                package: "x264",
                release: "bookworm",
                tarball: "x264_0.164.3095+gitbaee400.orig.tar.gz",
                sha256: "8b237e94b08c196a1da22f2f25875f10be4cff3648df4eeff21e00da8f683fc2",
                why: WHY,
            },
            beside: &[],
            recipe: "./configure $WORDS --disable-asm --disable-opencl --disable-avs --disable-lavf \
                     --disable-swscale --disable-gpac\n\
                     make -s -j2",
        },
        words: "--host=wasm32-linux",
        product: "x264",
        // Any bytes are a picture, and these are the same everywhere.
        work: &[Step {
            arguments: &[
                "--quiet",
                "--no-progress",
                "--threads",
                "4",
                "--demuxer",
                "raw",
                "--input-res",
                "320x176",
                "--frames",
                "50",
                "--muxer",
                "raw",
                "-o",
                "-",
                "-",
            ],
            input: Some(INPUT),
            output: "film",
            same_as: None,
        }],
        tests: None,
        note: "it calls `read_frame_thread_int`, of the type `(i32) -> ()`, by a pointer of the type \
               `(i32) -> i32`, and WebAssembly traps",
    },
    Program {
        name: "ripgrep",
        version: "14.1.1",
        source: Source::Crate,
        words: "",
        product: "bin/rg",
        work: &[
            Step {
                arguments: &["-c", "(mutex|thread).*(enter|leave|[0-9]{3,})", "-"],
                input: Some(INPUT),
                output: "counted",
                same_as: None,
            },
            Step {
                arguments: &["-o", "\\w", "-"],
                input: Some(INPUT),
                output: "found",
                same_as: None,
            },
        ],
        tests: None,
        note: "standard input only: its crate `ignore` opens folders and files on Unix and Windows \
               alone (\"unsupported platform\")",
    },
    Program {
        name: "oxipng",
        version: "9.1.5",
        source: Source::Crate,
        words: "",
        product: "bin/oxipng",
        work: &[Step {
            arguments: &["-t", "4", "-o", "4", "--stdout", PICTURE],
            input: None,
            output: "smaller.png",
            same_as: None,
        }],
        tests: None,
        note: "`-t 4` (rayon), libdeflate by `coopt cc`",
    },
];
