//! Cleans standard input with the residue patterns of the packs given and prints the text; what was cut goes to standard error.
//!
//! `clean_text PACK_FILE... < report > text`

use std::io::{Read as _, Write as _};

use saksi_text::{Cleaner, Segmentation, decode};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut rules = Vec::new();
    for file in std::env::args().skip(1) {
        rules.push(Segmentation::from_toml(
            &file,
            &std::fs::read_to_string(&file)?,
        )?);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let decoded = decode(&bytes);
    let source = decoded.text.clone();
    let cleaned = Cleaner::new(rules.iter().map(Segmentation::residue)).run(decoded);
    let mut told = std::io::stderr().lock();
    for warning in &cleaned.warnings {
        writeln!(told, "warning: {warning}")?;
    }
    for cut in &cleaned.cuts {
        let words = source.get(cut.source.clone()).unwrap_or_default();
        writeln!(
            told,
            "{:?} {}..{} {words:?}",
            cut.kind, cut.source.start, cut.source.end
        )?;
    }
    std::io::stdout()
        .lock()
        .write_all(cleaned.text.as_bytes())?;
    Ok(())
}
