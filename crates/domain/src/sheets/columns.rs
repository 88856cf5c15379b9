//! What the header row says: names in Spanish, Portuguese and English, in any order.

use crate::letters;
/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    Sender,
    Recipient,
    Template,
    Language,
    Name,
    ExternalId,
    /// `header.1`, `body.1`, `button.1`.
    Variable(String),
    /// A named parameter of some template, or a custom attribute of the contact: each row's template tells.
    Other,
}

/// The columns of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    columns: Vec<Column>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// As it stands in the sheet.
    pub(super) header: String,
    /// Without case, accents, blanks and braces, to compare by.
    pub(super) key: String,
    pub(super) role: Role,
}

/// Columns a sheet cannot do without, by their first Spanish name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sheet has no column {}", .0.join(", "))]
pub struct MissingColumns(pub Vec<&'static str>);

impl Columns {
    /// Recognise a header row. Case, accents and blanks make no difference; of two columns for the same thing the first
    /// counts, and the second is kept as an attribute.
    pub fn recognise(headers: &[String]) -> Result<Self, MissingColumns> {
        let mut columns: Vec<Column> = Vec::with_capacity(headers.len());
        for header in headers {
            let key = fold(header);
            let role = role(&key);
            let taken = columns.iter().any(|column| column.role == role);
            let role = if taken { Role::Other } else { role };
            columns.push(Column { header: header.trim().to_owned(), key, role });
        }
        let columns = Self { columns };
        let needed = [(Role::Sender, "remitente"), (Role::Recipient, "destinatario"), (Role::Template, "plantilla")];
        let missing: Vec<_> =
            needed.into_iter().filter(|(role, _)| columns.place(role).is_none()).map(|(_, name)| name).collect();
        if missing.is_empty() { Ok(columns) } else { Err(MissingColumns(missing)) }
    }

    /// The headers as they stand in the sheet, with what they were recognised as.
    pub fn roles(&self) -> impl Iterator<Item = (&str, &Role)> {
        self.columns.iter().map(|column| (column.header.as_str(), &column.role))
    }

    pub(super) fn all(&self) -> &[Column] {
        &self.columns
    }

    /// Where a role's column is.
    pub(super) fn place(&self, role: &Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == *role)
    }

    /// Where a template's variable is: `body.1` by its role, a named parameter by its name.
    pub(super) fn variable_place(&self, variable: &str) -> Option<usize> {
        self.place(&Role::Variable(variable.to_owned())).or_else(|| {
            let key = fold(variable);
            self.columns.iter().position(|column| column.key == key)
        })
    }
}

fn role(key: &str) -> Role {
    match key {
        "remitente" | "remetente" | "from" | "sender" => Role::Sender,
        "destinatario" | "telefono" | "telefone" | "phone" | "to" => Role::Recipient,
        "plantilla" | "modelo" | "template" => Role::Template,
        "idioma" | "language" => Role::Language,
        "nombre" | "nome" | "name" => Role::Name,
        "idexterno" | "externalid" => Role::ExternalId,
        _ => variable(key).map_or(Role::Other, Role::Variable),
    }
}

/// `body.1`, `body1` and `{{1}}` (which [`fold`] leaves as `1`) → `body.1`.
fn variable(key: &str) -> Option<String> {
    let (part, number) = if key.bytes().all(|byte| byte.is_ascii_digit()) {
        ("body", key)
    } else {
        ["header", "body", "button"]
            .into_iter()
            .find_map(|part| Some((part, key.strip_prefix(part)?)))
            .map(|(part, number)| (part, number.strip_prefix('.').unwrap_or(number)))?
    };
    let digits = !number.is_empty() && number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: u16 = number.parse().ok().filter(|_| digits)?;
    Some(format!("{part}.{number}"))
}

/// What is left of a header to compare by: no case, no accents, no blanks or underscores, no braces.
fn fold(header: &str) -> String {
    // The marks a file or a chat may leave count as little as accents.
    let left_out = |c: char| {
        matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '_' | '{' | '}') || c.is_whitespace() || c.is_control()
    };
    letters::plain(header).filter(|c| !left_out(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(headers: &[&str]) -> Vec<Role> {
        let headers: Vec<_> = headers.iter().map(|header| (*header).to_owned()).collect();
        let columns = Columns::recognise(&headers).unwrap();
        columns.roles().map(|(_, role)| role.clone()).collect()
    }

    #[test]
    fn headers_are_recognised_in_three_languages() {
        for headers in [
            ["remitente", "destinatario", "plantilla", "idioma", "nombre", "id_externo"],
            ["Remetente", "Destinatário", "Modelo", "Idioma", "Nome", "ID externo"],
            ["FROM", "phone", "Template", "Language", "Name", "external_id"],
            ["sender", " to ", "template", "language", "name", "External ID"],
            ["\u{feff}remitente", "Teléfono", "plantilla", "idioma", "nombre", "id externo"],
            ["remetente", "TELEFONE", "modelo", "idioma", "nome", "id_externo"],
        ] {
            assert_eq!(
                roles(&headers),
                [Role::Sender, Role::Recipient, Role::Template, Role::Language, Role::Name, Role::ExternalId],
                "{headers:?}"
            );
        }
    }

    #[test]
    fn variables_are_recognised_however_they_are_written() {
        for (header, variable) in [
            ("body.1", Some("body.1")),
            ("Body. 2", Some("body.2")),
            ("HEADER.1", Some("header.1")),
            ("button.1", Some("button.1")),
            ("body_3", Some("body.3")),
            ("{{1}}", Some("body.1")),
            ("{{ 2 }}", Some("body.2")),
            ("{{first_name}}", None),
            ("body", None),
            ("body.x", None),
            ("cliente_desde", None),
            ("", None),
        ] {
            let roles = roles(&["from", "to", "template", header]);
            let expected = variable.map_or(Role::Other, |variable| Role::Variable(variable.to_owned()));
            assert_eq!(roles[3], expected, "{header}");
        }
    }

    #[test]
    fn a_sheet_without_its_columns_says_which() {
        let missing = |headers: &[&str]| {
            let headers: Vec<_> = headers.iter().map(|header| (*header).to_owned()).collect();
            Columns::recognise(&headers).unwrap_err().0
        };
        assert_eq!(missing(&["from", "nombre"]), ["destinatario", "plantilla"]);
        assert_eq!(missing(&[]), ["remitente", "destinatario", "plantilla"]);
    }

    #[test]
    fn the_first_of_two_equal_columns_counts() {
        assert_eq!(
            roles(&["from", "to", "telefono", "template"]),
            [Role::Sender, Role::Recipient, Role::Other, Role::Template]
        );
    }
}
