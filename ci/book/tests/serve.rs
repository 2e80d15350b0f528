//! `cargo book serve`: answers on 127.0.0.1, and says when a page has changed.

mod common;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStderr, Command, Stdio},
    time::Duration,
};

use common::{Project, stderr};

/// A server that ends with the test.
struct Server {
    child: Child,
    log: BufReader<ChildStderr>,
    address: String,
}

impl Server {
    fn start(project: &Project) -> Self {
        let mut child = project
            .command(&["serve", "--port", "0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let address = line
            .split("http://")
            .nth(1)
            .and_then(|rest| rest.split('/').next());
        let address = address
            .unwrap_or_else(|| panic!("no address in `{line}`"))
            .to_owned();
        Self {
            child,
            log,
            address,
        }
    }

    fn connect(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut answer = Vec::new();
        self.connect(path).read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The events that open pages listen to. Returns when the server has begun to answer.
    fn events(&self) -> BufReader<TcpStream> {
        let mut events = BufReader::new(self.connect("/_tower-livereload/event-stream"));
        wait_for(&mut events, "init");
        events
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads lines until one contains `what`.
fn wait_for(lines: &mut impl BufRead, what: &str) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        assert!(
            lines.read_line(&mut line).unwrap() > 0,
            "ended without `{what}`"
        );
        if line.contains(what) {
            return line;
        }
    }
}

#[test]
fn a_saved_chapter_is_rendered_alone_and_told_to_open_pages() {
    let project = Project::new();
    let mut server = Server::start(&project);
    assert!(
        server
            .get("/en/01_basics/02_two.html")
            .contains("Nothing more.")
    );
    let mut events = server.events();
    project.edit(
        "src/en/01_basics/02_two.md",
        "Nothing more.",
        "Something more.",
    );
    wait_for(&mut events, "reload");
    // English text is shown in the Persian edition, too.
    for page in [
        "/en/01_basics/02_two.html",
        "/fa/01_basics/02_two.html",
        "/en/print.html",
    ] {
        assert!(server.get(page).contains("Something more."), "{page}");
    }
    let told = wait_for(&mut server.log, "02_two.md");
    assert!(
        told.starts_with("src/en/01_basics/02_two.md: 2 pages in "),
        "{told}"
    );
    let page = server.get("/en/01_basics/02_two.html");
    assert!(
        page.contains("rel=\"prev\" href=\"../01_basics/01_one.html\""),
        "the neighbours are still linked"
    );
}

#[test]
fn an_edited_example_renders_the_chapters_that_include_it() {
    let project = Project::new();
    let mut server = Server::start(&project);
    let mut events = server.events();
    project.edit("examples/01_01_one/src/lib.rs", "x.mul(TWO)", "2 * x");
    wait_for(&mut events, "reload");
    for page in ["/en/01_basics/01_one.html", "/fa/01_basics/01_one.html"] {
        assert!(server.get(page).contains("</span> * x"), "{page}");
    }
    assert!(wait_for(&mut server.log, "lib.rs").contains("lib.rs: 2 pages in "));
}

#[test]
fn a_mistake_is_reported_and_the_last_good_page_stays() {
    let project = Project::new();
    let mut server = Server::start(&project);
    project.edit(
        "src/en/01_basics/01_one.md",
        "lib.rs:double",
        "lib.rs:triple",
    );
    wait_for(&mut server.log, "src/en/01_basics/01_one.md:6:1");
    assert!(
        server
            .get("/en/01_basics/01_one.html")
            .contains("double</span>(x: ")
    );
    let mut events = server.events();
    project.edit(
        "src/en/01_basics/01_one.md",
        "lib.rs:triple",
        "lib.rs:double",
    );
    wait_for(&mut events, "reload");
}

#[test]
fn a_new_chapter_of_an_edition_rebuilds_that_edition() {
    let project = Project::new();
    let mut server = Server::start(&project);
    let mut events = server.events();
    project.write("src/fa/01_basics/02_two.md", "# دو {#two}\n\nهمین.\n");
    project.edit(
        "src/fa/SUMMARY.md",
        "01_one.md)\n",
        "01_one.md)\n- [دو](01_basics/02_two.md)\n",
    );
    wait_for(&mut events, "reload");
    assert!(wait_for(&mut server.log, "edition").contains("1 edition in "));
    let page = server.get("/fa/01_basics/02_two.html");
    assert!(page.contains("همین.") && !page.contains("class=\"untranslated\""));
}

#[test]
fn a_folder_that_is_moved_away_and_back_is_still_watched() {
    let project = Project::new();
    let server = Server::start(&project);
    let mut events = server.events();
    std::fs::rename(project.path("src"), project.path("elsewhere")).unwrap();
    std::fs::rename(project.path("elsewhere"), project.path("src")).unwrap();
    wait_for(&mut events, "reload");
    let mut events = server.events();
    project.edit(
        "src/en/01_basics/02_two.md",
        "Nothing more.",
        "Something more.",
    );
    wait_for(&mut events, "reload");
    assert!(
        server
            .get("/en/01_basics/02_two.html")
            .contains("Something more.")
    );
}

#[test]
fn what_is_not_there_is_answered_with_404() {
    let project = Project::new();
    let server = Server::start(&project);
    let answer = server.get("/fa/nowhere.html");
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("<section lang=\"fa\""));
    for outside in [
        "/../book.toml",
        "/%2e%2e/book.toml",
        "/en/..%2f..%2fbook.toml",
    ] {
        let answer = server.get(outside);
        assert!(
            answer.starts_with("HTTP/1.1 4") && !answer.contains("[preprocessor"),
            "{outside}: {answer}"
        );
    }
}

#[test]
fn a_port_that_is_taken_is_told_with_a_remedy() {
    let project = Project::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = project.book(&["serve", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains(&format!("another program uses port {port}")),
        "{}",
        stderr(&output)
    );
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_leaves_nothing_behind() {
    let project = Project::new();
    let scratch = tempfile::tempdir().unwrap();
    let mut child = project
        .command(&["serve", "--port", "0"])
        .env("TMPDIR", scratch.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    wait_for(&mut log, "http://");
    let pages = || std::fs::read_dir(scratch.path()).unwrap().count();
    assert_eq!(pages(), 1, "the pages are in the temporary folder");
    assert!(
        Command::new("kill")
            .arg(child.id().to_string())
            .status()
            .unwrap()
            .success()
    );
    assert!(child.wait().unwrap().success());
    assert_eq!(pages(), 0);
}
