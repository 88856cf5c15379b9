// The page's words in its three languages, and the way to them.

const words = {
  es: {
    bareTaps: "Toca sin contexto", bareTapsHint: "Lo tocado llega sin decir en qué mensaje", templates: "Plantillas", templatesHint: "Cambie su estado como lo haría WhatsApp; la empresa recibe el aviso.",
    smsTitle: "SMS en el teléfono {phone}", voiceTitle: "Llamada al teléfono {phone}", smsText: "Su código de WhatsApp Business: {code}. No lo comparta con nadie.", voiceText: "«Su código de WhatsApp Business es: {code}.»", smsUntil: "Vale hasta las {time}.", pending: "sin registrar",
    skip: "Ir a la conversación", title: "Teléfonos", purpose: "Haga de cliente: escriba a un número de la empresa y vea lo que mostraría WhatsApp.",
    language: "Idioma", theme: "Cambiar entre claro y oscuro", numbers: "Números de la empresa", findNumber: "Buscar número",
    phones: "Clientes", newPhone: "Nuevo teléfono", findPhone: "Buscar teléfono", noPhones: "Todavía no hay teléfonos.",
    noPhonesHint: "Cree uno, o envíe un mensaje desde la empresa: aparecerá solo.", back: "Volver a la lista", behaviour: "Comportamiento y fallas",
    typing: "La empresa está escribiendo", cancelQuote: "No citar", attach: "Adjuntar un archivo", write: "Escriba un mensaje", send: "Enviar",
    close: "Cerrar", thisPhone: "Este teléfono", autoRead: "Lee solo", autoReadHint: "Doble tilde azul sin abrir el chat", silent: "Apagado",
    silentHint: "Lo enviado espera con una tilde", blocked: "Bloquea a la empresa", blockedHint: "Nada le llega", missing: "Sin WhatsApp",
    missingHint: "Los envíos fallan con 131026", thisNumber: "Este número de la empresa", quality: "Calidad", green: "Buena", yellow: "Media",
    red: "Mala", throughput: "Mensajes por segundo", faults: "Fallas", faultsHint: "Porcentaje de los envíos o avisos a los que les pasa.",
    everyone: "Para todos los números sin fallas propias", apply: "Aplicar", clear: "Quitar todas", name: "Nombre", phoneNumber: "Teléfono",
    phoneHint: "Con código de país. Los que terminan en 0000 no tienen WhatsApp.", phoneWrong: "Un teléfono tiene de 5 a 15 dígitos.",
    cancel: "Cancelar", openPhone: "Abrir teléfono", business: "Cuenta de empresa", you: "Usted", nothing: "Escriba el primer mensaje a {name}.",
    choose: "Elija un teléfono de cliente, o cree uno nuevo.", live: "En vivo", offline: "Sin conexión; reintentando", unread: "{n} sin leer",
    reply: "Responder citando", react: "Reaccionar", reactWith: "Reaccionar con {emoji}", takeBack: "Quitar la reacción", options: "Opciones",
    accepted: "aceptado", sent: "enviado", delivered: "entregado", read: "leído", failed: "falló", today: "Hoy", yesterday: "Ayer",
    applied: "Fallas aplicadas.", cleared: "Sin fallas.", image: "Imagen", video: "Video", audio: "Audio", document: "Documento", sticker: "Sticker",
    location: "Ubicación", contacts: "Contacto", template: "Plantilla", reaction: "Reacción", unknown: "Mensaje de tipo {type}", message: "Mensaje de {name}",
    error_code: "Código de error", error_rate: "Con ese error %", http_500_rate: "HTTP 500 %", http_429_rate: "HTTP 429 %", latency_ms: "Demora (ms)",
    drop_connection_rate: "Corta sin responder %", duplicate_rate: "Avisos dobles %", reorder_rate: "Avisos desordenados %",
    drop_webhook_rate: "Avisos perdidos %", seed: "Semilla", none: "Ninguno", sentFigure: "Aceptados", refusedFigure: "Rechazados", peakFigure: "Pico/s",
    bot: "Plantilla de {category}", wrong: "No se pudo: {why}", messages: "Conversación", offPhone: "Este teléfono está apagado", sees: "La empresa ve: {status}",
  },
  pt: {
    bareTaps: "Toca sem contexto", bareTapsHint: "O toque chega sem dizer em qual mensagem", templates: "Modelos", templatesHint: "Mude o estado como o WhatsApp faria; a empresa recebe o aviso.",
    smsTitle: "SMS no telefone {phone}", voiceTitle: "Chamada para o telefone {phone}", smsText: "Seu código do WhatsApp Business: {code}. Não o compartilhe com ninguém.", voiceText: "“Seu código do WhatsApp Business é: {code}.”", smsUntil: "Vale até as {time}.", pending: "não registrado",
    skip: "Ir para a conversa", title: "Telefones", purpose: "Faça o papel do cliente: escreva para um número da empresa e veja o que o WhatsApp mostraria.",
    language: "Idioma", theme: "Alternar entre claro e escuro", numbers: "Números da empresa", findNumber: "Buscar número",
    phones: "Clientes", newPhone: "Novo telefone", findPhone: "Buscar telefone", noPhones: "Ainda não há telefones.",
    noPhonesHint: "Crie um, ou envie uma mensagem pela empresa: ele aparecerá sozinho.", back: "Voltar à lista", behaviour: "Comportamento e falhas",
    typing: "A empresa está digitando", cancelQuote: "Não citar", attach: "Anexar um arquivo", write: "Escreva uma mensagem", send: "Enviar",
    close: "Fechar", thisPhone: "Este telefone", autoRead: "Lê sozinho", autoReadHint: "Dois tiques azuis sem abrir a conversa", silent: "Desligado",
    silentHint: "O que é enviado espera com um tique", blocked: "Bloqueia a empresa", blockedHint: "Nada chega até ele", missing: "Sem WhatsApp",
    missingHint: "Os envios falham com 131026", thisNumber: "Este número da empresa", quality: "Qualidade", green: "Boa", yellow: "Média",
    red: "Ruim", throughput: "Mensagens por segundo", faults: "Falhas", faultsHint: "Porcentagem dos envios ou avisos em que acontece.",
    everyone: "Para todos os números sem falhas próprias", apply: "Aplicar", clear: "Remover todas", name: "Nome", phoneNumber: "Telefone",
    phoneHint: "Com código do país. Os que terminam em 0000 não têm WhatsApp.", phoneWrong: "Um telefone tem de 5 a 15 dígitos.",
    cancel: "Cancelar", openPhone: "Abrir telefone", business: "Conta comercial", you: "Você", nothing: "Escreva a primeira mensagem para {name}.",
    choose: "Escolha um telefone de cliente, ou crie um novo.", live: "Ao vivo", offline: "Sem conexão; tentando de novo", unread: "{n} não lidas",
    reply: "Responder citando", react: "Reagir", reactWith: "Reagir com {emoji}", takeBack: "Remover a reação", options: "Opções",
    accepted: "aceita", sent: "enviada", delivered: "entregue", read: "lida", failed: "falhou", today: "Hoje", yesterday: "Ontem",
    applied: "Falhas aplicadas.", cleared: "Sem falhas.", image: "Imagem", video: "Vídeo", audio: "Áudio", document: "Documento", sticker: "Figurinha",
    location: "Localização", contacts: "Contato", template: "Modelo", reaction: "Reação", unknown: "Mensagem do tipo {type}", message: "Mensagem de {name}",
    error_code: "Código de erro", error_rate: "Com esse erro %", http_500_rate: "HTTP 500 %", http_429_rate: "HTTP 429 %", latency_ms: "Atraso (ms)",
    drop_connection_rate: "Corta sem responder %", duplicate_rate: "Avisos duplos %", reorder_rate: "Avisos fora de ordem %",
    drop_webhook_rate: "Avisos perdidos %", seed: "Semente", none: "Nenhum", sentFigure: "Aceitas", refusedFigure: "Recusadas", peakFigure: "Pico/s",
    bot: "Modelo de {category}", wrong: "Não foi possível: {why}", messages: "Conversa", offPhone: "Este telefone está desligado", sees: "A empresa vê: {status}",
  },
  en: {
    bareTaps: "Taps without context", bareTapsHint: "What is tapped does not say in which message", templates: "Templates", templatesHint: "Change their status as WhatsApp would; the business is told.",
    smsTitle: "SMS on the phone {phone}", voiceTitle: "Call to the phone {phone}", smsText: "Your WhatsApp Business code: {code}. Do not share it with anybody.", voiceText: "“Your WhatsApp Business code is: {code}.”", smsUntil: "Valid until {time}.", pending: "not registered",
    skip: "Go to the conversation", title: "Phones", purpose: "Play the customer: write to a business number and see what WhatsApp would show.",
    language: "Language", theme: "Switch between light and dark", numbers: "Business numbers", findNumber: "Find a number",
    phones: "Customers", newPhone: "New phone", findPhone: "Find a phone", noPhones: "There are no phones yet.",
    noPhonesHint: "Make one, or send a message from the business: it will appear by itself.", back: "Back to the list", behaviour: "Behaviour and faults",
    typing: "The business is typing", cancelQuote: "Do not quote", attach: "Attach a file", write: "Write a message", send: "Send",
    close: "Close", thisPhone: "This phone", autoRead: "Reads by itself", autoReadHint: "Blue ticks without opening the chat", silent: "Switched off",
    silentHint: "What is sent waits with one tick", blocked: "Blocks the business", blockedHint: "Nothing reaches it", missing: "Not on WhatsApp",
    missingHint: "Sending fails with 131026", thisNumber: "This business number", quality: "Quality", green: "Good", yellow: "Medium",
    red: "Bad", throughput: "Messages per second", faults: "Faults", faultsHint: "Share of the sends or webhooks it happens to, in percent.",
    everyone: "For every number without faults of its own", apply: "Apply", clear: "Remove all", name: "Name", phoneNumber: "Phone number",
    phoneHint: "With country code. Those that end in 0000 are not on WhatsApp.", phoneWrong: "A phone number has 5 to 15 digits.",
    cancel: "Cancel", openPhone: "Open phone", business: "Business account", you: "You", nothing: "Write the first message to {name}.",
    choose: "Choose a customer phone, or make a new one.", live: "Live", offline: "Not connected; trying again", unread: "{n} unread",
    reply: "Reply quoting", react: "React", reactWith: "React with {emoji}", takeBack: "Take the reaction back", options: "Options",
    accepted: "accepted", sent: "sent", delivered: "delivered", read: "read", failed: "failed", today: "Today", yesterday: "Yesterday",
    applied: "Faults applied.", cleared: "No faults.", image: "Image", video: "Video", audio: "Audio", document: "Document", sticker: "Sticker",
    location: "Location", contacts: "Contact", template: "Template", reaction: "Reaction", unknown: "Message of type {type}", message: "Message from {name}",
    error_code: "Error code", error_rate: "With that error %", http_500_rate: "HTTP 500 %", http_429_rate: "HTTP 429 %", latency_ms: "Delay (ms)",
    drop_connection_rate: "Cut without answer %", duplicate_rate: "Double webhooks %", reorder_rate: "Webhooks out of order %",
    drop_webhook_rate: "Lost webhooks %", seed: "Seed", none: "None", sentFigure: "Accepted", refusedFigure: "Refused", peakFigure: "Peak/s",
    bot: "{category} template", wrong: "It did not work: {why}", messages: "Conversation", offPhone: "This phone is switched off", sees: "The business sees: {status}",
  },
};

