/// Attention settings (S1) and what they mean in Desk: tags demanded at closing, tickets handed over to a queue.
import { Api } from './support/api.ts';
import { axe } from './support/axe.ts';
import { openTicket, phone, signedIn, takeTicket, write } from './support/people.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

/// Other journeys use the same number.
test.afterEach(async ({ server }) => {
  const api = await Api.as(server, 'administrator');
  const number = await api.number('Sofía Herrera');
  const { version, settings } = await api.call('GET', `/api/v1/attention-settings/${number.id}`);
  await api.call('PUT', `/api/v1/attention-settings/${number.id}`, { version, settings: { ...settings, tags: [], mandatory_tag: false } });
  await api.chatbot('Sofía Herrera', ({ queues }) => {
    queues.own = [];
  });
});

test('attention settings are saved, a tag is demanded at closing, and what was handed over waits in its queue', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const api = await Api.as(server, 'administrator');
  const number = await api.number('Sofía Herrera');
  const carla = server.seed.sign_ins.find((entry: { name: string }) => entry.name.startsWith('Carla')).email;
  await api.chatbot('Sofía Herrera', (settings) => {
    settings.queues.default_agents = [carla];
    // Nobody serves it, so that what is handed over waits there.
    settings.queues.own = [{ id: null, name: 'Reembolsos', agents: [] }];
  });

  const manager = await signedIn(browser, server, 'administrator');
  await test.step('tags are added by Enter, and nothing is saved before Guardar', async () => {
    await manager.goto(`/attention-settings?number=${number.id}`);
    const tags = manager.getByRole('combobox', { name: 'Etiquetas', exact: true });
    await tags.fill('Venta');
    await tags.press('Enter');
    await tags.fill('venta');
    await tags.press('Enter');
    await expect(manager.getByText('«venta» ya está en la lista.')).toBeVisible();
    await tags.fill('Reclamo, Reserva');
    await tags.press('Enter');
    for (const tag of ['Venta', 'Reclamo', 'Reserva']) await expect(manager.getByRole('button', { name: `Quitar ${tag}` })).toBeVisible();
    await manager.getByLabel(/^Etiqueta obligatoria/).check();
    await manager.getByLabel('Tickets simultáneos por agente').fill('51');
    await manager.getByRole('button', { name: 'Guardar' }).click();
    await expect(manager.getByLabel('Tickets simultáneos por agente')).toBeFocused();
    await manager.getByLabel('Tickets simultáneos por agente').fill('8');
    await axe(manager);
    await shoot(manager, 'attention-settings');
    await manager.getByRole('button', { name: 'Guardar' }).click();
    await expect(manager.getByText('Configuraciones de atención guardadas')).toBeVisible();
    await manager.reload();
    await expect(manager.getByRole('button', { name: 'Quitar Reserva' })).toBeVisible();
    await expect(manager.getByLabel('Tickets simultáneos por agente')).toHaveValue('8');
  });

  await test.step('who saved in between is not overwritten without being seen', async () => {
    await manager.getByLabel('Tickets simultáneos por agente').fill('9');
    const stored = await api.call('GET', `/api/v1/attention-settings/${number.id}`);
    stored.settings.tickets_at_a_time = 7;
    await api.call('PUT', `/api/v1/attention-settings/${number.id}`, { version: stored.version, settings: stored.settings });
    await manager.getByRole('button', { name: 'Guardar', exact: true }).click();
    await expect(manager.getByRole('row', { name: 'Tickets simultáneos por agente 9 7' })).toBeVisible();
    await axe(manager);
    await manager.getByRole('button', { name: 'Quedarse con lo guardado' }).click();
    await expect(manager.getByLabel('Tickets simultáneos por agente')).toHaveValue('7');
  });

  const agent = await signedIn(browser, server, 'agent');
  await agent.getByRole('link', { name: 'Desk', exact: true }).click();
  const customer = await phone(browser, server, 'Sofía Herrera', { name: 'Olga Pinto', digits: '+56 9 7000 2222' });
  await write(customer, 'Quiero que me devuelvan el dinero');
  await openTicket(agent, /Olga Pinto/);
  const thread = agent.getByRole('region', { name: 'Conversación con Olga Pinto' });
  await takeTicket(thread);

  await test.step('a ticket is handed over to a queue and goes on as a new one', async () => {
    await thread.getByRole('button', { name: 'Transferir' }).click();
    const dialog = agent.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Transferir' }).click();
    await expect(dialog.getByText('Elige una fila o una persona.')).toBeVisible();
    await dialog.getByRole('radio', { name: 'Reembolsos' }).check();
    await axe(agent);
    await shoot(agent, 'desk-transfer');
    await dialog.getByRole('button', { name: 'Transferir' }).click();
    await expect(agent.getByText(/Transferido: el ticket #\d+ espera en Reembolsos/)).toBeVisible();
    await agent.getByRole('tab', { name: /En espera/ }).click();
    await agent.getByRole('link', { name: /Olga Pinto.*Reembolsos/ }).click();
    await takeTicket(thread);
  });

  await test.step('it is closed with a tag and not without', async () => {
    await thread.getByRole('button', { name: 'Cerrar ticket' }).click();
    const dialog = agent.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cerrar ticket' }).click();
    await expect(dialog.getByText('Elige al menos una etiqueta: este número la pide para cerrar.')).toBeVisible();
    await dialog.getByRole('checkbox', { name: 'Reclamo' }).check();
    await axe(agent);
    await shoot(agent, 'desk-close-tags');
    await dialog.getByRole('button', { name: 'Cerrar ticket' }).click();
    await expect(agent.getByText('Ticket cerrado', { exact: true })).toBeVisible();
    await expect(agent.getByRole('complementary', { name: 'Datos del contacto' }).getByText('Reclamo')).toBeVisible();
  });
});
