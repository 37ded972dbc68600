//! Dense matrices of `f32` in row order, and the few operations that the network needs.

use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions};
use rten_tensor::NdTensorView;
use rten_tensor::prelude::*;

/// A matrix, rows one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matrix {
    pub(crate) rows: usize,
    pub(crate) columns: usize,
    pub(crate) data: Vec<f32>,
}

impl Matrix {
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            data: vec![0.0; rows * columns],
        }
    }

    pub(crate) fn row(&self, row: usize) -> &[f32] {
        &self.data[row * self.columns..(row + 1) * self.columns]
    }

    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [f32] {
        &mut self.data[row * self.columns..(row + 1) * self.columns]
    }

    /// Writes row `from` over row `to`.
    pub(crate) fn copy_row(&mut self, from: usize, to: usize) {
        let row = from * self.columns..(from + 1) * self.columns;
        self.data.copy_within(row, to * self.columns);
    }

    /// Makes the matrix `rows` by `columns`, keeping its memory. What it then holds is left over: every value must be written anew.
    pub(crate) fn reshape(&mut self, rows: usize, columns: usize) {
        self.rows = rows;
        self.columns = columns;
        self.data.resize(rows * columns, 0.0);
    }
}

/// A matrix or its transpose, as a factor of [`multiply`].
#[derive(Clone, Copy)]
pub(crate) struct Factor<'a>(NdTensorView<'a, f32, 2>);

impl<'a> Factor<'a> {
    /// `rows` by `columns` values out of `data`, rows `stride` apart.
    pub(crate) fn new(data: &'a [f32], rows: usize, columns: usize, stride: usize) -> Self {
        let view = NdTensorView::from_data_with_strides([rows, columns], data, [stride, 1]);
        Self(view.expect("the factor fits its data"))
    }

    pub(crate) fn transposed(self) -> Self {
        Self(self.0.transposed())
    }
}

impl<'a> From<&'a Matrix> for Factor<'a> {
    fn from(matrix: &'a Matrix) -> Self {
        Self::new(&matrix.data, matrix.rows, matrix.columns, matrix.columns)
    }
}

thread_local! {
    static PRODUCTS: GemmExecutor<f32> = GemmExecutor::new();
}

/// `out = left × right`, or `out += left × right` where `add`; rows of `out` are `stride` apart.
pub(crate) fn multiply(
    out: &mut [f32],
    stride: usize,
    left: Factor<'_>,
    right: Factor<'_>,
    add: bool,
) {
    let (rows, columns) = (left.0.size(0), right.0.size(1));
    if rows == 0 || columns == 0 {
        return;
    }
    if stride == columns {
        product(&mut out[..rows * columns], left, right, add);
        return;
    }
    let mut dense = vec![0.0; rows * columns];
    product(&mut dense, left, right, false);
    for (out, dense) in out.chunks_mut(stride).zip(dense.chunks_exact(columns)) {
        for (out, value) in out.iter_mut().zip(dense) {
            *out = if add { *out + value } else { *value };
        }
    }
}

fn product(out: &mut [f32], left: Factor<'_>, right: Factor<'_>, add: bool) {
    let options = GemmOptions {
        beta: if add { 1.0 } else { 0.0 },
        ..GemmOptions::default()
    };
    PRODUCTS
        .with(|products| {
            let (left, right) = (GemmInputA::Unpacked(left.0), GemmInputB::Unpacked(right.0));
            products.gemm(out, left, right, options)
        })
        .expect("inner dimensions agree, and the product fits its place");
}

/// Runs loops over `f32` compiled for the best vector instructions that the machine has; what they call must be inlined.
///
/// Products and sums are never fused, so that the result is the same with all of them.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "what is not inlined is compiled for the oldest machines"
)]
pub(crate) fn vectorised<L: pulp::NullaryFnOnce>(loops: L) -> L::Output {
    pulp::Arch::new().dispatch(loops)
}

/// Hyperbolic tangent to about 1e-6: the rational approximation of Eigen's `generic_fast_tanh_float`,
/// which compilers turn into vector instructions.
#[inline(always)]
#[expect(clippy::inline_always, reason = "see `vectorised`")]
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.905_311, 7.905_311);
    let square = x * x;
    let mut p = -2.760_768_5e-16_f32;
    for a in [
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297e-8,
        1.485_722_4e-5,
        6.372_619_3e-4,
        4.893_524_6e-3,
    ] {
        p = p * square + a;
    }
    let mut q = 1.198_258_4e-6_f32;
    for b in [1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3] {
        q = q * square + b;
    }
    x * p / q
}

/// The logistic function, from [`tanh`].
#[inline(always)]
#[expect(clippy::inline_always, reason = "see `vectorised`")]
pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 * tanh(0.5 * x) + 0.5
}
