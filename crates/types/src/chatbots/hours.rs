//! When attendance is open, in wall-clock time of a zone.

use crate::chatbots::OptionalText;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// Intervals of a day at most.
pub const INTERVALS_MAX: usize = 3;
/// Holidays at most.
pub const HOLIDAYS_MAX: usize = 100;
/// Characters of a holiday's name at most.
pub const HOLIDAY_NAME_MAX: usize = 60;

/// Tab "Horarios".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Around the clock: days and holidays do not count.
    pub always: bool,
    pub days: WeekHours,
    /// Each day of the year once.
    pub holidays: Vec<Holiday>,
    /// An IANA name; null for the organization's.
    #[schema(example = "America/Santiago")]
    pub time_zone: Option<String>,
    /// Said to who writes while attendance is closed.
    pub unavailable: OptionalText,
}

/// The intervals of every weekday; a day without one is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekHours {
    pub monday: Vec<Interval>,
    pub tuesday: Vec<Interval>,
    pub wednesday: Vec<Interval>,
    pub thursday: Vec<Interval>,
    pub friday: Vec<Interval>,
    pub saturday: Vec<Interval>,
    pub sunday: Vec<Interval>,
}

impl WeekHours {
    /// From Monday to Sunday, by the names of the fields.
    pub fn all(&self) -> [(&'static str, &Vec<Interval>); 7] {
        [
            ("monday", &self.monday),
            ("tuesday", &self.tuesday),
            ("wednesday", &self.wednesday),
            ("thursday", &self.thursday),
            ("friday", &self.friday),
            ("saturday", &self.saturday),
            ("sunday", &self.sunday),
        ]
    }

    /// The same, to be changed.
    pub fn all_mut(&mut self) -> [(&'static str, &mut Vec<Interval>); 7] {
        [
            ("monday", &mut self.monday),
            ("tuesday", &mut self.tuesday),
            ("wednesday", &mut self.wednesday),
            ("thursday", &mut self.thursday),
            ("friday", &mut self.friday),
            ("saturday", &mut self.saturday),
            ("sunday", &mut self.sunday),
        ]
    }
}

/// Open from … to, the end not included. Intervals of a day are in order, do not overlap, and end after they start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    pub from: TimeOfDay,
    /// `24:00` is the end of the day.
    pub to: TimeOfDay,
}

/// A day of every year with hours of its own. 29/02 is there in leap years only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    #[schema(minimum = 1, maximum = 31)]
    pub day: u8,
    #[schema(minimum = 1, maximum = 12)]
    pub month: u8,
    /// 1 to 60 characters.
    pub name: String,
    /// None for a closed day.
    pub intervals: Vec<Interval>,
}

/// A time of the day in minutes since midnight, 0 to 1,440; `HH:MM` on the wire, `00:00` to `24:00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

/// What is no time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATime;

impl TimeOfDay {
    pub const END: Self = Self(24 * 60);

    /// None beyond 24:00.
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (minutes <= Self::END.0).then_some(Self(minutes))
    }

    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = NotATime;

    /// `9:30`, `09:30` or `24:00`.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let (hours, minutes) = text.trim().split_once(':').ok_or(NotATime)?;
        let digits = |part: &str| part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(hours) || !digits(minutes) || minutes.len() != 2 {
            return Err(NotATime);
        }
        let (hours, minutes): (u16, u16) = (hours.parse().or(Err(NotATime))?, minutes.parse().or(Err(NotATime))?);
        if minutes > 59 {
            return Err(NotATime);
        }
        Self::from_minutes(hours * 60 + minutes).ok_or(NotATime)
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().or(Err(D::Error::custom("a time of the day is HH:MM, 00:00 to 24:00")))
    }
}

impl PartialSchema for TimeOfDay {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$"))
            .description(Some("HH:MM, 00:00 to 24:00"))
            .examples(["09:00"])
            .into()
    }
}

impl ToSchema for TimeOfDay {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_the_day_is_from_0000_to_2400() {
        for (text, minutes) in [("00:00", 0), ("9:30", 570), ("09:30", 570), ("23:59", 1439), ("24:00", 1440)] {
            assert_eq!(text.parse::<TimeOfDay>().map(TimeOfDay::minutes), Ok(minutes), "{text}");
        }
        for text in ["", "24:01", "25:00", "12:60", "12", "1:2", "-1:00", "12:3a", "012:00"] {
            assert_eq!(text.parse::<TimeOfDay>(), Err(NotATime), "{text}");
        }
        assert_eq!(serde_json::to_string(&TimeOfDay::END).unwrap(), "\"24:00\"");
        assert_eq!(serde_json::from_str::<TimeOfDay>("\"09:05\"").unwrap().to_string(), "09:05");
    }
}
