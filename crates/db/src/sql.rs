//! SQL with its values, put together piece by piece. A value's place is `?`, which is written as each database reads it.
//! `SQLite` also reads `$1 … $n`, but as names: it looks each of them up among all others, for thousands of values in one
//! statement.

use crate::{Error, Result};
use sea_orm::{ConnectionTrait, DatabaseBackend, ExecResult, FromQueryResult, Statement, Value};
use std::fmt::Write;
use types::ErrorCode;

/// A statement in the making: no value is ever part of its text.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.push("?")
    }

    /// `(a, b, c)`; an empty list matches nothing.
    pub(crate) fn bind_list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.push("(");
        let mut any = false;
        for value in values {
            if any {
                self.push(", ");
            }
            any = true;
            self.bind(value);
        }
        if !any {
            self.push("NULL");
        }
        self.push(")")
    }

    pub(crate) async fn all<T: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Vec<T>> {
        let rows = db.query_all_raw(self.statement(db)).await?;
        rows.iter().map(|row| T::from_query_result(row, "").map_err(Into::into)).collect()
    }

    pub(crate) async fn one<T: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Option<T>> {
        let row = db.query_one_raw(self.statement(db)).await?;
        Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
    }

    pub(crate) async fn execute(self, db: &impl ConnectionTrait) -> Result<ExecResult> {
        Ok(db.execute_raw(self.statement(db)).await?)
    }

    /// Run a change whose violation of a unique constraint is the fact `taken`.
    pub(crate) async fn execute_unique(self, db: &impl ConnectionTrait, taken: ErrorCode) -> Result<ExecResult> {
        db.execute_raw(self.statement(db)).await.map_err(Error::unique(taken))
    }

    fn statement(self, db: &impl ConnectionTrait) -> Statement {
        let backend = db.get_database_backend();
        let text = if backend == DatabaseBackend::Postgres { numbered(&self.text) } else { self.text };
        Statement::from_sql_and_values(backend, text, self.values)
    }
}

/// `?` becomes `$1`, `$2` and so on. No text of ours has a `?` that is not a place.
fn numbered(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 64);
    for (place, part) in text.split('?').enumerate() {
        if place > 0 {
            // Writing to a String cannot fail.
            let _ = write!(written, "${place}");
        }
        written.push_str(part);
    }
    written
}

/// The text of a search, ready for `LIKE … ESCAPE '\'`: case folded, wildcards taken literally.
pub(crate) fn contains(text: &str) -> String {
    format!("%{}%", fold(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// How text is compared in searches and unique names: lower case by Unicode, the same on both databases, and without the
/// character zero, which `PostgreSQL` cannot keep.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase().replace('\0', "")
}
