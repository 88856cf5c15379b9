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
}

impl Permission {
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
