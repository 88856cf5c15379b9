//! Queues, who serves them, and how their tickets are attended, for tests.

use super::{Organization, Person, TestApp};
use sea_orm::{ConnectionTrait, Statement, Value};
use types::{
    ConversationId, Language, NumberId, QueueId, TicketId,
    attention_settings::{
        AttentionSettings, AttentionSettingsInput, GET_ATTENTION_SETTINGS, NumberAttention, UPDATE_ATTENTION_SETTINGS,
    },
    sessions::{AgentStatus, MeInput, UPDATE_ME},
};

impl TestApp {
    /// A queue of a number's own.
    pub(crate) async fn queue(&self, organization: &Organization, number: NumberId, name: &str) -> QueueId {
        let id: QueueId = self.app.ids.make();
        let values: [Value; 5] =
            [id.0.into(), organization.id.0.into(), number.0.into(), name.into(), name.to_lowercase().into()];
        let sql = "INSERT INTO queues (id, organization_id, number_id, name, name_key, position) VALUES ($1, $2, $3, $4, $5, 0)";
        self.change(sql, values).await;
        id
    }

    /// Let these serve a queue of a number; the default one when there is none.
    pub(crate) async fn serve(
        &self,
        organization: &Organization,
        number: NumberId,
        queue: Option<QueueId>,
        people: &[&Person],
    ) {
        let queue = queue.unwrap_or_else(|| db::queues::default_of(number));
        for person in people {
            let values: [Value; 4] = [organization.id.0.into(), number.0.into(), queue.0.into(), person.id.0.into()];
            let sql =
                "INSERT INTO queue_agents (organization_id, number_id, queue_id, member_id) VALUES ($1, $2, $3, $4)";
            self.change(sql, values).await;
        }
        self.app.signals.distribution.notify_one();
    }

    /// Attend a ticket before others.
    pub(crate) async fn prefer(&self, ticket: TicketId) {
        self.change("UPDATE tickets SET priority = 'high' WHERE id = $1", [ticket.0.into()]).await;
    }

    /// Change a number's attention settings, as an administrator.
    pub(crate) async fn attend(
        &self,
        organization: &Organization,
        number: NumberId,
        change: impl FnOnce(&mut AttentionSettings),
    ) -> NumberAttention {
        let admin = &organization.administrator;
        let NumberAttention { version, mut settings, .. } = admin.call(GET_ATTENTION_SETTINGS, &[&number]).await.ok();
        change(&mut settings);
        let input = AttentionSettingsInput { version, settings };
        admin.send(UPDATE_ATTENTION_SETTINGS, &[&number], &input).await.ok()
    }

    /// Whether a timer will give the ticket of a conversation back.
    pub(crate) async fn return_is_set(&self, conversation: ConversationId) -> bool {
        let tx = db::begin(&self.app.db).await.unwrap();
        let sql = "SELECT 1 AS there FROM timers WHERE conversation_id = $1 AND kind = 'ticket_return'";
        let values: [Value; 1] = [conversation.0.into()];
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
        tx.query_one_raw(statement).await.unwrap().is_some()
    }

    async fn change(&self, sql: &str, values: impl IntoIterator<Item = Value>) {
        let tx = db::begin(&self.app.db).await.unwrap();
        let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
        tx.execute_raw(statement).await.unwrap();
        tx.commit().await.unwrap();
    }
}

impl Person {
    /// Say whether one is there to attend.
    pub(crate) async fn is(&self, status: AgentStatus) {
        let me = MeInput { language: Language::En, agent_status: status, name: None };
        self.send(UPDATE_ME, &[], &me).await.ok();
    }
}
