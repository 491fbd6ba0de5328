//! The Union's tree: the file of 2024, and the branches that sent something in.

use std::collections::BTreeMap;

use super::{contest_2024::unit_code, data, play::Play};
use crate::{
    base::{clock::Moment, ids::UnitId, json::Json, text::fold},
    features::units::{self, Level, LevelCode, Unit, UnitAncestor, UnitKind},
};

#[derive(serde::Deserialize)]
struct Line {
    code: String,
    name: String,
    level: String,
    parent_code: String,
}

pub async fn plant(play: &Play, now: Moment) -> anyhow::Result<BTreeMap<String, UnitId>> {
    let text = data::file("ben_tre_union_tree_2024.csv")?;
    let mut lines: Vec<Line> =
        csv::Reader::from_reader(text.as_slice()).deserialize().collect::<Result<_, _>>()?;
    for entry in data::entries()? {
        if let Some(branch) = entry.branch_name() {
            lines.push(Line {
                code: unit_code(&entry),
                name: branch.to_owned(),
                level: "branch".into(),
                parent_code: entry.unit_code.clone(),
            });
        }
    }
    play.act(move |db| {
        if units::views::list_levels(db)?.is_empty() {
            for (position, (code, name, name_en)) in (0..).zip([
                ("central", "Trung ương", "Central"),
                ("province", "Tỉnh", "Province"),
                ("district", "Huyện", "District"),
                ("commune", "Cơ sở", "Commune"),
                ("branch", "Chi hội", "Branch"),
            ]) {
                units::store::insert_level(
                    db,
                    &Level {
                        code: LevelCode::new(code),
                        position,
                        name: name.into(),
                        name_en: name_en.into(),
                        aliases: Json(Vec::new()),
                    },
                )?;
            }
        }
        let mut map: BTreeMap<String, UnitId> = BTreeMap::new();
        for line in &lines {
            let parent = map.get(&line.parent_code).cloned();
            let level = if line.level == "grassroots" { "commune" } else { &line.level };
            let unit = Unit {
                id: UnitId::generate(),
                parent_id: parent.clone(),
                level: LevelCode::new(level),
                kind: UnitKind::Territorial,
                code: line.code.clone(),
                search_text: fold(&line.name),
                name: line.name.clone(),
                valid_from: now.date(),
                valid_to: None,
                merged_into: None,
                page_url: None,
                created_at: now,
            };
            units::store::insert(db, &unit)?;
            units::store::insert_unit_ancestor(
                db,
                &UnitAncestor { unit_id: unit.id.clone(), ancestor_id: unit.id.clone(), depth: 0 },
            )?;
            if let Some(parent) = parent {
                for row in units::store::list_ancestors(db, &parent)? {
                    units::store::insert_unit_ancestor(
                        db,
                        &UnitAncestor {
                            unit_id: unit.id.clone(),
                            ancestor_id: row.ancestor_id,
                            depth: row.depth + 1,
                        },
                    )?;
                }
            }
            map.insert(line.code.clone(), unit.id);
        }
        Ok(map)
    })
    .await
}

pub struct Province {
    pub id: UnitId,
    pub name: String,
    pub communes: Vec<(UnitId, String)>,
}

pub async fn plant_provinces(_play: &Play, _n: usize, _now: Moment) -> anyhow::Result<Vec<Province>> {
    anyhow::bail!("no national list yet")
}
