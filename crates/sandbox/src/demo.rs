//! What a new sandbox holds: one account, six numbers and six templates with fixed ids, so that whoever seeds an
//! installation can write matching rows without asking.

use serde_json::{Value, json};

use crate::world::{Number, Settings, Template, Waba, World};

/// The fixed things of a new sandbox.
#[derive(Clone, Debug)]
pub struct DemoWorld {
    pub waba_id: &'static str,
    pub waba_name: &'static str,
    /// The one token the sandbox takes.
    pub access_token: &'static str,
    pub app_id: &'static str,
    pub numbers: Vec<DemoNumber>,
    pub templates: Vec<DemoTemplate>,
}

/// A number of a new sandbox.
#[derive(Clone, Debug)]
pub struct DemoNumber {
    pub id: &'static str,
    /// Digits with country code.
    pub phone: &'static str,
    pub display_phone_number: &'static str,
    pub verified_name: &'static str,
}

/// An approved template of a new sandbox, in Graph's own form.
#[derive(Clone, Debug)]
pub struct DemoTemplate {
    pub id: &'static str,
    pub name: &'static str,
    pub language: &'static str,
    /// MARKETING or UTILITY.
    pub category: &'static str,
    /// POSITIONAL or NAMED.
    pub parameter_format: &'static str,
    pub components: Vec<Value>,
}

/// What every new sandbox starts with.
pub fn demo_world() -> DemoWorld {
    DemoWorld {
        waba_id: "102290129340398",
        waba_name: "Cercano Demo",
        access_token: "EAASandboxCercanoDemoToken",
        app_id: "670843887433847",
        numbers: vec![
            number("106540352242922", "5491155550101", "+54 9 11 5555-0101", "Sofía Herrera"),
            number("106540352242923", "5511955550102", "+55 11 95555-0102", "João Pereira"),
            number("106540352242924", "573015550103", "+57 301 555 0103", "Camila Rojas"),
            number("106540352242925", "525555550104", "+52 55 5555 0104", "Luis Mendoza"),
            number("106540352242926", "56955550105", "+56 9 5555 0105", "Valentina Soto"),
            number("106540352242927", "34612555106", "+34 612 55 51 06", "Marta Vidal"),
        ],
        templates: templates(),
    }
}

fn number(
    id: &'static str,
    phone: &'static str,
    display_phone_number: &'static str,
    verified_name: &'static str,
) -> DemoNumber {
    DemoNumber { id, phone, display_phone_number, verified_name }
}

