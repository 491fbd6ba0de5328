//! The facts that the demo replays: the Union's tree of Bến Tre, and 183 invented entries whose totals are the real
//! ones (`demo/data/README.md` says where each comes from).

use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::features::contests::EntryKind;

#[derive(RustEmbed)]
#[folder = "demo/data/"]
struct Data;

#[derive(RustEmbed)]
#[folder = "demo/media/"]
struct Media;

/// A line of the entries, as the file has it.
#[derive(Debug, Clone, Deserialize)]
pub struct EntryLine {
    pub entry_no: String,
    pub title: String,
    kind: String,
    pub author: String,
    pub level: String,
    pub unit_code: String,
    pub unit_name: String,
    pub product_form: String,
    tools: String,
}

/// One small real file of the demo, with what it shows.
#[derive(Debug, Clone, Deserialize)]
pub struct MediaLine {
    pub file: String,
    pub media_type: String,
    pub kind: String,
    pub product_form: String,
    pub theme: String,
    pub title: String,
    pub poster: Option<String>,
}

#[derive(Deserialize)]
struct MediaIndex {
    files: Vec<MediaLine>,
}

impl EntryLine {
    /// The source does not state a kind for every entry.
    pub fn kind(&self) -> EntryKind {
        self.kind.parse().unwrap_or(EntryKind::NotRecorded)
    }

    pub fn tools(&self) -> Vec<String> {
        self.tools.split(';').map(|tool| tool.trim().to_owned()).filter(|tool| !tool.is_empty()).collect()
    }

    /// Entries of branches name the branch and its commune: "Chi hội phụ nữ ấp 2, Hội LHPN xã Sơn Hòa".
    pub fn branch_name(&self) -> Option<&str> {
        (self.level == "branch").then(|| self.unit_name.split(',').next().unwrap_or(&self.unit_name).trim())
    }
}

pub fn file(name: &str) -> anyhow::Result<Vec<u8>> {
    let file = Data::get(name).ok_or_else(|| anyhow::anyhow!("demo/data/{name} is not in the program"))?;
    Ok(file.data.into_owned())
}

pub fn entries() -> anyhow::Result<Vec<EntryLine>> {
    let text = file("ben_tre_entries_2024_invented.csv")?;
    let lines: Result<Vec<EntryLine>, csv::Error> =
        csv::Reader::from_reader(text.as_slice()).deserialize().collect();
    Ok(lines?)
}

pub fn media() -> anyhow::Result<Vec<MediaLine>> {
    let index = media_bytes("index.json")?;
    Ok(serde_json::from_slice::<MediaIndex>(&index)?.files)
}

pub fn media_bytes(name: &str) -> anyhow::Result<Vec<u8>> {
    let file = Media::get(name).ok_or_else(|| anyhow::anyhow!("demo/media/{name} is not in the program"))?;
    Ok(file.data.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_totals_are_the_real_ones() {
        let entries = entries().unwrap();
        let count = |test: &dyn Fn(&EntryLine) -> bool| entries.iter().filter(|entry| test(entry)).count();
        assert_eq!(entries.len(), 183);
        assert_eq!(count(&|entry| entry.level == "district"), 6);
        assert_eq!(count(&|entry| entry.level == "grassroots"), 161);
        assert_eq!(count(&|entry| entry.level == "branch"), 16);
        assert_eq!(count(&|entry| entry.kind() == EntryKind::Collective), 87);
        assert_eq!(count(&|entry| entry.kind() == EntryKind::Individual), 79);
        assert_eq!(count(&|entry| entry.kind() == EntryKind::NotRecorded), 17);
    }

    #[test]
    fn every_file_of_the_index_is_in_the_program() {
        for line in media().unwrap() {
            assert!(media_bytes(&line.file).is_ok(), "{}", line.file);
            if let Some(poster) = line.poster {
                assert!(media_bytes(&poster).is_ok(), "{poster}");
            }
        }
    }
}
