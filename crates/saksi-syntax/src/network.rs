//! The network: word features in, scores of tags, heads and relations out.
//!
//! One encoder serves all tasks. A word is the sum of the embeddings of its features; layers of bidirectional simple
//! recurrent units (Lei et al. 2018) put it into its sentence; tags are read off the last layer but one
//! and go into the last, heads (deep biaffine, Dozat
//! and Manning 2017) and relations off the last. All products are of whole documents, so that matrix
//! multiplication runs at the machine's speed; the recurrence itself is element by element.

use crate::matrix::{Factor, Matrix, multiply, sigmoid, vectorised};
use crate::model::{narrow, widen};
use crate::quantised::Affine;

/// The sizes of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// Rows of the embedding table.
    pub(crate) features: usize,
    /// Treebanks of origin.
    pub(crate) origins: usize,
    /// Width of an embedding.
    pub(crate) embedding: usize,
    /// Values of a word that stand beside its embedding.
    pub(crate) beside: usize,
    /// Width of a layer, both directions together.
    pub(crate) width: usize,
    /// Layers.
    pub(crate) layers: usize,
    /// Width of the vectors that score heads.
    pub(crate) arc: usize,
    /// Width of the vectors that score relations.
    pub(crate) label: usize,
    /// Part-of-speech tags.
    pub(crate) tags: usize,
    /// Bundles of morphological features.
    pub(crate) bundles: usize,
    /// Relations.
    pub(crate) relations: usize,
}

/// Slope of the arc vectors' non-linearity below zero.
pub(crate) const LEAK: f32 = 0.1;

/// How distances between a word and its head are told apart: sign and magnitude.
pub(crate) const DISTANCES: usize = 24;

/// The class of the distance from `dependent` to `head`.
pub(crate) fn distance(dependent: usize, head: usize) -> usize {
    let far = match dependent.abs_diff(head) {
        d @ 0..=6 => d.max(1) - 1,
        7..=8 => 6,
        9..=11 => 7,
        12..=15 => 8,
        16..=22 => 9,
        23..=35 => 10,
        _ => 11,
    };
    if head < dependent {
        far
    } else {
        far + DISTANCES / 2
    }
}

/// Where each tensor stands in [`Network::tensors`].
pub(crate) mod tensor {
    pub(crate) const EMBEDDINGS: usize = 0;
    pub(crate) const ORIGINS: usize = 1;
    pub(crate) const INPUT: usize = 2;
    pub(crate) const INPUT_BIAS: usize = 3;
    /// Projection to the arc and label vectors: arc dependent, arc head, label dependent, label head.
    pub(crate) const PARTS: usize = 4;
    pub(crate) const PARTS_BIAS: usize = 5;
    pub(crate) const ARC: usize = 6;
    pub(crate) const ARC_HEAD: usize = 7;
    pub(crate) const ARC_ROOT: usize = 8;
    pub(crate) const ARC_DISTANCE: usize = 9;
    pub(crate) const LABEL_ROOT: usize = 10;
    pub(crate) const LABEL: usize = 11;
    pub(crate) const LABEL_BIAS: usize = 12;
    pub(crate) const TAGS: usize = 13;
    pub(crate) const TAGS_BIAS: usize = 14;
    /// What each tag, as far as it is likely, adds to the input of the last layer.
    pub(crate) const TAG_VALUES: usize = 15;
    /// First tensor of the first layer; each layer has [`PER_LAYER`].
    pub(crate) const LAYERS: usize = 16;
    pub(crate) const PER_LAYER: usize = 3;
    /// Within a layer: weights (forward candidate, forget, reset; backward likewise).
    pub(crate) const WEIGHTS: usize = 0;
    /// Within a layer: what the gates take from the previous state (forget, reset; forward then backward).
    pub(crate) const RECURRENT: usize = 1;
    /// Within a layer: bias of the gates, laid out as `RECURRENT`.
    pub(crate) const GATE_BIAS: usize = 2;
}

