//! Icons: outlines of 24 units, drawn in the colour of the text beside them.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Home,
    Chat,
    Bolt,
    Send,
    Chart,
    Phone,
    Menu,
    Close,
    Collapse,
    Expand,
    Down,
    Up,
    Search,
    Sun,
    Moon,
    Out,
    Plus,
    Minus,
    Edit,
    Trash,
    Check,
    CheckTwice,
    Clock,
    Warning,
    Copy,
    Back,
    Info,
    Keyboard,
    Upload,
    Download,
    Document,
    Pause,
    Play,
    Stop,
    Eye,
    EyeOff,
    External,
    Globe,
    People,
    Flag,
    Card,
    Shield,
    Building,
    Plug,
    Refresh,
    Group,
    Key,
    Mail,
    Link,
    Move,
    Right,
    Filter,
    Image,
    Gear,
    Tag,
    Away,
    Undo,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Home => "M3 11 12 4l9 7M5.5 9.5V20h13V9.5M10 20v-6h4v6",
            Self::Chat => "M4 5h16v11H9l-5 4z",
            Self::Bolt => "M13 3 5 14h6l-1 7 8-11h-6z",
            Self::Send => "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
            Self::Chart => "M4 20V10M10 20V4M16 20v-7M21 20H3",
            Self::Phone => "M7 3h10v18H7zM10.5 18h3",
            Self::Menu => "M4 7h16M4 12h16M4 17h16",
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Collapse => "M14 6l-6 6 6 6M19 5v14",
            Self::Expand => "M10 6l6 6-6 6M5 5v14",
            Self::Down => "M6 9l6 6 6-6",
            Self::Up => "M6 15l6-6 6 6",
            Self::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.5 4.5",
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
            Self::Out => "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Minus => "M5 12h14",
            Self::Edit => "M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4",
            Self::Trash => "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
            Self::Check => "M5 12.5l4.5 4.5L19 7",
            Self::CheckTwice => "M2 12.5 6.5 17 15 8M11 16l1 1L22 8",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
            Self::Warning => "M12 4 2.5 20h19zM12 10v4.5M12 17v.5",
            Self::Copy => "M9 9h11v11H9zM15 9V4H4v11h5",
            Self::Back => "M20 12H5M11 6l-6 6 6 6",
            Self::Info => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5v.5",
            Self::Keyboard => "M3 6h18v12H3zM7 10h.5M11 10h.5M15 10h.5M7 14h10",
            Self::Upload => "M12 16V5M7 9.5 12 4l5 5.5M4 20h16",
            Self::Download => "M12 4v11M7 10.5 12 16l5-5.5M4 20h16",
            Self::Document => "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
            Self::Pause => "M8 5v14M16 5v14",
            Self::Play => "M7 4.5v15l12-7.5z",
            Self::Stop => "M6 6h12v12H6z",
            Self::Eye => "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
            Self::EyeOff => {
                "M4 4l16 16M9.5 5.3A10 10 0 0 1 22 12a17 17 0 0 1-3 3.7M6 7.5A17 17 0 0 0 2 12c3 5 6 7 10 7a10 10 0 0 0 4-.8"
            }
            Self::People => {
                "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 20c0-4 2.5-6 6-6s6 2 6 6M16 5.5a3 3 0 0 1 0 6M17 14.5c2.5.5 4 2.5 4 5.5"
            }
            Self::Flag => "M6 21V4M6 5c4-2 7 2 12 0v8c-5 2-8-2-12 0",
            Self::Card => {
                "M3 6h18v13H3zM8 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM5.5 16.5c.5-1 1.5-1.5 2.5-1.5s2 .5 2.5 1.5M13 11h5M13 14.5h4"
            }
            Self::Shield => "M12 3l8 3v6c0 5-3.5 8-8 9.5C7.5 20 4 17 4 12V6zM8.5 12l2.5 2.5 4.5-5",
            Self::Building => "M5 21V4h10v17M15 9h4v12M3 21h18M8.5 8h3M8.5 12h3M8.5 16h3",
            Self::Plug => "M9 3v5M15 3v5M6.5 8h11v3a5.5 5.5 0 0 1-11 0zM12 16.5V21",
            Self::Refresh => "M20 12a8 8 0 1 1-2.5-5.8M20 4v4.5h-4.5",
            Self::Group => "M4 4h6v6H4zM14 14h6v6h-6zM14 4h6v6h-6zM4 14h6v6H4z",
            Self::Key => "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l9-9M16 7l3 3",
            Self::Mail => "M3 6h18v13H3zM3 7.5l9 6 9-6",
            Self::Link => "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 6l1-1",
            Self::Move => "M4 7h10M10 3l4 4-4 4M20 17H10M14 13l-4 4 4 4",
            Self::Right => "M9 6l6 6-6 6",
            Self::Filter => "M4 5h16l-6 8v6l-4-2v-4z",
            Self::Image => "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 8.5v.5",
            Self::Gear => {
                "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1"
            }
            Self::Tag => "M4 4h8l8 8-8 8-8-8zM8.5 8.5v.5",
            Self::Away => "M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10zM15 4h5l-5 6h5",
            Self::Undo => "M4 9h11a5 5 0 0 1 0 10H9M4 9l4-4M4 9l4 4",
            Self::External => "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
            Self::Globe => {
                "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z"
            }
        }
    }

    /// The drawing; what it stands for is said by the text beside it or by the control's name.
    pub fn draw(self) -> impl IntoView {
        view! {
            <svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8"
                stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
                <path d=self.path()></path>
            </svg>
        }
    }
}
