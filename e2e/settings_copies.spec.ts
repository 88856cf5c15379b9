/// Copying settings from one number to others (S5): what is chosen, before and after, and its undoing.
import { axe } from './support/axe.ts';
import { signIn } from './support/people.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

test('settings are copied from one number to another after a look at before and after, and undone', async ({ page, server }) => {
  test.setTimeout(120_000);
  await signIn(page, server, 'administrator');
  await page.goto('/chatbots');
  await page.getByRole('link', { name: 'Editar Sofía Herrera' }).click();
  const text = page.getByRole('region', { name: 'Saludo del primer contacto', exact: true }).getByLabel(/^Mensaje/);
  await text.fill('Hola, te saluda Sofía.');
  const save = page.getByRole('button', { name: 'Guardar', exact: true });
  await save.click();
  await expect(save).toBeDisabled();

  await page.goto('/settings-copies');
  await expect(page.getByRole('heading', { level: 1, name: 'Copiar configuraciones' })).toBeVisible();
  await expect(page.getByText('Nunca se copian')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /^Mensaje de Ausencia/ })).not.toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Flujo de conversación' })).toBeChecked();
  await page.getByRole('button', { name: 'Revisar cambios' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'número de referencia' })).toBeVisible();
  await axe(page);

  await page.getByRole('button', { name: 'Elegir número' }).click();
  const reference = page.getByRole('dialog', { name: 'Número de referencia' });
  await reference.getByLabel('Buscar número de referencia').fill('sofía');
  await reference.getByRole('radio', { name: /Sofía Herrera/ }).check();
  await reference.getByRole('button', { name: 'Continuar' }).click();
  await expect(page.getByRole('checkbox', { name: /Sofía Herrera/ })).toBeDisabled();
  await page.getByRole('checkbox', { name: /João Pereira/ }).check();
  await axe(page);
  await shoot(page, 'settings-copies');
  await page.getByRole('button', { name: 'Revisar cambios' }).click();

  const confirm = page.getByRole('dialog', { name: 'Copiar configuraciones de Sofía Herrera' });
  await expect(confirm.getByRole('row', { name: /Saludo del primer contacto/ })).toContainText('te saluda Sofía');
  await axe(page);
  await shoot(page, 'settings-copies-confirm');
  await confirm.getByRole('button', { name: 'Copiar', exact: true }).click();
  await expect(page.getByText('Se aplicaron a 1 número: João Pereira')).toBeVisible();

  const past = page.getByRole('region', { name: 'Copias hechas' });
  await expect(past.getByRole('row', { name: /Sofía Herrera/ })).toContainText('Flujo de conversación');
  await past.getByRole('button', { name: /^Deshacer/ }).click();
  const undo = page.getByRole('dialog', { name: '¿Deshacer este cambio?' });
  await undo.getByRole('button', { name: 'Deshacer' }).click();
  await expect(past.getByRole('row', { name: /Sofía Herrera/ })).toContainText('Deshecho por');
  await axe(page);
});

test('the number of the selector is the reference', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  const numbers = await (await page.request.get('/api/v1/numbers?q=Camila')).json();
  await page.goto(`/settings-copies?number=${numbers.items[0].id}`);
  await expect(page.getByRole('region', { name: 'Número de referencia' })).toContainText('Camila Rojas');
});
