//! What is written of a profile, what differs from what is stored, and the cut of its picture.

use types::whatsapp_profiles::{PICTURE_MIN_SIDE, PICTURE_SIDE, WhatsappProfile, WhatsappProfileInput};

/// A field of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    About,
    Description,
    Address,
    Email,
    FirstWebsite,
    SecondWebsite,
    Vertical,
}

impl Field {
    pub const ALL: [Self; 7] = [
        Self::About,
        Self::Description,
        Self::Address,
        Self::Email,
        Self::FirstWebsite,
        Self::SecondWebsite,
        Self::Vertical,
    ];
}

/// The texts of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    pub about: String,
    pub description: String,
    pub address: String,
    pub email: String,
    pub first_website: String,
    pub second_website: String,
    pub vertical: String,
}

impl Texts {
    pub fn of(profile: &WhatsappProfile) -> Self {
        let mut websites = profile.websites.iter().cloned();
        Self {
            about: profile.about.clone(),
            description: profile.description.clone(),
            address: profile.address.clone(),
            email: profile.email.clone(),
            first_website: websites.next().unwrap_or_default(),
            second_website: websites.next().unwrap_or_default(),
            // What was never set is not defined.
            vertical: if profile.vertical.is_empty() { "UNDEFINED".to_owned() } else { profile.vertical.clone() },
        }
    }

    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::About => &self.about,
            Field::Description => &self.description,
            Field::Address => &self.address,
            Field::Email => &self.email,
            Field::FirstWebsite => &self.first_website,
            Field::SecondWebsite => &self.second_website,
            Field::Vertical => &self.vertical,
        }
    }

    /// What is sent; an empty website is none.
    pub fn input(&self, version: &str) -> WhatsappProfileInput {
        let websites = [&self.first_website, &self.second_website];
        WhatsappProfileInput {
            about: self.about.trim().to_owned(),
            description: self.description.trim().to_owned(),
            address: self.address.trim().to_owned(),
            email: self.email.trim().to_owned(),
            websites: websites.iter().map(|site| site.trim().to_owned()).filter(|site| !site.is_empty()).collect(),
            vertical: self.vertical.clone(),
            version: version.to_owned(),
        }
    }
}

/// The fields in which two states differ.
pub fn differing(mine: &Texts, theirs: &Texts) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| mine.field(*field) != theirs.field(*field)).collect()
}

/// The square that is cut out of a picture: its middle in the picture's pixels, and how far it is enlarged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crop {
    width: f64,
    height: f64,
    zoom: f64,
    x: f64,
    y: f64,
}

/// How far one may enlarge.
const ZOOM_MAX: f64 = 4.0;

impl Crop {
    /// The largest square in the middle; none of a picture WhatsApp would find too small.
    pub fn new(width: u32, height: u32) -> Option<Self> {
        (width.min(height) >= PICTURE_MIN_SIDE).then(|| {
            let (width, height) = (f64::from(width), f64::from(height));
            Self { width, height, zoom: 1.0, x: width / 2.0, y: height / 2.0 }
        })
    }

    /// The most it may be enlarged, so that enough pixels are left.
    pub fn max_zoom(self) -> f64 {
        (self.width.min(self.height) / f64::from(PICTURE_MIN_SIDE)).clamp(1.0, ZOOM_MAX)
    }

    pub fn zoom(self) -> f64 {
        self.zoom
    }

    pub fn zoomed(self, zoom: f64) -> Self {
        Self { zoom: zoom.clamp(1.0, self.max_zoom()), ..self }.inside()
    }

    /// Moved by a part of its side: 1.0 is the whole of what is seen.
    pub fn moved(self, right: f64, down: f64) -> Self {
        let side = self.side();
        Self { x: self.x + right * side, y: self.y + down * side, ..self }.inside()
    }

    /// Pixels of the picture along a side of the square.
    pub fn side(self) -> f64 {
        self.width.min(self.height) / self.zoom
    }

    /// Left and upper edge of the square in the picture.
    pub fn corner(self) -> (f64, f64) {
        (self.x - self.side() / 2.0, self.y - self.side() / 2.0)
    }

    /// Pixels of the side that is sent: as many as there are, up to what WhatsApp keeps.
    pub fn output(self) -> u32 {
        let side = self.side().floor().clamp(f64::from(PICTURE_MIN_SIDE), f64::from(PICTURE_SIDE));
        #[expect(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it was just bounded by two small positive numbers"
        )]
        let side = side as u32;
        side
    }

    fn inside(self) -> Self {
        let half = self.side() / 2.0;
        Self { x: self.x.clamp(half, self.width - half), y: self.y.clamp(half, self.height - half), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::numbers::NumberRef;
    use uuid::Uuid;

    fn profile() -> WhatsappProfile {
        WhatsappProfile {
            number: NumberRef { id: Uuid::nil().into(), name: "Ana".into(), phone: "+56911112222".into() },
            about: "Viajes".into(),
            address: "Av. Sur 1".into(),
            description: "Todo el sur".into(),
            email: "ana@example.com".into(),
            websites: vec!["https://example.com".into()],
            vertical: "TRAVEL".into(),
            has_picture: false,
            version: "7".into(),
        }
    }

    #[test]
    fn an_unchanged_profile_is_sent_as_it_came_and_an_empty_website_is_none() {
        let (profile, texts) = (profile(), Texts::of(&profile()));
        let input = texts.input(&profile.version);
        assert_eq!(input.websites, profile.websites);
        assert_eq!((input.about, input.version), (profile.about, profile.version));
    }

    #[test]
    fn a_conflict_is_about_the_fields_that_differ() {
        let theirs = Texts::of(&profile());
        let mine =
            Texts { about: "Viajes del Sur".into(), second_website: "https://b.example".into(), ..theirs.clone() };
        assert_eq!(differing(&mine, &theirs), [Field::About, Field::SecondWebsite]);
        assert!(differing(&theirs, &theirs).is_empty());
    }

    #[test]
    fn the_cut_is_the_largest_square_in_the_middle_and_stays_inside() {
        let crop = Crop::new(1000, 600).unwrap();
        assert!((crop.side() - 600.0).abs() < 1e-9);
        assert_eq!(crop.corner(), (200.0, 0.0));
        assert_eq!(crop.moved(5.0, 5.0).corner(), (400.0, 0.0), "a square as high as the picture moves sideways only");
        assert_eq!(crop.moved(-5.0, 0.0).corner(), (0.0, 0.0));
    }

    #[test]
    fn what_is_enlarged_keeps_the_pixels_whatsapp_asks_for() {
        let crop = Crop::new(1000, 600).unwrap().zoomed(99.0);
        assert!((crop.zoom() - 3.125).abs() < 1e-9);
        assert_eq!(crop.output(), PICTURE_MIN_SIDE);
        let (x, y) = crop.moved(-9.0, -9.0).corner();
        assert!(x.abs() < 1e-9 && y.abs() < 1e-9);
        let back = crop.moved(-9.0, -9.0).zoomed(1.0);
        assert_eq!(back.corner(), (0.0, 0.0), "making it smaller does not leave the picture");
        assert_eq!(Crop::new(4000, 3000).unwrap().output(), PICTURE_SIDE);
        assert_eq!(Crop::new(4000, 191), None);
    }
}
