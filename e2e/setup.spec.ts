/// Signing in and out, and the pages around it.
import { axe } from './support/axe.ts';
import { signIn } from './support/people.ts';
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
