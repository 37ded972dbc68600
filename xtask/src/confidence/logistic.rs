//! Logistic regression with a penalty on squares (ridge), fitted by Newton's method.
//!
//! In: rows of numbers with their outcome. Out: an intercept, which no penalty touches, and a weight a column. Sums run in the order of the
//! rows and columns: the same rows give the same weights.

/// A row: a value a column, and the outcome.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) values: Vec<f64>,
    pub(crate) right: bool,
}

/// What was fitted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fit {
    pub(crate) intercept: f64,
    pub(crate) weights: Vec<f64>,
}

/// Steps of Newton's method at most; five to ten do.
const STEPS: usize = 50;

/// A step that changes no weight by more ends the search.
const NEAR: f64 = 1e-9;

/// So many right and as many wrong events are added at the intercept: with none it would be infinite where all rows are right.
const PRIOR: f64 = 0.5;

impl Fit {
    /// Fits `rows`, all with as many values as there are `penalties`; the penalty of a column is half of what the square of its weight costs in log-likelihood.
    pub(crate) fn new(rows: &[&Row], penalties: &[f64]) -> Self {
        let size = penalties.len() + 1;
        let mut fit = Self {
            intercept: 0.0,
            weights: vec![0.0; penalties.len()],
        };
        for _ in 0..STEPS {
            let mut gradient = vec![0.0; size];
            let mut curvature = vec![vec![0.0; size]; size];
            let centre = sigmoid(fit.intercept);
            gradient[0] = PRIOR * (1.0 - 2.0 * centre);
            curvature[0][0] = 2.0 * PRIOR * centre * (1.0 - centre);
            for (column, &penalty) in penalties.iter().enumerate() {
                gradient[column + 1] -= penalty * fit.weights[column];
                curvature[column + 1][column + 1] += penalty;
            }
            for row in rows {
                let chance = fit.chance(&row.values);
                let off = f64::from(u8::from(row.right)) - chance;
                let spread = chance * (1.0 - chance);
                let value = |index: usize| {
                    if index == 0 {
                        1.0
                    } else {
                        row.values[index - 1]
                    }
                };
                for (one, curvature) in curvature.iter_mut().enumerate() {
                    gradient[one] += off * value(one);
                    for (other, cell) in curvature.iter_mut().enumerate().take(one + 1) {
                        *cell += spread * value(one) * value(other);
                    }
                }
            }
            let step = solve(curvature, gradient);
            fit.intercept += step[0];
            for (weight, step) in fit.weights.iter_mut().zip(&step[1..]) {
                *weight += step;
            }
            if step.iter().all(|step| step.abs() < NEAR) {
                break;
            }
        }
        fit
    }

    /// How likely a row with these values is right.
    pub(crate) fn chance(&self, values: &[f64]) -> f64 {
        sigmoid((self.weights.iter().zip(values)).fold(self.intercept, |sum, (w, v)| sum + w * v))
    }
}

fn sigmoid(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// Solves for a symmetric positive definite matrix, of which the lower triangle is given (Cholesky).
fn solve(mut matrix: Vec<Vec<f64>>, mut vector: Vec<f64>) -> Vec<f64> {
    let size = vector.len();
    for row in 0..size {
        for column in 0..=row {
            let sum = (0..column).fold(matrix[row][column], |sum, at| {
                sum - matrix[row][at] * matrix[column][at]
            });
            matrix[row][column] = if row == column {
                sum.max(f64::MIN_POSITIVE).sqrt()
            } else {
                sum / matrix[column][column]
            };
        }
    }
    for row in 0..size {
        let sum = (0..row).fold(vector[row], |sum, at| sum - matrix[row][at] * vector[at]);
        vector[row] = sum / matrix[row][row];
    }
    for row in (0..size).rev() {
        let sum = (row + 1..size).fold(vector[row], |sum, at| sum - matrix[at][row] * vector[at]);
        vector[row] = sum / matrix[row][row];
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(counts: &[(f64, bool, usize)]) -> Vec<Row> {
        (counts.iter())
            .flat_map(|&(value, right, count)| {
                let row = Row {
                    values: vec![value],
                    right,
                };
                vec![row; count]
            })
            .collect()
    }

    #[test]
    fn without_penalty_chances_are_shares() {
        let rows = rows(&[
            (0.0, true, 3000),
            (0.0, false, 1000),
            (1.0, true, 1000),
            (1.0, false, 3000),
        ]);
        let fit = Fit::new(&rows.iter().collect::<Vec<_>>(), &[0.0]);
        assert!((fit.chance(&[0.0]) - 0.75).abs() < 1e-3);
        assert!((fit.chance(&[1.0]) - 0.25).abs() < 1e-3);
    }

    #[test]
    fn a_penalty_draws_weights_to_nothing_and_leaves_the_mean() {
        let rows = rows(&[
            (-0.5, true, 300),
            (-0.5, false, 100),
            (0.5, true, 100),
            (0.5, false, 300),
        ]);
        let all: Vec<&Row> = rows.iter().collect();
        let weight = |penalty| Fit::new(&all, &[penalty]).weights[0].abs();
        assert!(weight(10.0) < weight(1.0) && weight(1e9) < 1e-6);
        assert!((Fit::new(&all, &[10.0]).chance(&[0.0]) - 0.5).abs() < 1e-6);
    }

    #[test]
    fn what_is_all_right_is_not_quite_sure() {
        let rows = rows(&[(0.0, true, 20)]);
        let chance = Fit::new(&rows.iter().collect::<Vec<_>>(), &[1.0]).chance(&[0.0]);
        assert!((chance - 20.5 / 21.0).abs() < 1e-6, "{chance}");
    }

    #[test]
    fn systems_are_solved() {
        let found = solve(
            vec![
                vec![4.0, 0.0, 0.0],
                vec![2.0, 5.0, 0.0],
                vec![0.0, 1.0, 3.0],
            ],
            vec![8.0, 15.0, 11.0],
        );
        for (found, wanted) in found.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        }
    }
}
