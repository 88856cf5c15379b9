//! The words of what WhatsApp's Graph API refused: what happened, and what to do next.

use super::Words;
use crate::{Language, graph::GraphReason};

/// The words of a reason.
pub fn graph(reason: GraphReason, language: Language) -> Words {
    let (title, detail) = match language {
        Language::Es => es(reason),
        Language::Pt => pt(reason),
        Language::En => en(reason),
    };
    Words { title, detail }
}

fn es(reason: GraphReason) -> (&'static str, &'static str) {
    match reason {
        GraphReason::TokenInvalid => (
            "El token de acceso no sirve",
            "Genera un token permanente de usuario del sistema y guárdalo en la cuenta de WhatsApp.",
        ),
        GraphReason::TokenLacksPermission => (
            "El token no tiene permiso",
            "Da al usuario del sistema los permisos whatsapp_business_management y whatsapp_business_messaging sobre esta cuenta.",
        ),
        GraphReason::AccountUnknown => {
            ("No se encuentra la cuenta", "Revisa el identificador de la cuenta y que el token pertenezca a ella.")
        }
        GraphReason::AccountRestricted => (
            "La cuenta está restringida",
            "Abre el administrador de WhatsApp de Meta: allí se explica la restricción y cómo apelar.",
        ),
        GraphReason::NumberUnknown => (
            "WhatsApp no conoce el número",
            "Puede que se quitara de la cuenta. Sincroniza la cuenta o inclúyelo de nuevo.",
        ),
        GraphReason::NumberInvalid => {
            ("El número no es válido", "Revisa el código de país y el número: tiene que poder recibir SMS o llamadas.")
        }
        GraphReason::NumberInUse => (
            "El número ya se usa en WhatsApp",
            "Elimina la cuenta de WhatsApp de ese teléfono, espera unos 3 minutos y vuelve a intentarlo.",
        ),
        GraphReason::TooManyNumbers => (
            "La cuenta no admite más números",
            "Verifica la empresa en Meta para ampliar el límite, o quita números que no uses.",
        ),
        GraphReason::NameRefused => (
            "WhatsApp no aceptó el nombre",
            "Usa un nombre de 2 a 75 caracteres que se relacione con tu empresa, sin palabras genéricas.",
        ),
        GraphReason::CodeNotSent => (
            "No se pudo enviar el código",
            "Comprueba que el teléfono tenga señal y esté a mano, o prueba con el otro medio.",
        ),
        GraphReason::TooManyCodes => (
            "Se pidieron demasiados códigos",
            "WhatsApp no envía más por ahora. Vuelve a intentarlo a la hora indicada.",
        ),
        GraphReason::CodeWrong => ("El código no es correcto", "Revisa los 6 dígitos del último mensaje o llamada."),
        GraphReason::CodeExpired => ("El código venció", "Los códigos duran unos 10 minutos. Pide uno nuevo."),
        GraphReason::TooManyGuesses => (
            "Demasiados códigos equivocados",
            "WhatsApp bloqueó los intentos. Espera a la hora indicada y pide un código nuevo.",
        ),
        GraphReason::AlreadyVerified => {
            ("El número ya está verificado", "No hace falta otro código. Regístralo con su PIN.")
        }
        GraphReason::NotVerified => {
            ("El número no está verificado", "Pide un código y confírmalo antes de registrarlo.")
        }
        GraphReason::NotRegistered => (
            "El número no está registrado",
            "Verifícalo y regístralo con su PIN: hasta entonces no puede enviar ni recibir.",
        ),
        GraphReason::PinWrong => (
            "El PIN no es el de este número",
            "Usa el PIN con el que se registró antes, o cámbialo en el administrador de WhatsApp de Meta.",
        ),
        GraphReason::TooManyPins => {
            ("Demasiados PIN equivocados", "WhatsApp bloqueó los intentos. Espera a la hora indicada.")
        }
        GraphReason::TooManyRegistrations => (
            "El número se registró demasiadas veces",
            "WhatsApp permite 10 registros en 72 horas. Espera a la hora indicada.",
        ),
        GraphReason::FieldRefused => {
            ("WhatsApp no aceptó un dato", "Revisa el dato que menciona WhatsApp y vuelve a intentarlo.")
        }
        GraphReason::PictureRefused => {
            ("WhatsApp no aceptó la imagen", "Usa una imagen JPEG o PNG cuadrada de hasta 5 MB.")
        }
        GraphReason::WebhookUnreachable => (
            "WhatsApp no llega a este servidor",
            "La dirección pública tiene que ser https y estar al alcance de Internet. Revisa --public-url.",
        ),
        GraphReason::RateLimited => (
            "Demasiadas peticiones a WhatsApp",
            "La cuenta llegó a su límite por hora. Vuelve a intentarlo a la hora indicada.",
        ),
        GraphReason::Temporary => {
            ("WhatsApp tiene una falla pasajera", "No depende de ti. Vuelve a intentarlo en unos minutos.")
        }
        GraphReason::Unreachable => {
            ("No se llegó a WhatsApp", "No se envió nada. Revisa la conexión del servidor y vuelve a intentarlo.")
        }
        GraphReason::OutcomeUnknown => (
            "No se sabe si WhatsApp lo hizo",
            "La respuesta no llegó. Al reintentar se comprueba primero si ya está hecho.",
        ),
        GraphReason::Other => (
            "WhatsApp respondió que no",
            "Lee lo que dice WhatsApp y, si se repite, comparte la referencia con su soporte.",
        ),
    }
}