/// The parameters of a network.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    pub(crate) sizes: Sizes,
    pub(crate) tensors: Vec<Matrix>,
}

impl Network {
    /// Rows and columns of every tensor of a network of these sizes, in order.
    pub(crate) fn shapes(sizes: &Sizes) -> Vec<(usize, usize)> {
        let Sizes {
            width, arc, label, ..
        } = *sizes;
        let mut shapes = vec![
            (sizes.features, sizes.embedding),
            (sizes.origins, sizes.embedding),
            (sizes.embedding + sizes.beside, width),
            (1, width),
            (width, 2 * arc + 2 * label),
            (1, 2 * arc + 2 * label),
            (arc, arc),
            (1, arc),
            (1, arc),
            (1, DISTANCES),
            (1, label),
            (label, sizes.relations),
            (1, sizes.relations),
            (width, sizes.tags + sizes.bundles + 1),
            (1, sizes.tags + sizes.bundles + 1),
            (sizes.tags, width),
        ];
        for _ in 0..sizes.layers {
            shapes.extend([(width, 3 * width), (1, 2 * width), (1, 2 * width)]);
        }
        shapes
    }

    /// A network of these sizes with all parameters zero.
    pub(crate) fn zeros(sizes: Sizes) -> Self {
        let tensors = Self::shapes(&sizes)
            .into_iter()
            .map(|(rows, columns)| Matrix::zeros(rows, columns));
        Self {
            sizes,
            tensors: tensors.collect(),
        }
    }

    /// Rounds all parameters to what a file holds of them.
    pub(crate) fn round(&mut self) {
        for tensor in &mut self.tensors {
            (tensor.data.iter_mut()).for_each(|value| *value = widen(narrow(*value)));
        }
    }

    pub(crate) fn layer(&self, layer: usize, part: usize) -> &Matrix {
        &self.tensors[tensor::LAYERS + layer * tensor::PER_LAYER + part]
    }

    /// `out = input × weights + bias`, the bias repeated for every row.
    pub(crate) fn affine(&self, out: &mut Matrix, input: &Matrix, weights: usize, bias: usize) {
        let weights = &self.tensors[weights];
        out.reshape(input.rows, weights.columns);
        for row in out.data.chunks_exact_mut(weights.columns.max(1)) {
            row.copy_from_slice(&self.tensors[bias].data);
        }
        multiply(
            &mut out.data,
            weights.columns,
            input.into(),
            weights.into(),
            true,
        );
    }
}

/// One direction of one layer: which half of each row it reads and writes, and where its gates lie.
#[derive(Clone, Copy)]
pub(crate) struct Direction {
    pub(crate) backward: bool,
    /// Width of the direction: half of the layer's.
    pub(crate) half: usize,
}

impl Direction {
    pub(crate) fn both(width: usize) -> [Self; 2] {
        [false, true].map(|backward| Self {
            backward,
            half: width / 2,
        })
    }

    /// Offset in a row of the layer's input and output.
    pub(crate) fn state(self) -> usize {
        if self.backward { self.half } else { 0 }
    }

    /// Offset in a row of the layer's products, and in its gate tensors.
    pub(crate) fn product(self) -> usize {
        if self.backward { 3 * self.half } else { 0 }
    }

    pub(crate) fn gates(self) -> usize {
        if self.backward { 2 * self.half } else { 0 }
    }

    /// The words of a sentence in the order in which this direction reads them.
    pub(crate) fn order(self, words: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
        let (start, end) = (words.start, words.end);
        let backward = self.backward;
        words.map(move |at| if backward { end - 1 - (at - start) } else { at })
    }
}

