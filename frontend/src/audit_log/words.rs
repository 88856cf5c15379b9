//! The words of the audit log: kinds of things, what was done with them, their fields and what stands in these.

use super::model;
use crate::{
    i18n::{Locale, td_string},
    intl::{Style, Writer},
    language,
    members::status_words,
    profiles::words as permissions,
};
use chrono::{DateTime, Utc};
use serde_json::Value;
use types::{
    Language, Permission,
    audit_log::{AuditAction, AuditSubject},
    graph::GraphReason,
    members::MemberStatus,
    words,
};

pub fn subject(locale: Locale, subject: AuditSubject) -> &'static str {
    match subject {
        AuditSubject::Organization => td_string!(locale, audit_log.subject_organization),
        AuditSubject::Profile => td_string!(locale, audit_log.subject_profile),
        AuditSubject::Member => td_string!(locale, audit_log.subject_member),
        AuditSubject::Number => td_string!(locale, audit_log.subject_number),
        AuditSubject::Group => td_string!(locale, audit_log.subject_group),
        AuditSubject::Waba => td_string!(locale, audit_log.subject_waba),
        AuditSubject::NumberImport => td_string!(locale, audit_log.subject_number_import),
        AuditSubject::Verification => td_string!(locale, audit_log.subject_verification),
        AuditSubject::WhatsappProfile => td_string!(locale, audit_log.subject_whatsapp_profile),
        AuditSubject::QuickReply => td_string!(locale, audit_log.subject_quick_reply),
        AuditSubject::Campaign => td_string!(locale, audit_log.subject_campaign),
        AuditSubject::Chatbot => td_string!(locale, audit_log.subject_chatbot),
        AuditSubject::Absence => td_string!(locale, audit_log.subject_absence),
        AuditSubject::AttentionSettings => td_string!(locale, audit_log.subject_attention_settings),
        AuditSubject::TemplateActivation => td_string!(locale, audit_log.subject_template_activation),
        AuditSubject::SettingsCopy => td_string!(locale, audit_log.subject_settings_copy),
        AuditSubject::OffHoursContact => td_string!(locale, audit_log.subject_off_hours_contact),
    }
}

pub fn action(locale: Locale, action: AuditAction) -> &'static str {
    match action {
        AuditAction::Created => td_string!(locale, audit_log.action_created),
        AuditAction::Updated => td_string!(locale, audit_log.action_updated),
        AuditAction::Deleted => td_string!(locale, audit_log.action_deleted),
        AuditAction::Invited => td_string!(locale, audit_log.action_invited),
        AuditAction::PasswordReset => td_string!(locale, audit_log.action_password_reset),
        AuditAction::Deactivated => td_string!(locale, audit_log.action_deactivated),
        AuditAction::Reactivated => td_string!(locale, audit_log.action_reactivated),
        AuditAction::SignedOut => td_string!(locale, audit_log.action_signed_out),
        AuditAction::MembersAdded => td_string!(locale, audit_log.action_members_added),
        AuditAction::MembersRemoved => td_string!(locale, audit_log.action_members_removed),
        AuditAction::Moved => td_string!(locale, audit_log.action_moved),
        AuditAction::Started => td_string!(locale, audit_log.action_started),
        AuditAction::Retried => td_string!(locale, audit_log.action_retried),
        AuditAction::CodeRequested => td_string!(locale, audit_log.action_code_requested),
        AuditAction::CodeChecked => td_string!(locale, audit_log.action_code_checked),
        AuditAction::Registered => td_string!(locale, audit_log.action_registered),
        AuditAction::Refused => td_string!(locale, audit_log.action_refused),
        AuditAction::Connected => td_string!(locale, audit_log.action_connected),
        AuditAction::Disconnected => td_string!(locale, audit_log.action_disconnected),
        AuditAction::Synchronized => td_string!(locale, audit_log.action_synchronized),
        AuditAction::Sent => td_string!(locale, audit_log.action_sent),
        AuditAction::Paused => td_string!(locale, audit_log.action_paused),
        AuditAction::Resumed => td_string!(locale, audit_log.action_resumed),
        AuditAction::Cancelled => td_string!(locale, audit_log.action_cancelled),
        AuditAction::Undone => td_string!(locale, audit_log.action_undone),
    }
}

