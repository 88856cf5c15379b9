/// Members and permissions (O2), links to choose a password (P1), the organization, and the audit log of all of it (P6).
import type { Browser, Page } from '@playwright/test';
import { axe } from './support/axe.ts';
import { signedIn } from './support/people.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

/// Profiles change what everybody sees, so that these journeys have an organization of their own.
test.describe.configure({ mode: 'serial' });
let own: Server;
test.beforeAll(async () => {
  own = await Server.start('members');
});
test.afterAll(async () => {
  await own.stop();
});

/// A browser nobody is signed in with.
async function stranger(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: own.url, locale: 'es', viewport: { width: 1440, height: 900 } });
  return context.newPage();
}

/// The address without the host, which is whatever the server takes for its own.
function path(link: string): string {
  const { pathname, hash } = new URL(link);
  return pathname + hash;
}

async function open(page: Page, entry: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Menú principal' }).getByRole('link', { name: entry, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: entry })).toBeVisible();
}

async function profile(page: Page, name: string): Promise<void> {
  await open(page, 'Miembros y permisos');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/// Takes the part of the page out of a dialog that is over.
async function shut(page: Page): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('an administrator makes a profile and invites two people with it, who choose their passwords', async ({ browser }) => {
  const page = await signedIn(browser, own, 'administrator');
  await open(page, 'Miembros y permisos');
  await axe(page);
  await shoot(page, 'profiles');

  await page.getByRole('link', { name: 'Crear perfil' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Crear perfil' })).toBeVisible();
  await page.getByRole('button', { name: 'Crear perfil' }).click();
  await expect(page.getByText('Este dato es obligatorio.')).toBeVisible();
  await page.getByLabel('Nombre').fill('Recepción');
  await page.getByLabel('Descripción').fill('Atiende y consulta.');
  await page.getByRole('checkbox', { name: 'Editar Desk' }).check();
  await expect(page.getByRole('checkbox', { name: 'Ver Desk' })).toBeChecked();
  await page.getByRole('checkbox', { name: 'Todo en Campañas' }).check();
  await expect(page.getByRole('checkbox', { name: 'Editar Reportes de campañas' })).toBeChecked();
  await page.getByRole('checkbox', { name: 'Todo en Campañas' }).uncheck();
  await axe(page);
  await shoot(page, 'profile-new');

  // Leaving asks first.
  await page.getByRole('link', { name: 'Todos los perfiles' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Seguir editando' }).click();
  await shut(page);
  await page.getByRole('button', { name: 'Crear perfil' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Miembros y permisos' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Recepción/ })).toContainText('0 miembros');

  await profile(page, 'Recepción');
  await page.getByRole('button', { name: 'Añadir miembros' }).click();
  const dialog = page.getByRole('dialog');
  await axe(page);
  await shoot(page, 'profile-add-existing');
  await dialog.getByRole('tab', { name: 'Nuevos miembros' }).click();
  await dialog.getByRole('button', { name: 'Añadir otro miembro' }).click();
  const first = dialog.getByRole('group', { name: 'Persona 1' });
  const second = dialog.getByRole('group', { name: 'Persona 2' });
  await first.getByLabel('Nombre').fill('Lucía Vera');
  await first.getByLabel('Correo electrónico').fill('lucia@example.com');
  await second.getByLabel('Nombre').fill('Mario Toro');
  await second.getByLabel('Correo electrónico').fill('lucia@example.com');
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  await expect(second.getByText('Está repetido.')).toBeVisible();
  await axe(page);
  await shoot(page, 'profile-add-new');
  await second.getByLabel('Correo electrónico').fill('mario@example.com');
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  const link = dialog.getByLabel('Enlace de Lucía Vera');
  await expect(link).toHaveValue(/\/link#/);
  await axe(page);
  const invitation = path(await link.inputValue());
  await dialog.getByRole('button', { name: 'Listo' }).click();
  await shut(page);
  await expect(page.getByRole('row', { name: /Lucía Vera/ })).toContainText('Invitado');
  await axe(page);
  await shoot(page, 'profile');

  const lucia = await stranger(browser);
  await lucia.goto(invitation);
  await expect(lucia.getByRole('heading', { level: 1, name: 'Elige tu contraseña' })).toBeVisible();
  await expect(lucia.getByText('Hola, Lucía Vera')).toBeVisible();
  await lucia.getByLabel('Contraseña nueva').fill('corta');
  await lucia.getByRole('button', { name: 'Guardar y entrar' }).click();
  await expect(lucia.getByText('Necesita al menos 10 caracteres.')).toBeVisible();
  await axe(lucia);
  await shoot(lucia, 'member-link');
  await lucia.getByLabel('Contraseña nueva').fill('una frase bastante larga');
  await lucia.getByRole('button', { name: 'Guardar y entrar' }).click();
  // She has a profile and no number yet.
  await expect(lucia.getByText(/Recepción/)).toBeVisible();
  await axe(lucia);
  await expect(page.getByRole('row', { name: /Lucía Vera/ })).toContainText('Activo');

  const late = await stranger(browser);
  await late.goto(invitation);
  await expect(late.getByRole('heading', { level: 1, name: 'Este enlace ya no vale' })).toBeVisible();
  await axe(late);
  await shoot(late, 'member-link-ended');
  await late.getByRole('button', { name: '¿Olvidaste tu contraseña?' }).click();
  await late.getByLabel('Correo electrónico').fill('nadie@example.com');
  await late.getByRole('button', { name: 'Enviar enlace' }).click();
  await expect(late.getByRole('heading', { name: 'Revisa tu correo' })).toBeVisible();
  await axe(late);
});

test('a change of a profile is in the menu of whoever has it at once, and a member who had another one is asked about', async ({ browser }) => {
  const page = await signedIn(browser, own, 'administrator');
  const agent = await signedIn(browser, own, 'agent');
  const menu = agent.getByRole('navigation', { name: 'Menú principal' });
  await expect(menu.getByRole('link', { name: 'Respuestas rápidas' })).toBeVisible();

  await profile(page, 'Recepción');
  await page.getByRole('button', { name: 'Añadir miembros' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Buscar por nombre o correo').fill('Carla');
  await dialog.getByRole('checkbox', { name: /Carla Núñez/ }).check();
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  await expect(dialog.getByText('Confirma el reemplazo para continuar.')).toBeVisible();
  await axe(page);
  await shoot(page, 'profile-replace');
  await dialog.getByRole('checkbox', { name: 'Sí, reemplazar su perfil' }).check();
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  await shut(page);
  await expect(page.getByRole('row', { name: /Carla Núñez/ })).toBeVisible();
  // Her open page follows without a reload: Recepción does not see quick replies.
  await expect(menu.getByRole('link', { name: 'Respuestas rápidas' })).toHaveCount(0);
  await expect(menu.getByRole('link', { name: 'Desk', exact: true })).toBeVisible();

  await page.getByRole('checkbox', { name: 'Ver Respuestas rápidas' }).check();
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(menu.getByRole('link', { name: 'Respuestas rápidas' })).toBeVisible();
});

test('two administrators who change a profile at the same time see both sides', async ({ browser }) => {
  const page = await signedIn(browser, own, 'administrator');
  const other = await signedIn(browser, own, 'administrator');
  await profile(page, 'Recepción');
  await profile(other, 'Recepción');
  await other.getByLabel('Descripción').fill('Lo de quien llega tarde.');
  await page.getByLabel('Descripción').fill('Lo de quien llega antes.');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByText('Perfil guardado')).toBeVisible();
  await other.getByRole('button', { name: 'Guardar' }).click();
  const conflict = other.getByRole('alert').filter({ hasText: 'Alguien guardó cambios mientras editabas' });
  await expect(conflict).toContainText('Lo de quien llega tarde.');
  await expect(conflict).toContainText('Lo de quien llega antes.');
  // The button is at the foot of a long form, the conflict at its head.
  await expect(conflict).toBeInViewport();
  await axe(other);
  await shoot(other, 'profile-conflict');
  await conflict.getByRole('button', { name: 'Guardar lo tuyo' }).click();
  await expect(conflict).toHaveCount(0);
  await expect(page.getByLabel('Descripción')).toHaveValue('Lo de quien llega tarde.');
});

test('a profile is duplicated, and deleted after its consequence was named', async ({ browser }) => {
  const page = await signedIn(browser, own, 'administrator');
  await open(page, 'Miembros y permisos');
  await page.getByRole('button', { name: 'Duplicar Recepción' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Copia de Recepción' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Editar Desk' })).toBeChecked();

  await profile(page, 'Recepción');
  await page.getByRole('button', { name: 'Eliminar perfil' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Recepción');
  await expect(dialog).toContainText('3 miembros quedan sin perfil');
  await axe(page);
  await shoot(page, 'profile-delete');
  await dialog.getByRole('button', { name: 'Eliminar perfil' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Miembros y permisos' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Recepción', exact: true })).toHaveCount(0);

  await profile(page, 'Administrador');
  await expect(page.getByText(/No se edita ni se elimina/)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Ver Desk' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Eliminar perfil' })).toHaveCount(0);
  await axe(page);
});

test('a member is found, given a profile, sent a new password and deactivated; the last administrator stays', async ({ browser }) => {
  const page = await signedIn(browser, own, 'administrator');
  await open(page, 'Miembros y permisos');
  await page.getByRole('link', { name: 'Miembros', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Miembros' })).toBeVisible();
  await page.getByLabel('Perfil', { exact: true }).selectOption({ label: 'Sin perfil' });
  await expect(page.getByRole('row', { name: /Mario Toro/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Bruno Salas/ })).toHaveCount(0);
  await axe(page);
  await shoot(page, 'members');

  await page.getByRole('link', { name: 'Mario Toro' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mario Toro' })).toBeVisible();
  await page.getByLabel('Perfil', { exact: true }).selectOption({ label: 'Copia de Recepción' });
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByText('Cambios guardados')).toBeVisible();
  await page.getByRole('button', { name: 'Invitar de nuevo' }).click();
  await expect(page.getByRole('dialog').getByLabel('Enlace de Mario Toro')).toHaveValue(/\/link#/);
  await axe(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Listo' }).click();
  await shut(page);
  await axe(page);
  await shoot(page, 'member');

  await page.getByRole('button', { name: 'Desactivar' }).click();
  await expect(page.getByRole('dialog')).toContainText('Sus tickets abiertos vuelven a la fila');
  await page.getByRole('dialog').getByRole('button', { name: 'Desactivar' }).click();
  await expect(page.getByText('Esta cuenta está desactivada: no puede entrar.')).toBeVisible();
  await axe(page);
  await page.getByRole('button', { name: 'Reactivar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivar' }).click();
  await expect(page.getByText('Esta cuenta está desactivada: no puede entrar.')).toHaveCount(0);

  // The only administrator cannot stop being one.
  const administrator = own.seed.sign_ins.find((entry: { role: string }) => entry.role === 'administrator');
  await page.getByRole('link', { name: 'Todos los miembros' }).click();
  await page.getByRole('link', { name: administrator.name, exact: true }).click();
  await expect(page.getByText(/Esta es tu cuenta/)).toBeVisible();
  await page.getByLabel('Perfil', { exact: true }).selectOption({ label: 'Gestor' });
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('alert')).toContainText('Es el último administrador');
  await axe(page);
});

test('a member is signed out in the open browser by being deactivated', async ({ browser }) => {
  const page = await signedIn(browser, own, 'administrator');
  const manager = await signedIn(browser, own, 'manager');
  await page.goto('/members');
  await page.getByLabel('Buscar por nombre o correo').fill('Bruno');
  await page.getByRole('link', { name: 'Bruno Salas' }).click();
  await page.getByRole('button', { name: 'Desactivar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Desactivar' }).click();
  await expect(manager.getByRole('heading', { level: 1, name: 'Entrar' })).toBeVisible();
  await page.getByRole('button', { name: 'Reactivar' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivar' }).click();
  await expect(page.getByText('Miembro reactivado')).toBeVisible();
});

test('one changes the own name and password, and ends another session', async ({ browser }) => {
  const person = own.seed.sign_ins.filter((entry: { role: string }) => entry.role === 'agent')[1];
  const come = async (password: string): Promise<Page> => {
    const page = await stranger(browser);
    await page.goto('/sign-in');
    await page.getByLabel('Correo electrónico').fill(person.email);
    await page.getByLabel('Contraseña', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Hola');
    return page;
  };
  const page = await come(person.password);
  await come(person.password);
  await page.getByRole('button', { name: /^Tu cuenta/ }).click();
  await page.getByRole('link', { name: 'Tu cuenta y sesiones' }).click();
  await expect(page.getByText('Esta sesión')).toBeVisible();
  await axe(page);
  await shoot(page, 'account');
  await page.getByLabel('Nombre').fill('Diego Prado Ruiz');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByText('Datos guardados')).toBeVisible();
  await page.getByRole('button', { name: /^Cerrar la sesión de/ }).first().click();
  await expect(page.getByText('Sesión cerrada')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Cerrar la sesión de/ })).toHaveCount(0);
  await page.getByLabel('Contraseña actual').fill('no es esta');
  await page.getByLabel('Contraseña nueva').fill('otra frase bastante larga');
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(page.getByRole('alert')).toContainText('contraseña');
  await page.getByLabel('Contraseña actual').fill(person.password);
  await page.getByRole('button', { name: 'Cambiar contraseña' }).click();
  await expect(page.getByText(/Contraseña cambiada/)).toBeVisible();
  await come('otra frase bastante larga');
});

test('an administrator changes the organization, and the audit log shows who changed what', async ({ browser }) => {
  const page = await signedIn(browser, own, 'administrator');
  await open(page, 'Organización');
  await axe(page);
  await page.getByRole('radio', { name: 'Un número de días' }).check();
  await page.getByLabel('Días', { exact: true }).fill('10');
  await page.getByRole('button', { name: 'Guardar' }).first().click();
  await expect(page.getByText('Escribe un número entre 90 y 3650.')).toBeVisible();
  await axe(page);
  await shoot(page, 'organization');
  await page.getByLabel('Días', { exact: true }).fill('365');
  await page.getByRole('button', { name: 'Guardar' }).first().click();
  await expect(page.getByText('Organización guardada')).toBeVisible();
  await page.getByLabel('Servidor', { exact: true }).fill('127.0.0.1');
  await page.getByLabel('Puerto', { exact: true }).fill('9');
  await page.getByLabel('Cifrado', { exact: true }).selectOption({ label: 'Sin cifrar, solo en la misma máquina' });
  await page.getByLabel('Dirección del remitente').fill('cercano@example.com');
  await page.getByRole('button', { name: 'Guardar' }).last().click();
  await expect(page.getByText('Correo guardado')).toBeVisible();
  await page.getByRole('button', { name: 'Enviarme un correo de prueba' }).click();
  await expect(page.getByText('El correo no salió')).toBeVisible();
  await axe(page);
  await shoot(page, 'organization-mail');
  await page.getByRole('button', { name: 'Dejar de enviar correo' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dejar de enviar correo' }).click();
  await expect(page.getByText('No sale correo: los enlaces se muestran para copiarlos.')).toBeVisible();

  await open(page, 'Auditoría');
  const table = page.getByRole('table');
  await expect(table.getByRole('row', { name: /Días que se guardan los mensajes/ })).toContainText('365');
  await axe(page);
  await shoot(page, 'audit-log');
  await page.getByLabel('Tipo', { exact: true }).selectOption({ label: 'Perfil' });
  await page.getByLabel('Buscar por persona o por lo que cambió').fill('Recepción');
  await expect(table.getByRole('row', { name: /Eliminó Perfil Recepción/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /Creó Perfil Recepción/ })).toContainText('Desk (editar)');
  await expect(table).not.toContainText('edit_desk');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Exportar CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.csv$/);

  await page.getByLabel('Desde', { exact: true }).fill('2001-01-01');
  await page.getByLabel('Hasta', { exact: true }).fill('2001-01-31');
  await expect(page.getByRole('heading', { name: 'Nada coincide' })).toBeVisible();
  await axe(page);
});
