/// Quick replies (A7): categories and phrases, and their use in Desk.
import { axe } from './support/axe.ts';
import { openTicket, phone, signIn, signedIn, takeTicket, write } from './support/people.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

test('a manager makes a category and a reply, an agent inserts it with the names filled', async ({ browser, page, server }) => {
  await signIn(page, server, 'administrator');
  await page.getByRole('link', { name: 'Respuestas rápidas' }).click();
  await page.getByRole('button', { name: 'Nueva categoría' }).click();
  let dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Precios');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('navigation', { name: 'Categorías' }).getByRole('button', { name: /^Precios/ })).toBeVisible();

  await page.getByRole('button', { name: 'Nueva categoría' }).click();
  dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('PRECIOS');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Ya hay una categoría con ese nombre');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Nueva respuesta' }).first().click();
  dialog = page.getByRole('dialog');
  await dialog.getByLabel('Categoría').selectOption({ label: 'Precios' });
  await dialog.getByLabel('Título').fill('Tarifa vigente');
  await dialog.getByLabel('Respuesta').fill('{{contact.name}}, te envío la tarifa. Saluda {{agent.name}}.');
  await axe(page);
  await shoot(page, 'quick-reply-form');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('heading', { name: 'Tarifa vigente' })).toBeVisible();
  await axe(page);
  await shoot(page, 'quick-replies');

  const agent = await signedIn(browser, server, 'agent');
  const customer = await phone(browser, server, 'João Pereira', { name: 'Rosa Lima', digits: '+55 11 98765 4321' });
  await write(customer, 'Oi, quanto custa?');
  await agent.getByRole('link', { name: 'Desk', exact: true }).click();
  await openTicket(agent, /Rosa Lima/);
  await takeTicket(agent.getByRole('region', { name: /^Conversación con/ }));
  await agent.getByLabel('Escribe un mensaje').pressSequentially('/tarifa');
  await agent.keyboard.press('Enter');
  await expect(agent.getByLabel('Escribe un mensaje')).toHaveValue(/Rosa Lima, te envío la tarifa\. Saluda Carla Núñez\./);
});

test('deleting a category names the consequence first', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await page.getByRole('link', { name: 'Respuestas rápidas' }).click();
  await page.getByRole('button', { name: 'Eliminar Reservas' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Reservas');
  await expect(dialog).toContainText('3');
  await dialog.getByRole('button', { name: 'Eliminar' }).click();
  await expect(page.getByRole('button', { name: 'Eliminar Reservas' })).toHaveCount(0);
});
