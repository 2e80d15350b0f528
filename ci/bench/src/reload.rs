//! The time from saving a chapter to the event that reloads its page, as a browser that listens would see it.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::measure::wait;

/// What a reload has cost.
pub(crate) struct Reload {
    /// From the save to the event.
    pub(crate) total: Duration,
    /// What the server says it has worked on the chapter.
    pub(crate) own: Duration,
    /// Peak memory of the server in KiB.
    pub(crate) peak_kib: u64,
}

/// How often a chapter is saved.
const SAVES: usize = 15;

/// Serves the book in `folder` with the tool of the repository at `root`, and saves a chapter in the middle of it.
#[expect(
    clippy::zombie_processes,
    reason = "`measure::wait` waits for the server"
)]
pub(crate) fn measure(root: &Path, folder: &Path) -> Reload {
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--package", "book"])
        .current_dir(root)
        .status();
    assert!(
        built.is_ok_and(|status| status.success()),
        "the tool compiles"
    );
    let tool = target(root).join("debug/book");
    let mut server = Command::new(tool)
        .args(["serve", "--port", "0"])
        .current_dir(folder)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let mut log = BufReader::new(server.stderr.take().expect("it is piped"));
    let first = line_with(&mut log, "http://");
    let address = first
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("an address")
        .to_owned();

    let chapter = "src/en/02_part/025_wakeups.md";
    let text = fs::read_to_string(folder.join(chapter)).expect("the chapter is there");
    let (mut totals, mut owns) = (Vec::new(), Vec::new());
    for save in 0..SAVES {
        let mut events = listen(&address);
        let edited = format!("{text}\n\nSaved {save} times.\n");
        let start = Instant::now();
        fs::write(folder.join(chapter), edited).expect("the chapter can be saved");
        line_with(&mut events, "event: reload");
        totals.push(start.elapsed());
        let told = line_with(&mut log, chapter);
        let own = told
            .rsplit(" in ")
            .next()
            .and_then(|rest| rest.split(' ').next()?.parse().ok());
        owns.push(Duration::from_millis(
            own.unwrap_or_else(|| panic!("no time in {told}")),
        ));
    }
    let id = i32::try_from(server.id()).expect("process ids fit");
    // SAFETY: the process is our child, and it has not been waited for.
    unsafe { libc::kill(id, libc::SIGTERM) };
    let (_, peak_kib) = wait(server.id());
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    Reload {
        total: median(totals),
        own: median(owns),
        peak_kib,
    }
}

fn target(root: &Path) -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into)
}

/// What an open page does: it asks for events and waits.
fn listen(address: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(address).expect("the server answers");
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .expect("a time-out can be set");
    write!(
        stream,
        "GET /_tower-livereload/event-stream HTTP/1.1\r\nHost: {address}\r\n\r\n"
    )
    .expect("the server reads");
    let mut events = BufReader::new(stream);
    line_with(&mut events, "event: init");
    events
}

fn line_with(lines: &mut impl BufRead, what: &str) -> String {
    loop {
        let mut line = String::new();
        assert!(
            lines.read_line(&mut line).expect("the server writes text") > 0,
            "it ended without `{what}`"
        );
        if line.contains(what) {
            return line;
        }
    }
}
