//! Somebody in front of the screens: keeps cookies as a browser does, and reads the hidden field of forms.

use std::{collections::BTreeMap, rc::Rc};

use actix_web::{
    App as ActixApp,
    cookie::Cookie,
    http::{StatusCode, header},
    test::{self, TestRequest},
};
use futures_util::future::LocalBoxFuture;
use hoithi::{base::seal::hash_hex, web::visitor::SESSION_COOKIE, with_middleware};

use super::Stage;

pub struct Guest {
    app: hoithi::web::app::App,
    cookies: BTreeMap<String, String>,
    bearer: Option<String>,
    /// Built at the first request and kept: building it costs more than most pages.
    serve: Option<Serve>,
}

type Serve = Rc<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Reply>>;

struct Reply {
    status: StatusCode,
    headers: header::HeaderMap,
    /// Names and values.
    cookies: Vec<(String, String)>,
    bytes: Vec<u8>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    pub bytes: Vec<u8>,
    pub location: String,
    pub headers: header::HeaderMap,
}

impl Stage {
    /// Nobody is signed in.
    pub fn anyone(&self) -> Guest {
        Guest { app: self.app.clone(), cookies: BTreeMap::new(), bearer: None, serve: None }
    }

    /// The same person, in front of the stage as it is now.
    pub fn same_guest(&self, guest: &Guest) -> Guest {
        Guest {
            app: self.app.clone(),
            cookies: guest.cookies.clone(),
            bearer: guest.bearer.clone(),
            serve: None,
        }
    }

    pub fn guest_with_token(&self, token: &str) -> Guest {
        let mut guest = self.anyone();
        guest.cookies.insert(SESSION_COOKIE.into(), token.into());
        guest
    }
}

impl Guest {
    /// The same session once more.
    pub fn again(&self) -> Self {
        Self {
            app: self.app.clone(),
            cookies: self.cookies.clone(),
            bearer: self.bearer.clone(),
            serve: None,
        }
    }

    pub fn token_hash(&self) -> String {
        hash_hex(self.cookies[SESSION_COOKIE].as_bytes())
    }

    /// What the browser keeps of the sign-in.
    pub fn token(&self) -> String {
        self.cookies[SESSION_COOKIE].clone()
    }

    pub fn with_bearer(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path)).await
    }

    /// Posts a form of ours: a page is read first, for its hidden field.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf().await;
        let mut fields = fields.to_vec();
        fields.push(("csrf", &csrf));
        self.send(TestRequest::post().uri(path).set_form(fields)).await
    }

    pub async fn post_without_csrf(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(TestRequest::post().uri(path).set_form(fields)).await
    }

    pub async fn post_json(&mut self, path: &str, json: &serde_json::Value) -> Answer {
        self.send(TestRequest::post().uri(path).set_json(json)).await
    }

    /// The value of the hidden field that every form of this visitor carries.
    pub async fn csrf(&mut self) -> String {
        let page = self.get("/").await;
        let start = page.body.split("name=\"csrf\" value=\"").nth(1).expect("the front page has a form");
        start.split('"').next().unwrap().to_owned()
    }

    /// Posts a form with files: text fields, then (field, file name, bytes).
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        let csrf = self.csrf().await;
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            body.extend(
                format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, bytes) in files {
            body.extend(
                format!(
                    "--B\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                     content-type: application/octet-stream\r\n\r\n"
                )
                .bytes(),
            );
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--B--\r\n");
        let request = TestRequest::post()
            .uri(path)
            .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=B"))
            .set_payload(body);
        self.send(request).await
    }

    pub async fn send(&mut self, mut request: TestRequest) -> Answer {
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        if let Some(token) = &self.bearer {
            request = request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")));
        }
        let serve = match &self.serve {
            Some(serve) => Rc::clone(serve),
            None => Rc::clone(self.serve.insert(serve(&self.app).await)),
        };
        let Reply { status, headers, cookies, bytes } = serve(request).await;
        for (name, value) in cookies {
            if value.is_empty() {
                self.cookies.remove(&name);
            } else {
                self.cookies.insert(name, value);
            }
        }
        let location =
            headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        Answer { status, body: String::from_utf8_lossy(&bytes).into_owned(), bytes, location, headers }
    }
}

async fn serve(app: &hoithi::web::app::App) -> Serve {
    let service =
        test::init_service(with_middleware!(ActixApp::new().configure(hoithi::app::configure(app)))).await;
    let service = Rc::new(service);
    Rc::new(move |request| {
        let service = Rc::clone(&service);
        Box::pin(async move {
            let response = test::call_service(&*service, request.to_request()).await;
            let cookies = response.response().cookies();
            let cookies =
                cookies.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect();
            let (status, headers) = (response.status(), response.headers().clone());
            Reply { status, headers, cookies, bytes: test::read_body(response).await.to_vec() }
        })
    })
}
