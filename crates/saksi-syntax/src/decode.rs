//! From scores of heads to a tree: the maximum spanning arborescence with one root.

use crate::matrix::Matrix;

/// The best tree over `scores` (one row a word; the first column is the root, then one a word).
///
/// Returns for every word its head's column: 0 for the root word, else the head's index plus one. Exactly one word has 0. The greedy choice is
/// taken where it is a tree already, as it mostly is; else the algorithm of Chu, Liu and Edmonds, in O(n²) a contraction.
pub(crate) fn tree(scores: &Matrix) -> Vec<usize> {
    let length = scores.rows;
    if length == 0 {
        return Vec::new();
    }
    let greedy: Vec<usize> = (0..length)
        .map(|word| best(scores.row(word), |_| true))
        .collect();
    if is_tree(&greedy) {
        return greedy;
    }
    let unrestricted = arborescence(scores, None);
    if unrestricted.iter().filter(|&&head| head == 0).count() == 1 {
        return unrestricted;
    }
    // Several roots: try the best few candidates for the one root, and keep the tree of the highest score.
    let mut candidates: Vec<usize> = (0..length).collect();
    let lead =
        |word: usize| scores.row(word)[0] - scores.row(word)[best(scores.row(word), |h| h != 0)];
    candidates.sort_by(|&a, &b| lead(b).total_cmp(&lead(a)));
    candidates.truncate(3);
    let total = |heads: &[usize]| -> f32 {
        heads
            .iter()
            .enumerate()
            .map(|(word, &head)| scores.row(word)[head])
            .sum()
    };
    candidates
        .into_iter()
        .map(|root| arborescence(scores, Some(root)))
        .max_by(|a, b| total(a).total_cmp(&total(b)))
        .expect("a sentence has a word, so there is a candidate")
}

/// The column with the highest score among those `allowed`; the first of equals.
fn best(row: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut found = None;
    for (column, &score) in row.iter().enumerate() {
        if allowed(column) && found.is_none_or(|(_, highest)| score > highest) {
            found = Some((column, score));
        }
    }
    found.map_or(0, |(column, _)| column)
}

fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|&&head| head == 0).count() == 1 && cycle(heads).is_none()
}

/// Words of a cycle among `heads` (columns), if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match heads[at].checked_sub(1) {
                Some(head) => at = head,
                None => break,
            }
        }
        if seen[at] == start + 1 && heads[at] != 0 {
            let mut found = vec![at];
            let mut next = heads[at] - 1;
            while next != at {
                found.push(next);
                next = heads[next].checked_sub(1)?;
            }
            return Some(found);
        }
    }
    None
}

/// The members of a contracted cycle: the words that each stands for, and the cycle's arc into it.
type Cycle = Vec<(Vec<usize>, (u32, u32))>;

