//! Reading the QR codes in a picture. Memory stays within a bound whatever size the picture claims.

use std::{io, path::Path};

use image::{ImageReader, Limits, imageops::FilterType};

const MAX_SIDE: u32 = 12_000;
const MAX_ALLOC_BYTES: u64 = 256 << 20;
/// A code that people can point a phone at is still clear at this size, and finding it takes a tenth of the time.
const SEARCHED_SIDE: u32 = 1_600;
const MAX_CODES: usize = 4;

/// What the codes say, each once. Nothing for a picture that cannot be read or is too large to be looked at.
pub fn read_codes(picture: &Path) -> io::Result<Vec<String>> {
    let mut reader = ImageReader::open(picture)?.with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_ALLOC_BYTES);
    reader.limits(limits);
    let Ok(picture) = reader.decode() else { return Ok(Vec::new()) };
    let picture = if picture.width().max(picture.height()) > SEARCHED_SIDE {
        picture.resize(SEARCHED_SIDE, SEARCHED_SIDE, FilterType::Triangle)
    } else {
        picture
    };
    let grey = picture.to_luma8();
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let mut points = grey.into_raw().into_iter();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |_, _| points.next().unwrap_or(u8::MAX));
    let mut said = Vec::new();
    for grid in prepared.detect_grids().into_iter().take(MAX_CODES) {
        if let Ok((_, words)) = grid.decode()
            && !said.contains(&words)
        {
            said.push(words);
        }
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_in_a_picture_is_read_at_any_size() {
        let picture = Path::new("demo/media/ma-qr-cham-soc-tre-em.png");
        let said = ["https://hoithi.example/tai-lieu/goc-doc-sach".to_owned()];
        assert_eq!(read_codes(picture).unwrap(), said);
        let folder = tempfile::tempdir().unwrap();
        let large = folder.path().join("large.png");
        image::open(picture).unwrap().resize(2_400, 2_400, FilterType::Nearest).save(&large).unwrap();
        assert_eq!(read_codes(&large).unwrap(), said);
        assert!(read_codes(Path::new("demo/media/anh-khoi-nghiep.jpg")).unwrap().is_empty());
    }

    #[test]
    fn what_is_no_picture_or_too_large_has_no_code() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.png");
        std::fs::write(&path, b"\x89PNG\r\n\x1a\n and nothing").unwrap();
        assert!(read_codes(&path).unwrap().is_empty());
        image::GrayImage::new(13_000, 2).save(&path).unwrap();
        assert!(read_codes(&path).unwrap().is_empty());
        image::GrayImage::new(1, 1).save(&path).unwrap();
        assert!(read_codes(&path).unwrap().is_empty());
    }
}
