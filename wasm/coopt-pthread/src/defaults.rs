//! The attributes of threads that are created without any.

use core::cell::Cell;
use core::mem::MaybeUninit;

use crate::answer::c_functions;
use crate::attr::Attr;
use crate::cooperative::Cooperative;
use crate::errno::Errno;

static DEFAULT: Cooperative<Cell<Attr>> = Cooperative::new(Cell::new(Attr::new()));

/// A copy of the default attributes.
pub fn get() -> Attr {
    // `Attr` is made of cells, so it is no `Copy` type.
    let attr = DEFAULT.replace(Attr::new());
    let copy = attr.clone();
    DEFAULT.set(attr);
    copy
}

fn set(attr: &Attr) -> Result<(), Errno> {
    // Two threads cannot share one stack.
    if attr.own_stack().is_some() {
        return Err(Errno::INVAL);
    }
    DEFAULT.set(attr.clone());
    Ok(())
}

c_functions! {
    /// `pthread_getattr_default_np`, which initialises `attr`.
    fn pthread_getattr_default_np(attr: &mut MaybeUninit<Attr>) -> status {
        attr.write(get());
    }

    /// `pthread_setattr_default_np`: `EINVAL` for attributes with a stack.
    fn pthread_setattr_default_np(attr: &Attr) -> status {
        set(attr)?
    }
}
