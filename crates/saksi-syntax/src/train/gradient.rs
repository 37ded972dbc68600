//! One training step: the forward pass with dropout, the losses, and the gradient of every parameter.
//!
//! The passes mirror [`crate::network`]; a test holds the gradient against finite differences of the loss.

use std::ops::Range;

use super::Random;
use crate::matrix::{Factor, Matrix, multiply, sigmoid};
use crate::network::{DISTANCES, Direction, LEAK, Network, Scores, distance, recur, tensor};

/// The words of some sentences with what they should be.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Rows of the embedding table, word after word.
    pub(crate) rows: Vec<u32>,
    /// Where each word's rows end in `rows`.
    pub(crate) ends: Vec<usize>,
    /// Treebank of origin of each word.
    pub(crate) origins: Vec<usize>,
    pub(crate) sentences: Vec<Range<usize>>,
    /// Gold tag of each word.
    pub(crate) tags: Vec<usize>,
    /// Gold bundle of features of each word, where the treebank tells.
    pub(crate) bundles: Vec<Option<usize>>,
    /// Whether each word is the last of its sentence, but for the last word of all: that is no question.
    pub(crate) last: Vec<Option<bool>>,
    /// Gold head's column (0 for the root) within the sentence, where the treebank tells.
    pub(crate) heads: Vec<Option<usize>>,
    /// Gold relation of each word.
    pub(crate) relations: Vec<usize>,
}

/// Shares of values dropped in training.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dropout {
    pub(crate) embedding: f32,
    pub(crate) layer: f32,
    pub(crate) part: f32,
    pub(crate) tag: f32,
}

/// What a step of training cost, summed over words.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Loss {
    pub(crate) tags: f64,
    pub(crate) heads: f64,
    pub(crate) relations: f64,
}

/// The memories and gates of a layer, for the way back.
pub(super) struct Trace {
    input: Matrix,
    mask: Matrix,
    memory: Matrix,
    forget: Matrix,
    reset: Matrix,
    candidate: Matrix,
}

/// Weight of the loss of tags beside that of heads and relations.
const TAG_WEIGHT: f32 = 1.0;

