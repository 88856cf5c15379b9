//! The words of every refusal in Spanish.

use crate::{ErrorCode, FieldCode, campaigns::RowFaultReason};

#[expect(clippy::too_many_lines, reason = "one line or two for each refusal there is")]
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
        ErrorCode::ProfileNameTaken => ("Ese nombre ya existe", "Ya hay un perfil con ese nombre. Elige otro."),
        ErrorCode::ProfileIsBuiltIn => {
            ("Este perfil no cambia", "El perfil de administrador tiene siempre todos los permisos y no se elimina.")
        }
        ErrorCode::MemberHasProfile => {
            ("Ya tiene otro perfil", "Ya tienen otro perfil y lo perderían: {about}. Confirma el reemplazo.")
        }
        ErrorCode::MayNotGrant => (
            "No puedes otorgar eso",
            "Nadie otorga permisos que no tiene, ni cambia a quien tiene más permisos o más números. Pídelo a un administrador.",
        ),
        ErrorCode::LastAdministrator => (
            "Es el último administrador",
            "La organización necesita al menos un administrador que pueda entrar. Nombra a otro primero.",
        ),
        ErrorCode::MemberDeactivated => ("El miembro está desactivado", "Reactívalo antes de hacer esto: {about}."),
        ErrorCode::MemberActive => (
            "El miembro ya entró",
            "Ya aceptó su invitación. Si olvidó su contraseña, envíale un enlace para elegir otra.",
        ),
        ErrorCode::LinkEnded => {
            ("El enlace ya no sirve", "Ya se usó, venció o se envió otro después. Pide uno nuevo a un administrador.")
        }
        ErrorCode::VersionConflict => (
            "Alguien lo cambió antes",
            "Otra persona guardó cambios mientras editabas. Compara los dos lados y guarda de nuevo.",
        ),
        ErrorCode::NumberAlreadyGrouped => {
            ("El número ya está en un grupo", "Un número está en un solo grupo: {about}. Muévelo en lugar de añadirlo.")
        }
        ErrorCode::GroupAlreadyGrouped => {
            ("El grupo ya está en otro", "Un grupo está dentro de uno solo: {about}. Muévelo en lugar de añadirlo.")
        }
        ErrorCode::GroupWouldBeEmpty => (
            "Un grupo quedaría vacío",
            "El grupo {about} se quedaría sin nada dentro. Elimínalo también o deja algo en él.",
        ),
        ErrorCode::GroupHasCycle => {
            ("Un grupo no puede contenerse", "{about} está dentro del grupo que quieres mover. Elige otro destino.")
        }
        ErrorCode::GroupContentMismatch => {
            ("Ese grupo contiene otra cosa", "Un grupo es de números o de grupos, nunca de ambos: {about}.")
        }
        ErrorCode::OwnerIsAgent => {
            ("Es propietario del número", "El propietario siempre es agente. Elige primero a otro propietario.")
        }
        ErrorCode::NumberConfirmationWrong => {
            ("El número no coincide", "Escribe el número completo, tal como se muestra, para eliminarlo.")
        }
        ErrorCode::WabaAlreadyConnected => {
            ("La cuenta ya está conectada", "Esa cuenta de WhatsApp ya está conectada en esta instalación.")
        }
        ErrorCode::WabaHasNumbers => ("La cuenta tiene números", "Elimina primero sus números: {about}."),
        ErrorCode::MailNotConfigured => {
            ("No hay correo configurado", "Configura primero el servidor de correo de la organización.")
        }
        ErrorCode::WhatsappRefused => {
            ("WhatsApp no lo aceptó", "WhatsApp respondió que no. Abajo se explica por qué y qué hacer.")
        }
        ErrorCode::WhatsappUnreachable => {
            ("WhatsApp no responde", "No se pudo hablar con WhatsApp. Espera un momento y vuelve a intentarlo.")
        }
        ErrorCode::NumberNotIncluded => {
            ("El número aún no está en su cuenta", "Termina su inclusión en Inclusión de números y vuelve aquí.")
        }
        ErrorCode::NumberAlreadyIncluded => {
            ("El número ya está incluido", "La organización ya tiene ese número: {about}.")
        }
        ErrorCode::NumberNotVerified => {
            ("El número no está verificado", "Pide un código y confírmalo antes de registrar el número.")
        }
        ErrorCode::NumberAlreadyVerified => {
            ("El número ya está verificado", "No hace falta otro código. Registra el número con su PIN.")
        }
        ErrorCode::CodeTooSoon => (
            "Espera antes de pedir otro código",
            "Se acaba de enviar un código. La página muestra cuándo puedes pedir otro.",
        ),
        ErrorCode::CodesUsedUp => (
            "No quedan códigos por ahora",
            "Se pidieron demasiados códigos para este número. La página muestra cuándo habrá otro.",
        ),
        ErrorCode::GuessesUsedUp => {
            ("Demasiados intentos", "Se escribieron demasiados códigos equivocados. Pide un código nuevo.")
        }
        ErrorCode::RegistrationsUsedUp => (
            "Demasiados registros",
            "WhatsApp permite 10 registros de un número en 72 horas. La página muestra cuándo volver a intentarlo.",
        ),
        ErrorCode::CodeNotRequested => ("No hay un código vigente", "Pide primero un código por SMS o llamada."),
        ErrorCode::PictureUnreadable => {
            ("No se puede leer la imagen", "Tiene que ser una imagen JPEG o PNG de hasta 5 MB.")
        }
        ErrorCode::PictureTooSmall => ("La imagen es muy pequeña", "Cada lado necesita al menos 192 píxeles."),
        ErrorCode::ImportHasFaultyRows => {
            ("Hay filas con errores", "Corrige las celdas marcadas o deja esas filas fuera.")
        }
        ErrorCode::ImportEmpty => {
            ("No hay números que incluir", "La planilla no tiene ninguna fila debajo de los encabezados.")
        }
        ErrorCode::ImportNotDraft => {
            ("La inclusión ya empezó", "Solo un borrador se puede corregir, iniciar o eliminar.")
        }
        ErrorCode::ImportNotStarted => ("La inclusión no ha empezado", "Inicia primero la creación de los números."),
        ErrorCode::ImportTooManyRows => {
            ("Demasiadas filas", "Se incluyen hasta 20 números a la vez. Divide la planilla.")
        }
        ErrorCode::ImportColumnsMissing => {
            ("Faltan columnas", "La planilla necesita las columnas CC, PhoneNumber, UsersEmails y DisplayName.")
        }
        ErrorCode::PasswordWrong => {
            ("La contraseña no es correcta", "La contraseña actual no es esa. Vuelve a escribirla.")
        }
        ErrorCode::SandboxUnavailable => ("No hay sandbox", "Este servidor no tiene el sandbox encendido."),
        ErrorCode::AgentMayNotClose => (
            "No puedes cerrar tickets en este número",
            "La configuración de atención reserva el cierre a los gestores.",
        ),
        ErrorCode::AgentMayNotTransfer => (
            "No puedes transferir en este número",
            "La configuración de atención reserva las transferencias a los gestores.",
        ),
        ErrorCode::AgentMayNotStart => (
            "No puedes iniciar conversaciones en este número",
            "La configuración de atención reserva los mensajes activos a los gestores.",
        ),
        ErrorCode::TagMissing => (
            "Falta una etiqueta",
            "Este número pide al menos una etiqueta para cerrar el ticket. Elige una de su lista.",
        ),
        ErrorCode::TransferToSame => ("El ticket ya está ahí", "Elige otra fila u otra persona para transferirlo."),
        ErrorCode::MessageAlreadySent => (
            "Ya se le envió un mensaje",
            "Este contacto ya recibió un mensaje activo. Confirma si quieres enviar otro.",
        ),
        ErrorCode::TemplateNotActive => (
            "La plantilla no está activa",
            "Actívala para este número en Activación de plantillas, o elige otra: {about}.",
        ),
        ErrorCode::TemplateNotApproved => {
            ("La plantilla no está aprobada", "WhatsApp no la tiene aprobada; elige otra: {about}.")
        }
        ErrorCode::TemplateVariablesWrong => {
            ("Faltan datos de la plantilla", "Completa cada variable de la plantilla: {about}.")
        }
        ErrorCode::ContactOptedOut => {
            ("El contacto pidió no recibir mensajes", "No se le pueden enviar mensajes activos.")
        }
        ErrorCode::NumbersOfOtherWaba => (
            "Los números son de cuentas distintas",
            "Las plantillas pertenecen a una cuenta de WhatsApp. Estos números son de otra: {about}.",
        ),
        ErrorCode::SettingsChangedSince => (
            "Alguien los cambió después",
            "Estos números cambiaron después y no se tocaron: {about}. Puedes continuar sin ellos.",
        ),
        ErrorCode::ChangeUndone => ("Ya se deshizo", "Este cambio ya se había deshecho."),
        ErrorCode::ChatbotNotMade => {
            ("El número aún no tiene chatbot", "Termina primero su inclusión en Inclusión de números: {about}.")
        }
        ErrorCode::OwnActionRefused => {
            ("Eso no se hace con uno mismo", "Pide a otro administrador que lo haga por ti.")
        }
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
        FieldCode::NotAnAddress => "No es una dirección web: escribe algo como https://ejemplo.com.",
        FieldCode::OnlyDigits => "Solo lleva dígitos.",
        FieldCode::SixDigits => "Son 6 dígitos.",
        FieldCode::Repeated => "Está repetido.",
        FieldCode::EmailTaken => "Ya hay un miembro con ese correo.",
        FieldCode::NotAnAgent => "Tiene que ser agente de este número.",
        FieldCode::TooMany => "Admite hasta {limit}.",
        FieldCode::NotATime => "La hora va de 00:00 a 24:00.",
        FieldCode::NotADay => "Ese día no existe: escribe DD/MM, como 25/12.",
        FieldCode::EndsBeforeItStarts => "El fin tiene que ser posterior al inicio.",
        FieldCode::Overlaps => "Los intervalos van en orden y sin superponerse.",
        FieldCode::WrongHost => "La dirección tiene que empezar con https:// y ser de esa red.",
        FieldCode::UnknownVariable => "Hay una variable que no existe. Usa las que se ofrecen junto al texto.",
        FieldCode::SuggestsItself => "Un número no puede sugerirse a sí mismo.",
        FieldCode::NeedsTemplate => "Necesita la plantilla atendimento_esta_disponivel aprobada en su cuenta.",
        FieldCode::ReservedName => "Ese nombre es el de la fila por defecto.",
        FieldCode::OtherAccount => "Es de otra cuenta de WhatsApp.",
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
        RowFaultReason::TemplateNotActive => "Esa plantilla no está activa para el remitente.",
        RowFaultReason::OptedOut => "El contacto pidió no recibir mensajes.",
    }
}
