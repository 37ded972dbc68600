//! Any query is understood or refused with a column that lies in it, quickly, and what is understood can be asked.
#![no_main]

use std::cell::LazyCell;

use libfuzzer_sys::fuzz_target;
use saksi_archive::{Options, Query, Reader, Writer};

thread_local! {
    /// An empty archive: the database still reads the query as a whole.
    static READER: LazyCell<(tempfile::TempDir, Reader)> = LazyCell::new(|| {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("a.db");
        Writer::open(&path, Options::default()).expect("an archive can be made");
        let reader = Reader::open(&path, Options::default()).expect("the archive can be read");
        (folder, reader)
    });
}

fuzz_target!(|text: &str| {
    match Query::parse(text) {
        Err(error) => {
            assert!((1..=text.chars().count() + 1).contains(&error.column), "{error}");
            assert!(!error.message.is_empty());
        }
        Ok(query) => READER.with(|reader| {
            let lemmas = |word: &str| vec![word.to_lowercase()];
            let found = reader.1.search(&query, &lemmas, 5).expect("a query that was understood can be asked");
            assert!(found.hits.is_empty());
            reader.1.timeline(&query, &lemmas, false, Some(5)).expect("and so can its timeline");
        }),
    }
});