/// A field's name; one that is newer than this page is made readable.
pub fn field(locale: Locale, field: &str) -> String {
    let words = match field {
        "name" => td_string!(locale, audit_log.field_name),
        "description" => td_string!(locale, audit_log.field_description),
        "permissions" => td_string!(locale, audit_log.field_permissions),
        "profile" => td_string!(locale, audit_log.field_profile),
        "email" => td_string!(locale, audit_log.field_email),
        "status" => td_string!(locale, audit_log.field_status),
        "members" => td_string!(locale, audit_log.field_members),
        "sessions" => td_string!(locale, audit_log.field_sessions),
        "requested" => td_string!(locale, audit_log.field_requested),
        "returned_tickets" => td_string!(locale, audit_log.field_returned_tickets),
        "time_zone" => td_string!(locale, audit_log.field_time_zone),
        "language" => td_string!(locale, audit_log.field_language),
        "retention_days" => td_string!(locale, audit_log.field_retention_days),
        "mail.host" => td_string!(locale, audit_log.field_mail_host),
        "mail.port" => td_string!(locale, audit_log.field_mail_port),
        "mail.security" => td_string!(locale, audit_log.field_mail_security),
        "mail.username" => td_string!(locale, audit_log.field_mail_username),
        "mail.has_password" => td_string!(locale, audit_log.field_mail_has_password),
        "mail.password" => td_string!(locale, audit_log.field_mail_password),
        "mail.from_address" => td_string!(locale, audit_log.field_mail_from_address),
        "mail.from_name" => td_string!(locale, audit_log.field_mail_from_name),
        "about" => td_string!(locale, audit_log.field_about),
        "address" => td_string!(locale, audit_log.field_address),
        "vertical" => td_string!(locale, audit_log.field_vertical),
        "websites" => td_string!(locale, audit_log.field_websites),
        "picture" => td_string!(locale, audit_log.field_picture),
        "base_url" => td_string!(locale, audit_log.field_base_url),
        "graph_version" => td_string!(locale, audit_log.field_graph_version),
        "app_id" => td_string!(locale, audit_log.field_app_id),
        "app_secret" => td_string!(locale, audit_log.field_app_secret),
        "token" => td_string!(locale, audit_log.field_token),
        "waba_id" => td_string!(locale, audit_log.field_waba_id),
        "waba" => td_string!(locale, audit_log.field_waba),
        "method" => td_string!(locale, audit_log.field_method),
        "numbers" => td_string!(locale, audit_log.field_numbers),
        "templates" => td_string!(locale, audit_log.field_templates),
        "trouble" => td_string!(locale, audit_log.field_trouble),
        "attempted" => td_string!(locale, audit_log.field_attempted),
        "owner" => td_string!(locale, audit_log.field_owner),
        "agents" => td_string!(locale, audit_log.field_agents),
        "managers" => td_string!(locale, audit_log.field_managers),
        "group" => td_string!(locale, audit_log.field_group),
        "groups" => td_string!(locale, audit_log.field_groups),
        "parent" => td_string!(locale, audit_log.field_parent),
        "kind" => td_string!(locale, audit_log.field_kind),
        "content" => td_string!(locale, audit_log.field_content),
        "phone" => td_string!(locale, audit_log.field_phone),
        "rows" => td_string!(locale, audit_log.field_rows),
        "category" => td_string!(locale, audit_log.field_category),
        "title" => td_string!(locale, audit_log.field_title),
        "text" => td_string!(locale, audit_log.field_text),
        "recipients" => td_string!(locale, audit_log.field_recipients),
        "reason" => td_string!(locale, audit_log.field_reason),
        "outcome" => td_string!(locale, audit_log.field_outcome),
        _ => return model::readable(field),
    };
    words.to_owned()
}

/// What stands in a field, where it is not what people call it.
pub fn value(locale: Locale, writer: &Writer, field: &str, value: &Value) -> Option<String> {
    match value {
        Value::Bool(on) => {
            let words = if *on { td_string!(locale, ui.yes) } else { td_string!(locale, ui.no) };
            Some(words.to_owned())
        }
        Value::String(text) => of_text(locale, field, text).or_else(|| {
            let at: DateTime<Utc> = text.parse().ok()?;
            Some(writer.time(at, Style::DateTime))
        }),
        Value::Null if field == "retention_days" => {
            Some(td_string!(locale, organizations.retention_forever).to_owned())
        }
        Value::Null if field == "profile" => Some(td_string!(locale, members.no_profile).to_owned()),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn of_text(locale: Locale, field: &str, text: &str) -> Option<String> {
    match field {
        "permissions" => text.parse::<Permission>().ok().map(|one| permissions::permission(locale, one)),
        "status" => text.parse::<MemberStatus>().ok().map(|one| status_words(locale, one).to_owned()),
        "language" => text.parse::<Language>().ok().map(|one| language::own_name(one).to_owned()),
        "attempted" => text.parse::<AuditAction>().ok().map(|one| action(locale, one).to_owned()),
        "trouble" | "reason" => {
            text.parse::<GraphReason>().ok().map(|one| words::graph(one, language::of(locale)).title.to_owned())
        }
        "requested" | "method" | "kind" | "content" | "mail.security" => code(locale, text).map(str::to_owned),
        _ => None,
    }
}

fn code(locale: Locale, text: &str) -> Option<&'static str> {
    Some(match text {
        "sign_in" => td_string!(locale, audit_log.value_sign_in),
        "sms" => td_string!(locale, audit_log.value_sms),
        "voice" => td_string!(locale, audit_log.value_voice),
        "team" => td_string!(locale, audit_log.value_team),
        "branch" => td_string!(locale, audit_log.value_branch),
        "sector" => td_string!(locale, audit_log.value_sector),
        "numbers" => td_string!(locale, audit_log.value_numbers),
        "groups" => td_string!(locale, audit_log.value_groups),
        "tls" => td_string!(locale, audit_log.value_tls),
        "starttls" => td_string!(locale, audit_log.value_starttls),
        "none" => td_string!(locale, audit_log.value_none),
        _ => return None,
    })
}