/// Runs the recurrence of one direction over one sentence.
///
/// `products` holds the candidate and the two gates before bias and recurrence; `input` and `output` are the layer's.
/// `state` (one direction wide) is the memory; `keep` sees, for every word, memory, forget and reset gate after the step.
pub(crate) fn recur(
    direction: Direction,
    words: std::ops::Range<usize>,
    products: &Matrix,
    (recurrent, bias): (&[f32], &[f32]),
    input: &Matrix,
    output: &mut Matrix,
    mut keep: impl FnMut(usize, &[f32], &[f32], &[f32]),
) {
    let half = direction.half;
    let (forget_recurrent, reset_recurrent) =
        recurrent[direction.gates()..][..2 * half].split_at(half);
    let (forget_bias, reset_bias) = bias[direction.gates()..][..2 * half].split_at(half);
    let mut memory = vec![0.0_f32; half];
    let mut forget = vec![0.0_f32; half];
    let mut reset = vec![0.0_f32; half];
    for word in direction.order(words) {
        let product = &products.row(word)[direction.product()..][..3 * half];
        let (candidate, gates) = product.split_at(half);
        let (forget_in, reset_in) = gates.split_at(half);
        vectorised(Step {
            candidate,
            forget_from: [forget_in, forget_bias, forget_recurrent],
            reset_from: [reset_in, reset_bias, reset_recurrent],
            carried: &input.row(word)[direction.state()..][..half],
            memory: &mut memory,
            forget: &mut forget,
            reset: &mut reset,
            out: &mut output.row_mut(word)[direction.state()..][..half],
        });
        keep(word, &memory, &forget, &reset);
    }
}

/// One step of the recurrence: all slices are as wide as the direction.
struct Step<'a> {
    candidate: &'a [f32],
    /// Its part of the product, its bias, what it takes from the memory.
    forget_from: [&'a [f32]; 3],
    reset_from: [&'a [f32]; 3],
    /// The layer's input, for the highway.
    carried: &'a [f32],
    memory: &'a mut [f32],
    forget: &'a mut [f32],
    reset: &'a mut [f32],
    out: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Step<'_> {
    type Output = ();

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "see `vectorised`")]
    fn call(self) {
        let (candidate, carried) = (self.candidate, self.carried);
        let (memory, out) = (self.memory, self.out);
        gate(self.forget, self.forget_from, memory);
        gate(self.reset, self.reset_from, memory);
        for ((memory, forget), candidate) in memory.iter_mut().zip(&*self.forget).zip(candidate) {
            *memory = forget * *memory + (1.0 - forget) * candidate;
        }
        for (((out, reset), memory), carried) in
            out.iter_mut().zip(&*self.reset).zip(&*memory).zip(carried)
        {
            *out = reset * memory + (1.0 - reset) * carried;
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "see `vectorised`")]
fn gate(out: &mut [f32], [product, bias, recurrent]: [&[f32]; 3], memory: &[f32]) {
    let taken = recurrent.iter().zip(memory).map(|(r, m)| r * m);
    let given = product.iter().zip(bias).map(|(p, b)| p + b);
    for ((out, given), taken) in out.iter_mut().zip(given).zip(taken) {
        *out = sigmoid(given + taken);
    }
}

/// What the network says of the words of some sentences.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    /// Tags, bundles of features, and whether the word is the last of a sentence: one row a word.
    pub(crate) tags: Matrix,
    /// Arc dependent, arc head, label dependent, label head: one row a word.
    pub(crate) parts: Matrix,
    /// The arc dependent vectors times the arc matrix.
    pub(crate) arcs: Matrix,
}

/// The large products of the network: each takes a row a word to a row a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Product {
    Input,
    Layer(usize),
    Tags,
    Parts,
}

/// The large products of a trained network, in 8 bits.
#[derive(Debug)]
pub(crate) struct Fast {
    input: Affine,
    layers: Vec<Affine>,
    tags: Affine,
    parts: Affine,
}

