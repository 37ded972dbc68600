//! One report's bug costs one report: a panic ends where the report ends.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::Error;

/// Does `work`; a panic in it is an [`Error::Fenced`].
///
/// The stages keep nothing between reports, so that a stage that stopped half-way leaves nothing half-done behind.
pub(crate) fn fenced<R>(work: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|payload| Err(Error::Fenced(message(&*payload))))
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_of_the_report() {
        let result = fenced(|| -> Result<(), Error> { panic!("index {} of 2", 3) });
        assert_eq!(result, Err(Error::Fenced("index 3 of 2".to_owned())));
        assert_eq!(fenced(|| Ok(1)), Ok(1));
    }
}