const known = (language) => Object.hasOwn(words, language);

export let language = (() => {
  const asked = new URLSearchParams(location.search).get("lang");
  const browser = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(known);
  return known(asked) ? asked : browser ?? "es";
})();

export function speak(next) {
  language = next;
}

// The word of a key, with `{name}` filled from the values.
export function say(key, values = {}) {
  const text = words[language][key] ?? words.es[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// Fills everything marked in the page: text, label (also as a hint) and placeholder.
export function label(root = document) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
  for (const element of root.querySelectorAll("[data-p]")) element.placeholder = say(element.dataset.p);
  for (const element of root.querySelectorAll("[data-l]")) {
    element.setAttribute("aria-label", say(element.dataset.l));
    element.title = say(element.dataset.l);
  }
}

export const time = (at) => new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(at);

// Today, yesterday, or the date.
export function day(at) {
  const start = (date) => new Date(date).setHours(0, 0, 0, 0);
  const ago = Math.round((start(Date.now()) - start(at)) / 86_400_000);
  if (ago === 0) return say("today");
  if (ago === 1) return say("yesterday");
  return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(at);
}

// A phone as people of its country read it.
export function pretty(phone) {
  const forms = [/^(54)(9)(\d\d)(\d{4})(\d{4})$/, /^(55)(\d\d)(\d{4,5})(\d{4})$/, /^(57)(\d{3})(\d{3})(\d{4})$/, /^(52)(\d\d)(\d{4})(\d{4})$/, /^(56)(9)(\d{4})(\d{4})$/, /^(34)(\d{3})(\d{3})(\d{3})$/, /^(1)(\d{3})(\d{3})(\d{4})$/];
  const parts = forms.map((form) => form.exec(phone)).find(Boolean);
  return `+${parts ? parts.slice(1).join(" ") : phone}`;
}