/// Adds the gradient of the batch's loss to `gradient`; the rows of the embedding table that it touches are those of the batch.
pub(crate) fn step(
    network: &Network,
    batch: &Batch,
    dropout: Dropout,
    random: &mut Random,
    gradient: &mut Network,
) -> Loss {
    let words = batch.ends.len();
    let scale = 1.0 / words as f32;
    let mut loss = Loss::default();

    // Forward.
    let embedded_mask = mask(words, network.sizes.embedding, dropout.embedding, random);
    let mut embedded = embed(network, batch);
    times(&mut embedded, &embedded_mask);
    let mut x = Matrix::default();
    network.affine(&mut x, &embedded, tensor::INPUT, tensor::INPUT_BIAS);
    let mut traces: Vec<Trace> = Vec::new();
    let width = network.sizes.width;
    let tag_mask = mask(words, width, dropout.tag, random);
    let mut tag_input = Matrix::default();
    let mut tags = Matrix::default();
    let mut likely = Matrix::default();
    for layer in 0..network.sizes.layers {
        if layer + 1 == network.sizes.layers {
            tag_input = x.clone();
            times(&mut tag_input, &tag_mask);
            network.affine(&mut tags, &tag_input, tensor::TAGS, tensor::TAGS_BIAS);
            likely = network.add_tags(&tags, &mut x);
        }
        let (trace, output) =
            layer_forward(network, layer, x, &batch.sentences, dropout.layer, random);
        traces.push(trace);
        x = output;
    }

    // Heads and relations.
    let top_mask = mask(words, width, dropout.part, random);
    let mut top = x;
    times(&mut top, &top_mask);
    let mut scores = Scores::default();
    network.affine(&mut scores.parts, &top, tensor::PARTS, tensor::PARTS_BIAS);
    network.bend(&mut scores.parts);
    let bent = scores.parts.clone();
    let part_mask = mask(words, scores.parts.columns, dropout.part, random);
    times(&mut scores.parts, &part_mask);
    network.arc_products(&scores.parts, &mut scores.arcs);
    let mut d_parts = Matrix::zeros(words, scores.parts.columns);
    arcs(
        network,
        batch,
        &scores,
        scale,
        &mut d_parts,
        gradient,
        &mut loss,
    );
    relations(
        network,
        batch,
        &scores,
        scale,
        dropout.part,
        random,
        (&mut d_parts, gradient, &mut loss),
    );
    times(&mut d_parts, &part_mask);
    let bent_columns = 2 * network.sizes.arc;
    for word in 0..words {
        let row = &mut d_parts.row_mut(word)[..bent_columns];
        for (d, &value) in row.iter_mut().zip(bent.row(word)) {
            if value < 0.0 {
                *d *= LEAK;
            }
        }
    }
    let mut dx = affine_backward(
        network,
        gradient,
        &top,
        &d_parts,
        tensor::PARTS,
        tensor::PARTS_BIAS,
    );
    times(&mut dx, &top_mask);

    // Backward through the layers.
    for layer in (0..network.sizes.layers).rev() {
        dx = layer_backward(
            network,
            layer,
            &traces[layer],
            &dx,
            &batch.sentences,
            gradient,
        );
        if layer + 1 == network.sizes.layers {
            let d_tags = tags_backward(
                network, batch, tags, &likely, &dx, scale, gradient, &mut loss,
            );
            let mut d_tag_input = affine_backward(
                network,
                gradient,
                &tag_input,
                &d_tags,
                tensor::TAGS,
                tensor::TAGS_BIAS,
            );
            times(&mut d_tag_input, &tag_mask);
            add(&mut dx.data, &d_tag_input.data);
            tags = Matrix::default();
        }
    }
    let mut d_embedded = affine_backward(
        network,
        gradient,
        &embedded,
        &dx,
        tensor::INPUT,
        tensor::INPUT_BIAS,
    );
    times(&mut d_embedded, &embedded_mask);
    let mut start = 0;
    for (word, &end) in batch.ends.iter().enumerate() {
        let d = d_embedded.row(word);
        for &row in &batch.rows[start..end] {
            add(
                gradient.tensors[tensor::EMBEDDINGS].row_mut(row as usize),
                d,
            );
        }
        add(
            gradient.tensors[tensor::ORIGINS].row_mut(batch.origins[word]),
            d,
        );
        start = end;
    }
    loss
}

/// The summed embeddings of the words of a batch.
pub(crate) fn embed(network: &Network, batch: &Batch) -> Matrix {
    let mut embedded = Matrix::zeros(batch.ends.len(), network.sizes.embedding);
    let mut start = 0;
    for (word, &end) in batch.ends.iter().enumerate() {
        let out = embedded.row_mut(word);
        out.copy_from_slice(network.tensors[tensor::ORIGINS].row(batch.origins[word]));
        for &row in &batch.rows[start..end] {
            add(out, network.tensors[tensor::EMBEDDINGS].row(row as usize));
        }
        start = end;
    }
    embedded
}

