//! The way of a report through the stages.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::civil::Date;
use saksi_lexicon::Lexicon;
use saksi_reading::{Explanation, Reader};
use saksi_record::{Document, Generator, PublishedFrom, Record};
use saksi_syntax::{Model, Parsed, Parser, conllu};
use saksi_text::{
    Cleaned, Cleaner, Decoded, Identifier, Segmentation, Segmented, Segmenter, decode,
};

use crate::fence::fenced;
use crate::packs::Packs;
use crate::{About, Error, Warning, day, head};

/// The longest report that is read, in bytes: a hundred times the longest that newsrooms write.
pub const MAX_REPORT_BYTES: usize = 4 << 20;

/// What holds for every report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Folders of packs that lie over the default packs, later ones over earlier ones.
    pub packs: Vec<PathBuf>,
    /// The treebank whose habits of annotation the trees follow, by its name in the model's card; by default the one that fits
    /// news.
    pub treebank: Option<String>,
}

/// A report that was read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What it says.
    pub record: Record,
    /// How its events were found.
    pub explanation: Explanation,
    /// Its sentences and trees, which the record was read from.
    pub parsed: Parsed,
    /// What was odd about it.
    pub warnings: Vec<Warning>,
}

impl Reading {
    /// The lemmas of its words in small letters: a line a sentence, a space between two.
    pub fn lemmas(&self) -> String {
        let mut lemmas = String::new();
        for tree in &self.parsed.trees {
            for (at, word) in tree.words().iter().enumerate() {
                if at > 0 {
                    lemmas.push(' ');
                }
                lemmas.push_str(&word.lemma.to_lowercase());
            }
            lemmas.push('\n');
        }
        lemmas
    }
}

/// Reads reports; made once, used for any number of them, from any number of threads.
#[derive(Debug)]
pub struct Saksi {
    packs: Packs,
    treebank: Option<String>,
    cleaner: Cleaner,
    identifier: Identifier,
    /// What the stages need, by language; made when the first report of the language comes.
    languages: BTreeMap<String, OnceLock<Result<Language, Error>>>,
}

/// What the stages need to read a language.
#[derive(Debug)]
struct Language {
    model: Model,
    reader: Reader,
}

