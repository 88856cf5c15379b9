//! The words of every refusal in Portuguese.

use crate::{ErrorCode, FieldCode, campaigns::RowFaultReason};

#[expect(clippy::too_many_lines, reason = "one line or two for each refusal there is")]
pub(super) fn error(code: ErrorCode) -> (&'static str, &'static str) {
    match code {
        ErrorCode::MalformedRequest => (
            "Não entendemos o pedido",
            "O que foi enviado não tem a forma esperada. Confira o formato e tente de novo.",
        ),
        ErrorCode::ValidationFailed => ("Há dados a corrigir", "Corrija os campos indicados e salve de novo."),
        ErrorCode::Unauthenticated => ("Entre na sua conta", "Sua sessão não existe ou terminou. Entre de novo."),
        ErrorCode::SignInRefused => ("Não foi possível entrar", "O e-mail ou a senha não estão corretos."),
        ErrorCode::SignInThrottled => ("Tentativas demais", "Espere alguns minutos antes de tentar de novo."),
        ErrorCode::PermissionMissing => {
            ("Você não tem permissão", "Seu perfil não permite esta ação. Peça a um administrador.")
        }
        ErrorCode::OriginRefused => {
            ("Origem recusada", "O pedido vem de outro site. Abra o Cercano e repita a ação por lá.")
        }
        ErrorCode::NotFound => ("Não existe", "O que você procura não existe ou não está mais ao seu alcance."),
        ErrorCode::MethodNotAllowed => ("Método não permitido", "Este endereço não aceita esse método."),
        ErrorCode::BodyTooLarge => {
            ("Grande demais", "O que foi enviado passa do tamanho permitido. Envie menos de uma vez.")
        }
        ErrorCode::MediaTypeUnsupported => {
            ("Formato não aceito", "O tipo de conteúdo não é o que este endereço espera.")
        }
        ErrorCode::IdempotencyKeyReused => {
            ("Chave já usada", "Esta Idempotency-Key foi usada com outro conteúdo. Use uma nova.")
        }
        ErrorCode::RequestStillRunning => {
            ("Ainda em andamento", "O primeiro pedido com esta chave ainda não terminou. Espere um momento.")
        }
        ErrorCode::TooManyRequests => ("Pedidos demais", "Diminua o ritmo e tente de novo em alguns segundos."),
        ErrorCode::Overloaded => {
            ("Serviço ocupado", "Há mais trabalho do que cabe agora. Tente de novo em alguns segundos.")
        }
        ErrorCode::Internal => (
            "Algo falhou do nosso lado",
            "A culpa não é sua. Tente de novo e, se persistir, informe a referência ao suporte.",
        ),
        ErrorCode::SignatureMissing => ("Falta a assinatura", "O evento não traz o cabeçalho X-Hub-Signature-256."),
        ErrorCode::SignatureWrong => ("Assinatura incorreta", "A assinatura do evento não corresponde ao conteúdo."),
        ErrorCode::VerifyTokenWrong => ("Token incorreto", "O token de verificação não é o configurado."),
        ErrorCode::AlreadySetUp => {
            ("Já está instalado", "Esta instalação já tem sua primeira organização. Entre com seu e-mail.")
        }
        ErrorCode::EmailTaken => ("E-mail em uso", "Já existe um membro com esse e-mail."),
        ErrorCode::QuickReplyCategoryNameTaken => {
            ("Esse nome já existe", "Já existe uma categoria com esse nome. Escolha outro.")
        }
        ErrorCode::TicketAlreadyTaken => ("Outra pessoa pegou", "O ticket já está com outra pessoa."),
        ErrorCode::TicketClosed => ("O ticket está fechado", "Um ticket fechado não muda mais."),
        ErrorCode::TicketNotYours => ("O ticket não é seu", "Pegue o ticket antes de responder."),
        ErrorCode::ServiceWindowClosed => (
            "A janela de 24 horas está fechada",
            "O contato não escreve há mais de 24 horas: o WhatsApp só aceita um modelo.",
        ),
        ErrorCode::SheetUnreadable => (
            "Não conseguimos ler a planilha",
            "O arquivo não é uma planilha xlsx, xls, ods ou csv válida. Salve de novo e envie outra vez.",
        ),
        ErrorCode::SheetEncrypted => ("A planilha tem senha", "Salve sem senha e envie outra vez."),
        ErrorCode::SheetTooLarge => {
            ("A planilha é grande demais", "O arquivo passa de 50 MB, comprimido, ou do que cabe descomprimido.")
        }
        ErrorCode::SheetEmpty => ("A planilha está vazia", "Não há nenhuma linha abaixo dos cabeçalhos."),
        ErrorCode::SheetTooManyRows => ("Linhas demais", "Uma planilha tem até 100.000 linhas. Divida em várias."),
        ErrorCode::SheetColumnsMissing => {
            ("Faltam colunas", "A planilha precisa das colunas remetente, destinatário e modelo.")
        }
        ErrorCode::CampaignHasFaultyRows => {
            ("Há linhas com erros", "Corrija a planilha ou escolha deixar de fora as linhas com erros.")
        }
        ErrorCode::CampaignHasNoRecipients => ("Não há para quem enviar", "Nenhuma linha da planilha é válida."),
        ErrorCode::CampaignNotDraft => ("A campanha já saiu", "Só um rascunho pode ser enviado ou apagado."),
        ErrorCode::CampaignNotRunning => ("A campanha não está em envio", "Só uma campanha em envio pode ser pausada."),
        ErrorCode::CampaignNotPaused => ("A campanha não está em pausa", "Só uma campanha em pausa pode ser retomada."),
        ErrorCode::CampaignEnded => ("A campanha terminou", "Uma campanha terminada ou cancelada não muda mais."),
        ErrorCode::ProfileNameTaken => ("Esse nome já existe", "Já há um perfil com esse nome. Escolha outro."),
        ErrorCode::ProfileIsBuiltIn => {
            ("Este perfil não muda", "O perfil de administrador tem sempre todas as permissões e não é excluído.")
        }
        ErrorCode::MemberHasProfile => {
            ("Já tem outro perfil", "Já têm outro perfil e o perderiam: {about}. Confirme a substituição.")
        }
        ErrorCode::MayNotGrant => (
            "Você não pode conceder isso",
            "Ninguém concede permissões que não tem, nem altera quem tem mais permissões ou mais números. Peça a um administrador.",
        ),
        ErrorCode::LastAdministrator => (
            "É o último administrador",
            "A organização precisa de pelo menos um administrador que possa entrar. Nomeie outro antes.",
        ),
        ErrorCode::MemberDeactivated => ("O membro está desativado", "Reative-o antes de fazer isso: {about}."),
        ErrorCode::MemberActive => {
            ("O membro já entrou", "Já aceitou o convite. Se esqueceu a senha, envie um link para escolher outra.")
        }
        ErrorCode::LinkEnded => (
            "O link não vale mais",
            "Já foi usado, venceu ou outro foi enviado depois. Peça um novo a um administrador.",
        ),
        ErrorCode::VersionConflict => (
            "Alguém mudou antes",
            "Outra pessoa salvou mudanças enquanto você editava. Compare os dois lados e salve de novo.",
        ),
        ErrorCode::NumberAlreadyGrouped => {
            ("O número já está em um grupo", "Um número fica em um só grupo: {about}. Mova-o em vez de adicioná-lo.")
        }
        ErrorCode::GroupAlreadyGrouped => {
            ("O grupo já está em outro", "Um grupo fica dentro de um só: {about}. Mova-o em vez de adicioná-lo.")
        }
        ErrorCode::GroupWouldBeEmpty => {
            ("Um grupo ficaria vazio", "O grupo {about} ficaria sem nada dentro. Exclua-o também ou deixe algo nele.")
        }
        ErrorCode::GroupHasCycle => (
            "Um grupo não pode conter a si mesmo",
            "{about} está dentro do grupo que você quer mover. Escolha outro destino.",
        ),
        ErrorCode::GroupContentMismatch => {
            ("Esse grupo contém outra coisa", "Um grupo é de números ou de grupos, nunca de ambos: {about}.")
        }
        ErrorCode::OwnerIsAgent => {
            ("É proprietário do número", "O proprietário é sempre agente. Escolha antes outro proprietário.")
        }
        ErrorCode::NumberConfirmationWrong => {
            ("O número não confere", "Digite o número completo, como é mostrado, para excluí-lo.")
        }
        ErrorCode::WabaAlreadyConnected => {
            ("A conta já está conectada", "Essa conta do WhatsApp já está conectada nesta instalação.")
        }
        ErrorCode::WabaHasNumbers => ("A conta tem números", "Exclua antes os números dela: {about}."),
        ErrorCode::MailNotConfigured => {
            ("Não há e-mail configurado", "Configure antes o servidor de e-mail da organização.")
        }
        ErrorCode::WhatsappRefused => {
            ("O WhatsApp não aceitou", "O WhatsApp respondeu que não. Abaixo se explica por quê e o que fazer.")
        }
        ErrorCode::WhatsappUnreachable => {
            ("O WhatsApp não responde", "Não foi possível falar com o WhatsApp. Espere um momento e tente de novo.")
        }
        ErrorCode::NumberNotIncluded => {
            ("O número ainda não está na conta", "Termine a inclusão em Inclusão de números e volte aqui.")
        }
        ErrorCode::NumberAlreadyIncluded => ("O número já está incluído", "A organização já tem esse número: {about}."),
        ErrorCode::NumberNotVerified => {
            ("O número não está verificado", "Peça um código e confirme-o antes de registrar o número.")
        }
        ErrorCode::NumberAlreadyVerified => {
            ("O número já está verificado", "Não precisa de outro código. Registre o número com o PIN.")
        }
        ErrorCode::CodeTooSoon => (
            "Espere antes de pedir outro código",
            "Um código acabou de ser enviado. A página mostra quando você pode pedir outro.",
        ),
        ErrorCode::CodesUsedUp => (
            "Não há mais códigos por enquanto",
            "Foram pedidos códigos demais para este número. A página mostra quando haverá outro.",
        ),
        ErrorCode::GuessesUsedUp => {
            ("Tentativas demais", "Foram digitados códigos errados demais. Peça um código novo.")
        }
        ErrorCode::RegistrationsUsedUp => (
            "Registros demais",
            "O WhatsApp permite 10 registros de um número em 72 horas. A página mostra quando tentar de novo.",
        ),
        ErrorCode::CodeNotRequested => ("Não há um código válido", "Peça antes um código por SMS ou chamada."),
        ErrorCode::PictureUnreadable => {
            ("Não é possível ler a imagem", "Precisa ser uma imagem JPEG ou PNG de até 5 MB.")
        }
        ErrorCode::PictureTooSmall => ("A imagem é pequena demais", "Cada lado precisa de pelo menos 192 pixels."),
        ErrorCode::ImportHasFaultyRows => {
            ("Há linhas com erros", "Corrija as células marcadas ou deixe essas linhas de fora.")
        }
        ErrorCode::ImportEmpty => {
            ("Não há números para incluir", "A planilha não tem nenhuma linha abaixo dos cabeçalhos.")
        }
        ErrorCode::ImportNotDraft => {
            ("A inclusão já começou", "Só um rascunho pode ser corrigido, iniciado ou excluído.")
        }
        ErrorCode::ImportNotStarted => ("A inclusão não começou", "Inicie antes a criação dos números."),
        ErrorCode::ImportTooManyRows => ("Linhas demais", "São incluídos até 20 números por vez. Divida a planilha."),
        ErrorCode::ImportColumnsMissing => {
            ("Faltam colunas", "A planilha precisa das colunas CC, PhoneNumber, UsersEmails e DisplayName.")
        }
        ErrorCode::PasswordWrong => ("A senha não está certa", "A senha atual não é essa. Digite de novo."),
        ErrorCode::SandboxUnavailable => ("Não há sandbox", "Este servidor não está com o sandbox ligado."),
        ErrorCode::AgentMayNotClose => (
            "Você não pode encerrar tickets neste número",
            "A configuração de atendimento reserva o encerramento aos gestores.",
        ),
        ErrorCode::AgentMayNotTransfer => (
            "Você não pode transferir neste número",
            "A configuração de atendimento reserva as transferências aos gestores.",
        ),
        ErrorCode::AgentMayNotStart => (
            "Você não pode iniciar conversas neste número",
            "A configuração de atendimento reserva as mensagens ativas aos gestores.",
        ),
        ErrorCode::TagMissing => (
            "Falta uma etiqueta",
            "Este número pede ao menos uma etiqueta para encerrar o ticket. Escolha uma da lista.",
        ),
        ErrorCode::TransferToSame => ("O ticket já está aí", "Escolha outra fila ou outra pessoa para transferir."),
        ErrorCode::MessageAlreadySent => (
            "Uma mensagem já foi enviada",
            "Este contato já recebeu uma mensagem ativa. Confirme se quer enviar outra.",
        ),
        ErrorCode::TemplateNotActive => {
            ("O modelo não está ativo", "Ative-o para este número em Ativação de modelos, ou escolha outro: {about}.")
        }
        ErrorCode::TemplateNotApproved => {
            ("O modelo não está aprovado", "O WhatsApp não o aprovou; escolha outro: {about}.")
        }
        ErrorCode::TemplateVariablesWrong => ("Faltam dados do modelo", "Preencha cada variável do modelo: {about}."),
        ErrorCode::ContactOptedOut => {
            ("O contato pediu para não receber mensagens", "Não é possível enviar mensagens ativas para ele.")
        }
        ErrorCode::NumbersOfOtherWaba => (
            "Os números são de contas diferentes",
            "Os modelos pertencem a uma conta do WhatsApp. Estes números são de outra: {about}.",
        ),
        ErrorCode::SettingsChangedSince => (
            "Alguém os mudou depois",
            "Estes números mudaram depois e não foram tocados: {about}. Você pode continuar sem eles.",
        ),
        ErrorCode::ChangeUndone => ("Já foi desfeita", "Esta mudança já tinha sido desfeita."),
        ErrorCode::ChatbotNotMade => {
            ("O número ainda não tem chatbot", "Termine antes a inclusão dele em Inclusão de números: {about}.")
        }
        ErrorCode::OwnActionRefused => {
            ("Isso não se faz consigo mesmo", "Peça a outro administrador que faça isso por você.")
        }
    }
}

