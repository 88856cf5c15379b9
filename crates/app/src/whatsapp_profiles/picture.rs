//! A picture somebody uploaded, made into what WhatsApp takes: a square JPEG that holds pixels and nothing else.

use image::{
    DynamicImage, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
    metadata::Orientation,
};
use std::io::Cursor;
use types::{
    ErrorCode,
    whatsapp_profiles::{PICTURE_MIN_SIDE, PICTURE_SIDE},
};

/// Pixels of a side at most, so that a small file cannot fill the memory.
const SIDE_MAX: u32 = 8_000;
/// Pixels in all at most.
const PIXELS_MAX: u64 = 16_000_000;
/// Bytes that decoding may take: those of the pixels with four colours.
const MEMORY_MAX: u64 = 80 * 1024 * 1024;
const QUALITY: u8 = 90;

/// Cut the middle of a JPEG or PNG to a square, and make it 640 pixels wide if it is wider. What the file really is counts,
/// not its name.
pub(super) fn square(file: &[u8]) -> Result<Vec<u8>, ErrorCode> {
    let format = image::guess_format(file).map_err(|error| unreadable(&error))?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(ErrorCode::PictureUnreadable);
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| unreadable(&error))?;
    let (width, height) = image::ImageDecoder::dimensions(&decoder);
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(ErrorCode::PictureUnreadable);
    }
    // A phone says how it was held beside the pixels, and that note is left behind with the others.
    let orientation = image::ImageDecoder::orientation(&mut decoder).unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
    picture.apply_orientation(orientation);
    let side = picture.width().min(picture.height());
    if side < PICTURE_MIN_SIDE {
        return Err(ErrorCode::PictureTooSmall);
    }
    let (left, top) = ((picture.width() - side) / 2, (picture.height() - side) / 2);
    let mut picture = picture.crop_imm(left, top, side, side);
    if side > PICTURE_SIDE {
        picture = picture.resize_exact(PICTURE_SIDE, PICTURE_SIDE, FilterType::Lanczos3);
    }
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    on_white(&picture).write_with_encoder(encoder).map_err(|error| unreadable(&error))?;
    Ok(jpeg)
}

/// What is see-through in a PNG becomes white: a JPEG has no such thing, and it would turn black.
fn on_white(picture: &DynamicImage) -> DynamicImage {
    let pixels = picture.to_rgba8();
    let mut opaque = image::RgbImage::new(pixels.width(), pixels.height());
    for (plain, pixel) in opaque.pixels_mut().zip(pixels.pixels()) {
        let [red, green, blue, alpha] = pixel.0;
        let over = |colour: u8| {
            let (colour, alpha) = (u32::from(colour), u32::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        plain.0 = [over(red), over(green), over(blue)];
    }
    DynamicImage::ImageRgb8(opaque)
}

fn unreadable(error: &image::ImageError) -> ErrorCode {
    tracing::debug!(%error, "a picture cannot be read");
    ErrorCode::PictureUnreadable
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbaImage::from_fn(width, height, |x, _| {
            if x < width / 4 { Rgba([255, 0, 0, 255]) } else { Rgba([0, 0, 255, 0]) }
        });
        let mut file = Vec::new();
        DynamicImage::ImageRgba8(picture).write_to(&mut Cursor::new(&mut file), ImageFormat::Png).unwrap();
        file
    }

    #[test]
    fn a_wide_picture_is_cut_in_the_middle_and_made_smaller() {
        let jpeg = square(&png(1_600, 800)).unwrap();
        assert_eq!(image::guess_format(&jpeg).unwrap(), ImageFormat::Jpeg);
        let read = image::load_from_memory(&jpeg).unwrap().to_rgb8();
        assert_eq!((read.width(), read.height()), (640, 640));
        // The red quarter at the left is cut off, and what was see-through is white.
        assert!(read.get_pixel(5, 320).0.iter().all(|colour| *colour > 240), "{:?}", read.get_pixel(5, 320));
    }

    #[test]
    fn a_small_one_stays_as_large_as_it_is_and_a_tiny_one_is_refused() {
        let jpeg = square(&png(300, 200)).unwrap();
        let read = image::load_from_memory(&jpeg).unwrap();
        assert_eq!((read.width(), read.height()), (200, 200));
        assert_eq!(square(&png(191, 400)), Err(ErrorCode::PictureTooSmall));
    }

    #[test]
    fn what_is_no_jpeg_or_png_is_refused() {
        for file in [
            &b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..],
            b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
            b"",
            b"%PDF-1.7",
        ] {
            assert_eq!(square(file), Err(ErrorCode::PictureUnreadable));
        }
        let whole = png(400, 400);
        assert_eq!(square(&whole[..whole.len() / 2]), Err(ErrorCode::PictureUnreadable));
    }

    #[test]
    fn a_picture_that_says_it_is_huge_is_refused_before_it_is_read() {
        let mut file = png(300, 300);
        // Width and height of the header, with the checksum put right.
        file[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
        let checksum = crc(&file[12..29]);
        file[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(square(&file), Err(ErrorCode::PictureUnreadable));
    }

    #[test]
    fn a_picture_of_more_pixels_than_memory_is_for_is_refused_before_it_is_read() {
        let mut file = png(300, 300);
        // 5,000 by 4,000: no side is too long.
        file[16..24].copy_from_slice(&[0, 0, 0x13, 0x88, 0, 0, 0x0f, 0xa0]);
        let checksum = crc(&file[12..29]);
        file[29..33].copy_from_slice(&checksum.to_be_bytes());
        assert_eq!(square(&file), Err(ErrorCode::PictureUnreadable));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
        })
    }
}
