/// A whole conversation as a customer has it: questions, eleven queues, an attendance, a survey (conversation.md § 2).
import { Api } from './support/api.ts';
import { openTicket, phone, signedIn, takeTicket, write } from './support/people.ts';
import { Server } from './support/server.ts';
import { shoot } from './support/shoot.ts';
import { expect, test } from './support/test.ts';

const queues = ['Ventas', 'Reservas', 'Pagos', 'Equipaje', 'Visas', 'Grupos', 'Empresas', 'Reembolsos', 'Seguros', 'Cruceros'];

test('a phone goes through the questions and the menu of eleven queues to a ticket, its closing and the survey', async ({ browser }) => {
  test.setTimeout(120_000);
  // A server of its own: what it does to a number's chatbot is nothing for other journeys.
  const server = await Server.start('conversation');
  const api = await Api.as(server, 'administrator');
  const carla = server.seed.sign_ins.find((entry: { name: string }) => entry.name.startsWith('Carla')).email;
  await api.chatbot('João Pereira', (settings) => {
    settings.faq = {
      on: true,
      intro: '¿En qué podemos ayudarte?',
      questions: [
        { question: '¿Qué equipaje puedo llevar?', label: 'Equipaje', answer: 'Una pieza de 23 kg y un bolso de mano.' },
        { question: '¿Cómo cambio mi fecha de viaje?', label: 'Cambios', answer: 'Hasta 48 horas antes, sin costo.' },
      ],
      attendance_button: { on: true, label: 'Hablar con alguien' },
    };
    settings.queues.centre_on = true;
    settings.queues.prompt = 'Elige con quién quieres hablar:';
    settings.queues.own = queues.map((name) => ({ id: null, name, agents: name === 'Cruceros' ? [carla] : [] }));
    settings.queues.default_agents = [carla];
    settings.conversation_flow.survey = {
      kind: 'csat',
      invitation: { on: false, text: '' },
      question: '¿Cómo te atendimos?',
      thanks: { on: true, text: '¡Gracias por tu opinión!' },
      frequency: { every: 'attendance' },
    };
  });

  const agent = await signedIn(browser, server, 'agent');
  await agent.getByRole('link', { name: 'Desk', exact: true }).click();
  const customer = await phone(browser, server, 'João Pereira', { name: 'Rita Lobos', digits: '+56 9 7000 1111' });
  const chat = customer.getByRole('log', { name: 'Conversación' });
  const last = chat.getByRole('listitem').filter({ has: customer.getByRole('article') }).last();

  await test.step('a question is answered, and the menu comes again', async () => {
    await write(customer, 'Oi');
    await expect(last).toContainText('¿En qué podemos ayudarte?');
    await write(customer, '1');
    await expect(chat.getByText('Una pieza de 23 kg y un bolso de mano.')).toBeVisible();
    await shoot(customer, 'phones-faq');
  });

  await test.step('eleven queues: nine and more, then the rest, and the numbering goes on', async () => {
    await last.getByRole('button', { name: 'Hablar con alguien' }).click();
    await expect(last).toContainText('Elige con quién quieres hablar:');
    await last.getByRole('button', { name: 'Ver opções' }).click();
    const rows = customer.getByRole('dialog').getByRole('radio');
    await expect(rows).toHaveCount(10);
    await shoot(customer, 'phones-queues');
    await customer.getByRole('dialog').getByText('Mais opções', { exact: true }).click();
    await customer.getByRole('dialog').getByRole('button', { name: 'Enviar' }).click();
    await expect(last.getByRole('button', { name: 'Ver opções' })).toBeVisible();
    // The tenth by its number, although it stands on the second page.
    await write(customer, '10');
  });

  await test.step('the ticket is in its queue, and is attended', async () => {
    await openTicket(agent, /Rita Lobos/);
    const thread = agent.getByRole('region', { name: 'Conversación con Rita Lobos' });
    await expect(thread.getByText('Cruceros').first()).toBeVisible();
    await takeTicket(thread);
    await thread.getByLabel('Escribe un mensaje').fill('¡Hola, Rita! ¿A dónde quieres navegar?');
    await agent.keyboard.press('Control+Enter');
    await expect(chat.getByText('¿A dónde quieres navegar?')).toBeVisible();
    await shoot(agent, 'desk-queue');
    await thread.getByRole('button', { name: 'Cerrar ticket' }).click();
    await agent.getByRole('dialog').getByRole('button', { name: 'Cerrar ticket' }).click();
  });

  await test.step('the survey repeats once for what is no score, and thanks for one', async () => {
    await expect(last).toContainText('¿Cómo te atendimos?');
    await write(customer, 'muy bien');
    await expect(chat.getByText('¿Cómo te atendimos?')).toHaveCount(2);
    await write(customer, '5');
    await expect(last).toContainText('¡Gracias por tu opinión!');
    await shoot(customer, 'phones-survey');
  });
  await server.stop();
});