/// Loss of the tags and bundles; turns their scores into the gradient, both of that loss and through what the tags added to the last layer.
#[expect(
    clippy::too_many_arguments,
    reason = "the two ways that tags are used meet here"
)]
fn tags_backward(
    network: &Network,
    batch: &Batch,
    mut scores: Matrix,
    likely: &Matrix,
    d_added: &Matrix,
    scale: f32,
    gradient: &mut Network,
    loss: &mut Loss,
) -> Matrix {
    let values = &network.tensors[tensor::TAG_VALUES];
    let d_values = &mut gradient.tensors[tensor::TAG_VALUES];
    multiply(
        &mut d_values.data,
        values.columns,
        Factor::from(likely).transposed(),
        d_added.into(),
        true,
    );
    let mut d_likely = Matrix::zeros(likely.rows, likely.columns);
    multiply(
        &mut d_likely.data,
        likely.columns,
        d_added.into(),
        Factor::from(values).transposed(),
        false,
    );
    for word in 0..scores.rows {
        let (tags, rest) = scores.row_mut(word).split_at_mut(network.sizes.tags);
        let (bundles, last) = rest.split_at_mut(network.sizes.bundles);
        last[0] = batch.last[word].map_or(0.0, |gold| {
            scale * TAG_WEIGHT * (sigmoid(last[0]) - f32::from(gold))
        });
        loss.tags += f64::from(softmax(tags, Some(batch.tags[word]), scale * TAG_WEIGHT));
        softmax(bundles, batch.bundles[word], scale * TAG_WEIGHT);
        let (likely, d_likely) = (likely.row(word), d_likely.row(word));
        let mean: f32 = likely
            .iter()
            .zip(d_likely)
            .map(|(likely, d)| likely * d)
            .sum();
        for (d, (likely, d_likely)) in tags.iter_mut().zip(likely.iter().zip(d_likely)) {
            *d += likely * (d_likely - mean);
        }
    }
    scores
}

pub(super) fn layer_forward(
    network: &Network,
    layer: usize,
    input: Matrix,
    sentences: &[Range<usize>],
    dropout: f32,
    random: &mut Random,
) -> (Trace, Matrix) {
    let (words, width) = (input.rows, network.sizes.width);
    // One mask a sentence (Gal and Ghahramani 2016).
    let mut layer_mask = Matrix::zeros(words, width);
    for sentence in sentences {
        let one = mask(1, width, dropout, random);
        for word in sentence.clone() {
            layer_mask.row_mut(word).copy_from_slice(&one.data);
        }
    }
    let mut masked = input.clone();
    times(&mut masked, &layer_mask);
    let mut products = Matrix::zeros(words, 3 * width);
    multiply(
        &mut products.data,
        3 * width,
        (&masked).into(),
        network.layer(layer, tensor::WEIGHTS).into(),
        false,
    );
    let mut output = Matrix::zeros(words, width);
    let (mut memory, mut forget, mut reset, mut candidate) = (
        Matrix::zeros(words, width),
        Matrix::zeros(words, width),
        Matrix::zeros(words, width),
        Matrix::zeros(words, width),
    );
    let gates = (
        &network.layer(layer, tensor::RECURRENT).data[..],
        &network.layer(layer, tensor::GATE_BIAS).data[..],
    );
    for sentence in sentences {
        for direction in Direction::both(width) {
            let (at, half) = (direction.state(), direction.half);
            recur(
                direction,
                sentence.clone(),
                &products,
                gates,
                &input,
                &mut output,
                |word, c, f, r| {
                    memory.row_mut(word)[at..at + half].copy_from_slice(c);
                    forget.row_mut(word)[at..at + half].copy_from_slice(f);
                    reset.row_mut(word)[at..at + half].copy_from_slice(r);
                    candidate.row_mut(word)[at..at + half]
                        .copy_from_slice(&products.row(word)[direction.product()..][..half]);
                },
            );
        }
    }
    (
        Trace {
            input,
            mask: layer_mask,
            memory,
            forget,
            reset,
            candidate,
        },
        output,
    )
}

