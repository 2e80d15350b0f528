//! `cargo book serve`: the site on 127.0.0.1, kept up to date while its files change.

use std::{
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{Html, IntoResponse, Response},
};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};
use tower_livereload::LiveReloadLayer;

use crate::diagnostic::{Diagnostic, say};

mod live;
pub(crate) mod watch;

use live::Live;

/// How to serve.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The port of 127.0.0.1 to listen at; 0 for any free one.
    pub port: u16,
    /// Whether to open a browser.
    pub open: bool,
}

/// Serves the book until the process is told to stop (Ctrl-C, SIGTERM, or a terminal that closes).
///
/// # Errors
///
/// A port that is taken, a book that can't be built. Once it is being served, a mistake in a file is reported, and the
/// last good pages stay.
pub fn serve(root: &Path, options: &Options) -> Result<(), Vec<Diagnostic>> {
    // The port first: to build for a second and then fail would be rude.
    let listener = listen(options.port).map_err(|finding| vec![finding])?;
    let address = listener
        .local_addr()
        .map_err(|error| vec![Diagnostic::io("127.0.0.1", &error)])?;
    // The watching begins before the building, so that no save is missed.
    let watch = watch::Watch::new(root).map_err(|finding| vec![finding])?;
    let live = Arc::new(Mutex::new(Live::build(root)?));
    let reload = LiveReloadLayer::new();
    let reloader = reload.reloader();
    watch.start(Arc::clone(&live), move || reloader.reload());

    let folder = lock(&live).folder().to_owned();
    let files =
        ServeDir::new(&folder).fallback(axum::routing::any(not_found).with_state(folder.clone()));
    let app = Router::new()
        .fallback_service(files)
        .layer(from_fn_with_state(Arc::clone(&live), complete))
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .layer(reload);

    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| vec![Diagnostic::io("the server", &error)])?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let url = format!("http://{address}/");
        say(format_args!("the book is at {url} (Ctrl-C stops it)"));
        if options.open && opener::open_browser(&url).is_err() {
            say("no browser could be started: open the address yourself");
        }
        tokio::select! {
            // Open pages hold their connection, so there is no point in waiting until all of them have ended.
            served = axum::serve(listener, app) => served,
            () = told_to_stop() => Ok(()),
        }
    });
    lock(&live).remove();
    served.map_err(|error| vec![Diagnostic::io("the server", &error)])
}

fn listen(port: u16) -> Result<TcpListener, Diagnostic> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        let finding = Diagnostic::new("port", format!("cannot listen at 127.0.0.1:{port}: {error}"));
        match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                finding.help(format!("another program uses port {port}; take another one (--port {}), or any free one (--port 0)", port.saturating_add(1)))
            }
            _ => finding.help("take another port, or any free one: --port 0"),
        }
    })?;
    listener
        .set_nonblocking(true)
        .map_err(|error| Diagnostic::io("127.0.0.1", &error))?;
    Ok(listener)
}

async fn told_to_stop() {
    let ctrl_c = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match (
            signal(SignalKind::terminate()),
            signal(SignalKind::hangup()),
        ) {
            (Ok(mut terminate), Ok(mut hangup)) => {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = hangup.recv() => {}
                }
            }
            _ => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}

/// Before an answer that is made of all chapters (the search index, the print page): those of an edition in which single
/// chapters were rendered again are brought up to date.
async fn complete(
    State(live): State<Arc<Mutex<Live>>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let mut parts = path.trim_start_matches('/').split('/');
    let made_of_all = |name: &str| name == "print.html" || name == "search";
    if let (Some(tag), Some(name)) = (parts.next(), parts.next())
        && made_of_all(name)
    {
        let tag = tag.to_owned();
        let done = tokio::task::spawn_blocking(move || lock(&live).complete(&tag)).await;
        if let Ok(Err(findings)) = done {
            report(&findings);
        }
    }
    next.run(request).await
}

/// The page for an address that leads nowhere.
async fn not_found(State(folder): State<PathBuf>) -> Response {
    let html = std::fs::read_to_string(folder.join("404.html"));
    (StatusCode::NOT_FOUND, Html(html.unwrap_or_default())).into_response()
}

fn lock(live: &Mutex<Live>) -> MutexGuard<'_, Live> {
    // A build that panicked has left the pages of the one before it, which can be shown and built again.
    live.lock().unwrap_or_else(PoisonError::into_inner)
}

fn report(findings: &[Diagnostic]) {
    let _ = crate::diagnostic::emit(findings, crate::diagnostic::Format::Human);
}
