//! Rows by example: each table row reads like a row of a sheet.

use super::*;
use serde_json::json;
use types::campaigns::RowFaultReason as Reason;
use uuid::Uuid;

const NORTE: SheetSender =
    SheetSender { number_id: NumberId(Uuid::from_u128(1)), waba_id: WabaId(Uuid::from_u128(10)) };
const SUR: SheetSender = SheetSender { number_id: NumberId(Uuid::from_u128(2)), waba_id: WabaId(Uuid::from_u128(20)) };

fn phone(text: &str) -> PhoneNumber {
    text.parse().unwrap()
}

fn template(id: u128, name: &str, language: &str, approved: bool, components: &serde_json::Value) -> SheetTemplate {
    SheetTemplate {
        id: TemplateId(Uuid::from_u128(id)),
        waba_id: NORTE.waba_id,
        name: name.to_owned(),
        language: language.to_owned(),
        approved,
        shape: TemplateShape::parse(components),
    }
}

fn directory() -> Directory {
    let body = |text: &str| json!([{"type": "BODY", "text": text}]);
    Directory::new(
        [(phone("+56955550105"), NORTE), (phone("+5491155550101"), SUR)],
        [
            template(1, "recordatorio", "es", true, &body("Hola {{1}}, tu cuota es {{2}}")),
            template(2, "aviso", "es", true, &body("Aviso")),
            template(3, "aviso", "pt_BR", true, &body("Aviso")),
            template(4, "aviso", "en", false, &body("Notice")),
            template(5, "oferta", "pt_BR", true, &body("Olá, {{nome}}! {{produto_novo}}")),
            template(6, "pausada", "es", false, &body("x")),
            template(
                7,
                "foto",
                "es",
                true,
                &json!([{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "x"}]),
            ),
            template(8, "carrusel", "es", true, &json!([{"type": "BODY", "text": "x"}, {"type": "CAROUSEL"}])),
            template(9, "fija", "es", true, &body("Sin variables")),
            SheetTemplate { waba_id: SUR.waba_id, ..template(10, "solo_sur", "es", true, &body("x")) },
        ],
        [phone("+5531987654321")],
    )
}

/// The cells of a row, and the column, value and reason of each fault it should have.
type Example<'a> = (&'a [&'a str], &'a [(&'a str, &'a str, Reason)]);

const HEADERS: &[&str] = &[
    "Remitente",
    "Teléfono",
    "plantilla",
    "Idioma",
    "nombre",
    "{{1}}",
    "body.2",
    "header.1",
    "Produto Novo",
    "cliente_desde",
    "id_externo",
    "Nome",
];

fn check_all(rows: &[&[&str]]) -> Vec<RowOutcome> {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let directory = directory();
    let mut check = RowCheck::new(Columns::recognise(&owned(HEADERS)).unwrap(), &directory);
    (2..).zip(rows).map(|(number, cells)| check.check(number, &owned(cells))).collect()
}

fn faults(row: &[&str]) -> Vec<(String, String, Reason)> {
    match check_all(&[row]).remove(0) {
        RowOutcome::Valid(_) => vec![],
        RowOutcome::Faulty(faults) => faults.into_iter().map(|f| (f.column, f.value, f.reason)).collect(),
    }
}

