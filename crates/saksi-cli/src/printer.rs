//! The one owner of standard output, standard error and quietness: data goes to the first, talk to the second.

use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::time::Duration;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::arguments::Color;
use crate::render;

/// Columns where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 100;

/// Lines of text longer than this are hard to read, however wide the terminal.
const MAX_WIDTH: usize = 110;

pub(crate) struct Printer {
    out: BufWriter<AutoStream<io::StdoutLock<'static>>>,
    err: ColorChoice,
    styled: bool,
    width: usize,
    quiet: bool,
    progress: Option<ProgressBar>,
}

impl Printer {
    pub(crate) fn new(color: Color, quiet: bool) -> Self {
        let (out, err) = match color {
            Color::Auto => (
                AutoStream::choice(&io::stdout()),
                AutoStream::choice(&io::stderr()),
            ),
            Color::Always => (ColorChoice::Always, ColorChoice::Always),
            Color::Never => (ColorChoice::Never, ColorChoice::Never),
        };
        let styled = out != ColorChoice::Never;
        // Without styles nothing has to be taken out again, so the bytes can pass as they are.
        let passing = if styled { out } else { ColorChoice::AlwaysAnsi };
        let terminal = io::stdout()
            .is_terminal()
            .then(terminal_size::terminal_size)
            .flatten();
        Self {
            out: BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout().lock(), passing)),
            err,
            styled,
            width: terminal.map_or(DEFAULT_WIDTH, |(width, _)| {
                usize::from(width.0).clamp(40, MAX_WIDTH)
            }),
            quiet,
            progress: None,
        }
    }

    /// Whether data for people may carry colours.
    pub(crate) fn styled(&self) -> bool {
        self.styled
    }

    /// Columns of data for people.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Data, to standard output.
    pub(crate) fn data(&mut self, text: &str) -> anyhow::Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Data that need not be text, to standard output.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let written = match &self.progress {
            // A bar that stands on the terminal would be written into.
            Some(progress) if io::stdout().is_terminal() => {
                progress.suspend(|| self.out.write_all(bytes).and_then(|()| self.out.flush()))
            }
            _ => self.out.write_all(bytes),
        };
        written.context(WRITING)
    }

    /// Hands the rest of the data over; without it a full disk could go unseen.
    pub(crate) fn finish(&mut self) -> anyhow::Result<()> {
        self.end_progress();
        self.out.flush().context(WRITING)
    }

    /// Hands over the data so far.
    pub(crate) fn flush(&mut self) -> anyhow::Result<()> {
        self.out.flush().context(WRITING)
    }

    /// Something that the user should know, to standard error.
    pub(crate) fn warning(&self, text: &str) {
        if !self.quiet {
            self.talk("warning", AnsiColor::Yellow, text);
        }
    }

    /// Something that went wrong, to standard error.
    pub(crate) fn error(&self, text: &str) {
        self.talk("error", AnsiColor::Red, text);
    }

    /// A line for another program that reads standard error.
    pub(crate) fn note(&self, text: &str) {
        self.write_error(&format!("{text}\n"));
    }

    /// Shows a bar for `count` reports, if a person sits at standard error.
    pub(crate) fn start_progress(&mut self, count: usize) {
        if self.quiet || count < 2 || !io::stderr().is_terminal() {
            return;
        }
        let style = ProgressStyle::with_template(
            "{bar:30} {pos}/{len} reports, {elapsed} passed, {eta} left",
        )
        .expect("the template is well formed");
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::stderr())
            .with_style(style);
        bar.enable_steady_tick(Duration::from_millis(200));
        self.progress = Some(bar);
    }

    /// Whether a person sits at standard error who is to see how far the work is.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Shows how many reports are done, how many a second, and how much of their bytes is left, if a person sits at standard error.
    pub(crate) fn start_intake(&mut self, bytes: u64) {
        if !self.shows_progress() {
            return;
        }
        let style = ProgressStyle::with_template(
            "{bar:30} {percent}%, {msg}, {elapsed} passed, {eta} left",
        )
        .expect("the template is well formed");
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr())
            .with_style(style)
            .with_message("0 reports");
        bar.enable_steady_tick(Duration::from_millis(200));
        self.progress = Some(bar);
    }

    /// Counts reports of which nobody knows yet how many there are, if a person sits at standard error.
    pub(crate) fn start_counting(&mut self) {
        if self.quiet || !io::stderr().is_terminal() {
            return;
        }
        let style =
            ProgressStyle::with_template("{spinner} {pos} reports, {per_sec}, {elapsed} passed");
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
            .with_style(style.expect("the template is well formed"));
        bar.enable_steady_tick(Duration::from_millis(200));
        self.progress = Some(bar);
    }

    /// So many bytes are read, and so many reports done.
    pub(crate) fn advance_intake(&self, bytes: u64, done: u64) {
        if let Some(progress) = &self.progress {
            progress.set_position(bytes);
            let rate = done as f64 / progress.elapsed().as_secs_f64().max(0.001);
            progress.set_message(format!("{done} reports, {rate:.1} a second"));
        }
    }

    /// What came of the work, for people: to standard error.
    pub(crate) fn summary(&self, text: &str) {
        if !self.quiet {
            self.write_error(&format!("{text}\n"));
        }
    }

    /// Shows how many bytes are read, of how many where that is known, if a person sits at standard error.
    pub(crate) fn start_reading(&mut self, length: Option<u64>) {
        if self.quiet || !io::stderr().is_terminal() {
            return;
        }
        let template = match length {
            Some(_) => {
                "{bar:30} {bytes}/{total_bytes}, {bytes_per_sec}, {elapsed} passed, {eta} left"
            }
            None => "{spinner} {bytes}, {bytes_per_sec}, {elapsed} passed",
        };
        let style = ProgressStyle::with_template(template).expect("the template is well formed");
        let bar =
            ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr()).with_style(style);
        bar.enable_steady_tick(Duration::from_millis(200));
        self.progress = Some(bar);
    }

    /// What those who read tell their progress to.
    pub(crate) fn progress(&self) -> Progress {
        Progress(self.progress.clone())
    }

    /// Tells what is done after reading.
    pub(crate) fn settle(&self, text: &str) {
        if let Some(progress) = &self.progress {
            let style = ProgressStyle::with_template("{spinner} {msg}, {elapsed} passed");
            progress.set_style(style.expect("the template is well formed"));
            progress.set_message(text.to_owned());
        }
    }

    /// Takes the bar away.
    pub(crate) fn end_progress(&mut self) {
        if let Some(progress) = self.progress.take() {
            progress.finish_and_clear();
        }
    }

    /// One report more is done.
    pub(crate) fn advance(&self) {
        if let Some(progress) = &self.progress {
            progress.inc(1);
        }
    }

    fn talk(&self, kind: &str, color: AnsiColor, text: &str) {
        // It may quote what strangers wrote.
        let lines: Vec<String> = text.split('\n').map(render::harmless).collect();
        let text: String = lines.join("\n").chars().take(LONGEST).collect();
        let style = Style::new().bold().fg_color(Some(color.into()));
        self.write_error(&format!("{style}{kind}{style:#}: {text}\n"));
    }

    fn write_error(&self, text: &str) {
        let write = || {
            // A closed standard error leaves nobody to tell.
            let _ = AutoStream::new(io::stderr(), self.err).write_all(text.as_bytes());
        };
        match &self.progress {
            Some(progress) => progress.suspend(write),
            None => write(),
        }
    }
}

/// A handle on the bar that is shown, or on none.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// So many bytes more were read.
    pub(crate) fn advance(&self, bytes: u64) {
        if let Some(progress) = &self.0 {
            progress.inc(bytes);
        }
    }
}

/// The longest message, in characters.
const LONGEST: usize = 2000;

const WRITING: &str = "could not write to standard output";

/// Whether the program at the other end of standard output went away, as `head` does.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    (error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>()))
    .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
