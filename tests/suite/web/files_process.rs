//! Files on real connections: a server's own connection sends them by itself, which nothing in-process can show.

use std::io::{BufReader, Read, Write};

use hoithi::{base::ids::AttachmentId, web::visitor::SESSION_COOKIE};
use rustix::fs::{Advice, fadvise};

use crate::support::{HttpAnswer, Server, Slot, Stage, a_large_picture};

/// More than what fits between two ends of a connection.
const LARGE: usize = (24 << 20) + 4_321;

struct Sent {
    slot: Slot,
    server: Server,
    picture: Vec<u8>,
    path: String,
}

impl Sent {
    async fn on(stage: Stage, bytes: usize) -> Self {
        let mut slot = Slot::on(stage.in_the_present()).await;
        let picture = a_large_picture(bytes);
        let at = slot.begin("ảnh.png", bytes).await;
        assert_eq!(slot.patch(&at, 0, &picture).await.status.as_u16(), 204);
        let path = format!("/files/{}/a.png", slot.files().await[0].id);
        let server = slot.stage.serve(None);
        Self { slot, server, picture, path }
    }

    fn request(&self, method: &str, path: &str, more: &str) -> String {
        let token = self.slot.member.token();
        format!("{method} {path} HTTP/1.1\r\nhost: a\r\ncookie: {SESSION_COOKIE}={token}\r\n{more}\r\n")
    }

    fn piece(&self, from: usize, to: usize) -> String {
        self.request("GET", &self.path, &format!("range: bytes={from}-{to}\r\n"))
    }
}

#[actix_web::test]
async fn answers_on_one_line_come_whole_and_in_order() {
    for stage in Stage::on_each_store() {
        let sent = Sent::on(stage, LARGE).await;
        let mut line = sent.server.connect();
        let unknown = format!("/files/{}/a.png", AttachmentId::generate());
        // All are asked before the first answer is read.
        let asked = [
            sent.piece(5, 1_500_004),
            sent.request("GET", &unknown, ""),
            sent.request("GET", &sent.path, ""),
            sent.piece(LARGE - 1, LARGE - 1),
            sent.request("GET", "/healthz", ""),
        ];
        line.write_all(asked.concat().as_bytes()).unwrap();
        let mut line = BufReader::new(line);
        let piece = HttpAnswer::next(&mut line, true);
        assert!(piece.status == 206 && piece.body == sent.picture[5..1_500_005], "{}", piece.head);
        assert_eq!(piece.header("content-range"), format!("bytes 5-1500004/{LARGE}"));
        assert_eq!(piece.header("transfer-encoding"), "");
        assert_eq!(HttpAnswer::next(&mut line, true).status, 404);
        let whole = HttpAnswer::next(&mut line, true);
        assert!(whole.status == 200 && whole.body == sent.picture, "{}", whole.head);
        let last = HttpAnswer::next(&mut line, true);
        assert!(last.status == 206 && last.body == sent.picture[LARGE - 1..], "{}", last.head);
        assert_eq!(HttpAnswer::next(&mut line, true).status, 200);
        // Whoever may have it may ask how large it is.
        for asked in [sent.request("HEAD", &sent.path, ""), sent.request("GET", &sent.path, "")] {
            line.get_mut().write_all(asked.as_bytes()).unwrap();
            let answer = HttpAnswer::next(&mut line, asked.starts_with("GET"));
            assert_eq!((answer.status, answer.header("content-length")), (200, LARGE.to_string().as_str()));
        }
    }
}