pub(super) fn field(code: FieldCode) -> &'static str {
    match code {
        FieldCode::Required => "Este dado é obrigatório.",
        FieldCode::TooShort => "Precisa de pelo menos {limit} caracteres.",
        FieldCode::TooLong => "Aceita até {limit} caracteres.",
        FieldCode::OutOfRange => "O valor está fora dos limites.",
        FieldCode::NotAnEmail => "Não é um e-mail: escreva algo como ana@example.com.",
        FieldCode::NotATimeZone => "Não é um fuso horário: escreva algo como America/Sao_Paulo.",
        FieldCode::NotAnAddress => "Não é um endereço web: escreva algo como https://exemplo.com.",
        FieldCode::OnlyDigits => "Só leva dígitos.",
        FieldCode::SixDigits => "São 6 dígitos.",
        FieldCode::Repeated => "Está repetido.",
        FieldCode::EmailTaken => "Já há um membro com esse e-mail.",
        FieldCode::NotAnAgent => "Precisa ser agente deste número.",
        FieldCode::TooMany => "Aceita até {limit}.",
        FieldCode::NotATime => "O horário vai de 00:00 a 24:00.",
        FieldCode::NotADay => "Esse dia não existe: escreva DD/MM, como 25/12.",
        FieldCode::EndsBeforeItStarts => "O fim precisa ser depois do início.",
        FieldCode::Overlaps => "Os intervalos vêm em ordem e sem se sobrepor.",
        FieldCode::WrongHost => "O endereço precisa começar com https:// e ser dessa rede.",
        FieldCode::UnknownVariable => "Há uma variável que não existe. Use as oferecidas ao lado do texto.",
        FieldCode::SuggestsItself => "Um número não pode sugerir a si mesmo.",
        FieldCode::NeedsTemplate => "Precisa do modelo atendimento_esta_disponivel aprovado na conta.",
        FieldCode::ReservedName => "Esse é o nome da fila padrão.",
        FieldCode::OtherAccount => "É de outra conta do WhatsApp.",
        FieldCode::NotFound => "Não existe ou não está ao seu alcance.",
        FieldCode::Invalid => "O valor não é válido.",
    }
}

