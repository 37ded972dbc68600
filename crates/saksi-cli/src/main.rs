//! The command `saksi`: reads news reports and keeps the record of what they say.
//!
//! In: arguments, files, standard input. Out: records on standard output, talk on standard error, an exit code
//! (0 done, 1 partly, 2 failed). Arguments are resolved once ([`arguments`]), each command is one file
//! ([`commands`]), and only the [`printer::Printer`] writes. This crate never decides what a report says.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may panic"))]

mod arguments;
mod commands;
mod data_folder;
mod export;
mod input;
mod ordered;
mod printer;
mod render;
mod sources;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Arguments, Command, Pack};
use crate::commands::Outcome;
use crate::printer::Printer;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Reports are read on threads of our own ([`ordered`]); the products inside the parser are to stay on them. That fails only where
    // the pool is there already, and nobody made one.
    let _ = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global();
    let mut printer = Printer::new(arguments.color, arguments.quiet);
    let result = match arguments.command {
        Command::Read(read) => commands::read::run(read, &mut printer),
        Command::Extract(extract) => commands::extract::run(extract, &mut printer),
        Command::Feed(feed) => commands::feed::run(feed, &mut printer),
        Command::Parse(parse) => commands::parse::run(parse, &mut printer),
        Command::Export(export) => commands::export::run(export, &mut printer),
        Command::Completions(completions) => commands::completions::run(&completions, &mut printer),
        Command::Man(man) => commands::man::run(&man, &mut printer),
        Command::Schema => commands::schema::run(&mut printer),
        Command::Add(add) => commands::archive::add::run(add, &mut printer),
        Command::Batch(batch) => commands::archive::batch::run(batch, &mut printer),
        Command::Search(search) => commands::archive::search::run(*search, &mut printer),
        Command::Show(show) => commands::archive::show::run(show, &mut printer),
        Command::Timeline(timeline) => commands::archive::timeline::run(*timeline, &mut printer),
        Command::Stats(stats) => commands::archive::stats::run(stats, &mut printer),
        Command::Reread(reread) => commands::archive::reread::run(reread, &mut printer),
        Command::Eval(eval) => commands::eval::run(&eval, &mut printer),
        Command::Pack(Pack::Import(import)) => commands::pack::import::run(*import, &mut printer),
        Command::Pack(Pack::Check(check)) => commands::pack::check::run(&check, &mut printer),
        Command::Pack(Pack::Find(find)) => commands::pack::find::run(&find, &mut printer),
    };
    match result.and_then(|outcome| printer.finish().map(|()| outcome)) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        Err(error) if printer::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            printer.error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
