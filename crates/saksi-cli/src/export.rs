//! Where an export goes: standard output, a file, a folder with a file for each table.
//!
//! A file is written beside its place under a name of its own and takes its place when all is done: whoever looks at it finds the old one or the new one, never
//! a part.

use std::fs;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use saksi::record::Record;
use saksi_export::{Format, Report, Table, Writer};
use tempfile::NamedTempFile;

use crate::arguments::Target;
use crate::printer::Printer;

/// An export that is being written.
pub(crate) struct Export {
    format: Format,
    parts: Vec<Part>,
}

/// A table of it, or all of it.
struct Part {
    writer: Writer,
    /// Standard output where there is none.
    file: Option<File>,
}

impl Export {
    /// Begins an export.
    pub(crate) fn begin(format: Format, target: &Target) -> anyhow::Result<Self> {
        let writer = |table: Option<Table>| Writer::new(format, table, target.settings());
        let part = |table: Option<Table>, path: Option<PathBuf>| -> anyhow::Result<Part> {
            Ok(Part {
                writer: writer(table)?,
                file: path.map(File::create).transpose()?,
            })
        };
        let parts = match (&target.out, target.table) {
            (None, table) => {
                if format.is_binary() && io::stdout().is_terminal() {
                    bail!("`{format}` is no text; name a file with `--out`, or pipe it on");
                }
                vec![part(table, None)?]
            }
            (Some(folder), None) if !format.tables().is_empty() => {
                // What is refused is refused before a folder is made.
                writer(None)?;
                make(folder, format)?;
                let paths = (format.tables().iter()).map(|table| {
                    (
                        *table,
                        folder.join(format!("{table}.{}", format.extension())),
                    )
                });
                paths
                    .map(|(table, path)| part(Some(table), Some(path)))
                    .collect::<anyhow::Result<_>>()?
            }
            (Some(file), table) => {
                writer(table)?;
                if file.is_dir() {
                    bail!(
                        "`{0}` is a folder; name a file, as in `--out {0}/export.{1}`",
                        file.display(),
                        format.extension()
                    );
                }
                vec![part(table, Some(file.clone()))?]
            }
        };
        Ok(Self { format, parts })
    }

    /// Writes a record. What is wrong with it alone is the inner result: nothing of it was written then, and the export goes on.
    ///
    /// # Errors
    /// Where the export can't be written to.
    pub(crate) fn write(
        &mut self,
        record: &Record,
        printer: &mut Printer,
    ) -> anyhow::Result<anyhow::Result<()>> {
        let report = Report::new(record);
        for part in &mut self.parts {
            match part.put(printer, |writer, out| writer.write(&report, out)) {
                Ok(()) => {}
                Err(error) => {
                    return match error.downcast_ref::<saksi_export::Error>() {
                        Some(known) if known.is_of_one_record() => Ok(Err(error)),
                        _ => Err(error),
                    };
                }
            }
        }
        Ok(Ok(()))
    }

    /// Writes what stands at the end, and puts files in their places.
    pub(crate) fn finish(mut self, printer: &mut Printer) -> anyhow::Result<()> {
        for part in &mut self.parts {
            part.put(printer, Writer::finish)?;
        }
        // All tables leave out the same.
        let left_out = (self.parts.iter())
            .map(|part| part.writer.left_out())
            .max()
            .unwrap_or(0);
        if left_out > 0 {
            let events = if left_out == 1 {
                "1 event is".to_owned()
            } else {
                format!("{left_out} events are")
            };
            printer.warning(&format!(
                "{events} left out: `{}` has no place for {}",
                self.format,
                self.format.leaves_out()
            ));
        }
        let files: Vec<File> = (self.parts.into_iter())
            .filter_map(|part| part.file)
            .collect();
        // A disk that is full is noticed before the first takes its place.
        let files = files.into_iter().map(File::complete);
        for file in files.collect::<anyhow::Result<Vec<_>>>()? {
            file.take_place()?;
        }
        Ok(())
    }
}

impl Part {
    fn put(
        &mut self,
        printer: &mut Printer,
        write: impl FnOnce(&mut Writer, &mut dyn io::Write) -> Result<(), saksi_export::Error>,
    ) -> anyhow::Result<()> {
        let Some(file) = &mut self.file else {
            let mut bytes = Vec::new();
            write(&mut self.writer, &mut bytes)?;
            return printer.bytes(&bytes);
        };
        match write(&mut self.writer, &mut file.temporary) {
            Err(error) if !error.is_of_one_record() => {
                Err(error).with_context(|| format!("could not write `{}`", file.path.display()))
            }
            written => Ok(written?),
        }
    }
}

/// A file that is being written beside its place.
pub(crate) struct File {
    path: PathBuf,
    temporary: BufWriter<NamedTempFile>,
}

/// A file whose bytes are on the disk.
pub(crate) struct Complete {
    path: PathBuf,
    temporary: NamedTempFile,
}

impl File {
    pub(crate) fn create(path: PathBuf) -> anyhow::Result<Self> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".saksi-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // As any other new file: the user's mask takes away.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let temporary = (builder.tempfile_in(folder))
            .with_context(|| format!("could not write into `{}`", folder.display()))?;
        Ok(Self {
            path,
            temporary: BufWriter::with_capacity(1 << 16, temporary),
        })
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        let path = &self.path;
        (self.temporary.write_all(bytes))
            .with_context(|| format!("could not write `{}`", path.display()))
    }

    /// Brings all bytes to the disk.
    pub(crate) fn complete(self) -> anyhow::Result<Complete> {
        let path = self.path;
        let written = || -> io::Result<NamedTempFile> {
            let temporary =
                (self.temporary.into_inner()).map_err(io::IntoInnerError::into_error)?;
            temporary.as_file().sync_all()?;
            Ok(temporary)
        };
        let temporary =
            written().with_context(|| format!("could not write `{}`", path.display()))?;
        Ok(Complete { path, temporary })
    }
}

impl Complete {
    pub(crate) fn take_place(self) -> anyhow::Result<()> {
        let path = self.path;
        (self.temporary.persist(&path))
            .map(|_| ())
            .with_context(|| {
                format!(
                    "could not put the export in the place of `{}`",
                    path.display()
                )
            })
    }
}

/// Makes the folder for the tables of a format.
fn make(folder: &Path, format: Format) -> anyhow::Result<()> {
    let ending = folder.extension().and_then(|ending| ending.to_str());
    if folder.is_file() || (ending == Some(format.extension()) && !folder.is_dir()) {
        bail!(
            "`{format}` comes in several tables: name a folder for them with `--out`, or one of them with `--table`, as in `--table {} --out {}`",
            format
                .tables()
                .first()
                .map_or("events", |table| table.name()),
            folder.display()
        );
    }
    fs::create_dir_all(folder).with_context(|| format!("could not make `{}`", folder.display()))
}
