/// WhatsApp accounts (P3): the first one of a new installation, and what is said when one cannot be connected.
import { axe } from './support/axe.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

test('a new installation uses the sandbox, checks it, and its events would arrive', async ({ browser }) => {
  test.setTimeout(120_000);
  const server = await Server.start('wabas', { empty: true });
  try {
    const context = await browser.newContext({ baseURL: server.url, locale: 'es', viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto('/');
    await page.getByLabel('Nombre de la organización').fill('Seguros del Valle');
    await page.getByLabel('Nombre', { exact: true }).fill('Inés Prado');
    await page.getByLabel('Correo electrónico').fill('ines@example.com');
    await page.getByLabel('Contraseña', { exact: true }).fill('una clave larga');
    await page.getByRole('button', { name: /^Crear/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Inés');

    await page.getByRole('link', { name: 'Comience aquí' }).click();
    await expect(page.getByRole('heading', { name: 'Conecta una cuenta de WhatsApp Siguiente' })).toBeVisible();
    await axe(page);
    await shoot(page, 'getting-started-organization');

    await page.getByRole('navigation').getByRole('link', { name: 'Cuentas de WhatsApp' }).click();
    await expect(page.getByRole('heading', { name: 'Conecta la primera cuenta de WhatsApp' })).toBeVisible();
    await axe(page);
    await shoot(page, 'wabas-empty');
    await page.getByRole('button', { name: 'Usar el sandbox' }).click();
    const account = page.getByRole('list', { name: 'Cuentas de WhatsApp' }).getByRole('listitem').first();
    await expect(account.getByText('Sandbox', { exact: true })).toBeVisible();

    await account.getByRole('button', { name: /^Comprobar ahora/ }).click();
    await expect(page.getByText('La cuenta responde')).toBeVisible();
    await account.getByRole('button', { name: /^Sincronizar/ }).click();
    await expect(account.getByText(/Plantillas leídas: \d+/)).toBeVisible();
    await expect(account.getByText('En orden')).toBeVisible();
    await axe(page);
    await shoot(page, 'wabas');

    await account.getByRole('button', { name: /^Probar webhook/ }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Los eventos de esta cuenta llegan a Cercano.')).toBeVisible();
    for (const check of ['Suscripción en WhatsApp', 'Saludo de la dirección', 'Firma de los eventos']) {
      await expect(dialog.getByRole('listitem').filter({ hasText: check })).toContainText('bien');
    }
    await axe(page);
    await shoot(page, 'wabas-webhook');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);

    // An account whose token is wrong is refused in words, with what to do.
    const graph = (await account.locator('.facts-address').textContent()) ?? '';
    await page.getByRole('button', { name: 'Conectar cuenta' }).click();
    await dialog.getByRole('button', { name: 'Conectar', exact: true }).click();
    await expect(dialog.getByText('Este dato es obligatorio.').first()).toBeVisible();
    await dialog.getByLabel('Identificador de la cuenta (WABA)').fill('102290129340398');
    await dialog.getByLabel('Identificador de la app de Meta').fill('670843887433847');
    await dialog.getByLabel('Token de acceso').fill('no-es-un-token');
    await dialog.getByText('Opciones avanzadas').click();
    await dialog.getByLabel('Dirección de la Graph API').fill(graph.trim());
    await dialog.getByRole('button', { name: 'Conectar', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('El token de acceso no sirve');
    await axe(page);
    await shoot(page, 'waba-form');
    await page.keyboard.press('Escape');

    await account.getByRole('button', { name: /^Desconectar/ }).click();
    await expect(dialog).toContainText('Se borra su token');
    await axe(page);
    await shoot(page, 'waba-disconnect');
    await dialog.getByRole('button', { name: 'Cancelar' }).click();

    await page.getByRole('link', { name: 'Comience aquí' }).click();
    await expect(page.getByRole('heading', { name: 'Conecta una cuenta de WhatsApp Hecho' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Incluye números Siguiente' })).toBeVisible();
  } finally {
    await server.stop();
  }
});
