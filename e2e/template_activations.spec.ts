/// Which templates numbers may send (S2): one number, many at once, and two people on the same number.
import { axe } from './support/axe.ts';
import { signedIn, signIn } from './support/people.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

test('one number: a template is looked at, deactivated and confirmed', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await page.goto('/template-activations');
  await expect(page.getByRole('heading', { level: 1, name: 'Activación de plantillas' })).toBeVisible();
  const row = page.getByRole('row', { name: /João Pereira/ });
  await expect(row).toContainText('Nunca');
  await axe(page);
  await shoot(page, 'template-activations');
  await page.getByLabel('Buscar por identificación o número').fill('pereira');
  await expect(page.getByRole('row', { name: /Luis Mendoza/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Editar João Pereira' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'João Pereira' })).toBeVisible();
  const switches = page.getByRole('switch');
  await expect(switches.first()).toBeChecked();
  await page.getByRole('button', { name: /^Vista previa de/ }).first().click();
  await axe(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).click();
  await expect(page.getByRole('button', { name: 'Guardar cambios' })).toBeDisabled();
  await switches.first().uncheck();
  await axe(page);
  await shoot(page, 'template-activations-one');
  await page.getByRole('button', { name: 'Guardar cambios' }).click();
  const confirm = page.getByRole('dialog', { name: 'Números que se modifican' });
  await expect(confirm).toContainText('João Pereira');
  await expect(confirm).toContainText('Se desactivan:');
  await axe(page);
  await confirm.getByRole('button', { name: 'Aplicar cambios', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Plantillas actualizadas en 1 número' })).toBeVisible();
  await expect(row).not.toContainText('Nunca');
});

test('many numbers: all templates off, the numbers are listed and the changes applied', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await page.goto('/template-activations');
  await page.getByRole('checkbox', { name: 'Elegir Luis Mendoza' }).check();
  await page.getByRole('checkbox', { name: 'Elegir Camila Rojas' }).check();
  await page.getByRole('button', { name: /^Editar \(2\)/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Número de referencia' });
  await expect(dialog).toContainText('Se parte de todas las plantillas activas');
  await dialog.getByRole('radio', { name: /No utilizar un número como referencia/ }).check();
  await axe(page);
  await dialog.getByRole('button', { name: 'Continuar' }).click();

  await expect(page.getByText('2 números en edición')).toBeVisible();
  await page.getByRole('button', { name: 'Desactivar las mostradas' }).click();
  await expect(page.getByText(/^0 de \d+ activas/)).toBeVisible();
  await page.getByRole('button', { name: 'Guardar cambios' }).click();
  const confirm = page.getByRole('dialog', { name: 'Números que se modifican' });
  await expect(confirm).toContainText('Cambian 2 números');
  await expect(confirm.getByRole('list', { name: 'Números que cambian' })).toContainText('Camila Rojas');
  await axe(page);
  await shoot(page, 'template-activations-confirm');
  await confirm.getByRole('button', { name: 'Aplicar cambios masivos' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Plantillas actualizadas en 2 números' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Luis Mendoza/ })).toContainText(/0 de \d+/);
});

test('two people change the same number: the second sees both sides and decides', async ({ browser, page, server }) => {
  await signIn(page, server, 'administrator');
  await page.goto('/template-activations');
  await page.getByRole('link', { name: 'Editar Sofía Herrera' }).click();
  await expect(page.getByRole('switch').first()).toBeChecked();

  const other = await signedIn(browser, server, 'administrator');
  await other.goto(new URL(page.url()).pathname);
  await other.getByRole('switch').nth(1).uncheck();
  await other.getByRole('button', { name: 'Guardar cambios' }).click();
  await other.getByRole('button', { name: 'Aplicar cambios', exact: true }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Activación de plantillas' })).toBeVisible();

  await page.getByRole('switch').first().uncheck();
  await page.getByRole('button', { name: 'Guardar cambios' }).click();
  const conflict = page.getByRole('alert').filter({ hasText: 'Alguien guardó cambios' });
  await expect(conflict.getByRole('row')).toHaveCount(3);
  await axe(page);
  await conflict.getByRole('button', { name: 'Guardar lo tuyo' }).click();
  const confirm = page.getByRole('dialog', { name: 'Números que se modifican' });
  await expect(confirm).toContainText('Se activan:');
  await confirm.getByRole('button', { name: 'Aplicar cambios', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Activación de plantillas' })).toBeVisible();
});
