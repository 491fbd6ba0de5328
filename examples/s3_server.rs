//! A server that speaks S3 over a folder, on a free port of this machine, for trying out a store elsewhere:
//! `s3_server FOLDER ACCESS_KEY SECRET_KEY`. Each folder inside is a bucket. Prints its port and ends with its standard input.

use std::{convert::Infallible, error::Error, io::Write, path::PathBuf};

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(folder), Some(key), Some(secret)) = (words.next(), words.next(), words.next()) else {
        return Err("s3_server FOLDER ACCESS_KEY SECRET_KEY".into());
    };
    let files = FileSystem::new(PathBuf::from(folder)).map_err(|error| format!("{error:?}"))?;
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single(key, secret));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    std::io::stdout().flush()?;
    let accepting = async {
        while let Ok((socket, _)) = listener.accept().await {
            let (server, service) = (Builder::new(TokioExecutor::new()), service.clone());
            tokio::spawn(async move {
                // A client that goes away is no news.
                let _ = server.serve_connection(TokioIo::new(socket), service).await;
            });
        }
        Ok::<(), Infallible>(())
    };
    let (ended, end) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        let _ = ended.send(());
    });
    tokio::select! {
        _ = accepting => {}
        _ = end => {}
    }
    Ok(())
}
