//! What can be typed of exports, completions and man pages.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use saksi_export::{Format, Settings, Table};

use super::Archive;

const EXPORT_EXAMPLES: &str = "\
Examples:
  saksi export --format csv --out tables                     all of the archive
  saksi export 'country:PRK type:TEST' --format geojson --out map.geojson
  saksi export --archive case.db --format stix --date 2024-03-18 --out bundle.json
  saksi export --format parquet --table statements --out statements.parquet
  saksi export --records records.jsonl --format gdelt --out gdelt
  zcat records.jsonl.gz | saksi export --records - --format plover

The query is that of `saksi search`; of each report that passes the whole record is written, the earliest published first. Reprints are left out, since
their originals tell the same; `--reprints` writes them, too.

`csv` and `parquet` come in the tables `events`, `statements`, `entities`, `mentions` and `reports`, `gdelt` in `events` and `mentions`: one of them goes to
standard output or a file (`--table`, by default `events`), all of them into a folder (`--out`). What each format holds and what it can't is in
docs/formats.md.

A line of FILE that is no record is named and passed over. Files are written whole or not at all.

Exit codes: 0 done; 1 done, but for what was named on standard error, or nothing found; 2 failed.";

#[derive(Debug, Args)]
#[command(after_help = EXPORT_EXAMPLES)]
pub(crate) struct Export {
    /// Which reports of the archive, as for `saksi search` [default: all].
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) archive: Archive,
    /// Write reprints, too.
    #[arg(long)]
    pub(crate) reprints: bool,
    /// Not the archive, but files with one record a line, as `saksi read --format jsonl` writes; `-` is standard input.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["query", "file", "reprints"])]
    pub(crate) records: Vec<PathBuf>,
    /// The format to write.
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: Target,
}

/// Where an export goes, and of when it is.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// Of a format that comes in tables, the one to write.
    #[arg(long, value_name = "TABLE", value_parser = table())]
    pub(crate) table: Option<Table>,
    /// File to write; of a format that comes in tables, without `--table`, the folder for all of them [default: standard output].
    #[arg(long, value_name = "PATH")]
    pub(crate) out: Option<PathBuf>,
    /// Day of the export, YYYY-MM-DD, for formats that tell when something was added (`gdelt`, `stix`, `plover`, `annotation`) [default: of each report, the day that it was
    /// retrieved, else published].
    #[arg(long = "date", value_name = "DATE", value_parser = saksi::day)]
    pub(crate) day: Option<saksi::Date>,
}

impl Target {
    pub(crate) fn settings(&self) -> Settings {
        Settings { day: self.day }
    }

    /// The first of the arguments that only an export knows.
    pub(crate) fn given(&self) -> Option<&'static str> {
        let table = self.table.map(|_| "--table");
        let out = || self.out.as_ref().map(|_| "--out");
        let day = || self.day.map(|_| "--date");
        table.or_else(out).or_else(day)
    }
}

fn format() -> impl TypedValueParser<Value = Format> {
    let known = PossibleValuesParser::new(Format::ALL.map(Format::name));
    known.try_map(|name| {
        (Format::ALL.into_iter())
            .find(|format| format.name() == name)
            .ok_or("there is no such format")
    })
}

fn table() -> impl TypedValueParser<Value = Table> {
    let known = PossibleValuesParser::new(Table::ALL.map(Table::name));
    known.try_map(|name| {
        (Table::ALL.into_iter())
            .find(|table| table.name() == name)
            .ok_or("there is no such table")
    })
}

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  saksi completions bash > ~/.local/share/bash-completion/completions/saksi
  saksi completions zsh > ~/.zfunc/_saksi          with ~/.zfunc in $fpath
  saksi completions fish > ~/.config/fish/completions/saksi.fish";

#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

const MAN_EXAMPLES: &str = "\
Examples:
  saksi man | man -l -
  saksi man --out ~/.local/share/man/man1";

#[derive(Debug, Args)]
#[command(after_help = MAN_EXAMPLES)]
pub(crate) struct Man {
    /// Folder for a page of each command [default: the page of `saksi`, to standard output].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}
