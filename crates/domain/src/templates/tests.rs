//! Templates by example.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use types::messages::MessageContent;

fn values(pairs: &[(&str, &str)]) -> Vec<TemplateVariable> {
    let pair = |(name, value): &(&str, &str)| TemplateVariable { name: (*name).to_owned(), value: (*value).to_owned() };
    pairs.iter().map(pair).collect()
}

fn positional() -> Value {
    json!([
        {"type": "HEADER", "format": "TEXT", "text": "Hola {{1}}", "example": {"header_text": ["Ana"]}},
        {"type": "BODY", "text": "Tu cita es el {{1}} a las {{2}}. Hasta el {{1}}.", "example": {"body_text": [["lunes", "9:00"]]}},
        {"type": "FOOTER", "text": "Clínica Sur"},
        {"type": "BUTTONS", "buttons": [
            {"type": "QUICK_REPLY", "text": "Confirmo"},
            {"type": "URL", "text": "Ver", "url": "https://example.com/c/{{1}}", "example": ["x"]},
            {"type": "PHONE_NUMBER", "text": "Llamar", "phone_number": "+56221234567"},
        ]},
    ])
}

#[test]
fn variables_are_named_as_a_sheet_names_them() {
    for (components, variables) in [
        (positional(), &["header.1", "body.1", "body.2", "button.1"][..]),
        (json!([{"type": "BODY", "text": "Hola {{first_name}}, tu pedido {{order_id}}"}]), &["first_name", "order_id"]),
        (
            json!([{"type": "HEADER", "format": "TEXT", "text": "{{first_name}}"}, {"type": "BODY", "text": "Hola {{first_name}}"}]),
            &["first_name"],
        ),
        (json!([{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "Mira"}]), &["header.1"]),
        (json!([{"type": "BODY", "text": "{{2}} antes de {{ 1 }}"}]), &["body.1", "body.2"]),
        (json!([{"type": "body", "text": "minúsculas {{1}}"}]), &["body.1"]),
        (json!([{"type": "BODY", "text": "nada {{}} {{ b{{"}]), &[]),
        (
            json!([{"type": "BODY", "text": "x"}, {"type": "BUTTONS", "buttons": [
            {"type": "COPY_CODE", "example": "VERANO"}, {"type": "URL", "text": "Ver", "url": "https://example.com/{{1}}"}]}]),
            &["button.1", "button.2"],
        ),
        (
            json!([{"type": "BODY", "text": "*{{1}}* es tu código"}, {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE", "text": "Copiar"}]}]),
            &["body.1", "button.1"],
        ),
        (json!([]), &[]),
        (json!(null), &[]),
    ] {
        assert_eq!(TemplateShape::parse(&components).variables, variables, "{components}");
    }
}

#[test]
fn a_template_reads_as_the_contact_will_read_it() {
    let shape = TemplateShape::parse(&positional());
    let values = values(&[
        ("header.1", " Ana "),
        ("body.1", "lunes"),
        ("body.2", "9:00\nen punto"),
        ("button.1", "a1"),
        ("body.9", "x"),
    ]);
    let content = render(&shape, "cita", "es", &values);
    let Ok(MessageContent::Template { name, language, header, body, footer, buttons, variables }) = content else {
        panic!("{content:?}");
    };
    assert_eq!((name.as_str(), language.as_str(), header.as_deref()), ("cita", "es", Some("Hola Ana")));
    assert_eq!(body, "Tu cita es el lunes a las 9:00 en punto. Hasta el lunes.");
    assert_eq!(footer.as_deref(), Some("Clínica Sur"));
    assert_eq!(buttons, ["Confirmo", "Ver", "Llamar"]);
    let sent: Vec<_> = variables.iter().map(|v| (v.name.as_str(), v.value.as_str())).collect();
    assert_eq!(sent, [("header.1", "Ana"), ("body.1", "lunes"), ("body.2", "9:00 en punto"), ("button.1", "a1")]);
}

#[test]
fn a_send_carries_exactly_what_the_template_wants() {
    for (template, given, sent) in [
        (
            positional(),
            values(&[("header.1", "Ana"), ("body.1", "lunes"), ("body.2", "9:00"), ("button.1", "a1")]),
            json!([
                {"type": "header", "parameters": [{"type": "text", "text": "Ana"}]},
                {"type": "body", "parameters": [{"type": "text", "text": "lunes"}, {"type": "text", "text": "9:00"}]},
                {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "a1"}]},
            ]),
        ),
        (
            json!([{"type": "BODY", "text": "Hola {{first_name}}"}]),
            values(&[("first_name", "Ana")]),
            json!([{"type": "body", "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Ana"}]}]),
        ),
        (
            json!([{"type": "HEADER", "format": "DOCUMENT"}, {"type": "BODY", "text": "Tu boleta"}]),
            values(&[("header.1", "https://example.com/b.pdf")]),
            json!([{"type": "header", "parameters": [{"type": "document", "document": {"link": "https://example.com/b.pdf"}}]}]),
        ),
        (
            json!([{"type": "BODY", "text": "x"}, {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE"}]}]),
            values(&[("button.1", "VERANO")]),
            json!([{"type": "button", "sub_type": "copy_code", "index": "0", "parameters": [{"type": "coupon_code", "coupon_code": "VERANO"}]}]),
        ),
        (json!([{"type": "BODY", "text": "Sin variables"}]), vec![], json!([])),
    ] {
        let shape = TemplateShape::parse(&template);
        assert_eq!(shape.check(&given), []);
        assert_eq!(components(&shape, &given), sent);
    }
}

#[test]
fn what_whatsapp_would_refuse_is_refused_by_name() {
    let missing = |v: &str| TemplateFault::VariableMissing(v.to_owned());
    let long = |v: &str| TemplateFault::VariableTooLong(v.to_owned());
    let body = |text: &str| json!([{"type": "BODY", "text": text}]);
    let image = || json!([{"type": "HEADER", "format": "IMAGE"}, {"type": "BODY", "text": "x"}]);
    let (x1020, x1023) = ("x".repeat(1020), "ñ".repeat(1023));
    for (template, given, faults) in [
        (body("{{1}} {{2}}"), values(&[("body.2", "b")]), vec![missing("body.1")]),
        (body("{{1}} {{2}}"), values(&[("body.1", " "), ("body.2", "\n")]), vec![missing("body.1"), missing("body.2")]),
        (body("{{1}}-{{2}}"), values(&[("body.1", "abcd"), ("body.2", &x1020)]), vec![long("body.2")]),
        (body("{{1}}-"), values(&[("body.1", &x1023)]), vec![]),
        (
            json!([{"type": "HEADER", "format": "TEXT", "text": "Hola {{1}}"}, {"type": "BODY", "text": "x"}]),
            values(&[("header.1", &"n".repeat(56))]),
            vec![long("header.1")],
        ),
        (image(), values(&[]), vec![missing("header.1")]),
        (
            image(),
            values(&[("header.1", "http://example.com/a.jpg")]),
            vec![TemplateFault::NotALink("header.1".to_owned())],
        ),
        (image(), values(&[("header.1", "https://example.com/a.jpg")]), vec![]),
        (
            json!([{"type": "BODY", "text": "x"}, {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://example.com/{{1}}"}]}]),
            values(&[("button.1", &"u".repeat(1990))]),
            vec![long("button.1")],
        ),
        (
            json!([{"type": "BODY", "text": "x"}, {"type": "CAROUSEL", "cards": []}]),
            vec![],
            vec![TemplateFault::Unsupported("CAROUSEL".to_owned())],
        ),
    ] {
        let shape = TemplateShape::parse(&template);
        assert_eq!(shape.check(&given), faults, "{template}");
        assert_eq!(render(&shape, "n", "es", &given).err(), faults.into_iter().next());
    }
}

proptest! {
    #[test]
    fn no_template_and_no_value_break_it(text in "(\\PC|\\{\\{|\\}\\}|[0-9]){0,40}", value in ".{0,40}") {
        let shape = TemplateShape::parse(&json!([{"type": "HEADER", "format": "TEXT", "text": text}, {"type": "BODY", "text": text}]));
        let given: Vec<_> = shape.variables.iter().map(|name| TemplateVariable { name: name.clone(), value: value.clone() }).collect();
        let _ = shape.check(&given);
        let _ = components(&shape, &given);
        if let Ok(MessageContent::Template { body, header, .. }) = render(&shape, "n", "es", &given) {
            prop_assert!(body.chars().count() <= BODY_MAX || shape.body.placeholders.is_empty());
            prop_assert!(header.is_none_or(|header| header.chars().count() <= HEADER_MAX || shape.body.placeholders.is_empty()));
        }
    }
}
