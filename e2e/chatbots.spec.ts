/// The chatbot's editor (S3): six tabs, the preview, the phone to try it, faults, saving, and two people at once.
import { axe } from './support/axe.ts';
import { signedIn, signIn } from './support/people.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

const number = 'Sofía Herrera';

/// The editor of a number, by way of the list.
async function open(page: Page, name: string): Promise<void> {
  await page.goto('/chatbots');
  await page.getByRole('row', { name: new RegExp(name) }).getByRole('link').last().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

test('every tab is edited, seen in the preview, saved and there after a reload', async ({ page, server }) => {
  test.setTimeout(120_000);
  await signIn(page, server, 'administrator');
  await open(page, number);
  const preview = page.getByRole('region', { name: 'Vista previa' });
  const save = page.getByRole('button', { name: 'Guardar', exact: true });
  await expect(save).toBeDisabled();
  await axe(page);
  await shoot(page, 'chatbot-flow');

  await test.step('greetings with a variable at the cursor, and a survey', async () => {
    const greeting = section(page, 'Saludo del primer contacto');
    const text = greeting.getByLabel(/^Mensaje/);
    await text.fill('Buenas, ');
    await greeting.getByRole('button', { name: /contact\.name/ }).click();
    await expect(text).toHaveValue('Buenas, {{contact.name}}');
    await expect(text).toBeFocused();
    await expect(preview).toContainText('Buenas, Ana');
    await greeting.getByRole('button', { name: /^Texto por defecto/ }).click();
    await expect(text).not.toHaveValue(/^Buenas/);
    await text.fill('Buenas, {{contact.name}}');
    await section(page, 'Saludo de retorno').getByLabel('Inactividad').fill('36');
    const survey = section(page, 'Encuesta');
    await survey.getByLabel('Tipo de encuesta').selectOption('csat');
    await survey.getByLabel(/^Pregunta de la encuesta/).fill('¿Qué tal te atendimos?');
    await survey.getByLabel('Frecuencia').selectOption('days');
    await survey.getByLabel('Días entre encuestas').fill('30');
    await expect(preview).toContainText('¿Qué tal te atendimos?');
  });

  await test.step('questions are added and moved', async () => {
    await tab(page, 'Preguntas frecuentes').click();
    await expect(page).toHaveURL(/tab=faq/);
    await page.getByRole('switch', { name: 'Activar las preguntas frecuentes' }).check();
    await page.getByLabel(/^Mensaje antes del menú/).fill('¿En qué te ayudamos?');
    for (const [index, label] of ['Equipaje', 'Cambios'].entries()) {
      await page.getByRole('button', { name: 'Añadir pregunta' }).click();
      const row = page.getByRole('list', { name: 'Preguntas' }).getByRole('listitem').nth(index);
      await row.getByLabel(/^Pregunta/).fill(`¿${label}?`);
      await row.getByLabel(/^Etiqueta corta/).fill(label);
      await row.getByLabel(/^Respuesta/).fill(`Respuesta sobre ${label}.`);
    }
    await page.getByRole('button', { name: 'Subir: Pregunta 2' }).click();
    await expect(page.getByRole('list', { name: 'Preguntas' }).getByLabel(/^Etiqueta corta/).first()).toHaveValue('Cambios');
    await expect(preview).toContainText('Respuesta sobre Cambios.');
    await axe(page);
    await shoot(page, 'chatbot-faq');
  });

  await test.step('queues, and an agent who has no access is told at once', async () => {
    await tab(page, 'Filas de atención').click();
    const fallback = section(page, 'Fila por defecto');
    const agents = fallback.getByRole('combobox', { name: /^Agentes de la fila/ });
    await agents.fill('nadie@demo.example.com');
    await agents.press('Enter');
    await expect(fallback.getByRole('status').filter({ hasText: 'Sin acceso a este número' })).toBeVisible();
    await fallback.getByRole('button', { name: 'Quitar: nadie@demo.example.com' }).click();
    await expect(fallback).not.toContainText('Sin acceso a este número');
    await page.getByRole('switch', { name: 'Activar el Centro de Atención' }).check();
    await page.getByLabel(/^Mensaje antes del menú/).fill('Elige con quién quieres hablar:');
    await page.getByRole('button', { name: 'Añadir fila' }).click();
    await page.getByLabel(/^Nombre de la fila/).fill('Reservas');
    await expect(preview).toContainText('Ticket abierto en la fila “Reservas”');
    await axe(page);
    await shoot(page, 'chatbot-queues');
  });

  await test.step('texts of attendance, and the next opening can be announced', async () => {
    await tab(page, 'Atención').click();
    await section(page, 'Pre-atención').getByLabel(/^Mensaje/).fill('Ya te atendemos.');
    await expect(preview).toContainText('Ya te atendemos.');
    // The sandbox's account has the template, so that it can be switched on.
    await expect(section(page, 'Notificar el próximo horario de atención').getByRole('switch')).toBeEnabled();
    const absence = section(page, 'Mensaje de Ausencia');
    await absence.getByRole('switch').check();
    await absence.getByLabel(/^Mensaje/).fill('Vuelvo el lunes.');
    await absence.getByLabel('Contacto sugerido').selectOption('number');
    await absence.getByLabel('Buscar por nombre o número').fill('Marta');
    await absence.getByRole('radio', { name: /Marta/ }).check();
    await expect(preview).toContainText('Vuelvo el lunes.');
    await absence.getByRole('switch').uncheck();
    await axe(page);
    await shoot(page, 'chatbot-attention');
  });

  await test.step('social links of the right host', async () => {
    await tab(page, 'Redes sociales').click();
    await page.getByRole('switch', { name: 'Ofrecer las redes sociales' }).check();
    const instagram = page.getByLabel(/^Instagram/);
    await instagram.fill('https://example.com/viajes');
    await expect(page.getByText('La dirección tiene que empezar con https:// y ser de esa red.')).toBeVisible();
    await expect(tab(page, 'Redes sociales')).toContainText('1 por corregir');
    await instagram.fill('https://www.instagram.com/viajes');
    await expect(tab(page, 'Redes sociales')).not.toContainText('por corregir');
    await axe(page);
  });

  await test.step('hours by weekday, copied, and a holiday by Enter', async () => {
    await tab(page, 'Horarios').click();
    await page.getByRole('switch', { name: 'Atención 24h' }).uncheck();
    const days = page.getByRole('list', { name: 'Días y horas de atención' });
    const monday = days.getByRole('listitem').filter({ hasText: 'Lunes' });
    if ((await monday.getByRole('textbox').count()) === 0) await monday.getByRole('button', { name: 'Añadir intervalo' }).click();
    await monday.getByRole('textbox', { name: /intervalo 1: hasta/ }).fill('17.30');
    await monday.getByRole('textbox', { name: /intervalo 1: hasta/ }).press('Tab');
    await expect(monday.getByRole('textbox', { name: /intervalo 1: hasta/ })).toHaveValue('17:30');
    await monday.getByRole('button', { name: /^Copiar el horario/ }).click();
    await axe(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Copiar' }).click();
    await expect(days.getByRole('textbox', { name: 'Viernes, intervalo 1: hasta' })).toHaveValue('17:30');
    const holiday = page.getByLabel('Nuevo feriado');
    await holiday.fill('31/02 - Nunca');
    await holiday.press('Enter');
    await expect(page.getByText('Ese día no existe')).toBeVisible();
    await holiday.fill('25/12 - Navidad');
    await holiday.press('Enter');
    await expect(page.getByRole('list', { name: 'Feriados' })).toContainText('25/12 - Navidad');
    await section(page, 'Mensaje de atención no disponible').getByRole('switch').check();
    await section(page, 'Mensaje de atención no disponible').getByLabel(/^Mensaje/).fill('Ahora está cerrado.');
    await expect(preview).toContainText('Ahora está cerrado.');
    await axe(page);
    await shoot(page, 'chatbot-hours');
  });

  await test.step('what is saved is there after a reload, on the same tab', async () => {
    await save.click();
    await expect(page.getByRole('status').filter({ hasText: 'Chatbot guardado' })).toBeVisible();
    await expect(save).toBeDisabled();
    await page.reload();
    await expect(page.getByRole('tab', { name: 'Horarios' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('list', { name: 'Feriados' })).toContainText('25/12 - Navidad');
    await tab(page, 'Flujo de conversación').click();
    await expect(section(page, 'Saludo del primer contacto').getByLabel(/^Mensaje/)).toHaveValue('Buenas, {{contact.name}}');
    await expect(section(page, 'Saludo de retorno').getByLabel('Inactividad')).toHaveValue('36');
    await expect(section(page, 'Encuesta').getByLabel('Días entre encuestas')).toHaveValue('30');
  });
});

test('the phone tries what is not saved: a question, a queue, the closing and another time', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await open(page, 'Valentina');
  await tab(page, 'Preguntas frecuentes').click();
  await page.getByRole('switch', { name: 'Activar las preguntas frecuentes' }).check();
  await page.getByRole('button', { name: 'Añadir pregunta' }).click();
  await page.getByRole('textbox', { name: /^Pregunta/ }).first().fill('¿Dónde están?');
  await page.getByLabel(/^Etiqueta corta/).fill('Dirección');
  await page.getByLabel(/^Respuesta/).fill('Avenida Siempreviva 742.');
  await tab(page, 'Filas de atención').click();
  await page.getByRole('switch', { name: 'Activar el Centro de Atención' }).check();
  await page.getByRole('button', { name: 'Añadir fila' }).click();
  await page.getByLabel(/^Nombre de la fila/).fill('Pagos');

  await page.getByRole('tab', { name: 'Probar' }).click();
  const chat = page.getByRole('log', { name: 'Conversación de prueba' });
  const write = async (text: string) => {
    await page.getByLabel('Escribe un mensaje como contacto').fill(text);
    await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  };
  await write('hola');
  await chat.getByRole('button', { name: /^Dirección/ }).click();
  await expect(chat).toContainText('Avenida Siempreviva 742.');
  await write('quiero pagar');
  await chat.getByRole('button', { name: /^Pagos/ }).last().click();
  await expect(chat).toContainText('Ticket abierto en la fila “Pagos”');
  await axe(page);
  await shoot(page, 'chatbot-try-it');
  await page.getByRole('button', { name: 'El agente cierra el ticket' }).click();
  await expect(chat).toContainText('El agente cerró el ticket');

  // Closed hours, tried without saving them.
  await tab(page, 'Horarios').click();
  await page.getByRole('switch', { name: 'Atención 24h' }).uncheck();
  await section(page, 'Mensaje de atención no disponible').getByRole('switch').check();
  await section(page, 'Mensaje de atención no disponible').getByLabel(/^Mensaje/).fill('Hoy no atendemos.');
  await page.getByRole('button', { name: 'Empezar de nuevo' }).click();
  await expect(chat).not.toContainText('Avenida');
  await page.getByLabel('Día', { exact: true }).selectOption({ label: 'Domingo' });
  await page.getByLabel('Hora', { exact: true }).fill('23:30');
  await page.getByRole('button', { name: 'Ir a ese momento' }).click();
  await expect(chat).toContainText('Domingo, 23:30');
  await write('hola');
  await write('quiero pagar');
  await expect(chat).toContainText('Hoy no atendemos.');
  await expect(chat).toContainText('Se lista en Contactos fuera del horario');

  // Leaving asks first.
  await page.getByRole('link', { name: 'Volver a Chatbot' }).click();
  await expect(page.getByRole('dialog', { name: 'Hay cambios sin guardar' })).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Salir sin guardar' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Chatbot' })).toBeVisible();
});

