//! `saksi pack check`: packs in, what is wrong with them out.

use std::fmt::Write as _;

use saksi::packs::Checked;

use crate::arguments::PackCheck;
use crate::commands::Outcome;
use crate::commands::pack::counted;
use crate::printer::Printer;

pub(crate) fn run(arguments: &PackCheck, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let packs = saksi::packs::check(&arguments.folders)?;
    for pack in &packs {
        for error in &pack.errors {
            printer.error(error);
        }
        for warning in &pack.warnings {
            printer.warning(warning);
        }
        printer.data(&line(pack))?;
    }
    Ok(if packs.iter().any(|pack| !pack.errors.is_empty()) {
        Outcome::Partly
    } else {
        Outcome::Done
    })
}

fn line(pack: &Checked) -> String {
    let mut holds = vec![counted(pack.files as u64, "file", "files")];
    if pack.entries > 0 {
        holds.push(counted(
            pack.entries as u64,
            "entry of names",
            "entries of names",
        ));
    }
    if pack.things > 0 {
        holds.push(counted(
            pack.things as u64,
            "thing in a gazetteer",
            "things in gazetteers",
        ));
    }
    let mut line = format!("{}: {}: ", pack.name, holds.join(", "));
    let faults = counted(pack.errors.len() as u64, "error", "errors");
    let doubts = counted(pack.warnings.len() as u64, "warning", "warnings");
    let _ = match (pack.errors.len(), pack.warnings.len()) {
        (0, 0) => writeln!(line, "all is well"),
        (0, _) => writeln!(line, "{doubts}"),
        (_, 0) => writeln!(line, "{faults}"),
        _ => writeln!(line, "{faults}, {doubts}"),
    };
    line
}
