/// The agent's absence (A1): what the customer gets instead, and what Desk tells of it.
import { Api } from './support/api.ts';
import { axe } from './support/axe.ts';
import { phone, signedIn, write } from './support/people.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

test('an absence with a suggested contact answers the customer, and Desk says so until it is switched off', async ({ browser, server }) => {
  const api = await Api.as(server, 'administrator');
  const number = await api.number('João Pereira');
  const agent = await signedIn(browser, server, 'agent');
  await agent.goto(`/desk?number=${number.id}`);
  const banner = agent.getByRole('status').filter({ hasText: 'Ausencia activada' });
  await expect(banner).toHaveCount(0);

  const manager = await signedIn(browser, server, 'administrator');
  await manager.goto(`/absences?number=${number.id}`);
  await expect(manager.getByText('se sigue enviando hasta que lo desactives')).toBeVisible();
  await manager.getByLabel('Mensaje de ausencia activado').check();
  await manager.getByLabel('Mensaje de ausencia', { exact: true }).fill('Hola, {{contact.name}}. Estoy de vacaciones hasta el lunes.');
  const preview = manager.getByRole('group', { name: 'Así se ve en WhatsApp' });
  await expect(preview).toContainText('Hola, Pepa Flores. Estoy de vacaciones hasta el lunes.');

  await manager.getByRole('radio', { name: /Otro número de la organización/ }).check();
  await manager.getByRole('button', { name: 'Guardar' }).click();
  await expect(manager.getByText('Este dato es obligatorio.')).toBeVisible();
  await manager.getByLabel('Buscar por nombre o número').last().fill('Sofía');
  await manager.getByRole('button', { name: 'Sugerir Sofía Herrera' }).click();
  await expect(preview.getByRole('listitem')).toHaveText('Escrever agora');
  await axe(manager);
  await shoot(manager, 'absence');
  await manager.getByRole('button', { name: 'Guardar' }).click();
  await expect(manager.getByText('Ausencia guardada: está activada')).toBeVisible();

  // Nobody reloads anything.
  await expect(banner).toContainText('João Pereira');
  await axe(agent);
  await shoot(agent, 'desk-absence');

  const customer = await phone(browser, server, 'João Pereira', { name: 'Lia Mora', digits: '+55 11 97000 3333' });
  const chat = customer.getByRole('log', { name: 'Conversación' });
  await write(customer, 'Oi');
  await expect(chat.getByText('Hola, Lia Mora. Estoy de vacaciones hasta el lunes.')).toBeVisible();
  await expect(chat.getByRole('link', { name: 'Escrever agora' })).toHaveAttribute('href', /5491155550101/);
  await shoot(customer, 'phones-absence');

  await agent.goto(`/off-hours-contacts?number=${number.id}`);
  await expect(agent.getByRole('row', { name: /Lia Mora/ })).toContainText('Ausencia');

  await manager.getByLabel('Mensaje de ausencia activado').uncheck();
  await manager.getByRole('button', { name: 'Guardar' }).click();
  await expect(manager.getByText('Ausencia guardada: está desactivada')).toBeVisible();
  await agent.goto(`/desk?number=${number.id}`);
  await expect(agent.getByRole('heading', { level: 1, name: 'Desk' })).toBeAttached();
  await expect(banner).toHaveCount(0);
});
