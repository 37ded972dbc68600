//! A trained model: the network with its vocabularies, and its file format.
//!
//! The file is little-endian throughout: magic and version, a checksum of the rest, then counted sections. Embeddings are stored in 8 bits with one
//! scale a row and used as they are; the other parameters in 16 bits (`bfloat16`). A damaged file is refused, never believed.

use crate::features::Vocabulary;
use crate::lemma::Lemmatiser;
use crate::matrix::Matrix;
use crate::names::{LABELS, Namer};
use crate::network::{Fast, Network, Sizes, tensor};
use crate::{Features, Relation, Upos};

const MAGIC: &[u8; 8] = b"SAKSIMDL";
const VERSION: u32 = 5;

/// A tagger and parser of one language.
#[derive(Debug)]
pub struct Model {
    pub(crate) language: String,
    pub(crate) network: Network,
    pub(crate) fast: Fast,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) embeddings: Embeddings,
    /// The treebanks that it was trained on, each with its habits of annotation.
    pub(crate) origins: Vec<String>,
    /// Of each of them, whether its punctuation hangs by rule.
    pub(crate) punctuation: Vec<bool>,
    /// The one whose habits it follows.
    pub(crate) origin: usize,
    pub(crate) tags: Vec<Upos>,
    pub(crate) bundles: Vec<Features>,
    /// For every tag, the bundles that go with it.
    pub(crate) allowed: Vec<Vec<u32>>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) lemmatiser: Lemmatiser,
    /// What finds names, once it is trained.
    pub(crate) namer: Option<Namer>,
}

/// Why bytes are no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Not a model file at all.
    #[error("this is not a saksi model: it does not begin with `SAKSIMDL`")]
    Magic,
    /// A model of another version.
    #[error(
        "the model is of version {0}; this program reads version {VERSION}: train it again with `cargo xtask train`"
    )]
    Version(u32),
    /// The bytes are not those that were written.
    #[error("the model is damaged: its checksum does not agree")]
    Checksum,
    /// A section does not hold what it should.
    #[error("the model is damaged: its {0} can't be read")]
    Section(&'static str),
}

/// Embeddings in 8 bits: each row is its bytes times its scale.
#[derive(Debug, Clone, Default)]
pub(crate) struct Embeddings {
    width: usize,
    scales: Vec<f32>,
    values: Vec<i8>,
}

impl Embeddings {
    pub(crate) fn quantise(matrix: &Matrix) -> Self {
        let mut scales = Vec::with_capacity(matrix.rows);
        let mut values = Vec::with_capacity(matrix.data.len());
        for row in matrix.data.chunks_exact(matrix.columns) {
            let largest = row
                .iter()
                .fold(0.0_f32, |largest, value| largest.max(value.abs()));
            let scale = largest / 127.0;
            scales.push(scale);
            values.extend(row.iter().map(|value| {
                if scale > 0.0 {
                    (value / scale).round() as i8
                } else {
                    0
                }
            }));
        }
        Self {
            width: matrix.columns,
            scales,
            values,
        }
    }

    /// The rows in full.
    pub(crate) fn table(&self) -> Matrix {
        let mut table = Matrix::zeros(self.scales.len(), self.width);
        for row in 0..self.scales.len() {
            self.add(row, table.row_mut(row));
        }
        table
    }

    /// Adds row `row` to `out`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see `vectorised`")]
    pub(crate) fn add(&self, row: usize, out: &mut [f32]) {
        let scale = self.scales[row];
        for (out, &value) in out
            .iter_mut()
            .zip(&self.values[row * self.width..(row + 1) * self.width])
        {
            *out += scale * f32::from(value);
        }
    }
}

