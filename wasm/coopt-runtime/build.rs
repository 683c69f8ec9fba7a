//! Gives the runtime the small stack it needs: no frame of it outlives a call
//! (invariant I1), so one stack of this size serves every thread.

fn main() {
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=65536");
}