pub(super) fn layer_backward(
    network: &Network,
    layer: usize,
    trace: &Trace,
    d_output: &Matrix,
    sentences: &[Range<usize>],
    gradient: &mut Network,
) -> Matrix {
    let (words, width) = (trace.input.rows, network.sizes.width);
    let mut d_input = Matrix::zeros(words, width);
    let mut d_products = Matrix::zeros(words, 3 * width);
    let recurrent = &network.layer(layer, tensor::RECURRENT).data;
    let base = tensor::LAYERS + layer * tensor::PER_LAYER;
    let mut d_recurrent = std::mem::take(&mut gradient.tensors[base + tensor::RECURRENT].data);
    let mut d_bias = std::mem::take(&mut gradient.tensors[base + tensor::GATE_BIAS].data);
    for sentence in sentences {
        for direction in Direction::both(width) {
            let (at, half, gates) = (direction.state(), direction.half, direction.gates());
            let (forget_recurrent, reset_recurrent) = recurrent[gates..][..2 * half].split_at(half);
            let mut d_memory = vec![0.0_f32; half];
            let order: Vec<usize> = direction.order(sentence.clone()).collect();
            let start = vec![0.0_f32; half];
            for (step, &word) in order.iter().enumerate().rev() {
                let before = match step.checked_sub(1) {
                    Some(step) => &trace.memory.row(order[step])[at..][..half],
                    None => &start[..],
                };
                let d = &d_output.row(word)[at..][..half];
                let memory = &trace.memory.row(word)[at..][..half];
                let forget = &trace.forget.row(word)[at..][..half];
                let reset = &trace.reset.row(word)[at..][..half];
                let candidate = &trace.candidate.row(word)[at..][..half];
                let carried = &trace.input.row(word)[at..][..half];
                let d_carried = &mut d_input.row_mut(word)[at..][..half];
                let d_product = &mut d_products.row_mut(word)[direction.product()..][..3 * half];
                let (d_candidate, d_gates) = d_product.split_at_mut(half);
                let (d_forget, d_reset) = d_gates.split_at_mut(half);
                for i in 0..half {
                    let d_r = d[i] * (memory[i] - carried[i]) * reset[i] * (1.0 - reset[i]);
                    d_carried[i] += d[i] * (1.0 - reset[i]);
                    let d_c = d_memory[i] + d[i] * reset[i];
                    let d_f = d_c * (before[i] - candidate[i]) * forget[i] * (1.0 - forget[i]);
                    d_candidate[i] = d_c * (1.0 - forget[i]);
                    d_forget[i] = d_f;
                    d_reset[i] = d_r;
                    d_memory[i] =
                        d_c * forget[i] + d_f * forget_recurrent[i] + d_r * reset_recurrent[i];
                }
                let (d_forget_recurrent, d_reset_recurrent) =
                    d_recurrent[gates..][..2 * half].split_at_mut(half);
                for i in 0..half {
                    d_forget_recurrent[i] += d_forget[i] * before[i];
                    d_reset_recurrent[i] += d_reset[i] * before[i];
                }
                let (d_forget_bias, d_reset_bias) = d_bias[gates..][..2 * half].split_at_mut(half);
                add(d_forget_bias, d_forget);
                add(d_reset_bias, d_reset);
            }
        }
    }
    gradient.tensors[base + tensor::RECURRENT].data = d_recurrent;
    gradient.tensors[base + tensor::GATE_BIAS].data = d_bias;
    let mut masked = trace.input.clone();
    times(&mut masked, &trace.mask);
    let weights = network.layer(layer, tensor::WEIGHTS);
    let d_weights = &mut gradient.tensors[base + tensor::WEIGHTS];
    multiply(
        &mut d_weights.data,
        3 * width,
        Factor::from(&masked).transposed(),
        (&d_products).into(),
        true,
    );
    let mut d_masked = Matrix::zeros(words, width);
    multiply(
        &mut d_masked.data,
        width,
        (&d_products).into(),
        Factor::from(weights).transposed(),
        false,
    );
    for (d, (masked, mask)) in d_input
        .data
        .iter_mut()
        .zip(d_masked.data.iter().zip(&trace.mask.data))
    {
        *d += masked * mask;
    }
    d_input
}

