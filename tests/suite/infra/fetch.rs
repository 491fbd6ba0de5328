use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::Method, web};
use hoithi::infra::fetch::{Allowance, FetchError, Fetcher, Seen};

/// Answers by the path, and counts how often it was asked.
async fn a_server() -> (u16, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let server = HttpServer::new(move || {
        let count = Arc::clone(&count);
        App::new().default_service(web::to(move |request: HttpRequest| {
            count.fetch_add(1, Ordering::Relaxed);
            let answer = answer(&request);
            async move { answer }
        }))
    })
    .workers(1)
    .bind(("127.0.0.1", 0))
    .unwrap();
    let port = server.addrs()[0].port();
    actix_web::rt::spawn(server.run());
    (port, asked)
}

fn answer(request: &HttpRequest) -> HttpResponse {
    assert!(!request.headers().contains_key("cookie"));
    let to = |place: &str| HttpResponse::Found().insert_header(("location", place)).finish();
    match request.path() {
        "/here" => HttpResponse::Ok().body("here"),
        "/gone" => HttpResponse::Gone().finish(),
        "/no-head" if request.method() == Method::HEAD => HttpResponse::MethodNotAllowed().finish(),
        "/no-head" => HttpResponse::PartialContent().body(vec![0; 10 << 20]),
        "/moved" => to("/here"),
        "/for-ever" => to("/for-ever"),
        "/inside" => to("http://169.254.169.254/latest/meta-data"),
        "/other-port" => to("http://127.0.0.1:22/"),
        "/file" => to("file:///etc/passwd"),
        _ => HttpResponse::NotFound().finish(),
    }
}

#[actix_web::test]
async fn a_look_follows_redirects_and_checks_each_of_them() {
    let (port, _) = a_server().await;
    let fetcher = Fetcher::new(Allowance::OnlyLoopback(vec![port]));
    let at = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let seen = |status, path: &str| Ok(Seen { status, address: at(path) });
    for (path, expected) in [
        ("/here", seen(200, "/here")),
        ("/gone", seen(410, "/gone")),
        ("/no-head", seen(206, "/no-head")),
        ("/moved", seen(200, "/here")),
        ("/nothing", seen(404, "/nothing")),
        ("/for-ever", Err(FetchError::TooManyRedirects)),
        ("/inside", Err(FetchError::Refused)),
        ("/other-port", Err(FetchError::Refused)),
        ("/file", Err(FetchError::Refused)),
    ] {
        assert_eq!(fetcher.look(&at(path)).await, expected, "{path}");
    }
}

#[actix_web::test]
async fn what_is_near_is_never_asked() {
    let (port, asked) = a_server().await;
    let fetcher = Fetcher::default();
    for address in [
        format!("http://127.0.0.1:{port}/here"),
        format!("http://localhost:{port}/here"),
        "http://127.0.0.1/".into(),
        "http://localhost/".into(),
        "http://2130706433/".into(),
        "http://0x7f.1/".into(),
        "http://[::1]/".into(),
        "http://[::ffff:127.0.0.1]/".into(),
        "http://169.254.169.254/latest/meta-data".into(),
        "http://10.0.0.1/".into(),
        "http://8.8.8.8:22/".into(),
        "http://user:password@8.8.8.8/".into(),
        "ftp://8.8.8.8/".into(),
        "file:///etc/passwd".into(),
        "gopher://127.0.0.1".into(),
        "words".into(),
    ] {
        assert_eq!(fetcher.look(&address).await, Err(FetchError::Refused), "{address}");
    }
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}
