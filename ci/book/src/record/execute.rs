//! A program, run with limits.

use std::{
    io::{self, Read},
    mem,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
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
    // What it has started may still run, and have its streams. What these print later is not the program's.
    let deadline = Instant::now() + REST;
    Ok(Run {
        stdout: stdout.take(deadline),
        stderr: stderr.take(deadline),
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

/// How long we wait for the end of a stream when the program has ended.
const REST: Duration = Duration::from_secs(1);

/// What has been read of a stream, by a thread that reads on.
struct Kept {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: thread::JoinHandle<()>,
}

impl Kept {
    /// All of it, or what there is at a time.
    fn take(self, deadline: Instant) -> Vec<u8> {
        while !self.reader.is_finished() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(1));
        }
        mem::take(&mut *self.bytes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads to the end, or until it is too much.
fn keep(stream: Option<impl Read + Send + 'static>, most: usize, full: &Arc<AtomicBool>) -> Kept {
    let full = Arc::clone(full);
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&bytes);
    let reader = thread::spawn(move || {
        let mut stream = stream.expect("the stream is piped");
        let mut part = [0; 8192];
        // What can't be read any more is the end.
        while let Ok(read @ 1..) = stream.read(&mut part) {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            // What is too much is read all the same: the program is to be ended by us, and not by a closed pipe.
            let room = (most - kept.len()).min(read);
            kept.extend_from_slice(&part[..room]);
            if room < read {
                full.store(true, Ordering::Relaxed);
            }
        }
    });
    Kept { bytes, reader }
}

/// Where the system says that a program did not come to its end by itself, and not by a limit of ours: in words.
pub(super) fn words(end: End, limits: Limits) -> String {
    match end {
        End::Exit(status) => status.to_string(),
        End::Time => format!("stopped after {} s", limits.time.as_secs_f32()),
        End::Output => format!("stopped after {} KB of output", limits.output / 1024),
    }
}