impl Fast {
    pub(crate) fn new(network: &Network) -> Self {
        let affine = |weights: usize, bias: usize| {
            Affine::new(&network.tensors[weights], Some(&network.tensors[bias]))
        };
        let layer = |layer| Affine::new(network.layer(layer, tensor::WEIGHTS), None);
        Self {
            input: affine(tensor::INPUT, tensor::INPUT_BIAS),
            layers: (0..network.sizes.layers).map(layer).collect(),
            tags: affine(tensor::TAGS, tensor::TAGS_BIAS),
            parts: affine(tensor::PARTS, tensor::PARTS_BIAS),
        }
    }

    pub(crate) fn product(&self, product: Product, input: &Matrix, out: &mut Matrix) {
        let affine = match product {
            Product::Input => &self.input,
            Product::Layer(layer) => &self.layers[layer],
            Product::Tags => &self.tags,
            Product::Parts => &self.parts,
        };
        affine.run(input, out);
    }
}

impl Sizes {
    /// The scores of a word's tags, of its bundles of features, and of its being the last of a sentence.
    pub(crate) fn split(self, row: &[f32]) -> (&[f32], &[f32], f32) {
        let (tags, rest) = row.split_at(self.tags);
        (tags, &rest[..self.bundles], rest[self.bundles])
    }
}

/// Scores, and what is needed on the way to them; used again for the next sentences, since asking the system for memory costs as much as
/// some of the products.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// After [`Network::score`], the last layer's output.
    pub(crate) input: Matrix,
    products: Matrix,
    /// After [`Network::score`], the last layer's input.
    pub(crate) output: Matrix,
    pub(crate) scores: Scores,
}

impl Network {
    /// Scores the words whose summed embeddings are the rows of `embedded`; `sentences` are ranges of rows. `product` is
    /// [`Fast::product`], or the exact one of a test.
    pub(crate) fn score(
        &self,
        product: impl Fn(Product, &Matrix, &mut Matrix),
        embedded: &Matrix,
        sentences: &[std::ops::Range<usize>],
        room: &mut Room,
    ) {
        let Room {
            input,
            products,
            output,
            scores,
        } = room;
        product(Product::Input, embedded, input);
        for layer in 0..self.sizes.layers {
            if layer + 1 == self.sizes.layers {
                product(Product::Tags, input, &mut scores.tags);
                self.add_tags(&scores.tags, input);
            }
            product(Product::Layer(layer), input, products);
            self.run_layer(layer, sentences, products, input, output);
            std::mem::swap(input, output);
        }
        product(Product::Parts, input, &mut scores.parts);
        self.bend(&mut scores.parts);
        self.arc_products(&scores.parts, &mut scores.arcs);
    }

    /// The output of a layer for its input and their products with its weights: both directions over each of the sentences.
    pub(crate) fn run_layer(
        &self,
        layer: usize,
        sentences: &[std::ops::Range<usize>],
        products: &Matrix,
        input: &Matrix,
        output: &mut Matrix,
    ) {
        let width = self.sizes.width;
        output.reshape(input.rows, width);
        let gates = (
            &self.layer(layer, tensor::RECURRENT).data[..],
            &self.layer(layer, tensor::GATE_BIAS).data[..],
        );
        for sentence in sentences {
            for direction in Direction::both(width) {
                recur(
                    direction,
                    sentence.clone(),
                    products,
                    gates,
                    input,
                    output,
                    |_, _, _, _| {},
                );
            }
        }
    }

    /// Adds to every word what its tags, as far as they are likely, add (Zhang and Weiss 2016), and returns the likelihoods.
    pub(crate) fn add_tags(&self, tags: &Matrix, input: &mut Matrix) -> Matrix {
        let mut likely = Matrix::zeros(tags.rows, self.sizes.tags);
        for word in 0..tags.rows {
            let scores = &tags.row(word)[..self.sizes.tags];
            let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let row = likely.row_mut(word);
            for (likely, score) in row.iter_mut().zip(scores) {
                *likely = (score - highest).exp();
            }
            let sum: f32 = row.iter().sum();
            for likely in row {
                *likely /= sum;
            }
        }
        multiply(
            &mut input.data,
            input.columns,
            (&likely).into(),
            (&self.tensors[tensor::TAG_VALUES]).into(),
            true,
        );
        likely
    }

