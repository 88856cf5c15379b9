/// Numbers go live: a sheet, three actions each, a code, a PIN, a profile, and a first message (O1, S7, S6, S4).
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { axe } from './support/axe.ts';
import { phone, signedIn, write } from './support/people.ts';
import type { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

/// Saved by LibreOffice: 20 numbers, some of them with several agents.
const sheet = join(import.meta.dirname, 'fixtures/numbers-20.xlsx');

/// The number that is verified, and whose agent is Carla, who is in the demonstration organization.
const live = { name: 'Bruno · Carteira 2', digits: '5511970072004' };
/// Two numbers the sandbox will not add at the first try, for reasons a person has to look at.
const refused = [
  { name: 'Célia · Carteira 3', phone: '970142007', fault: { code: 100, subcode: 2388001 }, words: 'El número ya se usa en WhatsApp' },
  {
    name: 'Davi · Carteira 4',
    phone: '970212010',
    fault: { code: 100, details: 'Param verified_name must have between 2 and 75 characters' },
    words: 'WhatsApp no aceptó el nombre',
  },
];

test('20 numbers of a sheet go live: two refused by WhatsApp and retried, then a code, a PIN, a profile and a first message', async ({ browser, server }) => {
  test.setTimeout(240_000);
  const page = await signedIn(browser, server, 'administrator');

  await test.step('the sheet is reviewed, and a wrong cell is corrected where it is', async () => {
    await page.getByRole('link', { name: 'Inclusión de números' }).click();
    await page.getByLabel('Cuenta de WhatsApp (WABA)').selectOption({ index: 1 });
    await page.getByLabel('Perfil de los agentes nuevos').selectOption({ label: 'Agente' });
    await axe(page);
    await shoot(page, 'number-imports');
    await page.locator('input[type=file]').setInputFiles(sheet);
    await expect(page.getByRole('heading', { level: 1, name: 'numbers-20.xlsx' })).toBeVisible();
    await expect(page.getByText('Ninguna celda tiene errores. Números: 20.')).toBeVisible();
    await expect(page.getByLabel('Perfil de los agentes nuevos')).toHaveValue(/.+/);

    await page.getByRole('button', { name: 'Editar la fila 2', exact: true }).click();
    const cell = page.getByLabel('CC, fila 2', { exact: true });
    const before = await cell.inputValue();
    await cell.fill('cincuenta');
    await page.getByRole('button', { name: 'Guardar fila 2', exact: true }).click();
    await expect(page.getByText('No es un código de país, como 55 o 56.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Crear números' })).toBeDisabled();
    await axe(page);
    await shoot(page, 'number-import-faults');
    await cell.fill(before);
    await page.getByRole('button', { name: 'Guardar fila 2', exact: true }).click();
    await expect(page.getByText('Ninguna celda tiene errores. Números: 20.')).toBeVisible();
    await shoot(page, 'number-import-review');
  });

  await test.step('three actions run for each number, and what failed is tried again alone', async () => {
    const management = refused.map(({ phone, fault }) => ({ edge: 'phone_numbers', method: 'POST', phone, ...fault }));
    expect((await page.request.put(`${server.url}/sandbox/api/faults`, { data: { management } })).ok()).toBe(true);
    await page.getByRole('button', { name: 'Crear números' }).click();
    await expect(page.getByText('60 de 60 acciones')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('Números listos: 18. Acciones con fallo: 2.')).toBeVisible();
    for (const { name, words } of refused) {
      const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
      await expect(row.getByText(words)).toBeVisible();
    }
    await axe(page);
    await shoot(page, 'number-import-failed');

    const [alone] = refused;
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: alone?.name ?? '' }) });
    await row.getByRole('button', { name: /^Reintentar WABA/ }).click();
    await expect(row.getByText('Hecho')).toHaveCount(3, { timeout: 30_000 });
    await expect(page.getByText('Números listos: 19. Acciones con fallo: 1.')).toBeVisible();
    await page.getByRole('button', { name: 'Reintentar los fallidos' }).click();
    await expect(page.getByText('Listo: 20 números creados.')).toBeVisible({ timeout: 30_000 });
    await axe(page);
    await shoot(page, 'number-import-done');
  });

  await test.step('one of them is verified by a code and registered with a PIN', async () => {
    const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: live.name }) });
    await row.getByRole('link', { name: /^Verificar/ }).click();
    await expect(page.getByRole('heading', { name: live.name })).toBeVisible();
    await expect(page.getByText('Tener el teléfono a mano')).toBeVisible();
    await axe(page);
    await shoot(page, 'verification-ask');
    await page.getByRole('button', { name: 'Enviar código' }).click();

    const code = page.getByLabel('Código de 6 dígitos');
    await expect(code).toBeVisible();
    const sent = await codeOf(page, server);
    await code.fill(sent === '111111' ? '222222' : '111111');
    await page.getByRole('button', { name: 'Verificación del código' }).click();
    await expect(page.getByText('El código no es correcto')).toBeVisible();
    await axe(page);
    await shoot(page, 'verification-code');
    await code.fill(sent);
    await page.getByRole('button', { name: 'Verificación del código' }).click();

    await page.getByLabel('PIN de 6 dígitos').fill('190283');
    await page.getByLabel('Repite el PIN').fill('190283');
    await axe(page);
    await shoot(page, 'verification-pin');
    await page.getByRole('button', { name: 'Registrar número' }).click();
    await expect(page.getByRole('heading', { name: 'El número está listo' })).toBeVisible();
    await axe(page);
    await shoot(page, 'verification-done');
  });

  await test.step('its profile gets a picture and its texts, read back from WhatsApp', async () => {
    await page.getByRole('link', { name: 'Completar el perfil de WhatsApp' }).click();
    await page.locator('input[type=file]').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: await picture(page) });
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('application', { name: 'Recorte cuadrado' }).focus();
    await page.keyboard.press('ArrowRight');
    await dialog.getByLabel('Ampliar').fill('1.5');
    await axe(page);
    await shoot(page, 'whatsapp-profile-crop');
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await expect(page.getByRole('img', { name: 'Imagen de perfil actual' })).toBeVisible();

    await page.getByLabel('Acerca de').fill('Viajes al sur');
    await page.getByLabel('Descripción').fill('Te ayudamos a elegir, reservar y viajar.');
    await page.getByLabel('Sitio web', { exact: false }).first().fill('https://viajes.example.com');
    await page.getByLabel('Sector').selectOption({ label: 'Viajes y transporte' });
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await expect(page.getByText('Perfil guardado en WhatsApp')).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Acerca de')).toHaveValue('Viajes al sur');
    await expect(page.getByLabel('Sector')).toHaveValue('TRAVEL');
    await axe(page);
    await shoot(page, 'whatsapp-profile');
  });

  await test.step('a customer writes to it, and its agent reads the message in Desk', async () => {
    const agent = await signedIn(browser, server, 'agent');
    await agent.getByRole('link', { name: 'Desk', exact: true }).click();
    const customer = await phone(browser, server, live.name, { name: 'Rosa Lima', digits: '+55 11 98765 4321' });
    await write(customer, 'Oi, é aqui que vocês vendem viagens?');
    await agent.getByRole('link', { name: /Rosa Lima/ }).click();
    const thread = agent.getByRole('region', { name: 'Conversación con Rosa Lima' });
    await expect(thread.getByText('Oi, é aqui que vocês vendem viagens?')).toBeVisible();
    await axe(agent);
    await shoot(agent, 'number-first-message');
  });

  await test.step('Comience aquí knows it all', async () => {
    await page.getByRole('link', { name: 'Comience aquí' }).click();
    await expect(page.getByRole('heading', { name: live.name })).toBeVisible();
    for (const step of ['Registrado con su PIN', 'Perfil completo', 'Primer mensaje recibido']) {
      await expect(page.getByRole('heading', { name: `${step} Hecho` })).toBeVisible();
    }
    await axe(page);
    await shoot(page, 'getting-started-number');
    await page.getByRole('button', { name: 'Ver todos los números' }).click();
    await page.getByLabel('Mostrar').selectOption({ label: 'Verificado con un código' });
    await expect(page.getByRole('row', { name: /Davi · Carteira 4/ })).toBeVisible();
    await expect(page.getByRole('row', { name: new RegExp(live.name) })).toHaveCount(0);
    await axe(page);
    await shoot(page, 'getting-started');
  });
});

/// The code the number's own phone has got.
async function codeOf(page: Page, server: Server): Promise<string> {
  const world = await (await page.request.get(`${server.url}/sandbox/api/world`)).json();
  const own = world.numbers.find((number: { display_phone_number: string }) => number.display_phone_number.replace(/\D/g, '') === live.digits);
  expect(own?.sms?.code).toMatch(/^\d{6}$/);
  return own.sms.code;
}

/// A picture that is no square, drawn by the browser.
async function picture(page: Page): Promise<Buffer> {
  const data = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 600;
    const context = canvas.getContext('2d')!;
    const colours = context.createLinearGradient(0, 0, 900, 600);
    colours.addColorStop(0, '#0b6e63');
    colours.addColorStop(1, '#f0c46c');
    context.fillStyle = colours;
    context.fillRect(0, 0, 900, 600);
    context.fillStyle = 'white';
    context.font = 'bold 220px sans-serif';
    context.fillText('Sur', 260, 380);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  return Buffer.from(data, 'base64');
}
