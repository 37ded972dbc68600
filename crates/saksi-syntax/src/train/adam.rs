//! Adam (Kingma and Ba 2015), lazily for the rows of the embedding table.

use crate::network::{Network, tensor};

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const EPSILON: f32 = 1e-8;
/// Largest norm of a step's gradient.
const CLIP: f32 = 5.0;

/// The running moments of every parameter.
#[derive(Debug)]
pub(crate) struct Adam {
    first: Network,
    second: Network,
    /// Steps that touched each row of the embedding table.
    touched: Vec<u32>,
    /// The last step that touched each row, to do each row once a step.
    last: Vec<u32>,
    step: u32,
}

impl Adam {
    pub(crate) fn new(network: &Network) -> Self {
        let zeros = Network::zeros(network.sizes);
        let rows = network.sizes.features;
        Self {
            first: zeros.clone(),
            second: zeros,
            touched: vec![0; rows],
            last: vec![0; rows],
            step: 0,
        }
    }

    /// Moves the parameters against the gradient, and clears the gradient. `rows` are the embeddings that the step touched.
    pub(crate) fn update(
        &mut self,
        network: &mut Network,
        gradient: &mut Network,
        rows: &[u32],
        rate: f32,
    ) {
        self.step += 1;
        let mut unique: Vec<usize> = Vec::with_capacity(rows.len());
        for &row in rows {
            let last = &mut self.last[row as usize];
            if *last != self.step {
                *last = self.step;
                unique.push(row as usize);
            }
        }
        let mut square: f32 = gradient.tensors[1..]
            .iter()
            .flat_map(|tensor| &tensor.data)
            .map(|d| d * d)
            .sum();
        let embeddings = &gradient.tensors[tensor::EMBEDDINGS];
        square += unique
            .iter()
            .flat_map(|&row| embeddings.row(row))
            .map(|d| d * d)
            .sum::<f32>();
        let clip = (CLIP / square.sqrt().max(f32::MIN_POSITIVE)).min(1.0);
        for index in 1..network.tensors.len() {
            move_against(
                &mut network.tensors[index].data,
                &mut gradient.tensors[index].data,
                (
                    &mut self.first.tensors[index].data,
                    &mut self.second.tensors[index].data,
                ),
                clip,
                (rate, self.step),
            );
        }
        for row in unique {
            self.touched[row] += 1;
            move_against(
                network.tensors[tensor::EMBEDDINGS].row_mut(row),
                gradient.tensors[tensor::EMBEDDINGS].row_mut(row),
                (
                    self.first.tensors[tensor::EMBEDDINGS].row_mut(row),
                    self.second.tensors[tensor::EMBEDDINGS].row_mut(row),
                ),
                clip,
                (rate, self.touched[row]),
            );
        }
    }
}

fn move_against(
    values: &mut [f32],
    gradient: &mut [f32],
    (first, second): (&mut [f32], &mut [f32]),
    clip: f32,
    (rate, step): (f32, u32),
) {
    let power = step.min(10_000).cast_signed();
    let first_bias = 1.0 - FIRST.powi(power);
    let second_bias = (1.0 - SECOND.powi(power)).sqrt();
    let rate = rate / first_bias;
    let moments = first.iter_mut().zip(second);
    for ((value, d), (first, second)) in values.iter_mut().zip(gradient).zip(moments) {
        let slope = *d * clip;
        *d = 0.0;
        *first = FIRST * *first + (1.0 - FIRST) * slope;
        *second = SECOND * *second + (1.0 - SECOND) * slope * slope;
        *value -= rate * *first / (second.sqrt() / second_bias + EPSILON);
    }
}
