//! Dense matrices of `f32` in row order, and the few operations that the network needs.

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
pub(crate) struct Factor<'a> {
    data: &'a [f32],
    rows: usize,
    columns: usize,
    row_stride: usize,
    column_stride: usize,
}

impl<'a> Factor<'a> {
    /// `rows` by `columns` values out of `data`, rows `stride` apart.
    pub(crate) fn new(data: &'a [f32], rows: usize, columns: usize, stride: usize) -> Self {
        assert!(
            rows == 0 || data.len() >= (rows - 1) * stride + columns,
            "the factor fits its data"
        );
        Self {
            data,
            rows,
            columns,
            row_stride: stride,
            column_stride: 1,
        }
    }

    pub(crate) fn transposed(self) -> Self {
        Self {
            data: self.data,
            rows: self.columns,
            columns: self.rows,
            row_stride: self.column_stride,
            column_stride: self.row_stride,
        }
    }
}

impl<'a> From<&'a Matrix> for Factor<'a> {
    fn from(matrix: &'a Matrix) -> Self {
        Self::new(&matrix.data, matrix.rows, matrix.columns, matrix.columns)
    }
}

/// `out = left × right`, or `out += left × right` where `add`; rows of `out` are `stride` apart.
pub(crate) fn multiply(
    out: &mut [f32],
    stride: usize,
    left: Factor<'_>,
    right: Factor<'_>,
    add: bool,
) {
    assert_eq!(left.columns, right.rows, "inner dimensions agree");
    if left.rows == 0 || right.columns == 0 {
        return;
    }
    assert!(
        out.len() >= (left.rows - 1) * stride + right.columns,
        "the product fits its place"
    );
    let (m, n, k) = (left.rows, right.columns, left.columns);
    #[expect(
        unsafe_code,
        reason = "gemm takes raw pointers; the bounds of all three matrices are asserted above and in Factor::new"
    )]
    // SAFETY: `out`, `left` and `right` hold every element that their dimensions and strides reach (asserted
    // above and in `Factor::new`), and `out` is borrowed mutably, so it overlaps neither factor.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            out.as_mut_ptr(),
            1,
            stride.cast_signed(),
            add,
            left.data.as_ptr(),
            left.column_stride.cast_signed(),
            left.row_stride.cast_signed(),
            right.data.as_ptr(),
            right.column_stride.cast_signed(),
            right.row_stride.cast_signed(),
            1.0,
            1.0,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
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
