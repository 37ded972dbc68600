//! How long the whole chain takes, and each of its stages, on the sample reports.

#![allow(
    missing_docs,
    reason = "criterion's macros write functions without documents"
)]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use saksi::text::{Cleaner, Identifier, decode};
use saksi::{About, Saksi, Settings};

const SAMPLES: [(&str, &str); 2] = [
    ("id", include_str!("../../../samples/galangan.txt")),
    ("en", include_str!("../../../samples/shipyard.txt")),
];

fn chain(criterion: &mut Criterion) {
    let saksi = Saksi::new(&Settings::default()).expect("the default packs are sound");
    for (language, report) in SAMPLES {
        let about = About {
            language: Some(language.to_owned()),
            ..About::default()
        };
        let bytes = report.as_bytes();
        let segmented = saksi
            .segment(bytes, &about)
            .expect("the sample is a report");
        let words: usize = segmented
            .sentences
            .iter()
            .map(|sentence| sentence.words.len())
            .sum();
        let mut group = criterion.benchmark_group(language);
        group.throughput(Throughput::Elements(words as u64));
        group.bench_function("read", |bencher| {
            bencher.iter(|| {
                saksi
                    .read(black_box(bytes), &about)
                    .expect("the sample is a report")
            });
        });
        group.bench_function("decode", |bencher| {
            bencher.iter(|| decode(black_box(bytes)));
        });
        group.bench_function("clean", |bencher| {
            let cleaner = Cleaner::new([]);
            bencher.iter_batched(
                || decode(bytes),
                |decoded| cleaner.run(decoded),
                BatchSize::SmallInput,
            );
        });
        group.bench_function("identify", |bencher| {
            let identifier = Identifier::new();
            bencher.iter(|| identifier.run(black_box(report)));
        });
        group.bench_function("segment", |bencher| {
            bencher.iter(|| {
                saksi
                    .segment(black_box(bytes), &about)
                    .expect("the sample is a report")
            });
        });
        group.bench_function("parse", |bencher| {
            bencher.iter_batched(
                || segmented.clone(),
                |segmented| saksi.parse(segmented).expect("the language has a model"),
                BatchSize::SmallInput,
            );
        });
        group.finish();
    }
}

fn start(criterion: &mut Criterion) {
    criterion.bench_function("load the packs", |bencher| {
        bencher.iter(|| Saksi::new(&Settings::default()).expect("the default packs are sound"));
    });
}

criterion_group!(benches, chain, start);
criterion_main!(benches);
