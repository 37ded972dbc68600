//! `saksi schema`: the JSON Schema of a record.

use crate::commands::Outcome;
use crate::printer::Printer;

pub(crate) fn run(printer: &mut Printer) -> anyhow::Result<Outcome> {
    let schema = serde_json::to_string_pretty(&saksi::record::schema())?;
    printer.data(&format!("{schema}\n"))?;
    Ok(Outcome::Done)
}
