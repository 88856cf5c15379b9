//! The words of every refusal in Spanish.

use crate::{ErrorCode, FieldCode, campaigns::RowFaultReason};

pub(super) fn error(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::MalformedRequest => (
            "La petición no se entiende",
            "Lo enviado no tiene la forma esperada. Revisa el formato y vuelve a intentarlo.",
        ),
        ErrorCode::ValidationFailed => ("Hay datos por corregir", "Corrige los campos señalados y vuelve a guardar."),
        ErrorCode::Unauthenticated => ("Inicia sesión", "Tu sesión no existe o terminó. Vuelve a entrar."),
        ErrorCode::SignInRefused => ("No se pudo entrar", "El correo o la contraseña no son correctos."),
        ErrorCode::SignInThrottled => ("Demasiados intentos", "Espera unos minutos antes de volver a intentarlo."),
        ErrorCode::PermissionMissing => {
            ("No tienes permiso", "Tu perfil no permite esta acción. Pídela a un administrador.")
        }
        ErrorCode::OriginRefused => {
            ("Origen rechazado", "La petición viene de otro sitio. Abre Cercano y repite la acción desde ahí.")
        }
        ErrorCode::NotFound => ("No existe", "Lo que buscas no existe o ya no está a tu alcance."),
        ErrorCode::MethodNotAllowed => ("Método no permitido", "Esta dirección no admite ese método."),
        ErrorCode::BodyTooLarge => {
            ("Demasiado grande", "Lo enviado supera el tamaño permitido. Envía menos de una vez.")
        }
        ErrorCode::MediaTypeUnsupported => {
            ("Formato no admitido", "El tipo de contenido no es el que esta dirección espera.")
        }
        ErrorCode::IdempotencyKeyReused => {
            ("Clave ya usada", "Esta Idempotency-Key se usó con otro contenido. Usa una nueva.")
        }
        ErrorCode::RequestStillRunning => {
            ("Todavía en curso", "La primera petición con esta clave aún no termina. Espera un momento.")
        }
        ErrorCode::TooManyRequests => {
            ("Demasiadas peticiones", "Baja el ritmo y vuelve a intentarlo en unos segundos.")
        }
        ErrorCode::Overloaded => {
            ("Servicio ocupado", "Hay más trabajo del que cabe ahora. Vuelve a intentarlo en unos segundos.")
        }
        ErrorCode::Internal => (
            "Algo falló de nuestro lado",
            "No es culpa tuya. Vuelve a intentarlo y, si se repite, comparte la referencia con soporte.",
        ),
        ErrorCode::SignatureMissing => ("Falta la firma", "El evento no trae la cabecera X-Hub-Signature-256."),
        ErrorCode::SignatureWrong => ("Firma incorrecta", "La firma del evento no corresponde a su contenido."),
        ErrorCode::VerifyTokenWrong => ("Token incorrecto", "El token de verificación no es el configurado."),
        ErrorCode::AlreadySetUp => {
            ("Ya está instalado", "Esta instalación ya tiene su primera organización. Entra con tu correo.")
        }
        ErrorCode::EmailTaken => ("Correo en uso", "Ya hay un miembro con ese correo."),
        ErrorCode::QuickReplyCategoryNameTaken => {
            ("Ese nombre ya existe", "Ya hay una categoría con ese nombre. Elige otro.")
        }
        ErrorCode::TicketAlreadyTaken => ("Otra persona lo tomó", "El ticket ya está asignado a otra persona."),
        ErrorCode::TicketClosed => ("El ticket está cerrado", "Un ticket cerrado ya no cambia."),
        ErrorCode::TicketNotYours => ("El ticket no es tuyo", "Toma el ticket antes de responder."),
        ErrorCode::ServiceWindowClosed => (
            "La ventana de 24 horas está cerrada",
            "El contacto no escribe hace más de 24 horas: WhatsApp solo admite una plantilla.",
        ),
        ErrorCode::SheetUnreadable => (
            "No pudimos leer la planilla",
            "El archivo no es una planilla xlsx, xls, ods o csv válida. Guárdalo de nuevo y súbelo otra vez.",
        ),
        ErrorCode::SheetEncrypted => ("La planilla tiene contraseña", "Guárdala sin contraseña y súbela otra vez."),
        ErrorCode::SheetTooLarge => {
            ("La planilla es demasiado grande", "El archivo supera los 50 MB, comprimido, o lo que cabe descomprimido.")
        }
        ErrorCode::SheetEmpty => ("La planilla está vacía", "No hay ninguna fila debajo de los encabezados."),
        ErrorCode::SheetTooManyRows => {
            ("Demasiadas filas", "Una planilla tiene hasta 100.000 filas. Divídela en varias.")
        }
        ErrorCode::SheetColumnsMissing => {
            ("Faltan columnas", "La planilla necesita las columnas remitente, destinatario y plantilla.")
        }
        ErrorCode::CampaignHasFaultyRows => {
            ("Hay filas con errores", "Corrige la planilla o elige dejar fuera las filas con errores.")
        }
        ErrorCode::CampaignHasNoRecipients => ("No queda a quién enviar", "Ninguna fila de la planilla es válida."),
        ErrorCode::CampaignNotDraft => ("La campaña ya salió", "Solo un borrador se puede enviar o borrar."),
        ErrorCode::CampaignNotRunning => ("La campaña no está en envío", "Solo una campaña en envío se puede pausar."),
        ErrorCode::CampaignNotPaused => ("La campaña no está en pausa", "Solo una campaña en pausa se puede reanudar."),
        ErrorCode::CampaignEnded => ("La campaña terminó", "Una campaña terminada o cancelada ya no cambia."),
    }
}

