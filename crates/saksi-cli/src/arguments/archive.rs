//! What can be typed for the commands of the archive.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Reading, Sources};

const ADD_EXAMPLES: &str = "\
Examples:
  saksi add report.txt
  saksi add --archive case.db --published 2024-03-01 reports/*.txt
  saksi add --format jsonl reports/ > added.jsonl

What is in the archive already is not read again. The same text from elsewhere is noted as one more appearance; a near-duplicate is kept, linked
to the earliest one and marked with what differs.

Exit codes: 0 done; 1 some reports could not be read (named on standard error); 2 failed.";

const BATCH_EXAMPLES: &str = "\
Examples:
  saksi batch reports/
  saksi batch --archive case.db 2023.jsonl 2024.jsonl
  saksi batch reports/ && saksi stats

What can be read is what `saksi read` can read: texts, pages, JSON lines, tables, web archives, feeds, addresses, and folders of them.

A batch that was interrupted goes on where it was: run the same command again. Nothing is stored twice, whatever the order of the sources, and what
was stored is not read again.

Exit codes: 0 done; 1 some reports could not be read (named on standard error); 2 failed.";

const SEARCH_EXAMPLES: &str = "\
Examples:
  saksi search menyerang                          in all its forms: diserang, serangan, ...
  saksi search '\"kapal perang\" OR fregat'         a phrase as written, or a word
  saksi search 'rudal NOT latihan'
  saksi search 'serang*'                          words that begin so
  saksi search 'country:PRK type:TEST date:2023-08..2023-09'
  saksi search --actor \"Kim Jong Un\" --type INSPECT,EXERCISE
  saksi search --format jsonl source:KCNA stance:deny | jq .uri

Words: all must be in the report; `OR`, `NOT` and brackets join them otherwise. Filters: actor:, recipient:, object:, place:, source:, entity:, country:, type:,
mode:, modality:, stance:, date:, published:, lang:, outlet:, in the query or as flags. A comma parts values of which one must hold. All filters about events
must hold of one event. actor:, source: and their like take words of a name, a Wikidata number, or a country's three letters.

Exit codes: 0 found; 1 nothing found; 2 failed.";

const SHOW_EXAMPLES: &str = "\
Examples:
  saksi show 3fa9c0
  saksi show --format json 3fa9c0 | jq '.events[].type'
  saksi show --history 3fa9c0
  saksi show --reading 1 3fa9c0";

const TIMELINE_EXAMPLES: &str = "\
Examples:
  saksi timeline --country PRK --date 2023-08
  saksi timeline 'type:TRANSFER modality:actual'
  saksi timeline --format jsonl --all source:KCNA > events.jsonl

The query and its filters are those of `saksi search`. Events of reprints are left out, since their original tells them; `--reprints` shows them.

Exit codes: 0 found; 1 nothing found; 2 failed.";

/// Which archive.
#[derive(Debug, Args)]
pub(crate) struct Archive {
    /// The archive [default: that of the environment variable `SAKSI_ARCHIVE`, else `saksi.db` in the folder of the user's data].
    #[arg(long = "archive", value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = ADD_EXAMPLES)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) archive: Archive,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// `text` for people, `json` and `jsonl` for programs.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ArchiveFormat::Text)]
    pub(crate) format: ArchiveFormat,
}

#[derive(Debug, Args)]
#[command(after_help = BATCH_EXAMPLES)]
pub(crate) struct Batch {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) archive: Archive,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Reports read at the same time [default: one per core].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

/// What is looked for, and where.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// Words, "phrases", prefix*, AND, OR, NOT, brackets, filters.
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) archive: Archive,
    #[command(flatten)]
    pub(crate) filters: Filters,
}

/// Filters; each may be given several times, and all must hold.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct Filters {
    /// Who does it.
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Vec<String>,
    /// To whom.
    #[arg(long, value_name = "NAME")]
    pub(crate) recipient: Vec<String>,
    /// What with or to what.
    #[arg(long, value_name = "NAME")]
    pub(crate) object: Vec<String>,
    /// Where.
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Vec<String>,
    /// According to whom.
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Vec<String>,
    /// Who or what is named anywhere in the report.
    #[arg(long, value_name = "NAME")]
    pub(crate) entity: Vec<String>,
    /// Country of a party or the place (ISO 3166-1 alpha-3).
    #[arg(long, value_name = "CODES")]
    pub(crate) country: Vec<String>,
    /// Type of event (INSPECT, TRANSFER, ...).
    #[arg(long = "type", value_name = "TYPES")]
    pub(crate) kind: Vec<String>,
    /// Mode of event.
    #[arg(long, value_name = "MODES")]
    pub(crate) mode: Vec<String>,
    /// How real: actual, historical, future, hypothetical, negated.
    #[arg(long, value_name = "MODALITIES")]
    pub(crate) modality: Vec<String>,
    /// Stance of the statement that tells it: assert, deny, allege, estimate, predict, intend, ask.
    #[arg(long, value_name = "STANCES")]
    pub(crate) stance: Vec<String>,
    /// When it happens: a day, month or year, or a stretch of them (2023-08..2023-09).
    #[arg(long, value_name = "DATES")]
    pub(crate) date: Vec<String>,
    /// When the report was published.
    #[arg(long, value_name = "DATES")]
    pub(crate) published: Vec<String>,
    /// Language of the report (ISO 639-1).
    #[arg(long, value_name = "CODES")]
    pub(crate) lang: Vec<String>,
    /// Who published the report.
    #[arg(long, value_name = "NAMES")]
    pub(crate) outlet: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(crate) struct Search {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Reports that are shown at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,
    /// `text` for people, `json` and `jsonl` for programs.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ArchiveFormat::Text)]
    pub(crate) format: ArchiveFormat,
}

#[derive(Debug, Args)]
#[command(after_help = SHOW_EXAMPLES)]
pub(crate) struct Show {
    /// The first digits of the report's identifier, as many as tell it apart.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) archive: Archive,
    /// List all readings of the report.
    #[arg(long, conflicts_with = "reading")]
    pub(crate) history: bool,
    /// Show this reading, counted from 1 [default: the last, which holds].
    #[arg(long, value_name = "N")]
    pub(crate) reading: Option<u32>,
    /// `text` for people; `json` and `jsonl` for the record.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ArchiveFormat::Text)]
    pub(crate) format: ArchiveFormat,
}

#[derive(Debug, Args)]
#[command(after_help = TIMELINE_EXAMPLES)]
pub(crate) struct Timeline {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Events that are shown at most: the latest.
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub(crate) limit: u32,
    /// Show all events.
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// Show events of reprints, too.
    #[arg(long)]
    pub(crate) reprints: bool,
    /// `text` for people, `json` and `jsonl` for programs.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ArchiveFormat::Text)]
    pub(crate) format: ArchiveFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Stats {
    #[command(flatten)]
    pub(crate) archive: Archive,
    /// `text` for people, `json` and `jsonl` for programs.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ArchiveFormat::Text)]
    pub(crate) format: ArchiveFormat,
}

#[derive(Debug, Args)]
pub(crate) struct Reread {
    #[command(flatten)]
    pub(crate) archive: Archive,
    /// Folder of a pack that adds to the default packs or overrides them; may be given several times.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// Reports read at the same time [default: one per core].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ArchiveFormat {
    Text,
    Json,
    Jsonl,
}
