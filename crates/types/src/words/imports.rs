//! The words of what is wrong with a cell of a sheet of numbers.

use crate::{Language, number_imports::ImportFaultReason};

/// Why a cell cannot stay as it is.
pub fn import_fault(reason: ImportFaultReason, language: Language) -> &'static str {
    match language {
        Language::Es => es(reason),
        Language::Pt => pt(reason),
        Language::En => en(reason),
    }
}

fn es(reason: ImportFaultReason) -> &'static str {
    match reason {
        ImportFaultReason::Missing => "La celda está vacía y hace falta.",
        ImportFaultReason::CountryCodeInvalid => "No es un código de país, como 55 o 56.",
        ImportFaultReason::PhoneInvalid => "No es un teléfono de ese país.",
        ImportFaultReason::PhoneRepeated => "Una fila anterior tiene el mismo número.",
        ImportFaultReason::PhoneIncluded => "La organización ya tiene este número.",
        ImportFaultReason::EmailInvalid => "No es un correo, como ana@example.com.",
        ImportFaultReason::EmailsTooMany => "Un número lleva hasta 20 correos.",
        ImportFaultReason::EmailTaken => "Ese correo no se puede usar aquí.",
        ImportFaultReason::MemberDeactivated => "Ese miembro está desactivado: reactívalo antes.",
        ImportFaultReason::NameTooShort => "El nombre necesita al menos 2 caracteres.",
        ImportFaultReason::NameTooLong => "El nombre lleva hasta 75 caracteres.",
    }
}

fn pt(reason: ImportFaultReason) -> &'static str {
    match reason {
        ImportFaultReason::Missing => "A célula está vazia e é necessária.",
        ImportFaultReason::CountryCodeInvalid => "Não é um código de país, como 55 ou 56.",
        ImportFaultReason::PhoneInvalid => "Não é um telefone desse país.",
        ImportFaultReason::PhoneRepeated => "Uma linha anterior tem o mesmo número.",
        ImportFaultReason::PhoneIncluded => "A organização já tem este número.",
        ImportFaultReason::EmailInvalid => "Não é um e-mail, como ana@example.com.",
        ImportFaultReason::EmailsTooMany => "Um número leva até 20 e-mails.",
        ImportFaultReason::EmailTaken => "Esse e-mail não pode ser usado aqui.",
        ImportFaultReason::MemberDeactivated => "Esse membro está desativado: reative-o antes.",
        ImportFaultReason::NameTooShort => "O nome precisa de pelo menos 2 caracteres.",
        ImportFaultReason::NameTooLong => "O nome leva até 75 caracteres.",
    }
}

fn en(reason: ImportFaultReason) -> &'static str {
    match reason {
        ImportFaultReason::Missing => "The cell is empty and needed.",
        ImportFaultReason::CountryCodeInvalid => "It is not a country code, such as 55 or 56.",
        ImportFaultReason::PhoneInvalid => "It is not a phone of that country.",
        ImportFaultReason::PhoneRepeated => "An earlier row has the same number.",
        ImportFaultReason::PhoneIncluded => "The organization has this number already.",
        ImportFaultReason::EmailInvalid => "It is not an e-mail, such as ana@example.com.",
        ImportFaultReason::EmailsTooMany => "A number takes up to 20 e-mails.",
        ImportFaultReason::EmailTaken => "That e-mail cannot be used here.",
        ImportFaultReason::MemberDeactivated => "That member is deactivated: reactivate them first.",
        ImportFaultReason::NameTooShort => "The name needs at least 2 characters.",
        ImportFaultReason::NameTooLong => "The name takes up to 75 characters.",
    }
}