#[actix_web::test]
async fn a_line_gives_each_its_own_file_and_nothing_to_whoever_may_not_have_it() {
    let mut sent = Sent::on(Stage::new(), 300_000).await;
    let other = a_large_picture(200_000);
    let at = sent.slot.begin("khác.png", other.len()).await;
    assert_eq!(sent.slot.patch(&at, 0, &other).await.status.as_u16(), 204);
    let files = sent.slot.files().await;
    let of_other = files.iter().find(|file| !sent.path.contains(file.id.as_str())).unwrap();
    let other_path = format!("/files/{}/b.png", of_other.id);
    let mut line = BufReader::new(sent.server.connect());
    let mut asks = |request: String| {
        line.get_mut().write_all(request.as_bytes()).unwrap();
        HttpAnswer::next(&mut line, true)
    };
    for _ in 0..2 {
        assert!(asks(sent.piece(1_000, 90_000)).body == sent.picture[1_000..=90_000]);
        assert!(asks(sent.request("GET", &other_path, "")).body == other);
        let stranger = asks(format!("GET {} HTTP/1.1\r\nhost: a\r\n\r\n", sent.path));
        assert_eq!(stranger.status, 404);
    }
}

#[actix_web::test]
async fn a_reader_that_waits_keeps_nobody_waiting_and_gets_all() {
    let sent = Sent::on(Stage::new(), LARGE).await;
    let mut waiting: Vec<_> = (0..8).map(|_| sent.server.connect()).collect();
    for line in &mut waiting {
        line.write_all(sent.request("GET", &sent.path, "").as_bytes()).unwrap();
        let mut first = [0];
        line.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"H");
    }
    let cookie = format!("{SESSION_COOKIE}={}", sent.slot.member.token());
    let other = sent.server.ask("GET", &sent.path, &[("cookie", cookie)], b"");
    assert!(other.status == 200 && other.body == sent.picture);
    for line in waiting {
        let answer = HttpAnswer::next(&mut BufReader::new((&b"H"[..]).chain(line)), true);
        assert!(answer.status == 200 && answer.body == sent.picture, "{}", answer.head);
    }
}

#[actix_web::test]
async fn what_is_not_in_memory_comes_from_the_disk() {
    let sent = Sent::on(Stage::new(), LARGE).await;
    let hash = sent.slot.files().await.remove(0).file_hash;
    let file = std::fs::File::open(sent.slot.stage.place_of(hash.as_str()).await).unwrap();
    let mut line = BufReader::new(sent.server.connect());
    for (from, to) in [(0, LARGE - 1), (9_000_001, 11_000_000), (LARGE - 5, LARGE - 1)] {
        fadvise(&file, 0, None, Advice::DontNeed).unwrap();
        line.get_mut().write_all(sent.piece(from, to).as_bytes()).unwrap();
        let piece = HttpAnswer::next(&mut line, true);
        assert!(piece.status == 206 && piece.body == sent.picture[from..=to], "{}", piece.head);
    }
}

#[actix_web::test]
async fn a_line_that_breaks_off_harms_no_other() {
    let sent = Sent::on(Stage::new(), LARGE).await;
    for _ in 0..20 {
        let mut line = sent.server.connect();
        line.write_all(sent.request("GET", &sent.path, "").as_bytes()).unwrap();
        let mut some = vec![0; 100_000];
        line.read_exact(&mut some).unwrap();
    }
    let cookie = format!("{SESSION_COOKIE}={}", sent.slot.member.token());
    let answer = sent.server.ask("GET", &sent.path, &[("cookie", cookie)], b"");
    assert!(answer.status == 200 && answer.body == sent.picture);
}

#[actix_web::test]
async fn a_line_of_the_older_kind_gets_the_file_and_ends() {
    let sent = Sent::on(Stage::new(), LARGE).await;
    let mut line = sent.server.connect();
    let old = sent.request("GET", &sent.path, "").replace("HTTP/1.1", "HTTP/1.0");
    line.write_all(old.as_bytes()).unwrap();
    let answer = HttpAnswer::next(&mut line, true);
    assert!(answer.status == 200 && answer.body == sent.picture, "{}", answer.head);
    let mut rest = Vec::new();
    line.read_to_end(&mut rest).unwrap();
    assert!(rest.is_empty());
}
