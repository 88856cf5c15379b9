//! Quick replies of the demo.

use anyhow::Result;
use app::App;
use db::Scope;
use types::{
    OrganizationId, QuickReplyCategoryId,
    quick_replies::{QuickReplyCategoryInput, QuickReplyInput},
};

const PHRASES: &[(&str, &[(&str, &str)])] = &[
    (
        "Saludos",
        &[
            ("Bienvenida", "¡Hola, {{contact.name}}! Soy {{agent.name}}. ¿En qué te ayudo hoy?"),
            ("Despedida", "Gracias por escribirnos, {{contact.name}}. ¡Que tengas un buen día!"),
        ],
    ),
    (
        "Reservas",
        &[
            (
                "Datos para reservar",
                "Para reservar necesito el nombre completo, el documento y las fechas de cada pasajero.",
            ),
            (
                "Formas de pago",
                "Puedes pagar con tarjeta, transferencia o en cuotas. Te envío el enlace cuando me digas cuál prefieres.",
            ),
            (
                "Política de cambios",
                "Los cambios hasta 72 horas antes no tienen costo; después se cobra la diferencia de tarifa.",
            ),
        ],
    ),
];

pub(super) async fn make(app: &App, tx: &db::Tx, organization_id: OrganizationId) -> Result<()> {
    let scope = Scope::of_organization(organization_id);
    let now = app.clock.now();
    for (name, replies) in PHRASES {
        let category_id: QuickReplyCategoryId = app.ids.make();
        let category = QuickReplyCategoryInput { name: (*name).to_owned() };
        db::quick_replies::create_category(tx, &scope, category_id, &category, now).await?;
        for (title, text) in *replies {
            let reply = QuickReplyInput { category_id, title: (*title).to_owned(), text: (*text).to_owned() };
            db::quick_replies::create(tx, &scope, app.ids.make(), &reply, now).await?;
        }
    }
    Ok(())
}
