/// Signing in and out, and the pages around it.
import { axe } from './support/axe.ts';
import { signIn } from './support/people.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

test('signing in, the wrong way and the right way, in three languages and two themes', async ({ page, server }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Entrar' })).toBeVisible();
  await page.getByLabel('Correo electrónico').fill('nadie@example.com');
  await page.getByLabel('Contraseña', { exact: true }).fill('equivocada');
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByText('El correo o la contraseña no son correctos.')).toBeVisible();
  await axe(page);
  await shoot(page, 'sign-in');

  await signIn(page, server, 'administrator');
  await axe(page);
  await shoot(page, 'home');
  for (const [name, greeting] of [['Português', 'Olá'], ['English', 'Hello']] as const) {
    await page.getByRole('button', { name: /^(Idioma|Language)/ }).click();
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(greeting);
    await axe(page);
  }
});

test('an address nobody signed in to leads to signing in, and back', async ({ page, server }) => {
  await page.goto('/quick-replies');
  await expect(page.getByRole('heading', { name: 'Entrar' })).toBeVisible();
  await signIn(page, server, 'agent');
  await page.goto('/quick-replies');
  await expect(page.getByRole('heading', { name: 'Respuestas rápidas' })).toBeVisible();
});

test('a new installation asks for its organization and its administrator, and signs them in', async ({ browser }) => {
  const server = await Server.start('empty', { empty: true });
  try {
    const context = await browser.newContext({ baseURL: server.url, locale: 'es' });
    const page = await context.newPage();
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page).toHaveURL(/\/setup$/);
    await page.getByRole('button', { name: /^Crear/ }).click();
    await expect(page.getByText('Este dato es obligatorio.').first()).toBeVisible();
    await axe(page);
    await shoot(page, 'setup');
    await page.getByLabel('Nombre de la organización').fill('Seguros del Valle');
    await page.getByLabel('Nombre', { exact: true }).fill('Inés Prado');
    await page.getByLabel('Correo electrónico').fill('ines@example.com');
    await page.getByLabel('Contraseña', { exact: true }).fill('una clave larga');
    await page.getByRole('button', { name: /^Crear/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Inés');
    await axe(page);
    await shoot(page, 'setup-done');
  } finally {
    await server.stop();
  }
});

test('a member without a number sees a page that says so, and nothing else', async ({ page, server }) => {
  const person = server.seed.sign_ins.find((entry: { role: string }) => entry.role === 'newcomer');
  await page.goto('/sign-in');
  await page.getByLabel('Correo electrónico').fill(person.email);
  await page.getByLabel('Contraseña', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Desk', exact: true })).toHaveCount(0);
  await axe(page);
  await shoot(page, 'no-access');
});
