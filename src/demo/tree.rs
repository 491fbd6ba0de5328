//! The Union's tree: the file of 2024, the branches that sent something in, and for load work further provinces of the
//! national list. All of it goes through the import that the administrator's page calls.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::{contest_2024::unit_code, data, play::Play};
use crate::{
    base::{clock::Moment, ids::UnitId},
    features::units::{
        TreeKeeper, import, import_units,
        levels::{LevelForm, add_level},
        views,
    },
};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Line {
    code: String,
    name: String,
    level: String,
    parent_code: String,
}

/// From the top: code, names, and what files call it.
const LEVELS: [(&str, &str, &str, &str); 5] = [
    ("central", "Trung ương", "Central", ""),
    ("province", "Cấp tỉnh", "Province", ""),
    ("district", "Cấp huyện", "District", ""),
    ("commune", "Cấp cơ sở", "Commune", "grassroots"),
    ("branch", "Chi, tổ Hội", "Branch", ""),
];

/// Plants the tree and answers the ids by code.
pub async fn plant(play: &Play, now: Moment) -> anyhow::Result<BTreeMap<String, UnitId>> {
    play.act(move |db| {
        let known = views::list_levels(db)?;
        for (code, name, name_en, alias) in LEVELS {
            if known.iter().all(|level| level.code.as_str() != code) {
                let form = LevelForm {
                    code: code.to_owned(),
                    name: name.to_owned(),
                    name_en: name_en.to_owned(),
                    aliases: alias.to_owned(),
                };
                add_level(db, &TreeKeeper::operator(), &form, now)?;
            }
        }
        Ok(())
    })
    .await?;
    let mut lines = read("ben_tre_union_tree_2024.csv")?;
    let mut branches = BTreeMap::new();
    for entry in data::entries()? {
        if let Some(branch) = entry.branch_name() {
            branches.insert(unit_code(&entry), (branch.to_owned(), entry.unit_code.clone()));
        }
    }
    for (code, (name, parent_code)) in branches {
        lines.push(Line { code, name, level: "branch".to_owned(), parent_code });
    }
    import_lines(play, &lines, now).await
}

pub struct Province {
    pub id: UnitId,
    pub name: String,
    pub communes: Vec<(UnitId, String)>,
}

/// The first `n` provinces of the national list with all their districts and communes. Bến Tre stands already.
pub async fn plant_provinces(play: &Play, n: usize, now: Moment) -> anyhow::Result<Vec<Province>> {
    let all = read("vn_units_full.csv")?;
    let parents: HashMap<&str, &str> =
        all.iter().map(|line| (line.code.as_str(), line.parent_code.as_str())).collect();
    let provinces: Vec<&Line> =
        all.iter().filter(|line| line.level == "province" && line.code != "83").take(n).collect();
    let province_of = |line: &Line| match line.level.as_str() {
        "province" => line.code.clone(),
        "district" => line.parent_code.clone(),
        _ => parents.get(line.parent_code.as_str()).copied().unwrap_or_default().to_owned(),
    };
    let wanted: Vec<Line> = all
        .iter()
        .filter(|line| provinces.iter().any(|province| province.code == province_of(line)))
        .map(|line| Line {
            code: line.code.clone(),
            name: union_name(&line.name),
            level: line.level.clone(),
            parent_code: if line.level == "province" { "TW".to_owned() } else { line.parent_code.clone() },
        })
        .collect();
    let ids = import_lines(play, &wanted, now).await?;
    let id = |code: &str| ids.get(code).cloned().with_context(|| format!("no unit {code}"));
    provinces
        .into_iter()
        .map(|province| {
            let communes =
                wanted.iter().filter(|line| line.level == "commune" && province_of(line) == province.code);
            Ok(Province {
                id: id(&province.code)?,
                name: province.name.clone(),
                communes: communes
                    .map(|line| Ok((id(&line.code)?, line.name.clone())))
                    .collect::<anyhow::Result<Vec<_>>>()?,
            })
        })
        .collect()
}

/// "Tỉnh Hà Giang" has the "Hội LHPN tỉnh Hà Giang".
fn union_name(territory: &str) -> String {
    let mut letters = territory.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("Hội LHPN {first}{}", letters.as_str())
}

fn read(name: &str) -> anyhow::Result<Vec<Line>> {
    let text = data::file(name)?;
    let lines: Result<Vec<Line>, csv::Error> =
        csv::Reader::from_reader(text.as_slice()).deserialize().collect();
    Ok(lines?)
}

async fn import_lines(play: &Play, lines: &[Line], now: Moment) -> anyhow::Result<BTreeMap<String, UnitId>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    for line in lines {
        file.serialize(line)?;
    }
    let bytes = file.into_inner()?;
    play.act(move |db| {
        let file = import::read(&bytes, &views::list_levels(db)?);
        import_units(db, &TreeKeeper::operator(), &file, now.date(), None, now)?;
        Ok(views::list_codes(db)?.into_iter().collect())
    })
    .await
}
