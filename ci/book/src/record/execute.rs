//! A program, run with limits.

use std::{
    io::{self, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// What a program may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The longest that it may run.
    pub(super) time: Duration,
    /// The most bytes that it may write to one of its streams.
    pub(super) output: usize,
}

/// What became of a program.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
    pub(super) end: End,
}

/// How a program came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// By itself.
    Exit(ExitStatus),
    /// It ran too long, and was stopped.
    Time,
    /// It wrote too much, and was stopped.
    Output,
}

/// Runs a program to its end, or to a limit.
pub(super) fn execute(command: &mut Command, limits: Limits) -> io::Result<Run> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let full = Arc::new(AtomicBool::new(false));
    let stdout = keep(child.stdout.take(), limits.output, &full);
    let stderr = keep(child.stderr.take(), limits.output, &full);
    let end = wait(&mut child, limits.time, &full)?;
    Ok(Run {
        stdout: stdout.join().expect("reading does not panic"),
        stderr: stderr.join().expect("reading does not panic"),
        // It may have ended before we could stop it.
        end: if full.load(Ordering::Relaxed) {
            End::Output
        } else {
            end
        },
    })
}

fn wait(child: &mut Child, time: Duration, full: &AtomicBool) -> io::Result<End> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(End::Exit(status));
        }
        let end = if full.load(Ordering::Relaxed) {
            End::Output
        } else if begun.elapsed() > time {
            End::Time
        } else {
            thread::sleep(Duration::from_millis(1));
            continue;
        };
        // It may have ended in this moment, which is as good.
        let _ = child.kill();
        child.wait()?;
        return Ok(end);
    }
}

/// Reads to the end, or until it is too much.
fn keep(
    stream: Option<impl Read + Send + 'static>,
    most: usize,
    full: &Arc<AtomicBool>,
) -> JoinHandle<Vec<u8>> {
    let full = Arc::clone(full);
    thread::spawn(move || {
        let mut kept = Vec::new();
        let mut stream = stream.expect("the stream is piped");
        // What can't be read any more is the end.
        let _ = stream.by_ref().take(most as u64 + 1).read_to_end(&mut kept);
        if kept.len() > most {
            full.store(true, Ordering::Relaxed);
            kept.truncate(most);
            // To its end by us, and not by a closed pipe.
            let _ = io::copy(&mut stream, &mut io::sink());
        }
        kept
    })
}

/// Where the system says that a program did not come to its end by itself, and not by a limit of ours: in words.
pub(super) fn words(end: End, limits: Limits) -> String {
    match end {
        End::Exit(status) => status.to_string(),
        End::Time => format!("stopped after {} s", limits.time.as_secs_f32()),
        End::Output => format!("stopped after {} KB of output", limits.output / 1024),
    }
}

/// The path of a program that cargo has built, from what cargo prints as JSON.
pub(super) fn executable(messages: &[u8], program: &str) -> Option<std::path::PathBuf> {
    String::from_utf8_lossy(messages)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == program)
        .find_map(|message| Some(Path::new(message["executable"].as_str()?).to_owned()))
}