fn pt(reason: GraphReason) -> (&'static str, &'static str) {
    match reason {
        GraphReason::TokenInvalid => (
            "O token de acesso não serve",
            "Gere um token permanente de usuário do sistema e salve-o na conta do WhatsApp.",
        ),
        GraphReason::TokenLacksPermission => (
            "O token não tem permissão",
            "Dê ao usuário do sistema as permissões whatsapp_business_management e whatsapp_business_messaging nesta conta.",
        ),
        GraphReason::AccountUnknown => {
            ("A conta não foi encontrada", "Confira o identificador da conta e se o token pertence a ela.")
        }
        GraphReason::AccountRestricted => (
            "A conta está restrita",
            "Abra o gerenciador do WhatsApp da Meta: lá se explica a restrição e como recorrer.",
        ),
        GraphReason::NumberUnknown => (
            "O WhatsApp não conhece o número",
            "Talvez tenha sido retirado da conta. Sincronize a conta ou inclua-o de novo.",
        ),
        GraphReason::NumberInvalid => {
            ("O número não é válido", "Confira o código do país e o número: ele precisa receber SMS ou chamadas.")
        }
        GraphReason::NumberInUse => (
            "O número já é usado no WhatsApp",
            "Exclua a conta do WhatsApp desse telefone, espere uns 3 minutos e tente de novo.",
        ),
        GraphReason::TooManyNumbers => (
            "A conta não aceita mais números",
            "Verifique a empresa na Meta para ampliar o limite, ou retire números que não usa.",
        ),
        GraphReason::NameRefused => (
            "O WhatsApp não aceitou o nome",
            "Use um nome de 2 a 75 caracteres ligado à sua empresa, sem palavras genéricas.",
        ),
        GraphReason::CodeNotSent => (
            "Não foi possível enviar o código",
            "Confira se o telefone tem sinal e está à mão, ou tente pelo outro meio.",
        ),
        GraphReason::TooManyCodes => (
            "Foram pedidos códigos demais",
            "O WhatsApp não envia mais por enquanto. Tente de novo no horário indicado.",
        ),
        GraphReason::CodeWrong => ("O código não está certo", "Confira os 6 dígitos da última mensagem ou chamada."),
        GraphReason::CodeExpired => ("O código venceu", "Os códigos duram uns 10 minutos. Peça um novo."),
        GraphReason::TooManyGuesses => (
            "Códigos errados demais",
            "O WhatsApp bloqueou as tentativas. Espere o horário indicado e peça um código novo.",
        ),
        GraphReason::AlreadyVerified => {
            ("O número já está verificado", "Não precisa de outro código. Registre-o com o PIN.")
        }
        GraphReason::NotVerified => ("O número não está verificado", "Peça um código e confirme-o antes de registrar."),
        GraphReason::NotRegistered => {
            ("O número não está registrado", "Verifique-o e registre-o com o PIN: até lá não pode enviar nem receber.")
        }
        GraphReason::PinWrong => (
            "O PIN não é o deste número",
            "Use o PIN com que foi registrado antes, ou troque-o no gerenciador do WhatsApp da Meta.",
        ),
        GraphReason::TooManyPins => {
            ("PIN errados demais", "O WhatsApp bloqueou as tentativas. Espere o horário indicado.")
        }
        GraphReason::TooManyRegistrations => (
            "O número foi registrado vezes demais",
            "O WhatsApp permite 10 registros em 72 horas. Espere o horário indicado.",
        ),
        GraphReason::FieldRefused => {
            ("O WhatsApp não aceitou um dado", "Confira o dado que o WhatsApp menciona e tente de novo.")
        }
        GraphReason::PictureRefused => {
            ("O WhatsApp não aceitou a imagem", "Use uma imagem JPEG ou PNG quadrada de até 5 MB.")
        }
        GraphReason::WebhookUnreachable => (
            "O WhatsApp não chega a este servidor",
            "O endereço público precisa ser https e acessível pela Internet. Confira --public-url.",
        ),
        GraphReason::RateLimited => {
            ("Pedidos demais ao WhatsApp", "A conta chegou ao limite por hora. Tente de novo no horário indicado.")
        }
        GraphReason::Temporary => {
            ("O WhatsApp está com uma falha passageira", "Não depende de você. Tente de novo em alguns minutos.")
        }
        GraphReason::Unreachable => {
            ("Não foi possível chegar ao WhatsApp", "Nada foi enviado. Confira a conexão do servidor e tente de novo.")
        }
        GraphReason::OutcomeUnknown => (
            "Não se sabe se o WhatsApp fez",
            "A resposta não chegou. Ao tentar de novo, primeiro se confere se já está feito.",
        ),
        GraphReason::Other => (
            "O WhatsApp respondeu que não",
            "Leia o que o WhatsApp diz e, se repetir, informe a referência ao suporte dele.",
        ),
    }
}

