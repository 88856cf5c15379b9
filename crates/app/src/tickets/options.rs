//! What may be done with a ticket, and the tags it can be closed with (spec S1).

use crate::{App, Result};
use db::Scope;
use types::{TicketId, attention_settings::AttentionSettings, tickets::TicketOptions};

/// By the settings of its number. `manages` is who may edit monitoring, whom the settings do not bind.
pub async fn get(app: &App, scope: &Scope, manages: bool, id: TicketId) -> Result<TicketOptions> {
    let ticket = db::tickets::get(app.db.read(), scope, id).await?;
    let lines = app.directory.lines(app).await?;
    // A number that was taken out of its account answers as a number without settings of its own.
    let settings = lines.get(ticket.number.id).map(|line| line.number.bot.attention.clone()).unwrap_or_default();
    Ok(of(settings, manages))
}

fn of(settings: AttentionSettings, manages: bool) -> TicketOptions {
    let AttentionSettings { tags, mandatory_tag, agent_may, .. } = settings;
    TicketOptions {
        // A demand nobody can meet would lock the ticket.
        tag_required: mandatory_tag && !tags.is_empty(),
        tags,
        may_close: manages || agent_may.close,
        may_transfer: manages || agent_may.transfer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::attention_settings::AgentMay;

    fn strict() -> AttentionSettings {
        AttentionSettings {
            tags: vec!["Venta".to_owned()],
            mandatory_tag: true,
            agent_may: AgentMay { transfer: false, close: false, start_conversations: true },
            ..AttentionSettings::default()
        }
    }

    #[test]
    fn agents_may_what_the_settings_say_and_managers_everything() {
        let agent = of(strict(), false);
        assert_eq!((agent.may_close, agent.may_transfer), (false, false));
        let manager = of(strict(), true);
        assert_eq!((manager.may_close, manager.may_transfer), (true, true));
        assert!(agent.tag_required && manager.tag_required, "the tag is demanded of both");
    }

    #[test]
    fn a_tag_is_not_demanded_of_a_number_that_has_none() {
        let settings = AttentionSettings { tags: Vec::new(), ..strict() };
        assert!(!of(settings, false).tag_required);
    }
}
