//! `saksi parse`: a text in, its trees out, as CoNLL-U.

use anyhow::bail;
use saksi::syntax::conllu;
use saksi::{About, Saksi, Settings};

use crate::arguments::{Input, Parse};
use crate::commands::Outcome;
use crate::input;
use crate::printer::Printer;

/// The longest CoNLL-U file: a line of it is some fifteen times as long as its word.
const MAX_CONLLU_BYTES: usize = 16 * saksi::MAX_REPORT_BYTES;

pub(crate) fn run(arguments: Parse, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let Parse {
        file,
        lang,
        input,
        packs,
        treebank,
        bench,
    } = arguments;
    if input::is_standard_input(&file) {
        input::refuse_terminal("parse")?;
    }
    let saksi = Saksi::new(&Settings { packs, treebank })?;
    let segmented = match input {
        Input::Text => {
            let bytes = input::bytes(&file, saksi::MAX_REPORT_BYTES)?;
            let about = About {
                language: lang,
                ..About::default()
            };
            saksi.segment(&bytes, &about)?
        }
        Input::Conllu => {
            let Some(language) = lang else {
                bail!("a CoNLL-U file does not tell its language; name it with `--lang`");
            };
            saksi.segment_conllu(&input::bytes(&file, MAX_CONLLU_BYTES)?, &language)?
        }
    };
    for warning in &segmented.warnings {
        printer.warning(&warning.to_string());
    }
    if bench {
        printer.note(&bench::run(&saksi, &segmented)?);
    }
    let parsed = saksi.parse(segmented)?;
    let mut out = Vec::new();
    conllu::write(&parsed, &mut out)?;
    printer.data(&String::from_utf8_lossy(&out))?;
    Ok(Outcome::Done)
}

mod bench {
    //! How fast tagging and parsing are, without reading, segmenting and writing.

    use std::time::{Duration, Instant};

    use saksi::Saksi;
    use saksi::text::Segmented;
    use serde_json::json;

    /// Rounds go on until so much time was measured, so that a short text gives a steady figure.
    const ENOUGH: Duration = Duration::from_secs(2);

    pub(super) fn run(saksi: &Saksi, segmented: &Segmented) -> anyhow::Result<String> {
        let words: usize = segmented
            .sentences
            .iter()
            .map(|sentence| sentence.words.len())
            .sum();
        // The first round pays for pages and caches.
        saksi.parse(segmented.clone())?;
        let mut rounds = 0;
        let mut spent = Duration::ZERO;
        let mut on_processor = Some(0.0);
        while spent < ENOUGH {
            let copy = segmented.clone();
            let (start, before) = (Instant::now(), processor_seconds());
            let parsed = saksi.parse(copy)?;
            spent += start.elapsed();
            on_processor = (|| Some(on_processor? + processor_seconds()? - before?))();
            drop(parsed);
            rounds += 1;
        }
        let mut measured = json!({"tokens": words * rounds, "seconds": spent.as_secs_f64()});
        if let Some(seconds) = on_processor {
            measured["cpu_seconds"] = seconds.into();
        }
        Ok(measured.to_string())
    }

    /// Seconds that this process has had a processor, where the system tells (Linux, `proc(5)`): on a busy machine less than what the clock says.
    fn processor_seconds() -> Option<f64> {
        let times = std::fs::read_to_string("/proc/self/schedstat").ok()?;
        let nanoseconds: f64 = times.split_whitespace().next()?.parse().ok()?;
        Some(nanoseconds / 1e9)
    }
}
