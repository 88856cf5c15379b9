/// Off-hours contacts (A4): a phone writes at night, asks to be called, and is called next morning; another is written to by
/// an agent, for everybody to see. The server lives at a time of ours.
import { Api } from './support/api.ts';
import { axe } from './support/axe.ts';
import { phone, signedIn, write } from './support/people.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test as base } from './support/test.ts';

/// Tonight and tomorrow morning in UTC, which is the number's zone here.
const day = 24 * 60 * 60 * 1000;
const at = (days: number, time: string) => `${new Date(Date.now() + days * day).toISOString().slice(0, 10)}T${time}Z`;
const night = at(1, '22:30:00');
const morning = at(2, '09:00:05');

const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use, worker) => {
      const server = await Server.start(`night-${worker.workerIndex}`, { time: night });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

const open = [{ from: '09:00', to: '18:00' }];
const hours = { monday: open, tuesday: open, wednesday: open, thursday: open, friday: open, saturday: open, sunday: open };

async function closeAtNight(api: Api, name: string): Promise<void> {
  await api.chatbot(name, (settings) => {
    Object.assign(settings.hours, { always: false, days: hours, holidays: [], time_zone: 'UTC' });
    settings.hours.unavailable = { on: true, text: 'Ahora estamos fuera de horario.' };
    settings.attention.notify_next_hours = { on: true, text: '¿Te avisamos cuando volvamos a atender?' };
  });
}

test('an agent writes to who came at night, everybody sees it, and a second message asks first', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const api = await Api.as(server, 'administrator');
  const number = await api.number('Sofía Herrera');
  await closeAtNight(api, 'Sofía Herrera');
  const agent = await signedIn(browser, server, 'agent');
  await agent.goto(`/off-hours-contacts?number=${number.id}`);
  await expect(agent.getByRole('heading', { name: 'Nadie escribió fuera del horario' })).toBeVisible();
  await axe(agent);

  const customer = await phone(browser, server, 'Sofía Herrera', { name: 'Nora Vega', digits: '+56 9 7000 4444' });
  const chat = customer.getByRole('log', { name: 'Conversación' });
  await write(customer, '¿Tienen cupo para julio?');
  await expect(chat.getByText('Ahora estamos fuera de horario.')).toBeVisible();

  // The row is there without anybody reloading anything.
  const row = agent.getByRole('row', { name: /Nora Vega/ });
  await expect(row.getByRole('cell').nth(3)).toHaveText('No');
  await expect(row.getByRole('cell').nth(4)).toHaveText('No');
  const colleague = await signedIn(browser, server, 'administrator');
  await colleague.goto(`/off-hours-contacts?number=${number.id}`);
  const seen = colleague.getByRole('row', { name: /Nora Vega/ });
  await expect(seen).toContainText('No');

  await row.getByRole('button', { name: 'Enviar mensaje' }).click();
  let dialog = agent.getByRole('dialog');
  await dialog.getByLabel('Buscar modelo').fill('recordatorio');
  await dialog.getByRole('button', { name: 'Elegir recordatorio_de_pago' }).click();
  const preview = dialog.getByRole('group', { name: 'Así lo recibe el contacto' });
  await expect(preview).toContainText('Hola, {{1}}');
  await dialog.getByRole('button', { name: 'Enviar mensaje' }).click();
  await expect(dialog.getByText('Este dato es obligatorio.').first()).toBeVisible();
  await dialog.getByLabel('Encabezado {{1}}').fill('Nora');
  await dialog.getByLabel('Texto {{1}}').fill('1 de 2');
  await dialog.getByLabel('Texto {{2}}').fill('$ 90.000');
  await dialog.getByLabel('Texto {{3}}').fill('10 de julio');
  await expect(preview).toContainText('Su cuota 1 de 2 por $ 90.000 vence el 10 de julio.');
  await axe(agent);
  await shoot(agent, 'off-hours-send');
  await dialog.getByRole('button', { name: 'Enviar mensaje' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(row.getByRole('cell').nth(4)).toContainText('Carla Núñez');
  await expect(seen).toContainText('Carla Núñez');
  await expect(chat.getByText('Su cuota 1 de 2 por $ 90.000 vence el 10 de julio.')).toBeVisible();
  await axe(agent);
  await shoot(agent, 'off-hours-contacts');

  await seen.getByRole('button', { name: 'Enviar mensaje' }).click();
  dialog = colleague.getByRole('dialog');
  await dialog.getByLabel('Buscar modelo').fill('novedades');
  await dialog.getByRole('button', { name: 'Elegir novedades_del_mes' }).click();
  await expect(dialog.getByText('Ya se le envió un mensaje')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancelar' }).click();
  await colleague.getByLabel('Solo sin mensaje').check();
  await expect(colleague.getByRole('heading', { name: 'Ningún contacto coincide' })).toBeVisible();
});

test('a phone writes at night, asks to be called, and is called next morning', async ({ browser, server }) => {
  test.setTimeout(180_000);
  const api = await Api.as(server, 'administrator');
  const number = await api.number('Camila Rojas');
  await closeAtNight(api, 'Camila Rojas');
  const customer = await phone(browser, server, 'Camila Rojas', { name: 'Iris Luna', digits: '+57 301 700 5555' });
  const chat = customer.getByRole('log', { name: 'Conversación' });
  const last = chat.getByRole('listitem').filter({ has: customer.getByRole('article') }).last();
  await write(customer, 'Buenas noches');
  await expect(last).toContainText('¿Te avisamos cuando volvamos a atender?');
  await last.getByRole('button', { name: 'Sí' }).click();

  const night = await signedIn(browser, server, 'administrator');
  await night.goto(`/off-hours-contacts?number=${number.id}`);
  const asked = night.getByRole('row', { name: /Iris Luna/ });
  await expect(asked.getByRole('cell').nth(3)).toHaveText('Sí');
  await expect(asked.getByRole('cell').nth(4)).toHaveText('No');
  await shoot(night, 'off-hours-asked');

  await server.setTime(morning);
  // The server looks at its clock from time to time.
  await expect(last).toContainText('Ya estamos disponibles para atenderle.', { timeout: 90_000 });
  const manager = await signedIn(browser, server, 'administrator');
  await manager.goto(`/off-hours-contacts?number=${number.id}`);
  await expect(manager.getByRole('row', { name: /Iris Luna/ }).getByRole('cell').nth(4)).toContainText('Campaña o chatbot');

  await last.getByRole('button', { name: 'Sí' }).click();
  await manager.goto(`/desk?number=${number.id}`);
  await manager.getByRole('link', { name: /Iris Luna/ }).click();
  await expect(manager.getByRole('region', { name: 'Conversación con Iris Luna' }).getByText('Buenas noches')).toBeVisible();
});
