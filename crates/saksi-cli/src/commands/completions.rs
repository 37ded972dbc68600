//! `saksi completions`: what completes commands and arguments in a shell.

use clap::CommandFactory as _;

use crate::arguments::{Arguments, Completions, Shell};
use crate::commands::Outcome;
use crate::printer::Printer;

pub(crate) fn run(arguments: &Completions, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let shell = match arguments.shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Elvish => clap_complete::Shell::Elvish,
        Shell::Fish => clap_complete::Shell::Fish,
        Shell::Powershell => clap_complete::Shell::PowerShell,
        Shell::Zsh => clap_complete::Shell::Zsh,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "saksi", &mut script);
    printer.bytes(&script)?;
    Ok(Outcome::Done)
}