/// Loss and gradient of the choice of heads.
fn arcs(
    network: &Network,
    batch: &Batch,
    scores: &Scores,
    scale: f32,
    d_parts: &mut Matrix,
    gradient: &mut Network,
    loss: &mut Loss,
) {
    let (arc, stride) = (network.sizes.arc, scores.parts.columns);
    let mut d_arcs = Matrix::zeros(scores.parts.rows, arc);
    let prior = &network.tensors[tensor::ARC_HEAD].data;
    let root = &network.tensors[tensor::ARC_ROOT].data;
    let mut heads = Matrix::default();
    for sentence in &batch.sentences {
        let (start, length) = (sentence.start, sentence.len());
        network.heads(scores, sentence.clone(), &mut heads);
        for word in 0..length {
            loss.heads += f64::from(softmax(
                heads.row_mut(word),
                batch.heads[start + word],
                scale,
            ));
        }
        // Gradient through the distances, the root and the priors.
        let mut columns = vec![0.0_f32; length + 1];
        let d_distances = &mut gradient.tensors[tensor::ARC_DISTANCE].data;
        debug_assert_eq!(
            d_distances.len(),
            DISTANCES,
            "one weight a class of distance"
        );
        for word in 0..length {
            let row = heads.row(word);
            add(&mut columns, row);
            for head in (0..length).filter(|&head| head != word) {
                d_distances[distance(word, head)] += row[head + 1];
            }
        }
        for word in 0..length {
            let d_root_score = heads.row(word)[0];
            let d = d_arcs.row_mut(start + word);
            for i in 0..arc {
                d[i] += d_root_score * root[i];
            }
            let d_root = &mut gradient.tensors[tensor::ARC_ROOT].data;
            for (d, value) in d_root.iter_mut().zip(scores.arcs.row(start + word)) {
                *d += d_root_score * value;
            }
        }
        for i in 0..arc {
            gradient.tensors[tensor::ARC_ROOT].data[i] += columns[0] * prior[i];
            gradient.tensors[tensor::ARC_HEAD].data[i] += columns[0] * root[i];
        }
        for head in 0..length {
            let part = &scores.parts.row(start + head)[arc..2 * arc];
            let column = columns[head + 1];
            for (d, value) in gradient.tensors[tensor::ARC_HEAD].data.iter_mut().zip(part) {
                *d += column * value;
            }
            for (d, prior) in d_parts.row_mut(start + head)[arc..2 * arc]
                .iter_mut()
                .zip(prior)
            {
                *d += column * prior;
            }
        }
        let d_scores = Factor::new(&heads.data[1..], length, length, length + 1);
        let candidates = Factor::new(
            &scores.parts.data[start * stride + arc..],
            length,
            arc,
            stride,
        );
        multiply(
            &mut d_arcs.data[start * arc..],
            arc,
            d_scores,
            candidates,
            true,
        );
        let products = Factor::new(&scores.arcs.data[start * arc..], length, arc, arc);
        multiply(
            &mut d_parts.data[start * stride + arc..],
            stride,
            d_scores.transposed(),
            products,
            true,
        );
    }
    let dependents = Factor::new(&scores.parts.data, scores.parts.rows, arc, stride);
    multiply(
        &mut gradient.tensors[tensor::ARC].data,
        arc,
        dependents.transposed(),
        (&d_arcs).into(),
        true,
    );
    let weights = Factor::from(&network.tensors[tensor::ARC]).transposed();
    multiply(&mut d_parts.data, stride, (&d_arcs).into(), weights, true);
}

