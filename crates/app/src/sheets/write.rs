//! The sheets we hand out: a sample to start from, and the faults of one that was uploaded.

use crate::Result;
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use types::{Language, campaigns::RowFault, numbers::NumberRef, templates::Template};

/// A number nobody has (North American numbers 555-0100 to 0199 are kept for stories), so that a sample sent by
/// mistake reaches no one.
const SAMPLE_PHONE: &str = "+12025550123";
/// Templates a sample has a row for, at most.
const SAMPLE_ROWS: usize = 20;

/// A sheet to start from: all columns the templates want, and a row for each template.
pub fn sample_xlsx(senders: &[NumberRef], templates: &[Template], language: Language) -> Result<Vec<u8>> {
    let fixed = match language {
        Language::Es => ["remitente", "destinatario", "plantilla", "idioma", "nombre", "id_externo"],
        Language::Pt => ["remetente", "destinatário", "modelo", "idioma", "nome", "id_externo"],
        Language::En => ["from", "to", "template", "language", "name", "external_id"],
    };
    let mut headers: Vec<&str> = fixed.to_vec();
    let templates = templates.get(..SAMPLE_ROWS).unwrap_or(templates);
    for variable in templates.iter().flat_map(|template| &template.variables) {
        if !headers.contains(&variable.as_str()) {
            headers.push(variable);
        }
    }
    let rows = templates.iter().enumerate().map(|(place, template)| {
        let sender = senders.get(place.checked_rem(senders.len()).unwrap_or(0)).map_or("", |sender| &sender.phone);
        let mut row = vec![sender, SAMPLE_PHONE, &template.name, &template.language, "Ana", ""];
        row.extend(headers.iter().skip(fixed.len()).map(|header| {
            let wanted = template.variables.iter().any(|variable| variable == header);
            if !wanted {
                ""
            } else if *header == "header.1" && is_media(template) {
                "https://example.com/"
            } else {
                *header
            }
        }));
        row
    });
    sheet(&headers, rows).map_err(broken)
}

/// What is wrong with a sheet, one cell each.
pub fn faults_xlsx(faults: &[RowFault], language: Language) -> Result<Vec<u8>> {
    let headers = match language {
        Language::Es => ["Fila", "Columna", "Valor", "Motivo"],
        Language::Pt => ["Linha", "Coluna", "Valor", "Motivo"],
        Language::En => ["Row", "Column", "Value", "Reason"],
    };
    let numbers: Vec<String> = faults.iter().map(|fault| fault.row.to_string()).collect();
    let rows = faults.iter().zip(&numbers).map(|(fault, number)| {
        vec![number.as_str(), fault.column.as_str(), fault.value.as_str(), fault.detail.as_str()]
    });
    sheet(&headers, rows).map_err(broken)
}

/// A sheet of texts under headers.
pub fn table_xlsx<'a>(headers: &[&str], rows: impl Iterator<Item = Vec<&'a str>>) -> Result<Vec<u8>> {
    sheet(headers, rows).map_err(broken)
}

/// Cells are written as text, so that no program turns a phone into an amount, or a value into a formula.
fn sheet<'a>(headers: &[&str], rows: impl Iterator<Item = Vec<&'a str>>) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let text = Format::new().set_num_format("@");
    let bold = Format::new().set_num_format("@").set_bold();
    for (column, header) in (0_u16..).zip(headers) {
        sheet.set_column_format(column, &text)?.set_column_width(column, 22)?;
        sheet.write_string_with_format(0, column, *header, &bold)?;
    }
    for (number, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string_with_format(number, column, cell, &text)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// A header that is no text of its own is shown by a sign (see [`domain::templates::TemplateShape::header_preview`]).
fn is_media(template: &Template) -> bool {
    template.header.as_ref().is_some_and(|header| !header.contains("{{"))
}

fn broken(error: XlsxError) -> crate::Error {
    crate::Error::broken(error.to_string())
}
