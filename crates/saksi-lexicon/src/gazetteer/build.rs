//! Making a gazetteer.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

use super::table::{self, Tables};
use super::{
    GazetteerError, HEAD, MAGIC, NONE, ROW, SECTIONS, SINGLE, START, Thing, VERSION, fold,
};

/// The longest string that is kept, in bytes.
const LONGEST: usize = u16::MAX as usize;

/// Bytes of a block of folded names: a string that grows at its end would be copied, and for that time be there twice.
const BLOCK: usize = 4 << 20;

/// Gathers things and their names; memory grows by their text and some 20 bytes a name.
#[derive(Debug, Default)]
pub struct Builder {
    tables: Tables,
    text: Vec<u8>,
    /// Where a string that is likely to recur is in the text.
    strings: FxHashMap<Box<str>, u32>,
    rows: Vec<u8>,
    folded: Folded,
    keys: Vec<Key>,
}

/// Where a folded name is, and the thing that has it.
#[derive(Debug, Clone, Copy)]
struct Key {
    block: u32,
    start: u32,
    length: u16,
    number: u32,
}

/// The folded names, one behind the other, in blocks.
#[derive(Debug, Default)]
struct Folded(Vec<String>);

impl Folded {
    fn push(&mut self, name: &str, number: u32) -> Key {
        let full = |block: &String| block.len() + name.len() > BLOCK;
        if self.0.last().is_none_or(full) {
            self.0.push(String::with_capacity(BLOCK));
        }
        let block = self.0.len() - 1;
        let start = self.0[block].len();
        self.0[block].push_str(name);
        Key {
            block: block as u32,
            start: start as u32,
            length: name.len() as u16,
            number,
        }
    }

    fn get(&self, key: Key) -> &str {
        let start = key.start as usize;
        let name = (self.0.get(key.block as usize))
            .and_then(|block| block.get(start..start + usize::from(key.length)));
        name.unwrap_or_default()
    }
}

/// The bytes of a gazetteer, ready to be written: they are not copied into one block first, which a large one has no room for.
#[derive(Debug)]
pub struct Compiled {
    head: Vec<u8>,
    sections: [Vec<u8>; SECTIONS],
    things: usize,
    names: usize,
    checksum: u64,
}

impl Compiled {
    /// Length of all bytes.
    pub fn bytes(&self) -> usize {
        START + self.sections.iter().map(Vec::len).sum::<usize>()
    }

    /// How many things there are.
    pub fn things(&self) -> usize {
        self.things
    }

    /// How many different names they have, as they are looked up.
    pub fn names(&self) -> usize {
        self.names
    }

    /// A number that tells this gazetteer from any other.
    pub fn checksum(&self) -> u64 {
        self.checksum
    }

    /// Writes the bytes.
    ///
    /// # Errors
    /// Where they can't be written.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.head)?;
        for section in &self.sections {
            out.write_all(section)?;
        }
        Ok(())
    }
}

