//! `saksi man`: pages for `man`, made of what the arguments say of themselves.

use std::fs;

use anyhow::Context as _;
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::arguments::{self, Arguments};
use crate::commands::Outcome;
use crate::export::File;
use crate::printer::Printer;

pub(crate) fn run(arguments: &arguments::Man, printer: &mut Printer) -> anyhow::Result<Outcome> {
    let mut command = Arguments::command();
    command.build();
    let Some(folder) = &arguments.out else {
        printer.bytes(&page(command)?)?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(folder).with_context(|| format!("could not make `{}`", folder.display()))?;
    for command in all(command) {
        let name = (command.get_display_name()).unwrap_or(command.get_name());
        let mut file = File::create(folder.join(format!("{name}.1")))?;
        file.write(&page(command)?)?;
        file.complete()?.take_place()?;
    }
    Ok(Outcome::Done)
}

/// The command and all below it.
fn all(command: Command) -> Vec<Command> {
    let below = command.get_subcommands();
    let below = below.filter(|below| below.get_name() != "help");
    let below: Vec<Command> = below.flat_map(|below| all(below.clone())).collect();
    [vec![command], below].concat()
}

fn page(command: Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}
