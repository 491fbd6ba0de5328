//! The files of the demo's entries: a few small real ones, shared by entries of the same form.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;

use super::data::{MediaLine, media, media_bytes};
use crate::{
    base::ids::FieldId,
    features::{
        attachments::{FileHash, NewFile},
        contests::{Field, FieldKind},
        voting::ProofFile,
    },
    infra::files::{Look, StoredFile, look_in},
    web::app::App,
};

pub struct Works {
    lines: Vec<MediaLine>,
    stored: HashMap<String, (StoredFile, Look)>,
}

/// A picture and what became of it in another commune: smaller, a little cut and packed anew. No other entry has it.
pub const COVER: &str = "bia-doc-sach.jpg";
pub const COPIED_COVER: &str = "bia-doc-sach-cung-con.jpg";
const COVER_FROM: &str = "anh-cham-soc-tre-em.jpg";

fn covers() -> anyhow::Result<[(&'static str, Vec<u8>); 2]> {
    let whole = image::load_from_memory(&media_bytes(COVER_FROM)?)?;
    let packed = |picture: &image::DynamicImage, quality: u8| -> anyhow::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
        picture.write_with_encoder(encoder)?;
        Ok(bytes)
    };
    let cover = whole.crop_imm(190, 230, 720, 300);
    let copied = cover.crop_imm(10, 4, 700, 292).resize(560, 560, image::imageops::FilterType::Triangle);
    Ok([(COVER, packed(&cover, 88)?), (COPIED_COVER, packed(&copied, 60)?)])
}

impl Works {
    /// Puts every file into the store, once.
    pub fn keep(app: &App) -> anyhow::Result<Self> {
        let lines = media()?;
        let mut stored = HashMap::new();
        let mut keep = |name: &str, bytes: &[u8]| -> anyhow::Result<()> {
            let file = app.files.keep_bytes(bytes)?;
            let look = look_in(std::io::Cursor::new(bytes), u64::try_from(bytes.len())?)?;
            stored.insert(name.to_owned(), (file, look));
            Ok(())
        };
        let names = lines.iter().flat_map(|line| [Some(&line.file), line.poster.as_ref()]).flatten();
        for name in names.collect::<BTreeSet<_>>() {
            keep(name, &media_bytes(name)?)?;
        }
        for (name, bytes) in covers()? {
            keep(name, &bytes)?;
        }
        Ok(Self { lines, stored })
    }

    /// The work and its cover picture for an entry of this form, the `n`th of its kind; nearest in theme first.
    pub fn files_for(
        &self,
        fields: &[Field],
        form: &str,
        title: &str,
        n: usize,
    ) -> anyhow::Result<Vec<(NewFile, StoredFile)>> {
        let slot = |is_cover: bool| slot(fields, is_cover);
        let of_form: Vec<&MediaLine> = self.lines.iter().filter(|line| line.product_form == form).collect();
        let by_theme = of_form.iter().find(|line| title.contains(&line.theme));
        let line = by_theme.or_else(|| of_form.get(n % of_form.len().max(1))).copied();
        let line = line.with_context(|| format!("no file for {form}"))?;
        let mut files = Vec::new();
        if let Some(slot) = slot(false) {
            files.push(self.file(slot, &line.file)?);
        }
        if let (Some(slot), Some(poster)) = (slot(true), &line.poster) {
            files.push(self.file(slot, poster)?);
        }
        Ok(files)
    }

    /// The file of that name as the cover of an entry, in place of the one it has.
    pub fn cover(
        &self,
        fields: &[Field],
        name: &str,
        files: &mut Vec<(NewFile, StoredFile)>,
    ) -> anyhow::Result<()> {
        let slot = slot(fields, true).context("no slot for a cover")?;
        files.retain(|(file, _)| file.field_id != *slot);
        files.push(self.file(slot, name)?);
        Ok(())
    }

    /// Some picture, as what shows a count of votes.
    pub fn a_picture(&self) -> anyhow::Result<ProofFile> {
        let mut pictures = self.lines.iter().filter_map(|line| line.poster.as_ref());
        let name = pictures.next().context("no picture")?;
        let (new, stored) = self.file(&FieldId::generate(), name)?;
        let hash = FileHash::from_store(&stored.hash);
        Ok(ProofFile { hash, byte_count: stored.byte_count, media_type: new.media_type })
    }

    fn file(&self, slot: &FieldId, name: &str) -> anyhow::Result<(NewFile, StoredFile)> {
        let (stored, look) = self.stored.get(name).with_context(|| format!("{name} is not in the store"))?;
        let new = NewFile::read(slot, name, look)
            .map_err(|sentence| anyhow::anyhow!("{name}: {}", sentence.key))?;
        Ok((new, stored.clone()))
    }
}

fn slot(fields: &[Field], is_cover: bool) -> Option<&FieldId> {
    let is_it = |field: &&Field| field.kind == FieldKind::Files && field.settings.is_cover == is_cover;
    fields.iter().find(is_it).map(|field| &field.id)
}
