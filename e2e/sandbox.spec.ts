/// The sandbox inside the server speaks Graph's own language, refusals too: a client that was never written for it must
/// understand it.
import { expect, test } from './support/test.ts';

test('a refusal of the Graph look-alike has the shape of Graph, not ours', async ({ request }) => {
  const send = (token: string, body: object) =>
    request.post('/sandbox/graph/v23.0/106540352242922/messages', { headers: { Authorization: `Bearer ${token}` }, data: body });
  const text = { messaging_product: 'whatsapp', to: '56961230099', type: 'text', text: { body: 'hola' } };
  const stranger = await send('nobody', text);
  expect(stranger.status()).toBe(401);
  expect((await stranger.json()).error).toMatchObject({ code: 190, type: 'OAuthException' });

  const world = await (await request.get('/sandbox/api/world')).json();
  const unknown = await send(world.access_token, {
    messaging_product: 'whatsapp',
    to: '56961230099',
    type: 'template',
    template: { name: 'nobody_has_this', language: { code: 'es' } },
  });
  expect((await unknown.json()).error.code).toBe(132001);
});