#[test]
fn every_fault_is_named_by_column_value_and_reason() {
    let long = "x".repeat(1020);
    let shown = "x".repeat(200);
    // remitente, teléfono, plantilla, idioma, nombre, {{1}}, body.2, header.1
    let table: &[Example<'_>] = &[
        (&["56955550105", "+56 9 1234 5678", "recordatorio", "", "Ana", "Ana", "3"], &[]),
        (&["", "56912345678", "fija"], &[("Remitente", "", Reason::Missing)]),
        (&["56955550105", " ", "fija"], &[("Teléfono", "", Reason::Missing)]),
        (&["56955550105", "56912345678", ""], &[("plantilla", "", Reason::Missing)]),
        (&["56955550105"], &[("Teléfono", "", Reason::Missing), ("plantilla", "", Reason::Missing)]),
        (&["norte", "56912345678", "fija"], &[("Remitente", "norte", Reason::PhoneInvalid)]),
        (&["56955550105", "12345", "fija"], &[("Teléfono", "12345", Reason::PhoneInvalid)]),
        (&["56955550106", "56912345678", "fija"], &[("Remitente", "56955550106", Reason::SenderUnknown)]),
        (&["56955550105", "56912345678", "no_hay"], &[("plantilla", "no_hay", Reason::TemplateUnknown)]),
        (&["56955550105", "56912345678", "solo_sur"], &[("plantilla", "solo_sur", Reason::TemplateUnknown)]),
        (&["+54 11 5555-0101", "56912345678", "solo_sur"], &[]),
        (&["56955550105", "56912345678", "pausada"], &[("plantilla", "pausada", Reason::TemplateNotApproved)]),
        (&["56955550105", "56912345678", "aviso", "en"], &[("plantilla", "aviso", Reason::TemplateNotApproved)]),
        (&["56955550105", "56912345678", "aviso", ""], &[("Idioma", "", Reason::LanguageNeeded)]),
        (&["56955550105", "56912345678", "aviso", "fr"], &[("Idioma", "fr", Reason::LanguageUnknown)]),
        (&["56955550105", "56912345678", "aviso", "ES"], &[]),
        (&["56955550105", "56912345678", "Aviso", "pt-br"], &[]),
        (&["56955550105", "56912345678", "aviso", "pt"], &[]),
        (
            &["56955550105", "56912345678", "recordatorio", "", "Ana", "Ana", ""],
            &[("body.2", "", Reason::VariableMissing)],
        ),
        (
            &["56955550105", "56912345678", "recordatorio"],
            &[("{{1}}", "", Reason::VariableMissing), ("body.2", "", Reason::VariableMissing)],
        ),
        (
            &["56955550105", "56912345678", "recordatorio", "", "", "Ana", &long],
            &[("body.2", &shown, Reason::VariableTooLong)],
        ),
        (
            &["56955550105", "56912345678", "foto", "", "", "", "", "http://example.com/a"],
            &[("header.1", "http://example.com/a", Reason::VariableInvalid)],
        ),
        (&["56955550105", "56912345678", "foto", "", "", "", "", "https://example.com/a"], &[]),
        (&["56955550105", "56912345678", "carrusel"], &[("plantilla", "carrusel", Reason::TemplateUnsupported)]),
        // Known as +5531987654321, whichever way it is written.
        (&["56955550105", "553187654321", "fija"], &[("Teléfono", "553187654321", Reason::OptedOut)]),
        (
            &["x", "y", "z"],
            &[
                ("Remitente", "x", Reason::PhoneInvalid),
                ("Teléfono", "y", Reason::PhoneInvalid),
                ("plantilla", "z", Reason::TemplateUnknown),
            ],
        ),
    ];
    for (row, expected) in table {
        let expected: Vec<_> = expected.iter().map(|(c, v, r)| ((*c).to_owned(), (*v).to_owned(), *r)).collect();
        assert_eq!(faults(row), expected, "{row:?}");
    }
}

#[test]
fn a_variable_without_a_column_is_named_after_itself() {
    let directory = directory();
    let headers: Vec<String> = ["from", "to", "template"].map(ToOwned::to_owned).into();
    let mut check = RowCheck::new(Columns::recognise(&headers).unwrap(), &directory);
    let row: Vec<String> = ["56955550105", "56912345678", "oferta"].map(ToOwned::to_owned).into();
    let RowOutcome::Faulty(faults) = check.check(2, &row) else { panic!("valid") };
    assert_eq!(faults.iter().map(|f| f.column.as_str()).collect::<Vec<_>>(), ["nome", "produto_novo"]);
}