/// Loss and gradient of the relations to the gold heads.
fn relations(
    network: &Network,
    batch: &Batch,
    scores: &Scores,
    scale: f32,
    dropout: f32,
    random: &mut Random,
    (d_parts, gradient, loss): (&mut Matrix, &mut Network, &mut Loss),
) {
    let (arc, label) = (network.sizes.arc, network.sizes.label);
    let words = scores.parts.rows;
    let mut hidden = Matrix::zeros(words, label);
    let mut head_rows: Vec<Option<usize>> = vec![None; words];
    for sentence in &batch.sentences {
        for word in sentence.clone() {
            head_rows[word] =
                batch.heads[word].and_then(|column| Some(sentence.start + column.checked_sub(1)?));
            let dependent = &scores.parts.row(word)[2 * arc..][..label];
            let head = match head_rows[word] {
                Some(head) => &scores.parts.row(head)[2 * arc + label..][..label],
                None => &network.tensors[tensor::LABEL_ROOT].data,
            };
            for (out, (d, h)) in hidden
                .row_mut(word)
                .iter_mut()
                .zip(dependent.iter().zip(head))
            {
                *out = (d + h).max(0.0);
            }
        }
    }
    let hidden_mask = mask(words, label, dropout, random);
    times(&mut hidden, &hidden_mask);
    let mut logits = Matrix::default();
    network.affine(&mut logits, &hidden, tensor::LABEL, tensor::LABEL_BIAS);
    for word in 0..words {
        let gold = batch.heads[word].map(|_| batch.relations[word]);
        loss.relations += f64::from(softmax(logits.row_mut(word), gold, scale));
    }
    let mut d_hidden = affine_backward(
        network,
        gradient,
        &hidden,
        &logits,
        tensor::LABEL,
        tensor::LABEL_BIAS,
    );
    times(&mut d_hidden, &hidden_mask);
    for (word, head) in head_rows.iter().enumerate() {
        for i in 0..label {
            let d = d_hidden.row(word)[i];
            if hidden.row(word)[i] <= 0.0 || d == 0.0 {
                continue;
            }
            d_parts.row_mut(word)[2 * arc + i] += d;
            match *head {
                Some(head) => d_parts.row_mut(head)[2 * arc + label + i] += d,
                None => gradient.tensors[tensor::LABEL_ROOT].data[i] += d,
            }
        }
    }
}

/// Gradient of `input × weights + bias`: adds to that of weights and bias, and returns that of the input.
pub(super) fn affine_backward(
    network: &Network,
    gradient: &mut Network,
    input: &Matrix,
    d_output: &Matrix,
    weights: usize,
    bias: usize,
) -> Matrix {
    let d_weights = &mut gradient.tensors[weights];
    multiply(
        &mut d_weights.data,
        d_output.columns,
        Factor::from(input).transposed(),
        d_output.into(),
        true,
    );
    for row in d_output.data.chunks_exact(d_output.columns) {
        add(&mut gradient.tensors[bias].data, row);
    }
    let mut d_input = Matrix::zeros(input.rows, input.columns);
    let weights = Factor::from(&network.tensors[weights]).transposed();
    multiply(
        &mut d_input.data,
        input.columns,
        d_output.into(),
        weights,
        false,
    );
    d_input
}

/// Turns scores into the gradient of their cross entropy with `gold`, times `scale`, and returns the entropy;
/// without gold the gradient is zero.
fn softmax(scores: &mut [f32], gold: Option<usize>, scale: f32) -> f32 {
    let Some(gold) = gold else {
        scores.fill(0.0);
        return 0.0;
    };
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    let own = scores[gold] - highest;
    for score in scores.iter_mut() {
        *score = (*score - highest).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score *= scale / sum;
    }
    scores[gold] -= scale;
    sum.ln() - own
}

/// A dropout mask: zero with probability `share`, else what keeps the sum as it was.
pub(super) fn mask(rows: usize, columns: usize, share: f32, random: &mut Random) -> Matrix {
    let mut mask = Matrix::zeros(rows, columns);
    let kept = 1.0 / (1.0 - share);
    for value in &mut mask.data {
        *value = if share > 0.0 && random.unit() < share {
            0.0
        } else {
            kept
        };
    }
    mask
}

pub(super) fn times(matrix: &mut Matrix, mask: &Matrix) {
    for (value, factor) in matrix.data.iter_mut().zip(&mask.data) {
        *value *= factor;
    }
}

