//! What `actix_web::HttpServer` does, with sockets of our own: that takes none but its own.

use std::{
    fmt::Debug,
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use actix_http::{HttpService, Request, Response};
use actix_service::{IntoServiceFactory, Service, ServiceFactory, ServiceFactoryExt, fn_service, map_config};
use actix_web::{
    body::MessageBody,
    dev::{AppConfig, Server},
    rt::net::TcpStream,
};

use super::socket::Socket;

/// How long a client may take for the head of a request, and for hanging up.
const REQUEST_HEAD: Duration = Duration::from_secs(5);
const HANGING_UP: Duration = Duration::from_secs(1);

/// Listens at an address, with as many workers as the machine has processors if no number is given. When the server is told
/// to stop, it gives `parting_seconds` to what is being answered.
pub fn listen<F, I, S, B>(
    address: SocketAddr,
    workers: Option<usize>,
    parting_seconds: u64,
    application: F,
) -> io::Result<(Server, SocketAddr)>
where
    F: Fn() -> I + Send + Clone + 'static,
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<Request, Config = AppConfig> + 'static,
    S::Error: Into<actix_web::Error>,
    S::InitError: Debug,
    S::Response: Into<Response<B>> + 'static,
    S::Service: 'static,
    <S::Service as Service<Request>>::Future: 'static,
    B: MessageBody + 'static,
{
    let mut server = actix_server::Server::build().shutdown_timeout(parting_seconds);
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let parting = server.graceful_shutdown_signal();
    let server = server.listen("hoithi", listener, move || {
        let parting = parting.clone();
        let application = application().into_factory().map_err(|error| error.into().error_response());
        let answering = HttpService::build()
            .graceful_shutdown_signal(move || {
                let parting = parting.clone();
                async move { parting.notified().await }
            })
            .client_request_timeout(REQUEST_HEAD)
            .client_disconnect_timeout(HANGING_UP)
            .local_addr(address)
            .on_connect_ext(|socket: &Socket, kept| {
                kept.insert(socket.outbox());
            })
            .h1(map_config(application, |()| AppConfig::default()));
        fn_service(async |stream: TcpStream| {
            let peer = stream.peer_addr().ok();
            Ok((Socket::new(stream), peer))
        })
        .and_then(answering)
    })?;
    Ok((server.run(), address))
}