    /// The non-linearity of the arc vectors (leaky `ReLU`); the label vectors get theirs once summed.
    pub(crate) fn bend(&self, parts: &mut Matrix) {
        for row in parts.data.chunks_exact_mut(parts.columns) {
            for value in &mut row[..2 * self.sizes.arc] {
                *value = value.max(LEAK * *value);
            }
        }
    }

    /// The arc dependent vectors of `parts` times the arc matrix.
    pub(crate) fn arc_products(&self, parts: &Matrix, arcs: &mut Matrix) {
        let arc = self.sizes.arc;
        arcs.reshape(parts.rows, arc);
        let dependents = Factor::new(&parts.data, parts.rows, arc, parts.columns);
        multiply(
            &mut arcs.data,
            arc,
            dependents,
            (&self.tensors[tensor::ARC]).into(),
            false,
        );
    }

    /// Scores of every head for every word of `sentence`: one row a word, the first column for the root, then one a word.
    pub(crate) fn heads(
        &self,
        scores: &Scores,
        sentence: std::ops::Range<usize>,
        heads: &mut Matrix,
    ) {
        let (arc, length) = (self.sizes.arc, sentence.len());
        heads.reshape(length, length + 1);
        let stride = scores.parts.columns;
        let head_parts = &scores.parts.data[sentence.start * stride + arc..];
        let candidates = Factor::new(head_parts, length, arc, stride);
        let dependents = Factor::new(&scores.arcs.data[sentence.start * arc..], length, arc, arc);
        let mut products = vec![0.0; length * length];
        // A word by itself can only be the root.
        if length > 1 {
            let candidates = candidates.transposed();
            multiply(&mut products, length, dependents, candidates, false);
        }
        let (prior, root) = (
            &self.tensors[tensor::ARC_HEAD].data,
            &self.tensors[tensor::ARC_ROOT].data,
        );
        let distances = &self.tensors[tensor::ARC_DISTANCE].data;
        let priors: Vec<f32> = (0..length)
            .map(|head| dot(prior, &head_parts[head * stride..][..arc]))
            .collect();
        let root_prior = dot(prior, root);
        for dependent in 0..length {
            let row = heads.row_mut(dependent);
            row[0] = dot(root, scores.arcs.row(sentence.start + dependent)) + root_prior;
            let products = &products[dependent * length..][..length];
            for (head, product) in products.iter().enumerate() {
                row[head + 1] = product + priors[head] + distances[distance(dependent, head)];
            }
            row[dependent + 1] = f32::NEG_INFINITY;
        }
    }

    /// Scores of every relation of `word` to `head` (rows of the scores; `None` for the root).
    pub(crate) fn relations(
        &self,
        scores: &Scores,
        word: usize,
        head: Option<usize>,
        out: &mut [f32],
    ) {
        let (arc, label) = (self.sizes.arc, self.sizes.label);
        let dependent = &scores.parts.row(word)[2 * arc..][..label];
        let head = match head {
            Some(head) => &scores.parts.row(head)[2 * arc + label..][..label],
            None => &self.tensors[tensor::LABEL_ROOT].data,
        };
        out.copy_from_slice(&self.tensors[tensor::LABEL_BIAS].data);
        let weights = &self.tensors[tensor::LABEL];
        vectorised(|| {
            for (i, (d, h)) in dependent.iter().zip(head).enumerate() {
                let hidden = (d + h).max(0.0);
                if hidden > 0.0 {
                    for (out, weight) in out.iter_mut().zip(weights.row(i)) {
                        *out += hidden * weight;
                    }
                }
            }
        });
    }
}

/// Inner product, in eight running sums so that it is the same on every machine and fast on most.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a
        .remainder()
        .iter()
        .zip(b.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a.zip(b) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum::<f32>() + rest
}