pub(super) fn add(to: &mut [f32], from: &[f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Sizes;
    use crate::network::{Product, Room};

    fn small() -> (Network, Batch) {
        let sizes = Sizes {
            features: 7,
            origins: 2,
            embedding: 5,
            beside: 0,
            width: 6,
            layers: 2,
            arc: 4,
            label: 3,
            tags: 3,
            bundles: 2,
            relations: 4,
        };
        let mut network = Network::zeros(sizes);
        let mut random = Random::new(3);
        for tensor in &mut network.tensors {
            tensor
                .data
                .iter_mut()
                .for_each(|value| *value = random.unit() * 1.6 - 0.8);
        }
        let batch = Batch {
            rows: vec![0, 1, 2, 3, 1, 4, 5, 6, 0],
            ends: vec![2, 4, 5, 7, 9],
            origins: vec![0, 0, 0, 1, 1],
            sentences: vec![0..3, 3..5],
            tags: vec![0, 1, 2, 1, 0],
            bundles: vec![Some(0), None, Some(1), Some(1), None],
            last: vec![Some(false), Some(true), None, Some(false), None],
            heads: vec![Some(2), Some(0), Some(2), None, None],
            relations: vec![1, 0, 3, 2, 0],
        };
        (network, batch)
    }

    /// The loss that [`step`] differentiates, in double precision over the words.
    fn loss(network: &Network, batch: &Batch) -> f64 {
        let embedded = embed(network, batch);
        let mut room = Room::default();
        network.score(
            |product, input, out| match product {
                Product::Input => network.affine(out, input, tensor::INPUT, tensor::INPUT_BIAS),
                Product::Tags => network.affine(out, input, tensor::TAGS, tensor::TAGS_BIAS),
                Product::Parts => network.affine(out, input, tensor::PARTS, tensor::PARTS_BIAS),
                Product::Layer(layer) => {
                    let weights = network.layer(layer, tensor::WEIGHTS);
                    out.reshape(input.rows, weights.columns);
                    let columns = weights.columns;
                    multiply(&mut out.data, columns, input.into(), weights.into(), false);
                }
            },
            &embedded,
            &batch.sentences,
            &mut room,
        );
        let scores = room.scores;
        let entropy = |scores: &[f32], gold: usize| -> f64 {
            let sum: f64 = scores.iter().map(|&score| f64::from(score).exp()).sum();
            sum.ln() - f64::from(scores[gold])
        };
        let mut total = 0.0;
        let mut heads = Matrix::default();
        let mut out = vec![0.0; network.sizes.relations];
        for sentence in &batch.sentences {
            network.heads(&scores, sentence.clone(), &mut heads);
            for word in sentence.clone() {
                let (tags, bundles, last) = network.sizes.split(scores.tags.row(word));
                total += entropy(tags, batch.tags[word]);
                total += batch.last[word].map_or(0.0, |gold| {
                    let sign = if gold { -1.0 } else { 1.0 };
                    (sign * f64::from(last)).exp().ln_1p()
                });
                total += batch.bundles[word].map_or(0.0, |gold| entropy(bundles, gold));
                if let Some(head) = batch.heads[word] {
                    total += entropy(heads.row(word - sentence.start), head);
                    let row = head.checked_sub(1).map(|head| sentence.start + head);
                    network.relations(&scores, word, row, &mut out);
                    total += entropy(&out, batch.relations[word]);
                }
            }
        }
        total / batch.ends.len() as f64
    }

    #[test]
    fn the_gradient_is_that_of_the_loss() {
        let (network, batch) = small();
        let mut gradient = Network::zeros(network.sizes);
        let none = Dropout {
            embedding: 0.0,
            layer: 0.0,
            part: 0.0,
            tag: 0.0,
        };
        step(&network, &batch, none, &mut Random::new(1), &mut gradient);
        let width = 2e-3;
        for tensor in 0..network.tensors.len() {
            for index in 0..network.tensors[tensor].data.len() {
                let moved = |by: f32| {
                    let mut network = network.clone();
                    network.tensors[tensor].data[index] += by;
                    loss(&network, &batch)
                };
                let slope = (moved(width) - moved(-width)) / f64::from(2.0 * width);
                let found = f64::from(gradient.tensors[tensor].data[index]);
                assert!(
                    (slope - found).abs() < 2e-3,
                    "tensor {tensor}[{index}]: {slope} against {found}"
                );
            }
        }
    }
}