pub(super) fn row_fault(reason: RowFaultReason) -> &'static str {
    match reason {
        RowFaultReason::Missing => "A célula está vazia e é obrigatória.",
        RowFaultReason::PhoneInvalid => "Não é um telefone com código do país, como +5511911112222.",
        RowFaultReason::SenderUnknown => "O remetente não é um número ao seu alcance.",
        RowFaultReason::TemplateUnknown => "O remetente não tem um modelo com esse nome.",
        RowFaultReason::TemplateNotApproved => "O WhatsApp não tem esse modelo aprovado.",
        RowFaultReason::LanguageNeeded => "O modelo existe em vários idiomas: indique qual.",
        RowFaultReason::LanguageUnknown => "O modelo não existe nesse idioma.",
        RowFaultReason::VariableMissing => "Falta o valor desta variável do modelo.",
        RowFaultReason::VariableTooLong => "Com este valor o texto passa do que o WhatsApp aceita.",
        RowFaultReason::VariableInvalid => "Aqui vai um endereço que comece com https://.",
        RowFaultReason::TemplateUnsupported => "O modelo tem uma parte que ainda não pode ser enviada daqui.",
        RowFaultReason::Duplicate => {
            "O mesmo remetente já envia este modelo a este destinatário em uma linha anterior."
        }
        RowFaultReason::TemplateNotActive => "Esse modelo não está ativo para o remetente.",
        RowFaultReason::OptedOut => "O contato pediu para não receber mensagens.",
    }
}
