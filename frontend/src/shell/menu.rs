//! The left menu: the areas of the product, with the entries that work and that the profile grants.

use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    routes,
    session::Session,
    ui::{button::IconButton, icon::Icon},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};
use types::Permission;

/// One entry of the menu.
struct Entry {
    permission: Option<Permission>,
    path: &'static str,
    icon: Icon,
    words: fn(Locale) -> &'static str,
    /// Where it leads those who may not see the first, and what they need for that.
    other: Option<(Permission, &'static str)>,
}

/// An area; the first one has no heading.
struct Area {
    words: Option<fn(Locale) -> &'static str>,
    entries: &'static [Entry],
}

const AREAS: &[Area] = &[
    Area {
        words: None,
        entries: &[Entry {
            permission: None,
            path: routes::HOME,
            icon: Icon::Home,
            words: |locale| td_string!(locale, shell.home),
            other: None,
        }],
    },
    Area {
        words: Some(|locale| td_string!(locale, shell.area_attention)),
        entries: &[
            Entry {
                permission: Some(Permission::ViewAbsences),
                path: routes::ABSENCES,
                icon: Icon::Away,
                words: |locale| td_string!(locale, shell.absences),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewDesk),
                path: routes::DESK,
                icon: Icon::Chat,
                words: |locale| td_string!(locale, shell.desk),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewOffHoursContacts),
                path: routes::OFF_HOURS_CONTACTS,
                icon: Icon::Clock,
                words: |locale| td_string!(locale, shell.off_hours_contacts),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewQuickReplies),
                path: routes::QUICK_REPLIES,
                icon: Icon::Bolt,
                words: |locale| td_string!(locale, shell.quick_replies),
                other: None,
            },
        ],
    },
    Area {
        words: Some(|locale| td_string!(locale, shell.area_campaigns)),
        entries: &[
            Entry {
                permission: Some(Permission::ViewCampaigns),
                path: routes::NEW_CAMPAIGN,
                icon: Icon::Send,
                words: |locale| td_string!(locale, shell.campaigns),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewCampaignReports),
                path: routes::CAMPAIGN_REPORTS,
                icon: Icon::Chart,
                words: |locale| td_string!(locale, shell.campaign_reports),
                other: None,
            },
        ],
    },
    Area {
        words: Some(|locale| td_string!(locale, shell.area_organization)),
        entries: &[
            Entry {
                permission: Some(Permission::ViewNumberImports),
                path: routes::NUMBER_IMPORTS,
                icon: Icon::Upload,
                words: |locale| td_string!(locale, shell.number_imports),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewMembers),
                path: routes::PROFILES,
                icon: Icon::People,
                words: |locale| td_string!(locale, shell.members),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewNumbers),
                path: routes::NUMBERS,
                icon: Icon::Phone,
                words: |locale| td_string!(locale, shell.numbers_and_groups),
                other: Some((Permission::ViewGroups, routes::GROUPS)),
            },
        ],
    },
    Area {
        words: Some(|locale| td_string!(locale, shell.area_settings)),
        entries: &[
            Entry {
                permission: Some(Permission::ViewAttentionSettings),
                path: routes::ATTENTION_SETTINGS,
                icon: Icon::Gear,
                words: |locale| td_string!(locale, shell.attention_settings),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewTemplateActivations),
                path: routes::TEMPLATE_ACTIVATIONS,
                icon: Icon::Card,
                words: |locale| td_string!(locale, shell.template_activations),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewChatbots),
                path: routes::CHATBOTS,
                icon: Icon::Chat,
                words: |locale| td_string!(locale, shell.chatbots),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewGettingStarted),
                path: routes::GETTING_STARTED,
                icon: Icon::Flag,
                words: |locale| td_string!(locale, shell.getting_started),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewSettingsCopies),
                path: routes::SETTINGS_COPIES,
                icon: Icon::Copy,
                words: |locale| td_string!(locale, shell.settings_copies),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewWhatsappProfiles),
                path: routes::WHATSAPP_PROFILES,
                icon: Icon::Card,
                words: |locale| td_string!(locale, shell.whatsapp_profiles),
                other: None,
            },
            Entry {
                permission: Some(Permission::ViewVerifications),
                path: routes::VERIFICATIONS,
                icon: Icon::Shield,
                words: |locale| td_string!(locale, shell.verifications),
                other: None,
            },
        ],
    },
    Area {
        words: Some(|locale| td_string!(locale, shell.area_administration)),
        entries: &[
            Entry {
                permission: Some(Permission::Administer),
                path: routes::ORGANIZATION,
                icon: Icon::Building,
                words: |locale| td_string!(locale, shell.organization),
                other: None,
            },
            Entry {
                permission: Some(Permission::Administer),
                path: routes::WABAS,
                icon: Icon::Plug,
                words: |locale| td_string!(locale, shell.wabas),
                other: None,
            },
            Entry {
                permission: Some(Permission::Administer),
                path: routes::AUDIT_LOG,
                icon: Icon::Document,
                words: |locale| td_string!(locale, shell.audit_log),
                other: None,
            },
        ],
    },
];