impl Model {
    /// A model of freshly trained parameters; from here on it computes with what its file will hold.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of a model, each of its own type"
    )]
    pub(crate) fn new(
        language: String,
        mut network: Network,
        vocabulary: Vocabulary,
        origins: Vec<String>,
        punctuation: Vec<bool>,
        origin: usize,
        tags: Vec<Upos>,
        bundles: Vec<Features>,
        allowed: Vec<Vec<u32>>,
        relations: Vec<Relation>,
        lemmatiser: Lemmatiser,
    ) -> Self {
        let embeddings = Embeddings::quantise(&network.tensors[tensor::EMBEDDINGS]);
        network.tensors[tensor::EMBEDDINGS] = Matrix::zeros(0, network.sizes.embedding);
        network.round();
        Self {
            language,
            fast: Fast::new(&network),
            network,
            vocabulary,
            embeddings,
            origins,
            punctuation,
            origin,
            tags,
            bundles,
            allowed,
            relations,
            lemmatiser,
            namer: None,
        }
    }

    /// ISO 639-1 code of the language that the model parses.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The treebanks that the model was trained on. Treebanks differ in habits of annotation; the model follows one.
    pub fn treebanks(&self) -> &[String] {
        &self.origins
    }

    /// Follows the habits of the treebank of this name from now on; `false` if the model was not trained on it.
    pub fn follow(&mut self, treebank: &str) -> bool {
        let found = self.origins.iter().position(|origin| origin == treebank);
        self.origin = found.unwrap_or(self.origin);
        found.is_some()
    }

    /// The treebank whose habits the model follows.
    pub fn followed(&self) -> &str {
        &self.origins[self.origin]
    }

    /// Follows the habits of the set of names of this name from now on; `false` if the model was not trained on it.
    pub fn follow_names(&mut self, set: &str) -> bool {
        let Some(namer) = &mut self.namer else {
            return false;
        };
        let found = namer.sets.iter().position(|name| name == set);
        namer.origin = found.unwrap_or(namer.origin);
        found.is_some()
    }

    /// The lemmatiser, with the analyser of the language's morphology where it has one.
    pub fn lemmatiser(&self) -> &Lemmatiser {
        &self.lemmatiser
    }

    /// The lemmatiser, to teach it roots or to replace it.
    pub fn lemmatiser_mut(&mut self) -> &mut Lemmatiser {
        &mut self.lemmatiser
    }

    /// The model as a file's bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer(Vec::new());
        out.text(&self.language);
        let s = &self.network.sizes;
        for size in [
            s.features,
            s.origins,
            s.embedding,
            s.width,
            s.layers,
            s.arc,
            s.label,
            s.tags,
            s.bundles,
            s.relations,
        ] {
            out.number(size);
        }
        for (origin, &by_rule) in self.origins.iter().zip(&self.punctuation) {
            out.text(origin);
            out.number(usize::from(by_rule));
        }
        out.number(self.origin);
        for tag in &self.tags {
            out.text(tag.as_str());
        }
        for bundle in &self.bundles {
            out.text(bundle.as_str());
        }
        for allowed in &self.allowed {
            out.number(allowed.len());
            for &bundle in allowed {
                out.number(bundle as usize);
            }
        }
        for relation in &self.relations {
            out.text(&relation.to_string());
        }
        let lemmatiser = self.lemmatiser.to_bytes();
        out.number(lemmatiser.len());
        out.0.extend(lemmatiser);
        out.embeddings(&self.vocabulary, &self.embeddings);
        out.parameters(&self.network);
        out.number(usize::from(self.namer.is_some()));
        if let Some(namer) = &self.namer {
            let sizes = &namer.network.sizes;
            for size in [
                sizes.features,
                sizes.embedding,
                sizes.width,
                sizes.layers,
                namer.sets.len(),
            ] {
                out.number(size);
            }
            namer.sets.iter().for_each(|set| out.text(set));
            out.number(namer.origin);
            out.embeddings(&namer.vocabulary, &namer.embeddings);
            out.parameters(&namer.network);
        }
        let mut bytes = Vec::with_capacity(out.0.len() + 20);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(checksum(&out.0).to_le_bytes());
        bytes.extend(out.0);
        bytes
    }

    /// The model in a file's bytes.
    ///
    /// # Errors
    /// If the bytes are not a model of this version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Error::Magic)?;
        let (version, rest) = rest.split_first_chunk().ok_or(Error::Section("header"))?;
        match u32::from_le_bytes(*version) {
            VERSION => {}
            other => return Err(Error::Version(other)),
        }
        let (sum, rest) = rest.split_first_chunk().ok_or(Error::Section("header"))?;
        if u64::from_le_bytes(*sum) != checksum(rest) {
            return Err(Error::Checksum);
        }
        let mut input = Reader(rest);
        let language = input.text("language")?.to_owned();
        let mut sizes = [0; 10];
        for size in &mut sizes {
            *size = input.number("sizes")?;
        }
        let [
            features,
            origins,
            embedding,
            width,
            layers,
            arc,
            label,
            tag_count,
            bundle_count,
            relation_count,
        ] = sizes;
        let sizes = Sizes {
            features,
            origins,
            embedding,
            beside: 0,
            width,
            layers,
            arc,
            label,
            tags: tag_count,
            bundles: bundle_count,
            relations: relation_count,
        };
        let plausible = sizes_of(&sizes).is_some_and(|total| total <= rest.len());
        if !plausible
            || width % 2 == 1
            || tag_count == 0
            || bundle_count == 0
            || relation_count == 0
        {
            return Err(Error::Section("sizes"));
        }
        let habits = input.list(origins, |input| {
            let name = input.text("origins")?.to_owned();
            Ok((name, input.number("origins")? != 0))
        })?;
        let (names, punctuation) = habits.into_iter().unzip();
        let origin = input.number("origin")?;
        if origin >= origins {
            return Err(Error::Section("origin"));
        }
        let tags = input.list(tag_count, |input| {
            input
                .text("tags")?
                .parse()
                .map_err(|()| Error::Section("tags"))
        })?;
        let bundles = input.list(bundle_count, |input| {
            Ok(Features::new(input.text("features")?))
        })?;
        let allowed = input.list(tag_count, |input| {
            let count = input.number("features")?;
            input.list(count, |input| match input.number("features")? {
                bundle if bundle < bundle_count => Ok(bundle as u32),
                _ => Err(Error::Section("features")),
            })
        })?;
        let relations = input.list(relation_count, |input| {
            input
                .text("relations")?
                .parse()
                .map_err(|()| Error::Section("relations"))
        })?;
        let length = input.number("lemmatiser")?;
        let lemmatiser = Lemmatiser::from_bytes(input.take(length, "lemmatiser")?)
            .map_err(|_| Error::Section("lemmatiser"))?;
        let (vocabulary, embeddings) = input.embeddings(features, embedding)?;
        let network = input.parameters(sizes)?;
        let namer = match input.number("names")? {
            0 => None,
            _ => Some(input.namer(&sizes)?),
        };
        if !input.0.is_empty() {
            return Err(Error::Section("end"));
        }
        Ok(Self {
            language,
            fast: Fast::new(&network),
            network,
            vocabulary,
            embeddings,
            origins: names,
            punctuation,
            origin,
            tags,
            bundles,
            allowed,
            relations,
            lemmatiser,
            namer,
        })
    }
}