impl Saksi {
    /// A reader with the default packs and those of the settings.
    ///
    /// # Errors
    /// Where a pack of the settings can't be read, or a file of it is wrong: the error names file, line and column.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        let packs = Packs::load(&settings.packs)?;
        let saksi = Self {
            cleaner: Cleaner::new(packs.segmentations.values().map(Segmentation::residue)),
            identifier: Identifier::new(),
            languages: packs
                .languages()
                .map(|language| (language.to_owned(), OnceLock::new()))
                .collect(),
            packs,
            treebank: settings.treebank.clone(),
        };
        // A pack that someone is writing must fail before the first report, not at it.
        if !settings.packs.is_empty() {
            for language in saksi.languages() {
                Lexicon::compile(language, &saksi.packs.lexical)?;
            }
        }
        Ok(saksi)
    }

    /// Codes of the languages that can be read (ISO 639-1), in alphabetical order.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// Fails where `language` (ISO 639-1) has no pack.
    ///
    /// # Errors
    /// [`Error::NoPack`], which names the languages that have one.
    pub fn check_language(&self, language: &str) -> Result<(), Error> {
        if self.languages.contains_key(language) {
            return Ok(());
        }
        Err(Error::NoPack {
            asked: language.to_owned(),
            known: self.known(),
        })
    }

    /// Reads a report: from its bytes to its text, its sentences and tokens, their trees, its record.
    ///
    /// # Errors
    /// Where the report is too long, has no text, or is in a language without a pack; and where a stage failed by an
    /// error of the program, which is caught here.
    pub fn read(&self, bytes: &[u8], about: &About) -> Result<Reading, Error> {
        fenced(|| self.run(open(bytes)?, about))
    }

    /// Reads a report whose text was taken out of something else, a page or a table. Whatever it opens with, it has no head: what
    /// a page says is no word of whoever keeps it.
    ///
    /// # Errors
    /// As [`Saksi::read`].
    pub fn read_text(&self, text: &str, about: &About) -> Result<Reading, Error> {
        fenced(|| {
            let opened = Opened {
                decoded: decoded(text.as_bytes())?,
                about: About::default(),
                warning: None,
            };
            self.run(opened, about)
        })
    }

    fn run(&self, opened: Opened, about: &About) -> Result<Reading, Error> {
        let cleaned = self.cleaner.run(opened.decoded);
        let mut warnings: Vec<Warning> = opened.warning.into_iter().collect();
        let code = self.language_of(&cleaned.text, about, &opened.about, &mut warnings)?;
        let published = about.published.or(opened.about.published);
        let mut reading = self.read_clean(cleaned, &code, published, warnings)?;
        describe(&mut reading.record, about, opened.about);
        if reading.record.document.published.is_none() {
            reading.warnings.push(Warning::NoDate);
        }
        Ok(reading)
    }

    /// Reads the report of a record anew: the same text, nothing cleaned away from it, and the same day of publication, if it was told from
    /// elsewhere than the text.
    ///
    /// # Errors
    /// As [`Saksi::read`], but for what is wrong with bytes; and where the day of publication is none.
    pub fn read_again(&self, document: &Document) -> Result<Reading, Error> {
        fenced(|| {
            let told = match document.published_from {
                Some(PublishedFrom::Text) => None,
                _ => document.published.as_deref().map(day).transpose()?,
            };
            let cleaned = Cleaned::verbatim(document.text.clone());
            let mut reading = self.read_clean(cleaned, &document.language, told, Vec::new())?;
            let new = &mut reading.record.document;
            *new = Document {
                published_from: (new.published.is_some()).then(|| {
                    told.map_or(PublishedFrom::Text, |_| {
                        document.published_from.unwrap_or(PublishedFrom::Flag)
                    })
                }),
                published: new.published.take(),
                id: std::mem::take(&mut new.id),
                ..document.clone()
            };
            Ok(reading)
        })
    }

    /// What records of a language say that made them.
    ///
    /// # Errors
    /// Where the language has no pack or no model.
    pub fn generator(&self, language: &str) -> Result<Generator, Error> {
        Ok(self.language(language)?.reader.generator())
    }

    /// The lemmas of a word in all languages, each once, in small letters: by which all its forms are found.
    pub fn lemmas_of(&self, word: &str) -> Vec<String> {
        let mut lemmas: Vec<String> = (self.languages())
            .filter_map(|code| {
                let segmented = self
                    .segmenter(code)
                    .ok()?
                    .run(Cleaned::verbatim(word.to_owned()));
                self.parse(segmented).ok()
            })
            .flat_map(|parsed| parsed.trees)
            .flat_map(|tree| {
                tree.words()
                    .iter()
                    .map(|word| word.lemma.to_lowercase())
                    .collect::<Vec<_>>()
            })
            .collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        lemmas
    }

    /// From clean text to the record.
    fn read_clean(
        &self,
        cleaned: Cleaned,
        code: &str,
        published: Option<Date>,
        mut warnings: Vec<Warning>,
    ) -> Result<Reading, Error> {
        let language = self.language(code)?;
        let segmented = self.segmenter(code)?.run(cleaned);
        warnings.extend(segmented.warnings.iter().cloned().map(Warning::Text));
        let segmented = language.reader.prepare(segmented);
        let parsed = Parser::new(&language.model).naming().run(segmented);
        let parsed = language.reader.mend(parsed);
        let saksi_reading::Reading {
            record,
            explanation,
        } = language.reader.run(&parsed, published);
        Ok(Reading {
            record,
            explanation,
            parsed,
            warnings,
        })
    }

    /// Cuts a report into sentences and tokens, every character of it but those of its head: nothing is cleaned away.
    ///
    /// # Errors
    /// As [`Saksi::read`].
    pub fn segment(&self, bytes: &[u8], about: &About) -> Result<Segmented, Error> {
        fenced(|| {
            let Opened {
                decoded,
                about: head,
                ..
            } = open(bytes)?;
            let code = self.language_of(&decoded.text, about, &head, &mut Vec::new())?;
            let verbatim = Cleaned {
                warnings: decoded.warnings,
                ..Cleaned::verbatim(decoded.text)
            };
            Ok(self.segmenter(&code)?.run(verbatim))
        })
    }

    /// The sentences and tokens of a CoNLL-U file, in a language (ISO 639-1).
    ///
    /// # Errors
    /// Where the file is no CoNLL-U (the error names the line), or the language has no pack.
    pub fn segment_conllu(&self, bytes: &[u8], language: &str) -> Result<Segmented, Error> {
        self.check_language(language)?;
        let file = String::from_utf8_lossy(bytes);
        Ok(conllu::to_segmented(&conllu::read(&file)?, language))
    }

    /// Tags and parses.
    ///
    /// # Errors
    /// Where the language of `segmented` has no pack or no model.
    pub fn parse(&self, segmented: Segmented) -> Result<Parsed, Error> {
        let language = self.language(&segmented.language)?;
        fenced(|| Ok(Parser::new(&language.model).run(segmented)))
    }

    /// What the stages need for a language, made once.
    fn language(&self, code: &str) -> Result<&Language, Error> {
        self.check_language(code)?;
        let made = self.languages[code].get_or_init(|| {
            let reader = Reader::new(Lexicon::compile(code, &self.packs.lexical)?);
            let model = self.model(code)?;
            Ok(Language { model, reader })
        });
        made.as_ref().map_err(Clone::clone)
    }

    fn model(&self, code: &str) -> Result<Model, Error> {
        let bytes = self
            .packs
            .model(code)
            .ok_or_else(|| Error::NoModel(code.to_owned()))?;
        let mut model = Model::from_bytes(bytes)?;
        if let Some(treebank) = &self.treebank
            && !model.follow(treebank)
        {
            return Err(Error::NoTreebank {
                asked: treebank.clone(),
                known: quoted(model.treebanks()),
            });
        }
        Ok(model)
    }

    fn segmenter(&self, code: &str) -> Result<Segmenter<'_>, Error> {
        self.check_language(code)?;
        Ok(Segmenter::new(&self.packs.segmentations[code]))
    }

    /// The language that was given, or told by the report's head, or by its text.
    fn language_of(
        &self,
        text: &str,
        given: &About,
        head: &About,
        warnings: &mut Vec<Warning>,
    ) -> Result<String, Error> {
        if text.trim().is_empty() {
            return Err(Error::NoText);
        }
        if let Some(code) = &given.language {
            self.check_language(code)?;
            return Ok(code.clone());
        }
        if let Some(code) = &head.language {
            if self.languages.contains_key(code) {
                return Ok(code.clone());
            }
            warnings.push(Warning::HeadLanguage(code.clone()));
        }
        let found = self.identifier.run(text);
        if self.languages.contains_key(found.code) {
            return Ok(found.code.to_owned());
        }
        Err(match found.code {
            UNDETERMINED => Error::NoLanguage {
                known: self.known(),
            },
            code => Error::Language {
                name: found.name,
                code,
                known: self.known(),
            },
        })
    }

    fn known(&self) -> String {
        quoted(self.languages())
    }
}

