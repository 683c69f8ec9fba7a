//! What the linker is told.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // No frame of the runtime outlives a call (invariant I1), so one stack of this size serves
    // every thread.
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=65536");
    // The relocations say what refers to what: coopt-build leaves out what a program does not reach
    // (`plan/reach.rs`).
    println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
}