fn templates() -> Vec<DemoTemplate> {
    let quick = |texts: &[&str]| {
        let buttons: Vec<Value> = texts.iter().map(|text| json!({"type": "QUICK_REPLY", "text": text})).collect();
        json!({"type": "BUTTONS", "buttons": buttons})
    };
    vec![
        DemoTemplate {
            id: "1627019861106475",
            name: "recordatorio_de_pago",
            language: "es",
            category: "UTILITY",
            parameter_format: "POSITIONAL",
            components: vec![
                json!({"type": "HEADER", "format": "TEXT", "text": "Hola, {{1}}",
                       "example": {"header_text": ["Ana"]}}),
                json!({"type": "BODY", "text": "Su cuota {{1}} por {{2}} vence el {{3}}. Si ya pagó, avísenos.",
                       "example": {"body_text": [["3 de 12", "$ 15.000", "10 de mayo"]]}}),
                json!({"type": "FOOTER", "text": "Atención al cliente"}),
                quick(&["Ya pagué", "Quiero hablar"]),
            ],
        },
        DemoTemplate {
            id: "1627019861106476",
            name: "atendimento_esta_disponivel",
            language: "es",
            category: "UTILITY",
            parameter_format: "POSITIONAL",
            components: vec![
                json!({"type": "BODY", "text": "¡Hola! Ya estamos disponibles para atenderle. ¿Quiere seguir?"}),
                quick(&["Sí", "No"]),
            ],
        },
        DemoTemplate {
            id: "1627019861106477",
            name: "atendimento_esta_disponivel",
            language: "pt_BR",
            category: "UTILITY",
            parameter_format: "POSITIONAL",
            components: vec![
                json!({"type": "BODY", "text": "Olá! Já estamos disponíveis para atender você. Quer continuar?"}),
                quick(&["Sim", "Não"]),
            ],
        },
        DemoTemplate {
            id: "1627019861106478",
            name: "oferta_da_semana",
            language: "pt_BR",
            category: "MARKETING",
            parameter_format: "NAMED",
            components: vec![
                json!({"type": "HEADER", "format": "TEXT", "text": "Oferta da semana"}),
                json!({"type": "BODY", "text": "Olá, {{nome}}! Separamos *{{produto}}* com desconto para você.",
                       "example": {"body_text_named_params": [
                           {"param_name": "nome", "example": "João"},
                           {"param_name": "produto", "example": "tênis de corrida"}]}}),
                json!({"type": "FOOTER", "text": "Responda SAIR para não receber"}),
                json!({"type": "BUTTONS", "buttons": [
                    {"type": "URL", "text": "Ver oferta", "url": "https://example.com/ofertas/{{1}}",
                     "example": ["https://example.com/ofertas/tenis"]}]}),
            ],
        },
        DemoTemplate {
            id: "1627019861106479",
            name: "appointment_reminder",
            language: "en",
            category: "UTILITY",
            parameter_format: "NAMED",
            components: vec![
                json!({"type": "BODY", "text": "Hello {{name}}, we expect you on {{date}} at {{time}}.",
                       "example": {"body_text_named_params": [
                           {"param_name": "name", "example": "Ana"},
                           {"param_name": "date", "example": "May 10"},
                           {"param_name": "time", "example": "3 p.m."}]}}),
                quick(&["Confirm", "Reschedule"]),
            ],
        },
        DemoTemplate {
            id: "1627019861106480",
            name: "novedades_del_mes",
            language: "es",
            category: "MARKETING",
            parameter_format: "POSITIONAL",
            components: vec![
                json!({"type": "HEADER", "format": "IMAGE",
                       "example": {"header_handle": ["https://example.com/novedades.png"]}}),
                json!({"type": "BODY", "text": "{{1}}, estas son las novedades de este mes. ¡Le esperamos!",
                       "example": {"body_text": [["Ana"]]}}),
                json!({"type": "BUTTONS", "buttons": [
                    {"type": "QUICK_REPLY", "text": "Me interesa"},
                    {"type": "URL", "text": "Ver catálogo", "url": "https://example.com/catalogo"}]}),
            ],
        },
    ]
}

/// The world of a new sandbox.
pub(crate) fn world(settings: &Settings) -> World {
    let DemoWorld { waba_id, waba_name, access_token: _, app_id: _, numbers, templates } = demo_world();
    let mut world = World::default();
    world.settings = settings.clone();
    let waba = Waba { id: waba_id.into(), name: waba_name.into(), subscribed: true, override_callback_uri: None };
    world.wabas.insert(waba_id.into(), waba);
    for DemoNumber { id, phone: _, display_phone_number, verified_name } in numbers {
        let number = connected(id, waba_id, display_phone_number, verified_name, settings.throughput);
        world.numbers.insert(id.into(), number);
    }
    world.templates = templates
        .into_iter()
        .map(|DemoTemplate { id, name, language, category, parameter_format, components }| Template {
            id: id.into(),
            waba_id: waba_id.into(),
            name: name.into(),
            language: language.into(),
            status: "APPROVED".into(),
            category: category.into(),
            parameter_format: parameter_format.into(),
            components,
        })
        .collect();
    world
}

/// A number that is ready to send.
pub(crate) fn connected(id: &str, waba_id: &str, display: &str, name: &str, throughput: usize) -> Number {
    Number {
        id: id.into(),
        waba_id: waba_id.into(),
        display_phone_number: display.into(),
        verified_name: name.into(),
        status: "CONNECTED".into(),
        verified: true,
        quality_rating: "GREEN".into(),
        messaging_limit: "TIER_100K".into(),
        throughput,
        ..Number::default()
    }
}