/// Chu-Liu-Edmonds by contraction on a dense matrix. With `root`, no other word may hang from the root.
fn arborescence(scores: &Matrix, root: Option<usize>) -> Vec<usize> {
    let size = scores.rows + 1;
    // weight[to][from]; node 0 is the root, node n + 1 is word n.
    let mut weight = vec![f32::NEG_INFINITY; size * size];
    for word in 0..scores.rows {
        for (from, &score) in scores.row(word).iter().enumerate() {
            let barred = root
                .is_some_and(|root| (from == 0) != (root == word) && (from == 0 || root == word));
            if !barred && from != word + 1 {
                weight[(word + 1) * size + from] = score;
            }
        }
    }
    let mut alive = vec![true; size];
    // For each pair, the arc between original nodes that it stands for.
    let mut origin: Vec<(u32, u32)> = (0..size * size)
        .map(|cell| ((cell / size) as u32, (cell % size) as u32))
        .collect();
    // The words that each node stands for, and each contraction's members with theirs and the cycle's arc into each.
    let mut words: Vec<Vec<usize>> = (0..size).map(|node| vec![node]).collect();
    let mut contractions: Vec<Cycle> = Vec::new();
    let chosen = loop {
        let mut heads = vec![0_usize; size];
        for to in (1..size).filter(|&to| alive[to]) {
            heads[to] = best(&weight[to * size..][..size], |from| {
                alive[from] && from != to
            });
        }
        let Some(members) = contracted_cycle(&heads, &alive) else {
            break heads;
        };
        let keeper = members[0];
        let cycle: Cycle = members
            .iter()
            .map(|&node| (words[node].clone(), origin[node * size + heads[node]]))
            .collect();
        let own: Vec<f32> = members
            .iter()
            .map(|&node| weight[node * size + heads[node]])
            .collect();
        for other in (0..size).filter(|&other| alive[other] && !members.contains(&other)) {
            let (mut into, mut out) = ((f32::NEG_INFINITY, 0), (f32::NEG_INFINITY, 0));
            for (index, &node) in members.iter().enumerate() {
                let gain = weight[node * size + other] - own[index];
                if gain > into.0 || index == 0 {
                    into = (gain, node);
                }
                let away = weight[other * size + node];
                if away > out.0 || index == 0 {
                    out = (away, node);
                }
            }
            let (into_origin, out_origin) =
                (origin[into.1 * size + other], origin[other * size + out.1]);
            weight[keeper * size + other] = into.0;
            origin[keeper * size + other] = into_origin;
            weight[other * size + keeper] = out.0;
            origin[other * size + keeper] = out_origin;
        }
        for &node in &members[1..] {
            alive[node] = false;
            let merged = std::mem::take(&mut words[node]);
            words[keeper].extend(merged);
        }
        contractions.push(cycle);
    };
    let mut heads = vec![usize::MAX; size];
    for to in (1..size).filter(|&to| alive[to]) {
        let (word, head) = origin[to * size + chosen[to]];
        heads[word as usize] = head as usize;
    }
    // Each cycle is broken in the member that an arc from outside enters; its other arcs stay.
    for cycle in contractions.iter().rev() {
        for (member, (word, head)) in cycle {
            if member.iter().all(|&word| heads[word] == usize::MAX) {
                heads[*word as usize] = *head as usize;
            }
        }
    }
    heads.split_off(1)
}

/// Nodes of a cycle among the living nodes' heads.
fn contracted_cycle(heads: &[usize], alive: &[bool]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len()];
    for start in (1..heads.len()).filter(|&node| alive[node]) {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut members = vec![at];
            let mut next = heads[at];
            while next != at {
                members.push(next);
                next = heads[next];
            }
            return Some(members);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All trees with one root over `length` words, as columns of heads.
    fn all_trees(length: usize) -> Vec<Vec<usize>> {
        let count = (length + 1).pow(length as u32);
        let heads = |mut code: usize| -> Vec<usize> {
            (0..length)
                .map(|_| {
                    let head = code % (length + 1);
                    code /= length + 1;
                    head
                })
                .collect()
        };
        (0..count)
            .map(heads)
            .filter(|heads| is_tree(heads))
            .collect()
    }

    #[test]
    fn the_tree_is_the_best_of_all_with_one_root() {
        let mut state = 7_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 1e6
        };
        for length in 1..=5 {
            let trees = all_trees(length);
            for _ in 0..200 {
                let mut scores = Matrix::zeros(length, length + 1);
                scores.data.iter_mut().for_each(|score| *score = random());
                for word in 0..length {
                    scores.row_mut(word)[word + 1] = f32::NEG_INFINITY;
                }
                let total = |heads: &[usize]| -> f32 {
                    heads
                        .iter()
                        .enumerate()
                        .map(|(word, &head)| scores.row(word)[head])
                        .sum()
                };
                let found = tree(&scores);
                assert!(is_tree(&found), "{found:?}");
                let best = trees
                    .iter()
                    .map(|heads| total(heads))
                    .fold(f32::NEG_INFINITY, f32::max);
                let restricted = arborescence(&scores, None)
                    .iter()
                    .filter(|&&head| head == 0)
                    .count()
                    == 1;
                if restricted || length <= 3 {
                    assert!(
                        (total(&found) - best).abs() < 1e-3,
                        "{found:?}: {} < {best}",
                        total(&found)
                    );
                }
            }
        }
    }
}
