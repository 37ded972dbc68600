//! Cuts raw text (standard input) with a `segmentation.toml` and prints bare CoNLL-U, to be scored against a treebank.
//!
//! `segment_text PACK_FILE < text > conllu`

use std::io::{Read as _, Write as _};

use saksi_text::{Cleaned, Segmentation, Segmenter};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args()
        .nth(1)
        .ok_or("usage: segment_text PACK_FILE < text")?;
    let segmentation = Segmentation::from_toml(&file, &std::fs::read_to_string(&file)?)?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let segmented = Segmenter::new(&segmentation).run(Cleaned::verbatim(text));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for sentence in &segmented.sentences {
        for token in &sentence.tokens {
            let (first, last) = (token.first + 1, token.first + token.words);
            if token.words > 1 {
                writeln!(
                    out,
                    "{first}-{last}\t{}{}",
                    token.span.of(&segmented.text),
                    "\t_".repeat(8)
                )?;
            }
            for (number, word) in
                (first..=last).zip(sentence.words.iter().skip(token.first as usize))
            {
                let head = u32::from(number > 1);
                writeln!(
                    out,
                    "{number}\t{}\t_\t_\t_\t_\t{head}\tdep\t_\t_",
                    word.form
                )?;
            }
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}
