/// The API as a program uses it, for what a journey needs to be there before it begins.
import type { Role } from './people.ts';
import type { Server } from './server.ts';

export class Api {
  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  /// Signed in as the first member of a role.
  static async as(server: Server, role: Role): Promise<Api> {
    const person = server.seed.sign_ins.find((entry: { role: string }) => entry.role === role);
    const { token } = await answered(server, 'POST', '/api/v1/sessions', { email: person.email, password: person.password });
    return new Api(server, token);
  }

  /// Asks for something, or sends something; what is refused fails the journey with the server's own words.
  async call(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<any> {
    return answered(this.server, method, path, body, this.token);
  }

  /// The number with a name.
  async number(name: string): Promise<{ id: string; name: string; phone: string }> {
    const { items } = await this.call('GET', `/api/v1/numbers?q=${encodeURIComponent(name)}`);
    return items[0];
  }

  /// Changes a number's chatbot: what `change` does to the settings is saved.
  async chatbot(name: string, change: (settings: any) => void): Promise<void> {
    const number = await this.number(name);
    const { version, settings } = await this.call('GET', `/api/v1/chatbots/${number.id}`);
    change(settings);
    await this.call('PUT', `/api/v1/chatbots/${number.id}`, { version, settings });
  }
}

async function answered(server: Server, method: string, path: string, body?: unknown, token?: string): Promise<any> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(`${server.url}${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