test('what cannot be saved is shown on its tab, and gets the focus', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await open(page, 'Valentina');
  await tab(page, 'Preguntas frecuentes').click();
  await page.getByRole('switch', { name: 'Activar las preguntas frecuentes' }).check();
  await page.getByRole('button', { name: 'Añadir pregunta' }).click();
  await page.getByLabel(/^Etiqueta corta/).fill('Dirección');
  await page.getByLabel(/^Respuesta/).fill('Avenida Siempreviva 742.');
  await tab(page, 'Redes sociales').click();
  await page.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(tab(page, 'Preguntas frecuentes')).toHaveAttribute('aria-selected', 'true');
  await expect(tab(page, 'Preguntas frecuentes')).toContainText('1 por corregir');
  const question = page.getByRole('list', { name: 'Preguntas' }).getByLabel(/^Pregunta/);
  await expect(question).toBeFocused();
  await expect(question).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
  await shoot(page, 'chatbot-fault');
});

test('two people edit one chatbot: the second sees both sides and keeps what the first changed elsewhere', async ({ browser, page, server }) => {
  await signIn(page, server, 'administrator');
  await open(page, 'Marta');
  const other = await signedIn(browser, server, 'administrator');
  await open(other, 'Marta');
  await section(page, 'Saludo del primer contacto').getByLabel(/^Mensaje/).fill('Saludo de la primera');
  await section(other, 'Saludo del primer contacto').getByLabel(/^Mensaje/).fill('Saludo de la segunda');
  await section(other, 'Saludo de retorno').getByLabel(/^Mensaje/).fill('Retorno de la segunda');
  await other.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(other.getByRole('status').filter({ hasText: 'Chatbot guardado' })).toBeVisible();
  // The event tells at once; saving would tell as well.
  const conflict = page.getByRole('alert').filter({ hasText: 'Alguien guardó cambios' });
  await expect(conflict).toContainText('Saludo de la primera');
  await expect(conflict).toContainText('Saludo de la segunda');
  await expect(conflict).not.toContainText('Retorno de la segunda');
  await axe(page);
  await shoot(page, 'chatbot-conflict');
  await conflict.getByRole('button', { name: 'Guardar lo tuyo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Chatbot guardado' })).toBeVisible();
  await expect(section(page, 'Saludo de retorno').getByLabel(/^Mensaje/)).toHaveValue('Retorno de la segunda');
  await expect(section(other, 'Saludo del primer contacto').getByLabel(/^Mensaje/)).toHaveValue('Saludo de la primera');
});
