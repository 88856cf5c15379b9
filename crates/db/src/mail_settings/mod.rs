//! Questions about how an organization's mail goes out.

use crate::{
    Result, Scope,
    sql::Sql,
    time::{Millis, time},
};
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult};
use types::organizations::{MailSettings, MailSettingsInput};

/// The settings with the password, which only the mail itself opens.
#[derive(Clone, Debug)]
pub struct StoredMailSettings {
    pub settings: MailSettings,
    pub password_sealed: Option<Vec<u8>>,
}

/// How the organization's mail goes out; nothing where none goes out.
pub async fn find(db: &impl ConnectionTrait, scope: &Scope) -> Result<Option<StoredMailSettings>> {
    let mut sql = Sql::new(
        "SELECT host, port, security, username, password_sealed, from_address, from_name, updated_at FROM mail_settings WHERE organization_id = ",
    );
    sql.bind(scope.organization_id().0);
    Ok(sql.one::<Row>(db).await?.map(Row::settings))
}

/// Save the settings; `password_sealed` is what is stored from now on, nothing where there is no password.
pub async fn save(
    db: &impl ConnectionTrait,
    scope: &Scope,
    input: &MailSettingsInput,
    password_sealed: Option<Vec<u8>>,
    now: DateTime<Utc>,
) -> Result<()> {
    let MailSettingsInput { host, port, security, username, password: _, from_address, from_name } = input;
    let username = username.as_deref().map(str::trim).filter(|name| !name.is_empty()).map(ToOwned::to_owned);
    let mut sql = Sql::new(
        "INSERT INTO mail_settings (organization_id, host, port, security, username, password_sealed, from_address, from_name, updated_at) VALUES (",
    );
    sql.bind(scope.organization_id().0).push(", ").bind(host.trim()).push(", ").bind(i64::from(*port));
    sql.push(", ").bind(security.to_string()).push(", ").bind(username).push(", ").bind(password_sealed);
    sql.push(", ").bind(from_address.trim()).push(", ").bind(from_name.trim()).push(", ").bind(now.millis());
    sql.push(
        ") ON CONFLICT (organization_id) DO UPDATE SET host = EXCLUDED.host, port = EXCLUDED.port, security = EXCLUDED.security, \
         username = EXCLUDED.username, password_sealed = EXCLUDED.password_sealed, from_address = EXCLUDED.from_address, \
         from_name = EXCLUDED.from_name, updated_at = EXCLUDED.updated_at",
    );
    sql.execute(db).await?;
    Ok(())
}

/// Send no more mail; false when none went out.
pub async fn delete(db: &impl ConnectionTrait, scope: &Scope) -> Result<bool> {
    let mut sql = Sql::new("DELETE FROM mail_settings WHERE organization_id = ");
    sql.bind(scope.organization_id().0);
    Ok(sql.execute(db).await?.rows_affected() == 1)
}

#[derive(FromQueryResult)]
struct Row {
    host: String,
    port: i64,
    security: String,
    username: Option<String>,
    password_sealed: Option<Vec<u8>>,
    from_address: String,
    from_name: String,
    updated_at: i64,
}

impl Row {
    fn settings(self) -> StoredMailSettings {
        let settings = MailSettings {
            host: self.host,
            port: u16::try_from(self.port).unwrap_or_default(),
            security: self.security.parse().unwrap_or_default(),
            username: self.username,
            has_password: self.password_sealed.is_some(),
            from_address: self.from_address,
            from_name: self.from_name,
            updated_at: time(self.updated_at),
        };
        StoredMailSettings { settings, password_sealed: self.password_sealed }
    }
}