impl Builder {
    /// Adds a thing that goes by `thing.name` and by `names`; its number.
    ///
    /// # Errors
    /// Where there are more of them, or more text, than numbers can hold.
    pub fn add<'n>(
        &mut self,
        thing: &Thing<'_>,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<u32, GazetteerError> {
        let number = u32::try_from(self.rows.len() / ROW)
            .ok()
            .filter(|&number| number != NONE)
            .ok_or(GazetteerError::TooLarge("the number of things"))?;
        let name = self.string(&thing.name)?;
        let (scheme, link) = self.link(thing)?;
        let at = thing.at.map_or((f32::NAN, f32::NAN), |at| {
            (at.latitude as f32, at.longitude as f32)
        });
        let tables = &mut self.tables;
        let byte = |number: usize| number as u8;
        let none = usize::from(u8::MAX);
        let country = tables
            .countries
            .number(thing.country.as_deref(), u16::MAX.into());
        let class = tables.classes.number(thing.class.as_deref(), none);
        let sector = tables.sectors.number(thing.sector.as_deref(), none);
        self.rows.extend(name.to_le_bytes());
        self.rows.extend(link.to_le_bytes());
        self.rows.extend(thing.within.unwrap_or(NONE).to_le_bytes());
        self.rows.extend(at.0.to_le_bytes());
        self.rows.extend(at.1.to_le_bytes());
        self.rows.extend(compressed(thing.weight).to_le_bytes());
        self.rows.extend((country as u16).to_le_bytes());
        self.rows
            .extend([table::number(thing.kind), byte(class), byte(sector), scheme]);
        let mut own: Vec<String> = std::iter::once(fold(&thing.name))
            .chain(names.into_iter().map(fold))
            .filter(|name| !name.is_empty() && name.len() <= LONGEST)
            .collect();
        own.sort_unstable();
        own.dedup();
        for name in own {
            self.keys.push(self.folded.push(&name, number));
        }
        Ok(number)
    }

    /// How many things there are.
    pub fn len(&self) -> usize {
        self.rows.len() / ROW
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The bytes of the gazetteer.
    ///
    /// # Errors
    /// Where there is more than its numbers can hold.
    pub fn finish(self) -> Result<Vec<u8>, GazetteerError> {
        let compiled = self.compile()?;
        let mut bytes = Vec::with_capacity(compiled.bytes());
        bytes.extend(&compiled.head);
        for section in compiled.sections {
            bytes.extend(section);
        }
        Ok(bytes)
    }

    /// The gazetteer, ready to be written.
    ///
    /// # Errors
    /// Where there is more than its numbers can hold.
    pub fn compile(self) -> Result<Compiled, GazetteerError> {
        let Self {
            tables,
            text,
            rows,
            folded,
            mut keys,
            strings,
        } = self;
        drop(strings);
        let name = |key: &Key| folded.get(*key);
        let weight = |number: u32| {
            let at = number as usize * ROW + 20;
            u16::from_le_bytes([rows[at], rows[at + 1]])
        };
        keys.sort_unstable_by(|one, other| {
            (name(one).cmp(name(other)))
                .then_with(|| weight(other.number).cmp(&weight(one.number)))
                .then_with(|| one.number.cmp(&other.number))
        });
        let mut postings: Vec<u8> = Vec::new();
        let mut index = fst::MapBuilder::memory();
        let mut names = 0;
        for same in keys.chunk_by(|one, other| name(one) == name(other)) {
            names += 1;
            let value = match same {
                [one] => SINGLE | u64::from(one.number),
                several => {
                    let at = u32::try_from(postings.len())
                        .map_err(|_| GazetteerError::TooLarge("the text of the postings"))?;
                    postings.extend((several.len() as u32).to_le_bytes());
                    for one in several {
                        postings.extend(one.number.to_le_bytes());
                    }
                    u64::from(at)
                }
            };
            // The names come in order and once each, which is all that can be wrong with them.
            index
                .insert(name(&same[0]), value)
                .map_err(|_| GazetteerError::Damaged)?;
        }
        let things = rows.len() / ROW;
        drop((keys, folded));
        let index = index.into_inner().map_err(|_| GazetteerError::Damaged)?;
        let sections = [tables.write(), index, postings, rows, text];
        let mut head = Vec::with_capacity(START);
        head.extend(MAGIC);
        head.extend(VERSION.to_le_bytes());
        head.extend([0; 8]);
        for section in &sections {
            head.extend((section.len() as u64).to_le_bytes());
        }
        let mut sum = Xxh3::new();
        sum.update(&head[HEAD..]);
        for section in &sections {
            sum.update(section);
        }
        let checksum = sum.digest();
        head[12..HEAD].copy_from_slice(&checksum.to_le_bytes());
        Ok(Compiled {
            head,
            sections,
            things,
            names,
            checksum,
        })
    }

    /// Where `text`, cut at what the file can hold, is in the text.
    fn string(&mut self, text: &str) -> Result<u32, GazetteerError> {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        if let Some(&at) = self.strings.get(text) {
            return Ok(at);
        }
        let at = u32::try_from(self.text.len())
            .ok()
            .filter(|&at| at != NONE)
            .ok_or(GazetteerError::TooLarge("the text"))?;
        self.text.extend((text.len() as u16).to_le_bytes());
        self.text.extend(text.as_bytes());
        if self.strings.len() < 1 << 18 {
            self.strings.insert(text.into(), at);
        }
        Ok(at)
    }

    /// Scheme and value of a thing's links: a number where there is one link that is a number, else text.
    fn link(&mut self, thing: &Thing<'_>) -> Result<(u8, u32), GazetteerError> {
        match &*thing.links {
            [] => Ok((table::NO_LINK, NONE)),
            [(scheme, value)] => {
                let digits = match &**scheme {
                    "wikidata" => value.strip_prefix('Q').unwrap_or(value),
                    _ => value,
                };
                let number = digits.parse::<u32>().ok();
                let number = number.filter(|number| number.to_string() == digits);
                let limit = usize::from(table::TEXT_LINKS);
                let known = self.tables.schemes.number(Some(scheme), limit);
                match number {
                    Some(number) if known < limit => Ok((known as u8, number)),
                    _ => self.text_links(thing),
                }
            }
            _ => self.text_links(thing),
        }
    }

    fn text_links(&mut self, thing: &Thing<'_>) -> Result<(u8, u32), GazetteerError> {
        let links = (thing.links.iter())
            .filter(|(scheme, value)| !scheme.contains([' ', ':']) && !value.contains(' '))
            .map(|(scheme, value)| format!("{scheme}:{value}"));
        let links = links.collect::<Vec<_>>().join(" ");
        Ok((table::TEXT_LINKS, self.string(&links)?))
    }
}

/// A weight in two bytes: 2048 steps a doubling.
#[expect(clippy::cast_sign_loss, reason = "it is not below 0")]
fn compressed(weight: f64) -> u16 {
    let steps = weight.max(0.0).ln_1p() / std::f64::consts::LN_2 * 2048.0;
    steps.round().min(65535.0) as u16
}

pub(super) fn expanded(weight: u16) -> f64 {
    (f64::from(weight) / 2048.0 * std::f64::consts::LN_2)
        .exp_m1()
        .round()
}
