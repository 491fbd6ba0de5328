use actix_web::http::StatusCode;
use hoithi::features::units::{
    store,
    views::{find_by_code, list_levels},
};

use crate::support::Stage;

#[actix_web::test]
async fn administration_is_for_administrators() {
    let stage = Stage::new();
    let commune = stage.a_unit("Xã A").make().await;
    let addresses = [
        "/admin".to_owned(),
        "/admin/levels".to_owned(),
        "/admin/units".to_owned(),
        "/admin/units/new".to_owned(),
        "/admin/units/import".to_owned(),
        format!("/admin/units/{commune}"),
        "/admin/accounts".to_owned(),
        "/admin/accounts/new".to_owned(),
        "/admin/audit".to_owned(),
    ];
    let mut administrator = stage.an_administrator().await;
    let mut officer = stage.an_officer(&commune).await;
    for address in &addresses {
        let page = administrator.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.body);
        assert_eq!(officer.get(address).await.status, StatusCode::FORBIDDEN, "{address}");
        assert_eq!(stage.anyone().get(address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
    assert_eq!(officer.post("/admin/levels/new", &[("code", "x")]).await.status, StatusCode::FORBIDDEN);
}

const FILE: &str = "code,name,level,parent_code\nP,Tỉnh P,province,\nA,Xã A,grassroots,P\n";

#[actix_web::test]
async fn a_file_is_looked_at_first_and_imported_then() {
    let stage = Stage::new();
    let mut administrator = stage.an_administrator().await;
    let page = administrator
        .upload("/admin/units/import", &[("as_of", "2024-01-01")], &[("file", "tree.csv", FILE.as_bytes())])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(stage.read(|db| find_by_code(db, "P")).await.unwrap(), None, "looking changes nothing");
    let value = |name: &str| {
        let field = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let (file, seal, fingerprint) = (value("file"), value("seal"), value("fingerprint"));
    let fields =
        [("file", file.as_str()), ("seal", &seal), ("fingerprint", &fingerprint), ("as_of", "2024-01-01")];
    let foreign =
        [("file", "../secret"), ("seal", seal.as_str()), ("fingerprint", ""), ("as_of", "2024-01-01")];
    assert_eq!(administrator.post("/admin/units/import/apply", &foreign).await.status, StatusCode::FORBIDDEN);
    let answer = administrator.post("/admin/units/import/apply", &fields).await;
    assert_eq!(answer.location, "/admin/units", "{}", answer.body);
    let unit = stage.read(|db| find_by_code(db, "A")).await.unwrap().unwrap();
    assert_eq!((unit.name.as_str(), unit.level.as_str()), ("Xã A", "commune"));

    let again = administrator.post("/admin/units/import/apply", &fields).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "sent twice, it is done once");
}

#[actix_web::test]
async fn a_broken_file_is_refused_line_by_line() {
    let stage = Stage::new();
    let mut administrator = stage.an_administrator().await;
    let file = format!(
        "code,name,level,parent_code\nA,\"Xã A,commune,\nB,Xã B,commune,C\nC,Xã C,commune,B\nD,{},commune,\n\
         E,Xã E,hamlet,\nF,Xã F,commune,nowhere\nG,Xã G,commune,\nG,Xã G,commune,\nH,<script>alert(1)</script>,x\n",
        "dài ".repeat(10_000)
    );
    let page = administrator
        .upload("/admin/units/import", &[("as_of", "2024-01-01")], &[("file", "tree.csv", file.as_bytes())])
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in
        ["Dấu ngoặc kép", "vòng khép kín", "nhiều nhất 200 ký tự", "hamlet", "nowhere", "đã có ở dòng 8"]
    {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("<script>alert") && !page.body.contains("/admin/units/import/apply"));
    let page = administrator.upload("/admin/units/import", &[("as_of", "x")], &[("file", "t", b"")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page =
        administrator.upload("/admin/units/import", &[("as_of", "2024-01-01")], &[("file", "t", b"")]).await;
    assert!(page.body.contains("Tệp trống"), "{}", page.body);
}

#[actix_web::test]
async fn a_unit_is_added_moved_merged_and_closed_on_its_pages() {
    let stage = Stage::new();
    let mut administrator = stage.an_administrator().await;
    let add = |code: &'static str, level: &'static str, parent: &'static str| {
        [
            ("code", code),
            ("name", code),
            ("level", level),
            ("kind", "territorial"),
            ("parent_code", parent),
            ("as_of", "2024-01-01"),
        ]
    };
    for fields in [add("P", "province", ""), add("A", "commune", "P"), add("B", "commune", "P")] {
        let answer = administrator.post("/admin/units/new", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    let taken = administrator.post("/admin/units/new", &add("A", "commune", "nowhere")).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    let taken = administrator.post("/admin/units/new", &add("A", "commune", "P")).await;
    assert!(taken.body.contains("đang thuộc về một đơn vị khác"), "{}", taken.body);

    let unit = stage.read(|db| find_by_code(db, "A")).await.unwrap().unwrap();
    let href = format!("/admin/units/{}", unit.id);
    let mut change = add("A", "commune", "P");
    change[1] = ("name", "Xã mới");
    change[5] = ("as_of", "2024-02-01");
    assert_eq!(administrator.post(&href, &change).await.location, href);
    let unsure = [("into_code", "B"), ("merge_on", "2024-03-01")];
    let page = administrator.post(&format!("{href}/merge"), &unsure).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sure = [("into_code", "B"), ("merge_on", "2024-03-01"), ("sure", "1")];
    let answer = administrator.post(&format!("{href}/merge"), &sure).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let public = stage.anyone().get(&format!("/units/{}", unit.id)).await;
    assert!(public.body.contains("sáp nhập vào") && public.body.contains("01/03/2024"), "{}", public.body);

    let province = stage.read(|db| find_by_code(db, "P")).await.unwrap().unwrap();
    let close = format!("/admin/units/{}/close", province.id);
    let page = administrator.post(&close, &[("close_on", "2024-03-01"), ("sure", "1")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "something hangs below it");
    let id = province.id.clone();
    assert_eq!(stage.read(move |db| store::find(db, &id)).await.unwrap().unwrap().valid_to, None);
}

#[actix_web::test]
async fn levels_are_renamed_ordered_and_added() {
    let stage = Stage::new();
    let mut administrator = stage.an_administrator().await;
    stage.a_unit("Tỉnh P").level("province").make().await;
    let answer = administrator
        .post(
            "/admin/levels/new",
            &[("code", "group"), ("name", "Tổ"), ("name_en", "Group"), ("aliases", "tổ, nhóm")],
        )
        .await;
    assert_eq!(answer.location, "/admin/levels", "{}", answer.body);
    let page = administrator.post("/admin/levels/new", &[("code", "Tổ!"), ("name", "")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);

    let levels = stage.read(list_levels).await.unwrap();
    let mut fields = Vec::new();
    for level in levels.iter().rev() {
        fields.push(("code", level.code.as_str()));
        fields.push((
            "order",
            match level.code.as_str() {
                "central" => "1",
                "province" => "2",
                "district" => "3",
                "group" => "4",
                "commune" => "5",
                _ => "6",
            },
        ));
        fields.push(("name", if level.code.as_str() == "commune" { "Cơ sở" } else { &level.name }));
        fields.push(("name_en", &level.name_en));
        fields.push(("aliases", "x, y"));
    }
    let answer = administrator.post("/admin/levels", &fields).await;
    assert_eq!(answer.location, "/admin/levels", "{}", answer.body);
    let names: Vec<String> =
        stage.read(list_levels).await.unwrap().into_iter().map(|level| level.name).collect();
    assert_eq!(names, ["Trung ương", "Tỉnh", "Huyện", "Tổ", "Cơ sở", "Chi hội"]);
}

#[actix_web::test]
async fn an_account_is_made_given_an_office_closed_and_opened() {
    let stage = Stage::new();
    let mut administrator = stage.an_administrator().await;
    let commune = stage.a_unit("Xã A").make().await;
    let unit = stage.read({
        let commune = commune.clone();
        move |db| store::find(db, &commune)
    });
    let code = unit.await.unwrap().unwrap().code;
    let fields = [("full_name", "Lê Thị Cúc"), ("phone", "0912345670"), ("email", "")];
    let page = administrator.post("/admin/accounts/new", &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("data-copy="));
    let id = stage.an_account("Nguyễn Thị An", "0912345678").await;
    let href = format!("/admin/accounts/{id}");
    let office = [
        ("unit_code", code.as_str()),
        ("role", "officer"),
        ("title", ""),
        ("starts_on", "2024-03-01"),
        ("ends_on", ""),
    ];
    let answer = administrator.post(&format!("{href}/offices"), &office).await;
    assert_eq!(answer.location, href, "{}", answer.body);
    let mut officer = stage.signed_in("0912345678").await;
    assert_eq!(officer.get(&format!("/manage/units/{commune}/people")).await.status, StatusCode::OK);
    let ended = [
        ("unit_code", code.as_str()),
        ("role", "member"),
        ("starts_on", "2024-03-01"),
        ("ends_on", "2024-02-01"),
    ];
    let page = administrator.post(&format!("{href}/offices"), &ended).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);

    assert_eq!(administrator.post(&format!("{href}/status"), &[("status", "disabled")]).await.location, href);
    assert_eq!(officer.get("/my/account").await.status, StatusCode::SEE_OTHER);
    administrator.post(&format!("{href}/status"), &[("status", "active")]).await;
    stage.signed_in("0912345678").await;
    let made = administrator.post(&format!("{href}/administrator"), &[("is_administrator", "1")]).await;
    assert_eq!(made.location, href);
    let mut second = stage.signed_in("0912345678").await;
    assert_eq!(second.get("/admin").await.status, StatusCode::OK);
    let own = second.post(&format!("{href}/administrator"), &[("is_administrator", "0")]).await;
    assert_eq!(own.status, StatusCode::CONFLICT);

    let page = administrator.get("/admin/accounts?q=nguyen+thi&sort=full").await;
    assert!(page.body.contains("Nguyễn Thị An") && !page.body.contains("Lê Thị Cúc"), "{}", page.body);
    let page = administrator.get("/admin/audit?action=account&from=2024-03-01&until=15/03/2024").await;
    assert!(page.body.contains("account.disable"), "{}", page.body);
    let page = administrator.get(&format!("/admin/audit?subject={id}")).await;
    assert!(page.body.contains("office.give"), "{}", page.body);
}

#[actix_web::test]
async fn what_cannot_be_undone_is_asked_on_a_page_of_its_own() {
    let stage = Stage::new();
    let commune = stage.a_unit("Xã A").make().await;
    let (account, guest) = stage.a_person("Người <b>giữ</b> việc").await;
    stage.give_office(&account, &commune, hoithi::features::accounts::OfficeRole::Officer).await;
    let office = stage.person_of(&guest).await.offices[0].id.clone();
    let mut administrator = stage.an_administrator().await;
    let href = format!("/admin/accounts/{account}");
    let page = administrator.get(&href).await;
    for act in ["reset", "administrator", "status"] {
        assert!(!page.body.contains(&format!("action=\"{href}/{act}\"")), "{act} is done at once");
        let asked = administrator.get(&format!("{href}/confirm?act={act}")).await;
        assert_eq!(asked.status, StatusCode::OK, "{act}: {}", asked.body);
        assert!(asked.body.contains(&format!("action=\"{href}/{act}\"")), "{act}: {}", asked.body);
        assert!(asked.body.contains("Người &lt;b&gt;giữ&lt;/b&gt; việc"), "{}", asked.body);
    }
    let asked = administrator.get(&format!("{href}/confirm?act=end&office={office}")).await;
    assert!(asked.body.contains(&format!("{href}/offices/{office}/end")), "{}", asked.body);
    assert!(asked.body.contains("Xã A"), "{}", asked.body);
    for unknown in ["?act=end", "?act=end&office=x"] {
        let answer = administrator.get(&format!("{href}/confirm{unknown}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    assert_eq!(administrator.get(&format!("{href}/confirm?act=x")).await.location, href);
    // An office of somebody else's does not end under this account's address.
    let (other, _) = stage.a_person("Người khác").await;
    let answer = administrator.post(&format!("/admin/accounts/{other}/offices/{office}/end"), &[]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

const MAP: &str = "old_code,old_name,new_code,new_name,note\nA,Xã A,N,Xã <i>Mới</i>,\nB,Xã B,N,Xã <i>Mới</i>,\nC,Xã C,,,\
                   chia đôi\n";

#[actix_web::test]
async fn a_map_of_mergers_is_looked_at_first_and_done_then() {
    let stage = Stage::new();
    let mut administrator = stage.an_administrator().await;
    let tree = "code,name,level,parent_code\nP,Tỉnh P,province,\nA,Xã A,commune,P\nB,Xã B,commune,P\nC,Xã C,commune,P\n";
    let page = administrator
        .upload("/admin/units/import", &[("as_of", "2024-01-01")], &[("file", "tree.csv", tree.as_bytes())])
        .await;
    let value = |body: &str, name: &str| {
        let field = body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let (file, seal, print) =
        (value(&page.body, "file"), value(&page.body, "seal"), value(&page.body, "fingerprint"));
    let fields = [("file", file.as_str()), ("seal", &seal), ("fingerprint", &print), ("as_of", "2024-01-01")];
    administrator.post("/admin/units/import/apply", &fields).await;

    let look = [("under_code", "P"), ("as_of", "2024-03-01")];
    let map = [("file", "map.csv", MAP.as_bytes())];
    let page = administrator.upload("/admin/units/merges", &look, &map).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Xã &lt;i&gt;Mới&lt;/i&gt; (N)"), "{}", page.body);
    assert!(page.body.contains("chia đôi") && page.body.contains("Xã A, Xã B"), "{}", page.body);
    assert!(stage.read(|db| find_by_code(db, "N")).await.unwrap().is_none(), "looking changes nothing");
    let (file, seal, print) =
        (value(&page.body, "file"), value(&page.body, "seal"), value(&page.body, "fingerprint"));
    let fields = [
        ("file", file.as_str()),
        ("seal", &seal),
        ("fingerprint", &print),
        ("as_of", "2024-03-01"),
        ("under_code", "P"),
    ];
    let mut stale = fields;
    stale[2] = ("fingerprint", "of another plan");
    let answer = administrator.post("/admin/units/merges/apply", &stale).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let mut foreign = fields;
    foreign[0] = ("file", "../secret");
    assert_eq!(administrator.post("/admin/units/merges/apply", &foreign).await.status, StatusCode::FORBIDDEN);
    let answer = administrator.post("/admin/units/merges/apply", &fields).await;
    assert_eq!(answer.location, "/admin/units", "{}", answer.body);
    let made = stage.read(|db| find_by_code(db, "N")).await.unwrap().unwrap();
    assert_eq!(made.name, "Xã <i>Mới</i>");
    let closed = stage.read(|db| find_by_code(db, "A")).await.unwrap();
    assert!(closed.is_none_or(|unit| unit.valid_to.is_some()));
    assert!(stage.read(|db| find_by_code(db, "C")).await.unwrap().is_some(), "what is undecided stays");

    for (look, file, said) in [
        ([("under_code", "nowhere"), ("as_of", "2024-03-01")], MAP, "mã"),
        ([("under_code", "P"), ("as_of", "hôm qua")], MAP, "ngày"),
        ([("under_code", "P"), ("as_of", "2024-03-01")], "", "Tệp trống"),
        ([("under_code", "P"), ("as_of", "2024-03-01")], "old_code,new_code\nX,Y\n", "old_name"),
        (
            [("under_code", "P"), ("as_of", "2024-03-01")],
            "old_code,old_name,new_code,new_name\nC,\"Xã C,N,M\n",
            "ngoặc",
        ),
    ] {
        let page =
            administrator.upload("/admin/units/merges", &look, &[("file", "m", file.as_bytes())]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}: {}", page.body);
        assert!(page.body.to_lowercase().contains(&said.to_lowercase()), "{said}: {}", page.body);
    }
}