#[test]
fn of_equal_rows_the_first_is_kept() {
    let outcomes = check_all(&[
        &["56955550105", "56912345678", "fija"],
        &["+56 9 5555 0105", "5.6912345678E10", "FIJA"], // the same, written otherwise
        &["56955550105", "56912345678", "aviso", "es"],  // another template
        &["5491155550101", "56912345678", "solo_sur"],   // another sender
        &["56955550105", "5511987654321", "recordatorio", "", "", "Ana", ""], // faulty, so it does not count
        &["56955550105", "5511987654321", "recordatorio", "", "", "Ana", "3"],
        &["56955550105", "551187654321", "recordatorio", "", "", "Ana", "3"], // without the ninth digit
    ]);
    let reasons: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            RowOutcome::Valid(_) => None,
            RowOutcome::Faulty(faults) => Some((faults[0].row, faults[0].reason)),
        })
        .collect();
    assert_eq!(
        reasons,
        [
            None,
            Some((3, Reason::Duplicate)),
            None,
            None,
            Some((6, Reason::VariableMissing)),
            None,
            Some((8, Reason::Duplicate))
        ]
    );
}

#[test]
fn a_valid_row_carries_all_its_sheet_says() {
    let mut outcomes = check_all(&[
        &["56955550105", "+56912345678", "recordatorio", "es", " Ana ", "Ana", "3", "", "", "2019", "A-7"],
        &["56955550105", "5531987654322", "oferta", "", "", "", "", "", "tênis", "2020", "", "João"],
    ]);
    let RowOutcome::Valid(second) = outcomes.remove(1) else { panic!("faulty") };
    let RowOutcome::Valid(first) = outcomes.remove(0) else { panic!("faulty") };
    let pairs = |row: &SheetRow| row.variables.iter().map(|v| (v.name.clone(), v.value.clone())).collect::<Vec<_>>();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!((first.row, first.number_id, first.recipient), (2, NORTE.number_id, phone("+56912345678")));
    assert_eq!((first.name.as_deref(), first.external_id.as_deref()), (Some("Ana"), Some("A-7")));
    assert_eq!(pairs(&first), [pair("body.1", "Ana"), pair("body.2", "3")]);
    assert_eq!(first.attributes, [pair("cliente_desde", "2019")]);
    // A named parameter is its column, by any spelling of the header, and no attribute then.
    assert_eq!(pairs(&second), [pair("nome", "João"), pair("produto_novo", "tênis")]);
    assert_eq!(second.attributes, [pair("cliente_desde", "2020")]);
    assert_eq!((second.name, second.language.as_str()), (None, "pt_BR"));
}

#[test]
fn a_template_that_is_switched_off_for_the_sender_cannot_be_sent_in_its_place_another_language_only_where_none_is_asked_for()
 {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let off = HashSet::from([
        (NORTE.number_id, TemplateId(Uuid::from_u128(2))),
        (NORTE.number_id, TemplateId(Uuid::from_u128(9))),
        (SUR.number_id, TemplateId(Uuid::from_u128(1))),
    ]);
    let directory = directory().without(off);
    let mut check = RowCheck::new(Columns::recognise(&owned(HEADERS)).unwrap(), &directory);
    let mut outcome = |cells: &[&str]| match check.check(2, &owned(cells)) {
        RowOutcome::Valid(row) => format!("{} {}", row.template, row.language),
        RowOutcome::Faulty(faults) => faults.iter().map(|fault| format!("{} {}", fault.column, fault.reason)).collect(),
    };
    assert_eq!(outcome(&["56955550105", "56912345678", "fija", "es"]), "plantilla template_not_active");
    assert_eq!(outcome(&["56955550105", "56912345678", "aviso", "es"]), "plantilla template_not_active");
    assert_eq!(outcome(&["56955550105", "56912345678", "aviso"]), "aviso pt_BR");
    assert_eq!(outcome(&["56955550105", "56912345678", "recordatorio", "es", "Ana", "a", "b"]), "recordatorio es");
}
