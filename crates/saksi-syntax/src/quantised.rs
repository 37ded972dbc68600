//! Matrix products in 8 bits, several times as fast as in `f32`: what a trained network is run with. Training never comes here.
//!
//! A row of the left factor becomes whole numbers of 7 bits with a scale of its own, a column of the right one whole numbers of 8 bits likewise;
//! sums are exact in 32 bits, so that they are the same on every machine. Seven bits because the instructions of older machines
//! add two products in 16 bits.

use std::cell::RefCell;

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use crate::matrix::{Matrix, vectorised};

/// What stands for zero in a row.
const ZERO: i32 = 64;
/// The largest value of a row is this far from zero.
const REACH: f32 = 63.0;
/// The largest value of a column.
const LARGEST: f32 = 127.0;

/// Weights and bias of a layer, ready to be multiplied.
pub(crate) struct Affine {
    columns: usize,
    packed: PackedBMatrix<i8>,
    /// What a column's whole numbers stand for.
    scales: Vec<f32>,
    /// What [`ZERO`] adds to each column, to be taken away.
    offsets: Vec<i32>,
    bias: Vec<f32>,
}

impl std::fmt::Debug for Affine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Affine")
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// What is kept from one product to the next, so that memory is not asked for each time.
struct Desk {
    executor: GemmExecutor<u8, i8, i32>,
    left: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::new(Desk {
        executor: GemmExecutor::new(),
        left: Vec::new(),
        scales: Vec::new(),
        sums: Vec::new(),
    });
}

impl Affine {
    /// Of weights (inputs by outputs) and a bias (one row, or none).
    pub(crate) fn new(weights: &Matrix, bias: Option<&Matrix>) -> Self {
        let Matrix { rows, columns, .. } = *weights;
        let mut scales = vec![0.0_f32; columns];
        for row in 0..rows {
            for (scale, value) in scales.iter_mut().zip(weights.row(row)) {
                *scale = scale.max(value.abs() / LARGEST);
            }
        }
        let mut whole = Vec::with_capacity(rows * columns);
        let mut offsets = vec![0; columns];
        for row in 0..rows {
            for (column, value) in weights.row(row).iter().enumerate() {
                let scaled = if scales[column] > 0.0 {
                    (value / scales[column]).round() as i8
                } else {
                    0
                };
                whole.push(scaled);
                offsets[column] -= ZERO * i32::from(scaled);
            }
        }
        let view = NdTensorView::from_data([rows, columns], &whole[..]);
        Self {
            columns,
            packed: DESK.with_borrow(|desk| desk.executor.prepack_b(view)),
            scales,
            offsets,
            bias: bias.map_or_else(|| vec![0.0; columns], |bias| bias.data.clone()),
        }
    }

    /// `out = input × weights + bias`, the bias repeated for every row.
    pub(crate) fn run(&self, input: &Matrix, out: &mut Matrix) {
        let (rows, columns) = (input.rows, self.columns);
        out.reshape(rows, columns);
        if rows == 0 || columns == 0 {
            return;
        }
        DESK.with_borrow_mut(|desk| {
            desk.left.resize(input.data.len(), 0);
            desk.scales.resize(rows, 0.0);
            desk.sums.resize(rows * columns, 0);
            let lefts = desk.left.chunks_exact_mut(input.columns);
            for ((values, left), scale) in input
                .data
                .chunks_exact(input.columns)
                .zip(lefts)
                .zip(&mut desk.scales)
            {
                *scale = vectorised(|| quantise(values, left));
            }
            let left = NdTensorView::from_data([rows, input.columns], &desk.left[..]);
            let options = GemmOptions {
                bias: Some(BiasVector::Row(&self.offsets)),
                ..GemmOptions::default()
            };
            desk.executor
                .gemm(
                    &mut desk.sums,
                    GemmInputA::Unpacked(left),
                    GemmInputB::Packed(&self.packed),
                    options,
                )
                .expect("dimensions agree");
            let sums = desk.sums.chunks_exact(columns);
            for ((out, sums), &scale) in out
                .data
                .chunks_exact_mut(columns)
                .zip(sums)
                .zip(&desk.scales)
            {
                vectorised(|| {
                    let scaled = sums.iter().zip(&self.scales).zip(&self.bias);
                    for (out, ((&sum, column), bias)) in out.iter_mut().zip(scaled) {
                        *out = sum as f32 * (scale * column) + bias;
                    }
                });
            }
        });
    }
}

/// Writes `values` as whole numbers about [`ZERO`] and returns what one stands for.
#[inline(always)]
#[expect(clippy::inline_always, reason = "see `vectorised`")]
fn quantise(values: &[f32], out: &mut [u8]) -> f32 {
    let mut largest = [0.0_f32; 16];
    let chunks = values.chunks_exact(16);
    for value in chunks.remainder() {
        largest[0] = largest[0].max(value.abs());
    }
    for chunk in chunks {
        for (largest, value) in largest.iter_mut().zip(chunk) {
            *largest = largest.max(value.abs());
        }
    }
    let largest = largest.into_iter().fold(0.0, f32::max);
    if largest == 0.0 {
        out.fill(ZERO as u8);
        return 0.0;
    }
    let factor = REACH / largest;
    for (out, value) in out.iter_mut().zip(values) {
        // Within 1.0 and 128.0: `as` cuts off, which rounds to the nearest.
        #[expect(clippy::cast_sign_loss, reason = "the sum is positive")]
        let whole = (value * factor + (ZERO as f32 + 0.5)) as u8;
        *out = whole;
    }
    largest / REACH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_is_close_to_that_in_floating_point() {
        let mut random = crate::train::Random::new(7);
        let mut matrix = |rows: usize, columns: usize| Matrix {
            rows,
            columns,
            data: (0..rows * columns)
                .map(|_| 2.0 * random.unit() - 1.0)
                .collect(),
        };
        for (rows, inner, columns) in [(1, 1, 1), (3, 17, 5), (70, 96, 33)] {
            let (left, right, bias) = (
                matrix(rows, inner),
                matrix(inner, columns),
                matrix(1, columns),
            );
            let mut out = Matrix::default();
            Affine::new(&right, Some(&bias)).run(&left, &mut out);
            for row in 0..rows {
                for column in 0..columns {
                    let exact: f32 = (0..inner)
                        .map(|at| left.row(row)[at] * right.row(at)[column])
                        .sum::<f32>()
                        + bias.data[column];
                    // Each factor is off by half a step at most.
                    let bound = inner as f32 * (0.5 / REACH + 0.5 / LARGEST) + 1e-4;
                    let found = out.row(row)[column];
                    assert!((found - exact).abs() <= bound, "{found} for {exact}");
                }
            }
        }
    }

    #[test]
    fn a_row_of_zeros_gives_the_bias() {
        let weights = Matrix {
            rows: 2,
            columns: 1,
            data: vec![1.0, -0.5],
        };
        let bias = Matrix {
            rows: 1,
            columns: 1,
            data: vec![0.25],
        };
        let mut out = Matrix::default();
        Affine::new(&weights, Some(&bias)).run(&Matrix::zeros(2, 2), &mut out);
        assert_eq!(out.data, [0.25, 0.25]);
    }
}
