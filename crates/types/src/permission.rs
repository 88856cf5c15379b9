//! What a profile may grant: one pair (see, change) per menu entry of the product (spec O2, P2).

use serde::{Deserialize, Serialize};
use strum::{AsRefStr, Display, EnumIter, EnumString};
use utoipa::ToSchema;

/// One permission of a profile. The same names are in the OpenAPI document's security requirements.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    ToSchema,
    EnumIter,
    EnumString,
    Display,
    AsRefStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Permission {
    // Atención
    ViewAbsences,
    EditAbsences,
    ViewDesk,
    EditDesk,
    ViewContacts,
    EditContacts,
    ViewOffHoursContacts,
    EditOffHoursContacts,
    ViewHistory,
    EditHistory,
    ViewMonitoring,
    EditMonitoring,
    ViewQuickReplies,
    EditQuickReplies,
    // Campañas
    ViewCampaigns,
    EditCampaigns,
    ViewCampaignReports,
    EditCampaignReports,
    // Datos
    ViewReports,
    EditReports,
    ViewNumberHealth,
    EditNumberHealth,
    // Organización
    ViewMembers,
    EditMembers,
    ViewNumbers,
    EditNumbers,
    ViewGroups,
    EditGroups,
    ViewNumberImports,
    EditNumberImports,
    // Configuraciones
    ViewAttentionSettings,
    EditAttentionSettings,
    ViewTemplateActivations,
    EditTemplateActivations,
    ViewChatbots,
    EditChatbots,
    ViewGettingStarted,
    EditGettingStarted,
    ViewSettingsCopies,
    EditSettingsCopies,
    ViewWhatsappProfiles,
    EditWhatsappProfiles,
    ViewVerifications,
    EditVerifications,
    /// Administración: what administrators have, and no profile can grant.
    Administer,
}

/// An area of the menu whose entries a profile can grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, AsRefStr)]
#[strum(serialize_all = "snake_case")]
pub enum Area {
    Attention,
    Campaigns,
    Data,
    Organization,
    Settings,
}

/// One entry of the menu: what seeing it and what changing it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub view: Permission,
    pub edit: Permission,
}

impl Area {
    /// The area's entries, in the menu's order.
    pub const fn entries(self) -> &'static [Entry] {
        use Permission as P;
        match self {
            Self::Attention => &[
                Entry { view: P::ViewAbsences, edit: P::EditAbsences },
                Entry { view: P::ViewDesk, edit: P::EditDesk },
                Entry { view: P::ViewContacts, edit: P::EditContacts },
                Entry { view: P::ViewOffHoursContacts, edit: P::EditOffHoursContacts },
                Entry { view: P::ViewHistory, edit: P::EditHistory },
                Entry { view: P::ViewMonitoring, edit: P::EditMonitoring },
                Entry { view: P::ViewQuickReplies, edit: P::EditQuickReplies },
            ],
            Self::Campaigns => &[
                Entry { view: P::ViewCampaigns, edit: P::EditCampaigns },
                Entry { view: P::ViewCampaignReports, edit: P::EditCampaignReports },
            ],
            Self::Data => &[
                Entry { view: P::ViewReports, edit: P::EditReports },
                Entry { view: P::ViewNumberHealth, edit: P::EditNumberHealth },
            ],
            Self::Organization => &[
                Entry { view: P::ViewNumberImports, edit: P::EditNumberImports },
                Entry { view: P::ViewMembers, edit: P::EditMembers },
                Entry { view: P::ViewNumbers, edit: P::EditNumbers },
                Entry { view: P::ViewGroups, edit: P::EditGroups },
            ],
            Self::Settings => &[
                Entry { view: P::ViewAttentionSettings, edit: P::EditAttentionSettings },
                Entry { view: P::ViewTemplateActivations, edit: P::EditTemplateActivations },
                Entry { view: P::ViewChatbots, edit: P::EditChatbots },
                Entry { view: P::ViewGettingStarted, edit: P::EditGettingStarted },
                Entry { view: P::ViewSettingsCopies, edit: P::EditSettingsCopies },
                Entry { view: P::ViewWhatsappProfiles, edit: P::EditWhatsappProfiles },
                Entry { view: P::ViewVerifications, edit: P::EditVerifications },
            ],
        }
    }
}

impl Permission {
    /// Whether a profile can grant it.
    pub fn is_grantable(self) -> bool {
        self != Self::Administer
    }

    /// What the built-in agent profile grants: the daily work on one's own numbers.
    pub const AGENT: &[Self] = &[
        Self::ViewAbsences,
        Self::EditAbsences,
        Self::ViewDesk,
        Self::EditDesk,
        Self::ViewContacts,
        Self::EditContacts,
        Self::ViewOffHoursContacts,
        Self::EditOffHoursContacts,
        Self::ViewHistory,
        Self::ViewQuickReplies,
        Self::ViewGettingStarted,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator;

    #[test]
    fn every_permission_a_profile_can_grant_is_one_of_one_menu_entry() {
        let mut listed: Vec<_> =
            Area::iter().flat_map(Area::entries).flat_map(|entry| [entry.view, entry.edit]).collect();
        listed.sort();
        let mut grantable: Vec<_> = Permission::iter().filter(|permission| permission.is_grantable()).collect();
        grantable.sort();
        assert_eq!(listed, grantable);
    }
}
