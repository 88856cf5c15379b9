/// The product's main job on real input: a customer writes, the chatbot greets, an agent answers; a sheet becomes a campaign.
import { join } from 'node:path';
import { axe } from './support/axe.ts';
import { phone, signedIn, takeTicket, write } from './support/people.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

/// Made and saved by a spreadsheet program: 40 rows, three of them faulty in different ways.
const sheet = join(import.meta.dirname, 'fixtures/campaign-40.xlsx');

test('a customer writes, the chatbot greets, an agent answers in Desk and the customer sees it', async ({ browser }) => {
  // A server of its own: elsewhere an agent may be online already, and get the ticket at once.
  const server = await Server.start('main-job');
  const agent = await signedIn(browser, server, 'agent');
  await agent.getByRole('link', { name: 'Desk', exact: true }).click();
  await expect(agent.getByText('Nadie espera')).toBeVisible();

  const customer = await phone(browser, server, 'Sofía Herrera', { name: 'Pepa Flores', digits: '+56 9 9876 5432' });
  const chat = customer.getByRole('log', { name: 'Conversación' });
  await write(customer, 'Hola, quiero viajar a Bariloche');
  await expect(chat.getByText('¡Hola, Pepa Flores! Gracias por escribir a Viajes del Sur.')).toBeVisible();
  await expect(chat.getByText('Enseguida te atiende una persona de nuestro equipo.')).toBeVisible();

  // The ticket is there without anybody reloading anything.
  await expect(agent.getByRole('tab', { name: 'En espera 1' })).toBeVisible();
  await agent.getByRole('link', { name: /Pepa Flores/ }).click();
  const thread = agent.getByRole('region', { name: 'Conversación con Pepa Flores' });
  await expect(thread.getByText('Hola, quiero viajar a Bariloche')).toBeVisible();
  await expect(thread.getByText('¡Hola, Pepa Flores!')).toBeVisible();
  await expect(thread.getByText('Ticket #')).toBeVisible();
  await takeTicket(thread);

  await thread.getByLabel('Escribe un mensaje').fill('¡Hola, Pepa! Hay cupos en julio. ¿Cuántas personas viajan?');
  await agent.keyboard.press('Control+Enter');
  await expect(chat.getByText('Hay cupos en julio')).toBeVisible();
  const answer = thread.getByRole('listitem').filter({ hasText: 'Hay cupos en julio' });
  await expect(answer.getByText('Leído')).toBeVisible();

  await write(customer, 'Somos cuatro 🙌');
  await expect(thread.getByText('Somos cuatro 🙌')).toBeVisible();
  await axe(agent);
  await shoot(agent, 'desk');
  await shoot(customer, 'phones');

  await thread.getByRole('button', { name: 'Cerrar ticket' }).click();
  await agent.getByRole('dialog').getByRole('button', { name: 'Cerrar ticket' }).click();
  await expect(agent.getByRole('tab', { name: 'Míos 0' })).toBeVisible();
  await expect(chat.getByRole('listitem').last()).toContainText('Gracias');
  await server.stop();
});

test('a sheet of 40 rows: 37 are delivered, three are named by row, column and reason', async ({ browser, server }) => {
  const manager = await signedIn(browser, server, 'manager');
  await manager.getByRole('link', { name: 'Mensajes activos' }).click();
  await axe(manager);
  await manager.locator('input[type=file]').setInputFiles(sheet);

  const faults = manager.getByRole('region', { name: 'Filas con errores' });
  await expect(faults.getByRole('row', { name: '12 Teléfono +56 9 1234 No es un teléfono con código de país' })).toBeVisible();
  await expect(faults.getByRole('row', { name: '26 Plantilla recordatorio_de_pgo El remitente no tiene una plantilla' })).toBeVisible();
  await expect(faults.getByRole('row', { name: '36 {{2}} (vacía) Falta el valor de esta variable' })).toBeVisible();
  await expect(manager.getByRole('listitem').filter({ hasText: 'Listas para enviar' })).toContainText('37');
  await axe(manager);
  await shoot(manager, 'campaign-review');

  await manager.getByRole('button', { name: 'Continuar' }).click();
  await manager.getByLabel('Nombre de la campaña').fill('Recordatorio de junio');
  await manager.getByLabel('Dejar fuera las filas con errores').check();
  await manager.getByRole('button', { name: 'Enviar', exact: true }).click();

  await expect(manager.getByRole('heading', { level: 1, name: 'Recordatorio de junio' })).toBeVisible();
  const states = manager.getByRole('list', { name: 'Destinatarios por estado' });
  // Its report fills with ticks while it is looked at: delivered, and then read.
  await expect(manager.getByText('37 de 37')).toBeVisible({ timeout: 20_000 });
  await expect(states.getByRole('listitem').filter({ hasText: 'Leídos' })).toContainText('37', { timeout: 20_000 });
  await expect(states.getByRole('listitem').filter({ hasText: 'Fallidos' })).toContainText('0');
  await axe(manager);
  await shoot(manager, 'campaign-progress');

  await manager.getByRole('link', { name: 'Reportes de campañas' }).click();
  await expect(manager.getByText('Recordatorio de junio')).toBeVisible();
  await axe(manager);
  await shoot(manager, 'campaign-reports');
});
