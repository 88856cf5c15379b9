/// The `test` of every spec: its pages open on the worker's own server.
import { test as base } from '@playwright/test';
import { Server } from './server.ts';

export { expect } from '@playwright/test';

export type Options = object;

export type Workers = {
  /// One server for all journeys of a worker.
  server: Server;
};

export const test = base.extend<Options, Workers>({
  server: [
    async ({}, use, worker) => {
      const server = await Server.start(String(worker.workerIndex));
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});