/// Parameters of a network of these sizes; `None` where that is beyond counting.
fn sizes_of(sizes: &Sizes) -> Option<usize> {
    let Sizes {
        features,
        origins,
        embedding,
        beside,
        width,
        layers,
        arc,
        label,
        tags,
        bundles,
        relations,
    } = *sizes;
    let small = [
        origins, embedding, beside, width, layers, arc, label, tags, bundles, relations,
    ];
    if features > 1 << 28 || small.iter().any(|&size| size > 1 << 16) || layers == 0 || layers > 64
    {
        return None;
    }
    Network::shapes(sizes)
        .into_iter()
        .try_fold(0_usize, |sum, (rows, columns)| {
            sum.checked_add(rows.checked_mul(columns)?)
        })
}

/// The upper half of a number's bits, rounded to nearest: `bfloat16`.
pub(crate) fn narrow(value: f32) -> u16 {
    let bits = value.to_bits();
    ((bits + 0x7fff + ((bits >> 16) & 1)) >> 16) as u16
}

pub(crate) fn widen(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

/// A checksum against damage, not against malice: multiply and rotate over words of eight bytes.
fn checksum(bytes: &[u8]) -> u64 {
    let mix =
        |sum: u64, word: u64| (sum.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (words, rest) = bytes.as_chunks::<8>();
    let sum = words.iter().fold(bytes.len() as u64, |sum, word| {
        mix(sum, u64::from_le_bytes(*word))
    });
    rest.iter()
        .fold(sum, |sum, &byte| mix(sum, u64::from(byte)))
}

struct Writer(Vec<u8>);

impl Writer {
    fn number(&mut self, number: usize) {
        self.0.extend((number as u32).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.extend(text.as_bytes());
    }

    /// The features that have embeddings, and these.
    fn embeddings(&mut self, vocabulary: &Vocabulary, embeddings: &Embeddings) {
        for hash in vocabulary.hashes() {
            self.0.extend(hash.to_le_bytes());
        }
        for scale in &embeddings.scales {
            self.0.extend(scale.to_le_bytes());
        }
        let values = embeddings.values.iter();
        self.0.extend(values.map(|&value| value.cast_unsigned()));
    }

    /// The parameters of a network, without its embeddings.
    fn parameters(&mut self, network: &Network) {
        for tensor in &network.tensors[tensor::EMBEDDINGS + 1..] {
            (tensor.data.iter()).for_each(|&value| self.0.extend(narrow(value).to_le_bytes()));
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Features that have embeddings of this width, and these.
    fn embeddings(
        &mut self,
        features: usize,
        width: usize,
    ) -> Result<(Vocabulary, Embeddings), Error> {
        let hashes = self.array(features, "vocabulary", u64::from_le_bytes)?;
        let embeddings = Embeddings {
            width,
            scales: self.array(features, "embeddings", f32::from_le_bytes)?,
            values: self.array(features * width, "embeddings", i8::from_le_bytes)?,
        };
        Ok((Vocabulary::new(hashes), embeddings))
    }

    /// The parameters of a network of these sizes, without its embeddings.
    fn parameters(&mut self, sizes: Sizes) -> Result<Network, Error> {
        let mut tensors = vec![Matrix::zeros(0, sizes.embedding)];
        for (rows, columns) in Network::shapes(&sizes).into_iter().skip(1) {
            let data = self.array(rows * columns, "parameters", |bytes| {
                widen(u16::from_le_bytes(bytes))
            })?;
            tensors.push(Matrix {
                rows,
                columns,
                data,
            });
        }
        Ok(Network { sizes, tensors })
    }

    /// What finds names in what a network of these sizes makes of words.
    fn namer(&mut self, parser: &Sizes) -> Result<Namer, Error> {
        let mut sizes = [0; 5];
        for size in &mut sizes {
            *size = self.number("names")?;
        }
        let [features, embedding, width, layers, count] = sizes;
        let states = parser.embedding + 2 * parser.width;
        let sizes = Namer::sizes(states, [features, embedding], [width, layers], count);
        let plausible = sizes_of(&sizes).is_some_and(|total| total <= self.0.len());
        if !plausible || width % 2 == 1 || width < LABELS {
            return Err(Error::Section("names"));
        }
        let sets = self.list(count, |input| Ok(input.text("names")?.to_owned()))?;
        let origin = self.number("names")?;
        if origin >= count {
            return Err(Error::Section("names"));
        }
        let (vocabulary, embeddings) = self.embeddings(features, embedding)?;
        let network = self.parameters(sizes)?;
        Ok(Namer::new(network, vocabulary, embeddings, sets, origin))
    }

    fn take(&mut self, length: usize, section: &'static str) -> Result<&'a [u8], Error> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(Error::Section(section))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self, section: &'static str) -> Result<usize, Error> {
        let (number, rest) = self.0.split_first_chunk().ok_or(Error::Section(section))?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*number) as usize)
    }

    fn text(&mut self, section: &'static str) -> Result<&'a str, Error> {
        let length = self.number(section)?;
        std::str::from_utf8(self.take(length, section)?).map_err(|_| Error::Section(section))
    }

    fn list<T>(
        &mut self,
        count: usize,
        mut one: impl FnMut(&mut Self) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        (0..count).map(|_| one(self)).collect()
    }

    fn array<T, const N: usize>(
        &mut self,
        count: usize,
        section: &'static str,
        number: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, Error> {
        let length = count.checked_mul(N).ok_or(Error::Section(section))?;
        let (chunks, _) = self.take(length, section)?.as_chunks::<N>();
        Ok(chunks.iter().map(|&chunk| number(chunk)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finder_of_names_that_does_not_fit_is_refused() {
        let model = Model::from_bytes(crate::shipped("en").unwrap()).unwrap();
        let namer = model.namer.as_ref().unwrap();
        let mut own = Writer(Vec::new());
        own.text(&namer.sets[0]);
        let bytes = model.to_bytes();
        let header = MAGIC.len() + 12;
        // Five sizes stand before the first set: features, embedding, width, layers, sets.
        let sets = bytes
            .windows(own.0.len())
            .rposition(|window| window == own.0);
        let sizes = sets.unwrap() - 5 * 4;
        let refused = |size: usize, wrong: u32| {
            let mut damaged = bytes.clone();
            damaged[sizes + 4 * size..][..4].copy_from_slice(&wrong.to_le_bytes());
            let sum = checksum(&damaged[header..]).to_le_bytes();
            damaged[header - 8..header].copy_from_slice(&sum);
            Model::from_bytes(&damaged).unwrap_err()
        };
        for width in [3, 4, u32::MAX] {
            assert_eq!(refused(2, width), Error::Section("names"), "width {width}");
        }
        for size in 0..5 {
            assert_eq!(refused(size, u32::MAX), Error::Section("names"), "{size}");
        }
        // These fit into the file, but what follows does not.
        let (features, embedding) = (namer.vocabulary.len() as u32, namer.network.sizes.embedding);
        assert!(matches!(refused(0, features - 1), Error::Section(_)));
        assert!(matches!(
            refused(1, embedding as u32 - 1),
            Error::Section(_)
        ));
    }
}