fn quoted(names: impl IntoIterator<Item = impl Display>) -> String {
    names
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The code of no language (ISO 639-2).
const UNDETERMINED: &str = "und";

/// A report with its head taken off.
struct Opened {
    decoded: Decoded,
    about: About,
    warning: Option<Warning>,
}

fn open(bytes: &[u8]) -> Result<Opened, Error> {
    let mut decoded = decoded(bytes)?;
    let head = head::read(&decoded.text);
    decoded.text.drain(..head.end);
    Ok(Opened {
        decoded,
        about: head.about,
        warning: head.warning,
    })
}

fn decoded(bytes: &[u8]) -> Result<Decoded, Error> {
    if bytes.len() > MAX_REPORT_BYTES {
        return Err(Error::TooLong);
    }
    let decoded = decode(bytes);
    match decoded
        .warnings
        .iter()
        .find(|warning| matches!(warning, saksi_text::Warning::NotText { .. }))
    {
        Some(warning) => Err(Error::NotText(warning.clone())),
        None => Ok(decoded),
    }
}

/// Fills in what is known about the report beside its text.
fn describe(record: &mut Record, given: &About, head: About) {
    let document = &mut record.document;
    if document.published.is_some() {
        document.published_from = Some(match (given.published, head.published) {
            (Some(_), _) => given.published_from.unwrap_or(PublishedFrom::Flag),
            (None, Some(_)) => PublishedFrom::Metadata,
            (None, None) => PublishedFrom::Text,
        });
    }
    // What the report says of itself is its address; where it was read from stands in for that.
    document.uri = head.uri.or_else(|| given.uri.clone());
    document.title = given.title.clone().or(head.title);
    document.outlet = given.outlet.clone().or(head.outlet);
    document.byline = given.byline.clone().or(head.byline);
    document.retrieved = given.retrieved.clone().or(head.retrieved);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_read_again_gives_the_same_record() {
        let saksi = Saksi::new(&Settings::default()).unwrap();
        for text in [
            "Title: Menteri di galangan\nPublished: 2024-03-18\n\nMenteri Pertahanan  meninjau galangan kapal pada Jumat.\n\nBaca juga: Kapal baru\n\nIa pulang.",
            "JAKARTA, 18 Maret 2024 – Menteri Pertahanan meninjau galangan kapal pada Jumat, katanya.",
            "The defence minister inspected a naval base on Friday.",
        ] {
            let first = saksi.read(text.as_bytes(), &About::default()).unwrap();
            let again = saksi.read_again(&first.record.document).unwrap();
            assert_eq!(again.record, first.record);
            assert_eq!(again.lemmas(), first.lemmas());
            assert_eq!(
                saksi.generator(&first.record.document.language).unwrap(),
                first.record.generator
            );
        }
    }

    #[test]
    fn forms_of_a_word_share_a_lemma() {
        let saksi = Saksi::new(&Settings::default()).unwrap();
        for (one, other) in [
            ("menyerang", "diserang"),
            ("attacked", "attack"),
            ("Kapal", "kapal"),
        ] {
            let lemmas = saksi.lemmas_of(other);
            assert!(
                saksi
                    .lemmas_of(one)
                    .iter()
                    .any(|lemma| lemmas.contains(lemma)),
                "{one}"
            );
        }
        assert!(saksi.lemmas_of("").is_empty());
    }
}
