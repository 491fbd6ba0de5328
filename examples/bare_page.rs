//! What a page costs with nothing around it: actix-web, Tera and SQLite, no session, no policy, no words to look up.
//! `scripts/bench pages` measures the program beside this. Usage: `bare_page PORT FILE`.

use actix_web::{App, HttpResponse, HttpServer, error::ErrorInternalServerError, web};
use anyhow::Context as _;
use diesel::{
    Connection, RunQueryDsl, SqliteConnection,
    connection::SimpleConnection,
    r2d2::{ConnectionManager, Pool},
    sql_query,
    sql_types::{BigInt, Text},
};
use tera::{Context, Tera};

type Connections = Pool<ConnectionManager<SqliteConnection>>;

const PAGE: &str = r#"<!doctype html><html lang="vi"><head><title>{% block title %}{% endblock %}</title><meta charset="utf-8"></head>
<body><header><a href="/">Hội Thi</a></header><main>{% block main %}{% endblock %}</main></body></html>"#;
const ENTRY: &str = r#"{% extends "page.html" %}{% block title %}{{ row.title }}{% endblock %}{% block main %}<h1>{{ row.title }}</h1>
<dl><dt>Mã</dt><dd>{{ row.code }}</dd><dt>Đơn vị</dt><dd>{{ row.unit }}</dd><dt>Tác giả</dt><dd>{{ row.author }}</dd></dl>{% endblock %}"#;
const LIST: &str = r#"{% extends "page.html" %}{% block title %}200{% endblock %}{% block main %}<table>{% for row in rows %}
<tr><td><a href="/entries/{{ row.id }}">{{ row.code }}</a></td><td>{{ row.title }}</td><td>{{ row.unit }}</td><td>{{ row.author }}</td></tr>{% endfor %}</table>{% endblock %}"#;

#[derive(diesel::QueryableByName, serde::Serialize)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Text)]
    author: String,
}

struct Bare {
    connections: Connections,
    templates: Tera,
}

async fn rows(bare: &web::Data<Bare>, from: i64, to: i64) -> actix_web::Result<Vec<Row>> {
    let connections = bare.connections.clone();
    web::block(move || -> anyhow::Result<Vec<Row>> {
        let query = sql_query(
            "SELECT id, code, title, unit, author FROM entries WHERE id BETWEEN $1 AND $2 ORDER BY id",
        );
        Ok(query.bind::<BigInt, _>(from).bind::<BigInt, _>(to).load(&mut *connections.get()?)?)
    })
    .await?
    .map_err(ErrorInternalServerError)
}

fn page(bare: &Bare, template: &str, context: &Context) -> actix_web::Result<HttpResponse> {
    let body = bare.templates.render(template, context).map_err(ErrorInternalServerError)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body))
}

async fn entry(bare: web::Data<Bare>, id: web::Path<i64>) -> actix_web::Result<HttpResponse> {
    let mut context = Context::new();
    context.insert("row", &rows(&bare, *id, *id).await?.pop());
    page(&bare, "entry.html", &context)
}

async fn list(bare: web::Data<Bare>) -> actix_web::Result<HttpResponse> {
    let mut context = Context::new();
    context.insert("rows", &rows(&bare, 1, 200).await?);
    page(&bare, "list.html", &context)
}

/// One durable row in a commit of its own.
async fn mark(bare: web::Data<Bare>) -> actix_web::Result<HttpResponse> {
    let connections = bare.connections.clone();
    web::block(move || -> anyhow::Result<()> {
        connections.get()?.immediate_transaction(|db| {
            sql_query("INSERT INTO marks (points) VALUES (80000)").execute(db).map(drop)
        })?;
        Ok(())
    })
    .await?
    .map_err(ErrorInternalServerError)?;
    Ok(HttpResponse::SeeOther().insert_header(("location", "/entries")).finish())
}

fn prepare(file: &str) -> anyhow::Result<()> {
    let mut db = SqliteConnection::establish(file)?;
    db.batch_execute(
        "PRAGMA journal_mode = WAL; CREATE TABLE entries (id INTEGER PRIMARY KEY, code TEXT, title TEXT, unit TEXT, author TEXT);
         CREATE TABLE marks (id INTEGER PRIMARY KEY, points INTEGER);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
         INSERT INTO entries SELECT i, printf('BT-%04d', i), 'Video clip tuyên truyền gia đình 5 không 3 sạch ' || i,
             'Hội LHPN xã An Thạnh, huyện Mỏ Cày Nam', 'Nguyễn Thị Ngọc Hương' FROM n;",
    )?;
    Ok(())
}

#[derive(Debug)]
struct Durable;

impl diesel::r2d2::CustomizeConnection<SqliteConnection, diesel::r2d2::Error> for Durable {
    fn on_acquire(&self, db: &mut SqliteConnection) -> Result<(), diesel::r2d2::Error> {
        db.batch_execute("PRAGMA busy_timeout = 30000; PRAGMA synchronous = FULL;")
            .map_err(diesel::r2d2::Error::QueryError)
    }
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    let port: u16 = words.next().context("usage: bare_page PORT FILE")?.parse()?;
    let file = words.next().context("usage: bare_page PORT FILE")?;
    prepare(&file)?;
    let connections = Pool::builder()
        .max_size(16)
        .connection_customizer(Box::new(Durable))
        .build(ConnectionManager::new(file))?;
    let mut templates = Tera::default();
    templates.add_raw_templates([("page.html", PAGE), ("entry.html", ENTRY), ("list.html", LIST)])?;
    templates.autoescape_on(vec![".html"]);
    let bare = web::Data::new(Bare { connections, templates });
    let routes = move || {
        App::new()
            .app_data(bare.clone())
            .route("/entries", web::get().to(list))
            .route("/entries/{id}", web::get().to(entry))
            .route("/marks", web::post().to(mark))
    };
    HttpServer::new(routes).bind(("127.0.0.1", port))?.run().await?;
    Ok(())
}
