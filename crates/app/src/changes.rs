//! What a change leaves behind beside itself: entries of the audit log, and word to the pages that are open.

use crate::{App, Result, tickets};
use db::{
    Scope,
    audit_log::NewAuditEntry,
    events::{Audience, NewEvent},
};
use std::collections::BTreeSet;
use types::{
    MemberId, Permission,
    audit_log::{AuditAction, AuditChange, AuditSubject},
    events::Event,
    members::MemberRef,
};
use uuid::Uuid;

/// Who makes a change, and what they may.
#[derive(Clone, Debug)]
pub struct By {
    pub member: MemberRef,
    /// Whether the profile is an administrator's.
    pub administrator: bool,
    pub permissions: Vec<Permission>,
}

/// Collected while something is changed, stored in its transaction.
///
/// ```text
/// let mut changes = Changes::default();
/// changes.record(AuditSubject::Profile, id, &name, AuditAction::Updated, AuditChange::between(…).into_iter());
/// changes.access(members);            // their next request finds something else, and their open pages are told
/// changes.store(app, &tx, scope, Some(&by)).await?;
/// tx.commit()…; app.signals.events.notify_one();
/// ```
#[derive(Debug, Default)]
pub struct Changes {
    entries: Vec<Entry>,
    members: BTreeSet<MemberId>,
    lists: Vec<AuditSubject>,
    events: Vec<NewEvent>,
}

#[derive(Debug)]
struct Entry {
    subject: AuditSubject,
    subject_id: Option<Uuid>,
    subject_name: String,
    action: AuditAction,
    changes: Vec<AuditChange>,
}

impl Changes {
    /// One thing that was done. Pages that list its kind are told.
    pub fn record(
        &mut self,
        subject: AuditSubject,
        id: impl Into<Uuid>,
        name: &str,
        action: AuditAction,
        changes: impl IntoIterator<Item = AuditChange>,
    ) {
        self.entries.push(Entry {
            subject,
            subject_id: Some(id.into()),
            subject_name: name.to_owned(),
            action,
            changes: changes.into_iter().collect(),
        });
        self.list(subject);
    }

    /// Pages that list things of this kind are told.
    pub fn list(&mut self, subject: AuditSubject) {
        if !self.lists.contains(&subject) {
            self.lists.push(subject);
        }
    }

    /// What these members may see or do is another thing from now on.
    pub fn access(&mut self, members: impl IntoIterator<Item = MemberId>) {
        self.members.extend(members);
    }

    /// One more event.
    pub fn event(&mut self, event: NewEvent) {
        self.events.push(event);
    }

    /// Store all of it within the transaction of the change. `by` is who made it; nobody where Cercano did it by itself.
    pub async fn store(mut self, app: &App, tx: &db::Tx, scope: &Scope, by: Option<&By>) -> Result<()> {
        let members: Vec<_> = self.members.iter().copied().collect();
        // Who reaches a number no more serves none of its queues either, and keeps no ticket of it.
        db::queues::remove_without_access(tx, scope, members.iter().copied()).await?;
        tickets::return_unattended(tx, scope, &members, &mut self).await?;
        let Self { entries, members, lists, mut events } = self;
        let now = app.clock.now();
        let entries: Vec<_> = entries
            .into_iter()
            .map(|Entry { subject, subject_id, subject_name, action, changes }| NewAuditEntry {
                id: app.ids.make(),
                subject,
                subject_id,
                subject_name,
                action,
                changes,
            })
            .collect();
        db::audit_log::create_all(tx, scope, by.map(|by| &by.member), &entries, now).await?;
        let told =
            |audience, event| NewEvent { organization_id: scope.organization_id(), number_id: None, audience, event };
        events.extend(members.into_iter().map(|member| told(Audience::Member(member), Event::AccessChanged)));
        events.extend(lists.into_iter().map(|subject| told(audience(subject), Event::ListChanged { subject })));
        Ok(db::events::create_all(tx, &events, now).await?)
    }

    /// Store all of it, commit, and let the open pages know.
    pub async fn commit(self, app: &App, tx: db::Tx, scope: &Scope, by: Option<&By>) -> Result<()> {
        let is_access = !self.members.is_empty();
        self.store(app, &tx, scope, by).await?;
        tx.commit().await.map_err(db::Error::from)?;
        app.signals.events.notify_one();
        if is_access {
            app.signals.distribution.notify_one();
        }
        Ok(())
    }
}

/// Whose pages list things of a kind. Everybody's header lists numbers.
fn audience(subject: AuditSubject) -> Audience {
    let permission = match subject {
        AuditSubject::Number | AuditSubject::Group => return Audience::Everyone,
        AuditSubject::Organization | AuditSubject::Waba => Permission::Administer,
        AuditSubject::Profile | AuditSubject::Member => Permission::ViewMembers,
        AuditSubject::NumberImport => Permission::ViewNumberImports,
        AuditSubject::Verification => Permission::ViewVerifications,
        AuditSubject::WhatsappProfile => Permission::ViewWhatsappProfiles,
        AuditSubject::QuickReply => Permission::ViewQuickReplies,
        AuditSubject::Campaign => Permission::ViewCampaigns,
        AuditSubject::Chatbot => Permission::ViewChatbots,
        AuditSubject::Absence => Permission::ViewAbsences,
        AuditSubject::AttentionSettings => Permission::ViewAttentionSettings,
        AuditSubject::TemplateActivation => Permission::ViewTemplateActivations,
        AuditSubject::SettingsCopy => Permission::ViewSettingsCopies,
        AuditSubject::OffHoursContact => Permission::ViewOffHoursContacts,
    };
    Audience::Permitted(permission)
}
