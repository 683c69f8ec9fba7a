//! The figures of what a program has to do with the world outside: files, streams,
//! sockets; and of its size.

use super::{
    DATABASE, ECHO, ECHO_BESIDE_SILENT, Figure, HELLO_SIZE, HELLO_THREAD_SIZE, Limit, coopt,
    over_native, speed_to_native, speed_to_stock,
};
use crate::bench::samples::Round;

/// The figures, in the order of the table.
pub const FIGURES: &[Figure] = &[
    at_least("read of 256 MiB, speed to stock wasmtime", 1.0, |round| {
        speed_to_stock(round, "file_read_256m")
    }),
    at_least("write of 256 MiB, speed to stock wasmtime", 1.0, |round| {
        speed_to_stock(round, "file_write_256m")
    }),
    at_least("pread of 4 KiB, speed to stock wasmtime", 0.7, |round| {
        speed_to_stock(round, "file_pread")
    }),
    at_least("pwrite of 4 KiB, speed to stock wasmtime", 0.7, |round| {
        speed_to_stock(round, "file_pwrite")
    }),
    at_least("SQLite's speedtest1, speed to native", 0.5, |round| {
        speed_to_native(round, DATABASE)
    }),
    at_most("read of 4 KiB / native", 4.0, |round| {
        over_native(round, "file_read")
    }),
    at_most("write of 4 KiB / native", 4.0, |round| {
        over_native(round, "file_write")
    }),
    at_most("pread of 4 KiB / native", 4.0, |round| {
        over_native(round, "file_pread")
    }),
    at_most("pwrite of 4 KiB / native", 4.0, |round| {
        over_native(round, "file_pwrite")
    }),
    at_most("stat / native", 3.0, |round| {
        over_native(round, "file_stat")
    }),
    at_most("open and close / native", 3.0, |round| {
        over_native(round, "file_open")
    }),
    at_most("printf of a line / native", 3.0, |round| {
        over_native(round, "print")
    }),
    at_most("printf and fflush / native", 3.0, |round| {
        over_native(round, "print_flush")
    }),
    at_least("echo of 100 connections, speed to native", 0.4, |round| {
        speed_to_native(round, ECHO)
    }),
    at_most(
        "echo beside 100 silent connections / without",
        1.1,
        |round| Some(coopt(round, ECHO_BESIDE_SILENT)? / coopt(round, ECHO)?),
    ),
    Figure {
        unit: "kB",
        ..at_most("hello world without its names", 40.0, |round| {
            coopt(round, HELLO_SIZE)
        })
    },
    Figure {
        unit: "kB",
        ..at_most("hello world of a thread without its names", 55.0, |round| {
            coopt(round, HELLO_THREAD_SIZE)
        })
    },
];

const fn at_most(what: &'static str, limit: f64, of: fn(&Round) -> Option<f64>) -> Figure {
    ratio(what, Limit::AtMost(limit), of)
}

const fn at_least(what: &'static str, limit: f64, of: fn(&Round) -> Option<f64>) -> Figure {
    ratio(what, Limit::AtLeast(limit), of)
}

const fn ratio(what: &'static str, limit: Limit, of: fn(&Round) -> Option<f64>) -> Figure {
    let unit = "";
    Figure {
        what,
        limit,
        unit,
        of,
    }
}
