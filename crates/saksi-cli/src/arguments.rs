//! What can be typed, resolved once into plain settings.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  saksi read report.txt                          who said and did what, on the terminal
  saksi read --published 2023-08-14 report.txt   dates such as \"Friday\" need the day of publication
  saksi read --format jsonl reports/*.txt        one record a line, on all cores
  curl -s URL | html2text | saksi read -         from another program
  saksi parse report.txt                         Universal Dependencies trees, as CoNLL-U
  saksi schema                                   the JSON Schema of a record

Exit codes: 0 done; 1 some reports could not be read (named on standard error); 2 failed.";

const READ_EXAMPLES: &str = "\
Examples:
  saksi read report.txt
  saksi read --lang id --published 2023-08-14 report.txt
  saksi read --format json report.txt | jq '.events[].type'
  saksi read --format jsonl --threads 4 reports/*.txt > records.jsonl
  saksi read --format geojson reports/*.txt > map.geojson
  saksi read --pack my-pack report.txt
  saksi read --explain report.txt

A report is plain text in any encoding, of at most 4 MiB. It may open with lines such as

  Title: Minister visits shipyard
  Outlet: Harian Contoh
  Published: 2023-08-14

up to an empty line; they are read as what they say and are no part of the report's text. Without `--published` and
without such a line the date is taken from the report's own dateline; if there is none, a warning says so, and dates
such as \"on Friday\" stay open.";

/// Reads news reports and keeps the record of what they say: who did or said what, to whom, when, where, according to
/// whom, and who denies it. Each field points at the words that say so.
#[derive(Debug, Parser)]
#[command(name = "saksi", version, about, after_help = EXAMPLES, max_term_width = 120)]
pub(crate) struct Arguments {
    /// When to use colours and marks of the terminal.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// No warnings and no progress; errors only.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and print the record of each.
    Read(Read),
    /// Print the Universal Dependencies trees of a text, as CoNLL-U.
    Parse(Parse),
    /// Print the JSON Schema of a record.
    Schema,
}

#[derive(Debug, Args)]
#[command(after_help = READ_EXAMPLES)]
pub(crate) struct Read {
    /// Reports; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Language of the reports (ISO 639-1: `id`, `en`); told from the text if not given.
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,
    /// Day of publication of the reports, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = saksi::day)]
    pub(crate) published: Option<saksi::Date>,
    /// `text` for people; `json` for the record (of several files: an array); `jsonl` for one record a line; `geojson` for a map:
    /// a feature for each event, at its place, and for each place.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Folder of a pack that adds to the default packs or overrides them; may be given several times.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// Show the tree of each sentence with an event, the path from the event to its parties, and the rules.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Reports read at the same time [default: one per core].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// A text or a CoNLL-U file; `-` is standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub(crate) file: PathBuf,
    /// Language of the text (ISO 639-1: `id`, `en`); told from the text if not given, needed for CoNLL-U.
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,
    /// `text`: sentences and tokens are found; `conllu`: they are kept, and tagged and parsed anew.
    #[arg(long, value_enum, value_name = "INPUT", default_value_t = Input::Text)]
    pub(crate) input: Input,
    /// Folder of a pack that adds to the default packs or overrides them; may be given several times.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// Treebank whose habits of annotation the trees follow, by its name in the model's card [default: the one that fits
    /// news].
    #[arg(long, value_name = "NAME")]
    pub(crate) treebank: Option<String>,
    /// Measure tagging and parsing on one core and print {"tokens": .., "seconds": ..} to standard error.
    #[arg(long)]
    pub(crate) bench: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Jsonl,
    Geojson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Input {
    Text,
    Conllu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}
