/// Many chatbots at once (S3): fifty numbers changed and given back what they had, and a change after a reference.
import { axe } from './support/axe.ts';
import { signedIn, signIn } from './support/people.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';
import type { Page } from '@playwright/test';

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/// What a number's chatbot says first.
async function greeting(page: Page, number: string): Promise<string> {
  const cards = await (await page.request.get(`/api/v1/chatbots?q=${encodeURIComponent(number)}`)).json();
  const chatbot = await (await page.request.get(`/api/v1/chatbots/${cards.items[0].number.id}`)).json();
  return chatbot.settings.conversation_flow.first_greeting.text;
}

test('fifty numbers are changed at once, without a reference, and given back what they had', async ({ browser }) => {
  test.setTimeout(180_000);
  const server = await Server.start('chatbots-many', { generate: ['--numbers', '50', '--groups', '5'] });
  try {
    const context = await browser.newContext({ baseURL: server.url, locale: 'es', viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await signIn(page, server, 'administrator');
    await page.goto('/chatbots');
    await page.getByLabel('Buscar por identificación o número').fill('Cartera');
    await expect(page.getByRole('row', { name: /Cartera/ })).toHaveCount(50);
    await page.getByRole('checkbox', { name: 'Elegir los números que se muestran' }).check();
    await expect(page.getByText('50 números elegidos')).toBeVisible();
    const before = await greeting(page, 'Cartera 0007');
    await page.getByRole('button', { name: /^Editar \(50\)/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Número de referencia' });
    await dialog.getByRole('button', { name: 'Continuar' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Elige un número');
    await dialog.getByRole('radio', { name: /No utilizar un número como referencia/ }).check();
    await axe(page);
    await dialog.getByRole('button', { name: 'Continuar' }).click();

    await expect(page).toHaveURL(/\/chatbots\/many/);
    await expect(page.getByText('50 números en edición')).toBeVisible();
    await page.reload();
    await expect(page.getByText('50 números en edición')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Guardar cambios' })).toBeDisabled();
    await section(page, 'Saludo del primer contacto').getByLabel(/^Mensaje/).fill('Hola, {{contact.name}}. Somos otra cartera.');
    await expect(page.getByText('Se aplica solo: Saludo del primer contacto')).toBeVisible();
    await axe(page);
    await shoot(page, 'chatbots-many');
    await page.getByRole('button', { name: 'Guardar cambios' }).click();

    const confirm = page.getByRole('dialog', { name: 'Aplicar a los números' });
    await expect(confirm).toContainText('Cambian 50 números');
    await confirm.getByRole('button', { name: 'Ver cambios de Cartera 0007' }).click();
    await expect(confirm.getByRole('row', { name: /Saludo del primer contacto/ })).toContainText('Somos otra cartera');
    await axe(page);
    await shoot(page, 'chatbots-many-confirm');
    await confirm.getByRole('button', { name: 'Aplicar a 50 números' }).click();
    await expect(page.getByText('Se aplicaron a 50 números')).toBeVisible();
    expect(await greeting(page, 'Cartera 0007')).toContain('Somos otra cartera');
    await axe(page);

    await page.getByRole('button', { name: 'Deshacer' }).click();
    const undo = page.getByRole('dialog', { name: '¿Deshacer este cambio?' });
    await expect(undo).toContainText('50 números vuelven a tener lo que tenían antes');
    await undo.getByRole('button', { name: 'Deshacer' }).click();
    await expect(page.getByText('El cambio se deshizo')).toBeVisible();
    expect(await greeting(page, 'Cartera 0007')).toBe(before);

    await page.getByRole('link', { name: 'Volver a la lista' }).last().click();
    await page.getByRole('tab', { name: 'Cambios masivos' }).click();
    await expect(page.getByRole('row', { name: /Sin referencia/ })).toContainText('Deshecho');
    await axe(page);
    await shoot(page, 'chatbots-changes');
  } finally {
    await server.stop();
  }
});

test('a change after a reference is undone without the number that somebody changed since', async ({ browser, page, server }) => {
  test.setTimeout(120_000);
  await signIn(page, server, 'administrator');
  await page.goto('/chatbots');
  await expect(page.getByRole('row', { name: /Luis Mendoza/ })).toBeVisible();
  await axe(page);
  await shoot(page, 'chatbots');
  const before = await greeting(page, 'Luis Mendoza');
  await page.getByRole('checkbox', { name: 'Elegir Luis Mendoza' }).check();
  await page.getByRole('checkbox', { name: 'Elegir Marta Vidal' }).check();
  await page.getByRole('button', { name: /^Editar \(2\)/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Número de referencia' });
  await dialog.getByLabel('Buscar número de referencia').fill('valentina');
  await dialog.getByRole('radio', { name: /Valentina/ }).check();
  await dialog.getByRole('button', { name: 'Continuar' }).click();
  await expect(page.getByText('2 números en edición')).toBeVisible();
  await expect(page.getByText('Se aplican todas las secciones')).toBeVisible();
  await section(page, 'Saludo del primer contacto').getByLabel(/^Mensaje/).fill('Te saluda el equipo, {{contact.name}}.');

  // Leaving asks first.
  await page.getByRole('link', { name: 'Volver a la lista' }).click();
  await page.getByRole('dialog', { name: 'Hay cambios sin guardar' }).getByRole('button', { name: 'Seguir editando' }).click();

  await page.getByRole('button', { name: 'Guardar cambios' }).click();
  const confirm = page.getByRole('dialog', { name: 'Aplicar a los números' });
  await expect(confirm).toContainText('Luis Mendoza');
  await confirm.getByRole('button', { name: 'Aplicar a 2 números' }).click();
  await expect(page.getByText('Se aplicaron a 2 números')).toBeVisible();

  const other = await signedIn(browser, server, 'administrator');
  await other.goto('/chatbots');
  await other.getByRole('link', { name: 'Editar Marta Vidal' }).click();
  await section(other, 'Saludo del primer contacto').getByLabel(/^Mensaje/).fill('Soy Marta.');
  await other.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect.poll(() => greeting(page, 'Marta Vidal')).toBe('Soy Marta.');

  await page.getByRole('button', { name: 'Deshacer' }).click();
  const undo = page.getByRole('dialog', { name: '¿Deshacer este cambio?' });
  await undo.getByRole('button', { name: 'Deshacer' }).click();
  await expect(undo.getByRole('alert')).toContainText('Marta Vidal');
  await axe(page);
  await undo.getByRole('button', { name: 'Deshacer sin esos números' }).click();
  await expect(page.getByText('El cambio se deshizo')).toBeVisible();
  expect(await greeting(page, 'Luis Mendoza')).toBe(before);
  expect(await greeting(page, 'Marta Vidal')).toBe('Soy Marta.');
});

test('without a choice the page of many leads back to the list, and a group is chosen whole', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await page.goto('/chatbots/many');
  await expect(page).toHaveURL(/\/chatbots(\?|$)/);
  await page.getByRole('button', { name: 'Añadir grupo' }).click();
  const groups = page.getByRole('dialog', { name: 'Añadir grupo' });
  await groups.getByRole('checkbox', { name: /Equipo Norte/ }).check();
  await axe(page);
  await groups.getByRole('button', { name: 'Añadir', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Quitar el grupo Equipo Norte' })).toBeVisible();
  await page.getByRole('button', { name: 'Editar', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Número de referencia' });
  await dialog.getByRole('radio', { name: /No utilizar un número como referencia/ }).check();
  await dialog.getByRole('button', { name: 'Continuar' }).click();
  await page.getByText('Ver los números').click();
  await expect(page.getByRole('list', { name: 'Números', exact: true })).toContainText('Valentina');
});