pub(super) fn field(code: FieldCode) -> &'static str {
    match code {
        FieldCode::Required => "Este dato es obligatorio.",
        FieldCode::TooShort => "Necesita al menos {limit} caracteres.",
        FieldCode::TooLong => "Admite hasta {limit} caracteres.",
        FieldCode::OutOfRange => "El valor está fuera de los límites.",
        FieldCode::NotAnEmail => "No es un correo: escribe algo como ana@example.com.",
        FieldCode::NotATimeZone => "No es una zona horaria: escribe algo como America/Santiago.",
        FieldCode::NotFound => "No existe o no está a tu alcance.",
        FieldCode::Invalid => "El valor no es válido.",
    }
}

pub(super) fn row_fault(reason: RowFaultReason) -> &'static str {
    match reason {
        RowFaultReason::Missing => "La celda está vacía y es obligatoria.",
        RowFaultReason::PhoneInvalid => "No es un teléfono con código de país, como +56911112222.",
        RowFaultReason::SenderUnknown => "El remitente no es un número a tu alcance.",
        RowFaultReason::TemplateUnknown => "El remitente no tiene una plantilla con ese nombre.",
        RowFaultReason::TemplateNotApproved => "WhatsApp no tiene aprobada esa plantilla.",
        RowFaultReason::LanguageNeeded => "La plantilla existe en varios idiomas: indica cuál.",
        RowFaultReason::LanguageUnknown => "La plantilla no existe en ese idioma.",
        RowFaultReason::VariableMissing => "Falta el valor de esta variable de la plantilla.",
        RowFaultReason::VariableTooLong => "Con este valor el texto supera lo que WhatsApp admite.",
        RowFaultReason::VariableInvalid => "Aquí va una dirección que empiece con https://.",
        RowFaultReason::TemplateUnsupported => "La plantilla tiene una parte que aún no se puede enviar desde aquí.",
        RowFaultReason::Duplicate => {
            "El mismo remitente ya envía esta plantilla a este destinatario en una fila anterior."
        }
        RowFaultReason::OptedOut => "El contacto pidió no recibir mensajes.",
    }
}
