/// Numbers and groups (O3, O4), the number selector (P2) and what they do to whoever is signed in meanwhile.
import { axe } from './support/axe.ts';
import { signedIn, signIn } from './support/people.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

test('an administrator edits a number, and adds an agent there is and one there is not', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await page.getByRole('link', { name: 'Números y grupos' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Números y grupos' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Valentina Soto/ })).toContainText('Equipo Norte');
  await axe(page);
  await shoot(page, 'numbers');
  await page.getByLabel('Buscar por identificación, número o agente').fill('valentina');
  await expect(page.getByRole('row', { name: /Sofía Herrera/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Valentina Soto' }).click();

  await page.getByLabel(/^Identificación/).fill('Valentina · Cartera Sur');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Valentina · Cartera Sur' })).toBeVisible();

  const agents = page.getByRole('region', { name: 'Agentes' });
  await agents.getByRole('button', { name: 'Añadir agentes' }).click();
  let dialog = page.getByRole('dialog', { name: 'Añadir agentes' });
  await dialog.getByLabel('Buscar por nombre o correo').fill('diego');
  await dialog.getByRole('checkbox', { name: /Diego Prado/ }).check();
  await axe(page);
  await shoot(page, 'number-add-agents');
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  await expect(dialog).toContainText('Diego Prado');
  await dialog.getByRole('button', { name: 'Listo' }).click();
  await expect(agents.getByRole('listitem').filter({ hasText: 'Diego Prado' })).toBeVisible();

  await agents.getByRole('button', { name: 'Añadir agentes' }).click();
  dialog = page.getByRole('dialog', { name: 'Añadir agentes' });
  await dialog.getByRole('tab', { name: 'Nuevos agentes' }).click();
  await dialog.getByLabel('Nombre').fill('Hugo Lagos');
  await dialog.getByLabel('Correo electrónico').fill('hugo@demo.example.com');
  await dialog.getByLabel('Perfil').selectOption({ index: 1 });
  await expect(dialog.getByRole('button', { name: 'Nuevo agente' })).toBeEnabled();
  await axe(page);
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  await expect(dialog.getByRole('textbox', { name: 'Enlace de Hugo Lagos' })).toHaveValue(/\/link#/);
  await dialog.getByRole('button', { name: 'Listo' }).click();
  await expect(agents.getByRole('listitem').filter({ hasText: 'Hugo Lagos' })).toContainText('Invitado');
  await axe(page);
  await shoot(page, 'number');
});

test('whoever loses the last number sees the page without access, without a reload', async ({ browser, page, server }) => {
  await signIn(page, server, 'administrator');
  await page.goto('/numbers');
  await page.getByRole('link', { name: 'Luis Mendoza' }).click();
  const agents = page.getByRole('region', { name: 'Agentes' });
  await expect(agents.getByRole('button', { name: /es propietario/ })).toBeDisabled();
  await agents.getByRole('button', { name: 'Añadir agentes' }).click();
  let dialog = page.getByRole('dialog', { name: 'Añadir agentes' });
  await dialog.getByRole('checkbox', { name: /Gabriela Paz/ }).check();
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  await dialog.getByRole('button', { name: 'Listo' }).click();

  const newcomer = await signedIn(browser, server, 'newcomer');
  await expect(newcomer.getByRole('link', { name: 'Desk', exact: true })).toBeVisible();
  await agents.getByRole('button', { name: 'Quitar a Gabriela Paz' }).click();
  dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Si es su último número, pierde el acceso');
  await dialog.getByRole('button', { name: 'Quitar', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'perdió el acceso' })).toBeVisible();
  await expect(newcomer.getByRole('link', { name: 'Desk', exact: true })).toHaveCount(0);
  await expect(newcomer.getByText('gabriela@demo.example.com')).toBeVisible();
});

test('two people save the same number: the second sees both sides and decides', async ({ browser, page, server }) => {
  await signIn(page, server, 'administrator');
  await page.goto('/numbers');
  await page.getByRole('link', { name: 'Marta Vidal' }).click();
  const name = page.getByLabel(/^Identificación/);
  await name.fill('Marta · mía');
  const other = await signedIn(browser, server, 'administrator');
  await other.goto(new URL(page.url()).pathname);
  await other.getByLabel(/^Identificación/).fill('Marta · otra');
  await other.getByRole('button', { name: 'Guardar' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Marta · otra' })).toBeVisible();
  await page.getByRole('button', { name: 'Guardar' }).click();
  const conflict = page.getByRole('alert').filter({ hasText: 'Alguien guardó cambios' });
  await expect(conflict).toContainText('Marta · mía');
  await expect(conflict).toContainText('Marta · otra');
  await axe(page);
  await conflict.getByRole('button', { name: 'Guardar lo tuyo' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Marta · mía' })).toBeVisible();
});

test('groups: create, nest, move, refuse to leave one empty, and a manager reaches more at once', async ({ browser, page, server }) => {
  await signIn(page, server, 'administrator');
  await page.getByRole('link', { name: 'Números y grupos' }).click();
  await page.getByRole('navigation', { name: 'Números y grupos' }).getByRole('link', { name: 'Grupos' }).click();
  const tree = page.getByRole('list', { name: 'Grupos por niveles' });
  await expect(tree.getByRole('link', { name: 'Cono Sur y Caribe' })).toBeVisible();
  await tree.getByRole('button', { name: 'Dentro de Cono Sur y Caribe' }).click();
  await tree.getByRole('button', { name: 'Dentro de Equipo Sur' }).click();
  await expect(tree.getByRole('link', { name: 'Camila Rojas' })).toBeVisible();
  await axe(page);
  await shoot(page, 'groups');
  await page.reload();
  await expect(tree.getByRole('link', { name: 'Camila Rojas' })).toBeVisible();

  // Take one number out, and make a group of it.
  await tree.getByRole('checkbox', { name: 'Elegir Camila Rojas' }).check();
  await page.getByRole('button', { name: 'Mover', exact: true }).click();
  let dialog = page.getByRole('dialog', { name: 'Mover a otro grupo' });
  await dialog.getByRole('radio', { name: 'Ningún grupo' }).check();
  await axe(page);
  await shoot(page, 'group-move');
  await dialog.getByRole('button', { name: 'Mover', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Crear Grupo' }).click();
  dialog = page.getByRole('dialog', { name: 'Crear Grupo' });
  await dialog.getByLabel(/^Nombre/).fill('Equipo Minas Gerais');
  await dialog.getByRole('checkbox', { name: /Camila Rojas/ }).check();
  await axe(page);
  await shoot(page, 'group-create');
  await dialog.getByRole('button', { name: 'Crear', exact: true }).click();
  await expect(tree.getByRole('link', { name: 'Equipo Minas Gerais' })).toBeVisible();

  // A group of that group, one level up.
  await page.getByRole('button', { name: 'Crear Grupo' }).click();
  dialog = page.getByRole('dialog', { name: 'Crear Grupo' });
  await dialog.getByRole('radio', { name: /Grupo de grupos/ }).check();
  await dialog.getByLabel(/^Nombre/).fill('Equipo Sudeste');
  await dialog.getByRole('checkbox', { name: /Equipo Minas Gerais/ }).check();
  await dialog.getByRole('button', { name: 'Crear', exact: true }).click();
  const southeast = tree.getByRole('listitem').filter({ hasText: 'Equipo Sudeste' });
  await expect(southeast).toContainText('Nivel 2');

  // Its only number cannot leave unnoticed: the group that would be empty is named.
  await page.getByLabel('Buscar grupos').fill('minas');
  await tree.getByRole('button', { name: 'Dentro de Equipo Minas Gerais' }).click();
  await tree.getByRole('checkbox', { name: 'Elegir Camila Rojas' }).check();
  await page.getByRole('button', { name: 'Mover', exact: true }).click();
  dialog = page.getByRole('dialog', { name: 'Mover a otro grupo' });
  await dialog.getByRole('radio', { name: /Equipo Sur/ }).check();
  await dialog.getByRole('button', { name: 'Mover', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('Equipo Minas Gerais');
  await expect(dialog.getByLabel('Eliminar también los grupos que quedan vacíos')).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancelar' }).click();

  // Carla becomes its manager: her selector has the number at once.
  const agent = await signedIn(browser, server, 'agent');
  await agent.getByRole('button', { name: /^Número/ }).click();
  await agent.getByLabel('Buscar por nombre o número').fill('camila');
  await expect(agent.getByText('Ningún número coincide.')).toBeVisible();
  await agent.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Equipo Minas Gerais' }).click();
  await page.getByRole('tab', { name: /^Gestores/ }).click();
  await page.getByRole('button', { name: 'Añadir gestores' }).click();
  dialog = page.getByRole('dialog', { name: 'Añadir gestores' });
  await dialog.getByRole('checkbox', { name: /Carla Núñez/ }).check();
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  await dialog.getByRole('button', { name: 'Listo' }).click();
  await axe(page);
  await shoot(page, 'group');
  await agent.getByRole('button', { name: /^Número/ }).click();
  await agent.getByLabel('Buscar por nombre o número').fill('camila');
  await expect(agent.getByRole('group', { name: 'Elegir número' }).getByRole('button', { name: /Camila Rojas/ })).toBeVisible();
});

test('the number is chosen by keyboard, and stays in the address, over pages and reloads', async ({ page, server }) => {
  await signIn(page, server, 'administrator');
  await page.getByRole('button', { name: /^Número/ }).click();
  await expect(page.getByLabel('Buscar por nombre o número')).toBeFocused();
  await axe(page);
  await shoot(page, 'number-selector');
  await page.keyboard.type('joão');
  // The list answers to what is typed once the others are gone.
  const offered = page.getByRole('group', { name: 'Elegir número' });
  await expect(offered.getByRole('button', { name: /João Pereira/ })).toBeVisible();
  await expect(offered.getByRole('button', { name: /Camila Rojas/ })).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/number=/);
  await expect(page.getByRole('button', { name: 'Número: João Pereira' })).toBeVisible();
  await page.getByRole('link', { name: 'Desk', exact: true }).click();
  await expect(page).toHaveURL(/\/desk\?.*number=/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Número: João Pereira' })).toBeVisible();
  await page.getByRole('button', { name: 'Número: João Pereira' }).click();
  await expect(page.getByText('Últimos elegidos')).toBeVisible();
  await page.getByRole('button', { name: 'Todos los números' }).click();
  await expect(page).not.toHaveURL(/number=/);
});

test('a number is deleted once it is typed, and what follows is said first', async ({ browser }) => {
  // A server of its own: other journeys need the number that is gone afterwards.
  const server = await Server.start('numbers-delete');
  const page = await signedIn(browser, server, 'administrator');
  await page.goto(`${server.url}/numbers`);
  await page.getByRole('link', { name: 'Sofía Herrera' }).click();
  await page.getByRole('button', { name: 'Eliminar número' }).click();
  const dialog = page.getByRole('dialog', { name: /Eliminar Sofía Herrera/ });
  await expect(dialog).toContainText('El historial se conserva');
  await expect(dialog.getByRole('button', { name: 'Eliminar', exact: true })).toBeDisabled();
  await axe(page);
  await shoot(page, 'number-delete');
  await dialog.getByRole('textbox').fill('+54 9 11 5555-0101');
  await dialog.getByRole('button', { name: 'Eliminar', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Números y grupos' })).toBeVisible();
  await expect(page.getByRole('row', { name: /João Pereira/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sofía Herrera' })).toHaveCount(0);
  await server.stop();
});
