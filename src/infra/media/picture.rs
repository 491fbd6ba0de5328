//! Pictures, in this process: read within limits, turned upright, made small. What is written holds pixels alone, nothing
//! of the place, the camera and the program.

use std::{fs, path::Path};

use image::{DynamicImage, ImageDecoder, ImageReader, Limits, imageops::FilterType};

use super::{Desk, Facts, MediaError};

pub const WEBP: &str = "image/webp";
/// A gallery shows a dozen covers before anything else, a list forty smaller ones, over whatever network there is.
/// The picture of a card, and what a list knows a picture by.
pub const COVER: &str = "cover";
/// The picture beside a name.
pub const SMALL_COVER: &str = "cover-small";
const COVERS: [(&str, u32, f32); 2] = [(COVER, 240, 48.0), (SMALL_COVER, 144, 40.0)];
/// Up to this width more work for fewer bytes takes no noticeable time.
const MAX_SLOW_WIDTH: u32 = 640;
/// WebP has no larger side.
const MAX_SIDE: u32 = 16_383;
/// The largest cameras of phones make 64 million; four bytes each.
const MAX_PIXELS: u64 = 80_000_000;
const MAX_BYTES: u64 = MAX_PIXELS * 4 + (16 << 20);
/// Beyond this nobody sees a difference on a screen, and a public copy costs megabytes.
const MAX_CLEAN_SIDE: u32 = 8192;
const SIZES: [(&str, u32, f32); 3] = [("w1280", 1280, 80.0), ("w640", 640, 78.0), ("w320", 320, 75.0)];

/// By what the header says, before anything is decoded.
pub fn is_too_large(width: u32, height: u32) -> bool {
    width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS
}

pub fn render(desk: &Desk) -> Result<Facts, MediaError> {
    let full = open(desk.source())?;
    desk.percent(20)?;
    let facts = Facts { width: Some(full.width()), height: Some(full.height()), ..Facts::default() };
    let mut large = full;
    if !desk.has("clean") {
        if large.width().max(large.height()) > MAX_CLEAN_SIDE {
            large = large.resize(MAX_CLEAN_SIDE, MAX_CLEAN_SIDE, FilterType::Triangle);
        }
        put(desk, "clean", &large, 88.0)?;
    }
    desk.percent(70)?;
    // From large to small, each from the one before.
    for (name, width, quality) in SIZES {
        // A narrow picture has only the sizes below it, and the smallest.
        if width < large.width() {
            large = narrowed(&large, width);
        } else if name != "w320" {
            continue;
        }
        if !desk.has(name) {
            put(desk, name, &large, quality)?;
        }
    }
    write_covers(desk, &large)?;
    Ok(facts)
}

/// The small pictures that stand for the file in a gallery and in a list.
pub fn write_covers(desk: &Desk, picture: &DynamicImage) -> Result<(), MediaError> {
    for (name, width, quality) in COVERS {
        if !desk.has(name) {
            put(desk, name, &narrowed(picture, width), quality)?;
        }
    }
    Ok(())
}

/// Reads a picture, turned as its camera says.
pub fn open(path: &Path) -> Result<DynamicImage, MediaError> {
    let mut reader = ImageReader::open(path)?.with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if is_too_large(width, height) {
        return Err(MediaError::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder)?;
    let mut plain = if decoded.color().has_alpha() {
        DynamicImage::ImageRgba8(decoded.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(decoded.into_rgb8())
    };
    plain.apply_orientation(orientation);
    Ok(plain)
}

fn narrowed(picture: &DynamicImage, max_width: u32) -> DynamicImage {
    if picture.width() <= max_width {
        return picture.clone();
    }
    let height = u64::from(picture.height()) * u64::from(max_width) / u64::from(picture.width());
    let height = u32::try_from(height).unwrap_or(MAX_SIDE).max(1);
    // A quick average first: a fine filter over all pixels of a camera takes seconds.
    let coarse = if picture.width() > 4 * max_width {
        picture.thumbnail_exact(2 * max_width, height.saturating_mul(2))
    } else {
        picture.clone()
    };
    coarse.resize_exact(max_width, height, FilterType::CatmullRom)
}

/// At most so wide, handed over under its name.
pub fn write_sized(
    desk: &Desk,
    name: &str,
    picture: &DynamicImage,
    max_width: u32,
    quality: u8,
) -> Result<(), MediaError> {
    put(desk, name, &narrowed(picture, max_width), f32::from(quality))
}

/// The same with the words that stand on it.
pub fn write_page(desk: &Desk, name: &str, picture: &DynamicImage, facts: Facts) -> Result<(), MediaError> {
    encode(&desk.place(name), picture, 80.0)?;
    desk.made(name, WEBP, Facts { width: Some(picture.width()), height: Some(picture.height()), ..facts })
}

fn put(desk: &Desk, name: &str, picture: &DynamicImage, quality: f32) -> Result<(), MediaError> {
    encode(&desk.place(name), picture, quality)?;
    let facts = Facts { width: Some(picture.width()), height: Some(picture.height()), ..Facts::default() };
    desk.made(name, WEBP, facts)
}

pub fn write(path: &Path, picture: &DynamicImage, quality: u8) -> Result<(), MediaError> {
    encode(path, picture, f32::from(quality))
}

fn encode(path: &Path, picture: &DynamicImage, quality: f32) -> Result<(), MediaError> {
    let (width, height) = (picture.width(), picture.height());
    let converted;
    let encoder = match picture {
        DynamicImage::ImageRgb8(plain) => webp::Encoder::from_rgb(plain, width, height),
        DynamicImage::ImageRgba8(plain) => webp::Encoder::from_rgba(plain, width, height),
        other => {
            converted = other.to_rgba8();
            webp::Encoder::from_rgba(&converted, width, height)
        }
    };
    let mut config =
        webp::WebPConfig::new().map_err(|()| MediaError::Broken("the encoder has no settings".to_owned()))?;
    config.quality = quality;
    if width <= MAX_SLOW_WIDTH {
        config.method = 6;
    }
    let bytes = encoder.encode_advanced(&config);
    let bytes = bytes.map_err(|error| MediaError::Broken(format!("{error:?}")))?;
    fs::write(path, &*bytes)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_refused_by_its_header() {
        for (size, too_large) in [
            ((1, 1), false),
            ((9248, 6936), false),
            ((60_000, 1), true),
            ((16_384, 16), true),
            ((12_000, 12_000), true),
        ] {
            assert_eq!(is_too_large(size.0, size.1), too_large, "{size:?}");
        }
    }

    #[test]
    fn a_picture_is_made_narrower_and_never_wider() {
        let picture = DynamicImage::new_rgb8(2000, 500);
        let sizes = |width| (narrowed(&picture, width).width(), narrowed(&picture, width).height());
        assert_eq!((sizes(320), sizes(1280), sizes(5000)), ((320, 80), (1280, 320), (2000, 500)));
        assert_eq!(narrowed(&DynamicImage::new_rgb8(5000, 1), 320).height(), 1);
    }
}
