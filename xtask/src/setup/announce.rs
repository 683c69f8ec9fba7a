//! What set-up says.

/// Says what set-up is about to do. A set-up with nothing to do says nothing.
pub fn announce(step: &str) {
    eprintln!("setup: {step}");
}
