//! What only a process can show: being killed, a full disk, a line that breaks.

use std::io::Read;

use actix_web::http::StatusCode;

use crate::support::{HttpAnswer, Server, Slot, Stage, a_large_picture};

const LARGE: usize = (17 << 20) + 12_345;
/// What actix reads ahead of a body whose bytes are not asked for.
const MAX_UNREAD: usize = 256 << 10;

struct Line<'s> {
    server: &'s Server,
    cookie: String,
}

impl Line<'_> {
    fn headers(&self, offset: usize) -> Vec<(&'static str, String)> {
        vec![
            ("cookie", self.cookie.clone()),
            ("tus-resumable", "1.0.0".to_owned()),
            ("content-type", "application/offset+octet-stream".to_owned()),
            ("upload-offset", offset.to_string()),
        ]
    }

    fn patch(&self, at: &str, offset: usize, bytes: &[u8]) -> HttpAnswer {
        self.server.ask("PATCH", at, &self.headers(offset), bytes)
    }

    fn offset(&self, at: &str) -> usize {
        let answer = self.server.ask("HEAD", at, &self.headers(0), b"");
        assert_eq!(answer.status, 200, "{}", answer.head);
        answer.header("upload-offset").parse().unwrap()
    }
}

fn line<'s>(slot: &Slot, server: &'s Server) -> Line<'s> {
    Line { server, cookie: format!("{}={}", hoithi::web::visitor::SESSION_COOKIE, slot.member.token()) }
}

#[actix_web::test]
async fn what_was_acknowledged_survives_sigkill() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage.in_the_present()).await;
        let picture = a_large_picture(LARGE);
        let at = slot.begin("ảnh.png", LARGE).await;
        let server = slot.stage.serve(None);
        let first = line(&slot, &server).patch(&at, 0, &picture[..10 << 20]);
        assert_eq!((first.status, first.header("upload-offset")), (204, "10485760"));
        // In the middle of the next part.
        let mut headers = line(&slot, &server).headers(10 << 20);
        headers.push(("content-length", (LARGE - (10 << 20)).to_string()));
        let cut = server.begin("PATCH", &at, &headers, &picture[10 << 20..12 << 20]);
        server.kill();
        drop(cut);

        let server = slot.stage.serve(None);
        let line = line(&slot, &server);
        slot.give_up_writer(&at).await;
        let offset = line.offset(&at);
        assert!((10 << 20..=12 << 20).contains(&offset), "{offset}");
        let rest = line.patch(&at, offset, &picture[offset..]);
        assert_eq!(rest.status, 204, "{}", rest.head);
        let files = slot.files().await;
        assert_eq!(files[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
        assert_eq!(slot.stored().await, [files[0].file_hash.as_str()]);
    }
}

#[actix_web::test]
async fn a_part_that_is_cut_off_keeps_what_came() {
    for stage in Stage::on_each_store() {
        let mut slot = Slot::on(stage.in_the_present()).await;
        let picture = a_large_picture(LARGE);
        let at = slot.begin("ảnh.png", LARGE).await;
        let server = slot.stage.serve(None);
        let line = line(&slot, &server);
        let mut headers = line.headers(0);
        headers.push(("content-length", LARGE.to_string()));
        let came = 11 << 20;
        let cut = server.begin("PATCH", &at, &headers, &picture[..came]);
        cut.shutdown(std::net::Shutdown::Write).unwrap();
        // The server hangs up too when it has kept what came.
        let _ = { &cut }.read_to_end(&mut Vec::new());
        // What the program had read and not yet taken in when the line broke may be sent again: at most what its HTTP holds.
        let offset = line.offset(&at);
        assert!((came - MAX_UNREAD..=came).contains(&offset), "{offset} of {came}");
        assert_eq!(line.patch(&at, offset, &picture[offset..]).status, 204);
        assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
    }
}

#[actix_web::test]
async fn a_full_disk_is_said_and_what_was_saved_stays() {
    let mut slot = Slot::on(Stage::new().in_the_present()).await;
    let (length, room) = (40 << 20, 24 << 20);
    let picture = a_large_picture(length);
    let at = slot.begin("ảnh.png", length).await;
    let server = slot.stage.serve(Some(room));
    let line = line(&slot, &server);
    let answer = line.patch(&at, 0, &picture);
    assert_eq!(answer.status, 507, "{}", answer.head);
    assert!(String::from_utf8_lossy(&answer.body).contains("hết chỗ"), "{:?}", answer.body);
    let offset = line.offset(&at);
    assert_eq!(offset, usize::try_from(room).unwrap());
    assert_eq!(answer.header("upload-offset"), offset.to_string());
    server.kill();

    // With room again it goes on where it was.
    let server = slot.stage.serve(None);
    let line = self::line(&slot, &server);
    assert_eq!(line.patch(&at, offset, &picture[offset..]).status, 204);
    assert_eq!(slot.files().await[0].file_hash.as_str(), blake3::hash(&picture).to_hex().as_str());
    assert_eq!(slot.member.get("/my/entries").await.status, StatusCode::OK);
}