fn en(reason: GraphReason) -> (&'static str, &'static str) {
    match reason {
        GraphReason::TokenInvalid => (
            "The access token does not work",
            "Make a permanent token of a system user and save it in the WhatsApp account.",
        ),
        GraphReason::TokenLacksPermission => (
            "The token lacks a permission",
            "Give the system user whatsapp_business_management and whatsapp_business_messaging on this account.",
        ),
        GraphReason::AccountUnknown => {
            ("The account is not found", "Check the account's id, and that the token belongs to it.")
        }
        GraphReason::AccountRestricted => (
            "The account is restricted",
            "Open Meta's WhatsApp manager: it explains the restriction, and how to appeal.",
        ),
        GraphReason::NumberUnknown => (
            "WhatsApp does not know the number",
            "It may have been taken out of the account. Synchronise the account, or include it again.",
        ),
        GraphReason::NumberInvalid => {
            ("The number is not valid", "Check the country code and the number: it has to take SMS or calls.")
        }
        GraphReason::NumberInUse => (
            "The number is in use on WhatsApp",
            "Delete the WhatsApp account on that phone, wait about 3 minutes, and try again.",
        ),
        GraphReason::TooManyNumbers => (
            "The account takes no more numbers",
            "Verify the business at Meta to raise the limit, or remove numbers you do not use.",
        ),
        GraphReason::NameRefused => (
            "WhatsApp did not accept the name",
            "Use a name of 2 to 75 characters that relates to your business, without generic words.",
        ),
        GraphReason::CodeNotSent => {
            ("The code could not be sent", "Check that the phone has signal and is at hand, or try the other way.")
        }
        GraphReason::TooManyCodes => {
            ("Too many codes were asked for", "WhatsApp sends no more for now. Try again at the time shown.")
        }
        GraphReason::CodeWrong => ("The code is not right", "Check the 6 digits of the latest message or call."),
        GraphReason::CodeExpired => ("The code has expired", "Codes last about 10 minutes. Ask for a new one."),
        GraphReason::TooManyGuesses => (
            "Too many wrong codes",
            "WhatsApp has blocked further tries. Wait until the time shown and ask for a new code.",
        ),
        GraphReason::AlreadyVerified => {
            ("The number is verified already", "It needs no other code. Register it with its PIN.")
        }
        GraphReason::NotVerified => ("The number is not verified", "Ask for a code and confirm it before registering."),
        GraphReason::NotRegistered => (
            "The number is not registered",
            "Verify it and register it with its PIN: until then it can neither send nor receive.",
        ),
        GraphReason::PinWrong => (
            "The PIN is not this number's",
            "Use the PIN it was registered with before, or change it in Meta's WhatsApp manager.",
        ),
        GraphReason::TooManyPins => {
            ("Too many wrong PINs", "WhatsApp has blocked further tries. Wait until the time shown.")
        }
        GraphReason::TooManyRegistrations => (
            "The number was registered too often",
            "WhatsApp allows 10 registrations in 72 hours. Wait until the time shown.",
        ),
        GraphReason::FieldRefused => {
            ("WhatsApp did not accept a value", "Check the value WhatsApp mentions, and try again.")
        }
        GraphReason::PictureRefused => {
            ("WhatsApp did not accept the picture", "Use a square JPEG or PNG picture of up to 5 MB.")
        }
        GraphReason::WebhookUnreachable => (
            "WhatsApp does not reach this server",
            "The public address has to be https and reachable from the Internet. Check --public-url.",
        ),
        GraphReason::RateLimited => {
            ("Too many requests to WhatsApp", "The account has reached its hourly limit. Try again at the time shown.")
        }
        GraphReason::Temporary => ("WhatsApp has a passing fault", "It is not up to you. Try again in a few minutes."),
        GraphReason::Unreachable => {
            ("WhatsApp was not reached", "Nothing was sent. Check the server's connection and try again.")
        }
        GraphReason::OutcomeUnknown => (
            "It is not known whether WhatsApp did it",
            "No answer came. Another try first looks whether it is done already.",
        ),
        GraphReason::Other => (
            "WhatsApp answered no",
            "Read what WhatsApp says and, if it repeats, share the reference with its support.",
        ),
    }
}
