//! What can be typed, resolved once into plain settings.

use std::num::NonZero;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use saksi::record::EntityType;

use crate::data_folder;

mod export;

pub(crate) use export::{Completions, Export, Man, Shell, Target};
mod archive;

pub(crate) use archive::{
    Add, Archive, ArchiveFormat, Batch, Filters, Reread, Search, Show, Stats, Timeline,
};

const EXAMPLES: &str = "\
Examples:
  saksi read report.txt                          who said and did what, on the terminal
  saksi read --published 2023-08-14 report.txt   dates such as \"Friday\" need the day of publication
  saksi read --format jsonl reports/*.txt        one record a line, on all cores
  saksi read https://example.org/a-report        a web page; so are folders, JSON lines, CSV, WARC
  saksi batch reports/                           keep the records of very many reports
  saksi search 'menyerang country:PRK'           find them again
  saksi export --format csv --out tables         take them along in other people's formats
  saksi parse report.txt                         Universal Dependencies trees, as CoNLL-U
  saksi schema                                   the JSON Schema of a record
  saksi pack import entities.ftm.json --into my-list   a pack of what others know
  saksi pack find Surabaya                       what a name can mean, and why
  saksi eval my-gold                             how right the records are, by gold

Exit codes: 0 done; 1 some reports could not be read (named on standard error); 2 failed.";

const READ_EXAMPLES: &str = "\
Examples:
  saksi read report.txt
  saksi read --lang id --published 2023-08-14 report.txt
  saksi read --format json report.txt | jq '.events[].type'
  saksi read --format jsonl --threads 4 reports/*.txt > records.jsonl
  saksi read --format geojson reports/*.txt > map.geojson
  saksi read --format csv --out tables reports/*.txt
  saksi read --pack my-pack report.txt
  saksi read --explain report.txt
  saksi read page.html folder https://example.org/a-report
  saksi read --map text=body,published=date --format jsonl reports.jsonl
  saksi read --format jsonl crawl.warc.gz > records.jsonl

A report has at most 4 MiB. Of a web page only the article is read. Nothing is fetched but the addresses that are named, as their sites' robots.txt
lets. A text in any encoding may open with lines such as

  Title: Minister visits shipyard
  Outlet: Harian Contoh
  Published: 2023-08-14

up to an empty line; they are read as what they say and are no part of the report's text. Without `--published` and
without such a line the date is taken from the report's own dateline; if there is none, a warning says so, and dates
such as \"on Friday\" stay open.";

/// Reads news reports and keeps the record of what they say: who did or said what, to whom, when, where, according to
/// whom, and who denies it. Each field points at the words that say so.
#[derive(Debug, Parser)]
#[command(name = "saksi", version, after_help = EXAMPLES, max_term_width = 120)]
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
    /// Print the reports of pages, tables, web archives and feeds as `read` would read them, a JSON object a line.
    Extract(Extract),
    /// Follow feeds (RSS, Atom, JSON Feed), and fetch what is new in them.
    #[command(subcommand)]
    Feed(Feed),
    /// Print the Universal Dependencies trees of a text, as CoNLL-U.
    Parse(Parse),
    /// Print the JSON Schema of a record.
    Schema,
    /// Read reports and keep their records in the archive.
    Add(Add),
    /// Read very many reports into the archive, on all cores; goes on where it was interrupted.
    Batch(Batch),
    /// Find reports in the archive by their words and by what they tell.
    Search(Box<Search>),
    /// Show a report of the archive.
    Show(Show),
    /// List events of the archive by their dates.
    Timeline(Box<Timeline>),
    /// Write records of the archive in other people's formats: tables, maps, event data, graphs.
    Export(Export),
    /// Tell how much of what there is in the archive.
    Stats(Stats),
    /// Read the reports of the archive anew, with the present packs; the old records stay in its history.
    Reread(Reread),
    /// Tell how right records are, by gold.
    Eval(Eval),
    /// Make packs of what others know, tell what is wrong with a pack, show what a name can mean.
    #[command(subcommand)]
    Pack(Pack),
    /// Print what completes commands and arguments in a shell.
    Completions(Completions),
    /// Write the pages for `man`.
    Man(Man),
}

#[derive(Debug, Args)]
#[command(after_help = READ_EXAMPLES)]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) sources: Sources,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// `text` for people; `json` for the record (of several files: an array); `jsonl` for one record a line; the others as `saksi export` writes them.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: Target,
    /// Show the tree of each sentence with an event, the path from the event to its parties, and the rules.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Reports read at the same time [default: one per core].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

/// How reports are read.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Language of the reports (ISO 639-1: `id`, `en`); told from the text if not given.
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,
    /// Day of publication of the reports, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", value_parser = saksi::day)]
    pub(crate) published: Option<saksi::Date>,
    /// Folder of a pack that adds to the default packs or overrides them; may be given several times.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
}

/// Where reports are.
#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Texts, web pages, JSON lines, tables (CSV, TSV), web archives (WARC, WET, ARC), feeds, packed with gzip or not; folders of them; addresses
    /// (`https://...`), which are fetched; `-` is standard input.
    #[arg(value_name = "FILE|DIR|URL")]
    pub(crate) files: Vec<PathBuf>,
    /// Which field of a table or JSON object holds what: `text=body,published=date`; FIELD is one of `text`, `html`, `title`, `uri`, `outlet`,
    /// `byline`, `published`, `retrieved`, `language` [default: the usual names].
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',')]
    pub(crate) map: Vec<String>,
    /// What the files are; told from their content, then their names, if not given.
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) input: Option<SourceKind>,
    /// Fetch from addresses that are not public as well: this computer, the own network.
    #[arg(long)]
    pub(crate) allow_private: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SourceKind {
    Text,
    Html,
    Jsonl,
    Csv,
    Tsv,
    Warc,
    Feed,
}

const EXTRACT_EXAMPLES: &str = "\
Examples:
  saksi extract page.html
  saksi extract crawl.warc.gz > reports.jsonl
  saksi extract --map text=isi,published=tanggal articles.csv | saksi read -

Exit codes: 0 done; 1 some reports could not be found (named on standard error); 2 failed.";

#[derive(Debug, Args)]
#[command(after_help = EXTRACT_EXAMPLES)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) sources: Sources,
    /// Pages worked on at the same time [default: one per core].
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZero<usize>>,
}

const FEED_EXAMPLES: &str = "\
Examples:
  saksi feed fetch > new.jsonl && saksi read new.jsonl
  saksi feed fetch --into reports
  saksi feed fetch --summaries https://example.org/feed

What is new is fetched once: the list remembers it as soon as its report is handed over. A page that can't be had now is asked for again the next
time; a feed that fails is left alone for a quarter of an hour, then for twice as long each time, unless it is named.

Exit codes: 0 done; 1 some feeds or pages could not be had (named on standard error); 2 failed.";

#[derive(Debug, Subcommand)]
pub(crate) enum Feed {
    /// Follow feeds. Nothing is fetched yet.
    Add {
        /// Addresses of feeds.
        #[arg(value_name = "URL", required = true)]
        urls: Vec<String>,
        #[command(flatten)]
        list: FeedList,
    },
    /// Show the feeds that are followed.
    List {
        #[command(flatten)]
        list: FeedList,
    },
    /// Follow feeds no more.
    Remove {
        /// Addresses of feeds.
        #[arg(value_name = "URL", required = true)]
        urls: Vec<String>,
        #[command(flatten)]
        list: FeedList,
    },
    /// Fetch what is new, and print its reports, a JSON object a line, for `read`.
    Fetch(FeedFetch),
    /// Follow the feeds of an OPML file.
    Import {
        /// OPML file; `-` is standard input.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        list: FeedList,
    },
    /// Print the feeds that are followed as OPML.
    Export {
        #[command(flatten)]
        list: FeedList,
    },
}

#[derive(Debug, Args)]
#[command(after_help = FEED_EXAMPLES)]
pub(crate) struct FeedFetch {
    /// Only these feeds of the list.
    #[arg(value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// Write the reports into a new file in this folder, not to standard output.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: Option<PathBuf>,
    /// Take what the feeds themselves hold; fetch no pages.
    #[arg(long)]
    pub(crate) summaries: bool,
    /// Fetch from addresses that are not public as well: this computer, the own network.
    #[arg(long)]
    pub(crate) allow_private: bool,
    #[command(flatten)]
    pub(crate) list: FeedList,
}

/// Where the list of feeds is.
#[derive(Debug, Args)]
pub(crate) struct FeedList {
    /// The list of feeds [default: `saksi/feeds.json` in the user's data folder].
    #[arg(long, value_name = "FILE")]
    pub(crate) feeds: Option<PathBuf>,
}

impl FeedList {
    /// The file of the list.
    pub(crate) fn path(&self) -> anyhow::Result<PathBuf> {
        if let Some(path) = &self.feeds {
            return Ok(path.clone());
        }
        let folder = data_folder::of_user().ok_or_else(|| {
            anyhow::anyhow!(
                "there is no data folder of a user here; name a file with `--feeds FILE`"
            )
        })?;
        Ok(folder.join("saksi").join("feeds.json"))
    }
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

const EVAL_EXAMPLES: &str = "\
Examples:
  saksi eval my-gold
  saksi eval --misses my-gold/one.gold.json
  saksi eval --records records.jsonl my-gold
  saksi eval --format json my-gold > before.json
  saksi eval --baseline before.json my-gold

A gold file says what a careful annotator says that a report says; the report lies beside it. `x/gold.json` is named `x`, `y.gold.json` is named `y`,
with folders before it where two have one name. Without `--records` the reports are read, in the language and with the day of publication that
gold tells.

Figures: time (expression and value), statement (cue and source), quote (content and speaker of direct quotations), event (trigger and type), record (event with
actors, recipients and modality). The rest is the accuracy of fields on what was found.

Exit codes: 0 done; 1 some reports have no record (named on standard error, all of their gold missed); 2 failed.";

#[derive(Debug, Args)]
#[command(after_help = EVAL_EXAMPLES)]
pub(crate) struct Eval {
    /// Gold files, or folders that are searched for `gold.json` and `*.gold.json`.
    #[arg(value_name = "GOLD", required = true)]
    pub(crate) gold: Vec<PathBuf>,
    /// Records already made: a folder with `NAME.json` for each gold, or a file with one record a line [default: the reports are read].
    #[arg(long, value_name = "DIR|FILE")]
    pub(crate) records: Option<PathBuf>,
    /// List what was missed, what is spurious and what is wrong, with its words in context.
    #[arg(long)]
    pub(crate) misses: bool,
    /// `text` for people; `json` for programs, with all items.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = EvalFormat::Text)]
    pub(crate) format: EvalFormat,
    /// An earlier evaluation (`--format json`): show by how much each figure changed, and which items were gained and lost.
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EvalFormat {
    Text,
    Json,
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  saksi pack import entities.ftm.json --into sanctions --licence CC-BY-NC-4.0 --source OpenSanctions
  saksi pack import companies.csv --into companies --type organization --column name=Firma
  bzcat latest-all.json.bz2 | saksi pack import - --into wikidata --format wikidata --types organization,facility
  saksi read --pack sanctions --pack companies report.txt

A table has a row of headings: `name`, and any of `aliases` (parted by `;`), `type`, `class`, `country`, `sector`, `latitude`, `longitude`,
`weight`, `id`, `wikidata`, `geonames`; `--column FIELD=HEADING` takes one with another name. Files packed with gzip are unpacked.

A line that can't be read is named and passed over. An import that is interrupted, or fails, leaves the pack that was in the folder as it was.

Exit codes: 0 done; 1 done, but for lines that could not be read; 2 failed.";

const CHECK_EXAMPLES: &str = "\
Examples:
  saksi pack check my-pack
  saksi pack check              the packs that are part of the program

Exit codes: 0 no errors; 1 errors; 2 failed.";

const FIND_EXAMPLES: &str = "\
Examples:
  saksi pack find Surabaya
  saksi pack find --lang id \"menteri pertahanan\"
  saksi pack find --pack sanctions --format json \"PT Contoh Bahari\"

Exit codes: 0 found; 1 it means nothing; 2 failed.";

#[derive(Debug, Subcommand)]
pub(crate) enum Pack {
    /// Make a pack of a table (CSV), of FollowTheMoney entities (OpenSanctions), or of a Wikidata dump.
    Import(Box<PackImport>),
    /// Tell all that is wrong with packs: file, line, column, what to do.
    Check(PackCheck),
    /// Show all that a name can mean, what is known of it, and why.
    Find(PackFind),
}

#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(crate) struct PackImport {
    /// Files of one format; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Folder of the pack; one that an import made is replaced, any other is refused.
    #[arg(long, value_name = "DIR")]
    pub(crate) into: PathBuf,
    /// What the files are; told from their content if not given.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<ImportFormat>,
    /// Name of the pack [default: that of its folder].
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Version of the pack [default: a number made of its content].
    #[arg(long, value_name = "VERSION")]
    pub(crate) pack_version: Option<String>,
    /// Licence of what is in the files, an SPDX expression [default: that of the pack that is replaced, else "unknown: ask the source"].
    #[arg(long)]
    pub(crate) licence: Option<String>,
    /// Where it is from; may be given several times [default: the names of the files].
    #[arg(long = "source", value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    /// Take only things of these types: `person,organization,place`.
    #[arg(long, value_name = "TYPES", value_delimiter = ',', value_parser = kind)]
    pub(crate) types: Vec<EntityType>,
    /// Of a Wikidata dump: languages whose names are taken; the first that has one names the thing.
    #[arg(long, value_name = "CODES", value_delimiter = ',', default_values = ["id", "en", "mul"])]
    pub(crate) languages: Vec<String>,
    /// Of FollowTheMoney entities: take broad names, too, by which much else may be meant.
    #[arg(long)]
    pub(crate) weak_aliases: bool,
    /// Of a table: the heading of the column that holds a field.
    #[arg(long = "column", value_name = "FIELD=HEADING", value_parser = column)]
    pub(crate) columns: Vec<(String, String)>,
    /// Of a table: what parts its fields [default: told from its first line].
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    pub(crate) delimiter: Option<u8>,
    /// Of a table: what the things are whose row does not tell.
    #[arg(long = "type", value_name = "TYPE", value_parser = kind)]
    pub(crate) kind: Option<EntityType>,
}

#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct PackCheck {
    /// Folders of packs [default: the packs that are part of the program].
    #[arg(value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = FIND_EXAMPLES)]
pub(crate) struct PackFind {
    /// The name, or a noun; several words are one name.
    #[arg(value_name = "NAME", required = true)]
    pub(crate) name: Vec<String>,
    /// Language of the reports that it stands in (ISO 639-1: `id`, `en`) [default: all of them].
    #[arg(long, value_name = "CODE")]
    pub(crate) lang: Option<String>,
    /// Folder of a pack that adds to the default packs or overrides them; may be given several times.
    #[arg(long = "pack", value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
    /// `text` for people; `json` for programs.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = FindFormat::Text)]
    pub(crate) format: FindFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// A table with a row of headings.
    Csv,
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// A dump of Wikidata (JSON).
    Wikidata,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindFormat {
    Text,
    Json,
}

fn kind(text: &str) -> Result<EntityType, String> {
    saksi::import::kind(text).ok_or_else(|| {
        "take `person`, `state`, `organization`, `group`, `facility`, `weapon`, `place`, `exercise` or `document`".to_owned()
    })
}

fn column(text: &str) -> Result<(String, String), String> {
    let (field, heading) =
        (text.split_once('=')).ok_or("write FIELD=HEADING, as in `name=Nama`")?;
    Ok((field.trim().to_owned(), heading.trim().to_owned()))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match (text, text.as_bytes()) {
        ("\\t" | "tab", _) => Ok(b'\t'),
        (_, &[byte]) if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r') => Ok(byte),
        _ => Err("give one character, as in `;`, or `tab`".to_owned()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Jsonl,
    Csv,
    Parquet,
    Geojson,
    Plover,
    Polecat,
    Gdelt,
    Phoenix,
    Ftm,
    Stix,
    Annotation,
}

impl Format {
    /// The format of an export; `None` of what is made for people and of single records.
    pub(crate) fn exported(self) -> Option<saksi_export::Format> {
        use saksi_export::Format as Exported;
        Some(match self {
            Self::Text | Self::Json => return None,
            Self::Jsonl => Exported::Jsonl,
            Self::Csv => Exported::Csv,
            Self::Parquet => Exported::Parquet,
            Self::Geojson => Exported::Geojson,
            Self::Plover => Exported::Plover,
            Self::Polecat => Exported::Polecat,
            Self::Gdelt => Exported::Gdelt,
            Self::Phoenix => Exported::Phoenix,
            Self::Ftm => Exported::Ftm,
            Self::Stix => Exported::Stix,
            Self::Annotation => Exported::Annotation,
        })
    }
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