#[component]
pub fn MainMenu(small: RwSignal<bool>, drawer: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    // The last entry of Administración, where there is a sandbox.
    let phones = Memo::new(move |_| {
        let url = session.me.with(|me| me.as_ref().and_then(|me| me.phones_url.clone()));
        url.filter(|_| session.can(Permission::Administer))
    });
    let areas = AREAS.iter().map(|area| {
        let granted = Memo::new(move |_| area.entries.iter().map(|entry| may(session, entry)).collect::<Vec<_>>());
        view! {
            <Show when=move || granted.with(|granted| granted.contains(&true))>
                {area.words.map(|words| view! { <h2 class="menu-area">{move || words(i18n.get_locale())}</h2> })}
                <ul>
                    {area.entries.iter().map(|entry| view! {
                        <Show when=move || may(session, entry)>
                            <li><Link entry /></li>
                        </Show>
                    }).collect_view()}
                </ul>
            </Show>
        }
    });
    view! {
        <nav class="main-menu" id="main-menu" aria-label=move || t_string!(i18n, shell.main_menu)>
            <div class="menu-brand">
                <img src="/logo.svg" alt="" width="28" height="28" />
                <span class="menu-words">"Cercano"</span>
                <span class="menu-shut">
                    <IconButton icon=Icon::Close label=say!(i18n, shell.close_menu) on:click=move |_| drawer.set(false) />
                </span>
            </div>
            <div class="menu-list">
                {areas.collect_view()}
                {move || phones.get().map(|url| view! {
                    <ul><li>
                        <a class="menu-link" href=url target="_blank" rel="noopener" title=move || t_string!(i18n, shell.phones)>
                            {Icon::Phone.draw()}
                            <span class="menu-words">{t!(i18n, shell.phones)}
                                <span class="visually-hidden">" ("{t!(i18n, shell.new_tab)}")"</span></span>
                            <span class="menu-words">{Icon::External.draw()}</span>
                        </a>
                    </li></ul>
                })}
            </div>
            <button type="button" class="menu-fold" aria-expanded=move || if small.get() { "false" } else { "true" }
                aria-controls="main-menu"
                on:click=move |_| small.update(|small| *small = !*small)>
                {move || if small.get() { Icon::Expand.draw() } else { Icon::Collapse.draw() }}
                <span class="menu-words">{t!(i18n, shell.collapse_menu)}</span>
                <span class="visually-hidden">{move || small.get().then(|| t_string!(i18n, shell.expand_menu))}</span>
            </button>
        </nav>
    }
}

fn may(session: Session, entry: &Entry) -> bool {
    place(session, entry).is_some()
}

/// Where the entry leads this member, if anywhere.
fn place(session: Session, entry: &Entry) -> Option<&'static str> {
    if entry.permission.is_none_or(|permission| session.can(permission)) {
        return Some(entry.path);
    }
    entry.other.filter(|(permission, _)| session.can(*permission)).map(|(_, path)| path)
}

#[component]
fn Link(entry: &'static Entry) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::use_here();
    let path = use_location().pathname;
    let words = move || (entry.words)(i18n.get_locale());
    // An entry with two pages is where the reader is on either of them.
    let class = move || match entry.other {
        Some((_, other)) if path.with(|path| path.starts_with(other)) => "menu-link current",
        Some(_) | None => "menu-link",
    };
    view! {
        <A href=move || place(session, entry).unwrap_or(entry.path).to_owned() exact=entry.path == routes::HOME attr:class=class attr:title=words>
            {entry.icon.draw()}
            <span class="menu-words">{words}</span>
        </A>
    }
}
