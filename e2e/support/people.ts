/// Who the journeys are played by: members of the demonstration organization, and customers on the sandbox's phones.
import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import type { Server } from './server.ts';

export type Role = 'administrator' | 'manager' | 'agent' | 'newcomer';

/// A page of its own, signed in as the first member of a role, on Inicio.
export async function signedIn(browser: Browser, server: Server, role: Role): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: 'es', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page, server, role);
  return page;
}

/// Signs in through the form.
export async function signIn(page: Page, server: Server, role: Role): Promise<void> {
  const person = server.seed.sign_ins.find((entry: { role: string }) => entry.role === role);
  await page.goto('/sign-in');
  await page.getByLabel('Correo electrónico').fill(person.email);
  await page.getByLabel('Contraseña', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(person.name.split(' ')[0]);
}

/// A customer's phone on the phones page, open on the chat with a business number.
export async function phone(browser: Browser, server: Server, number: string, customer: { name: string; digits: string }): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, locale: 'es', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto('/sandbox/?lang=es');
  await page.getByRole('button', { name: number }).click();
  await page.getByRole('button', { name: 'Nuevo teléfono' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nombre').fill(customer.name);
  await dialog.getByLabel('Teléfono', { exact: true }).fill(customer.digits);
  await dialog.getByRole('button', { name: 'Abrir teléfono' }).click();
  await expect(page.getByText(`${customer.name} · ${customer.digits}`)).toBeVisible();
  return page;
}

/// The customer writes.
export async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Escriba un mensaje').fill(text);
  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
}

/// Takes the ticket of an open thread, unless distribution has handed it to this agent already.
export async function takeTicket(thread: Locator): Promise<void> {
  const take = thread.getByRole('button', { name: 'Tomar ticket' });
  await expect(take.or(thread.getByLabel('Escribe un mensaje')).first()).toBeVisible();
  if (await take.isVisible()) await take.click();
}

/// Opens the ticket of a customer, whether it waits or distribution has handed it to this agent already.
export async function openTicket(agent: Page, customer: RegExp): Promise<void> {
  await agent.getByRole('tab', { name: /^Todos/ }).click();
  await agent.getByRole('link', { name: customer }).click();
}
