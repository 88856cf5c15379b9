/// A server for one worker: fresh data with the demonstration organization, a free port, gone afterwards.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/// The library that lets a process live at another time; the product knows nothing of it.
const faketime = process.env.CERCANO_FAKETIME ?? '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const binary = process.env.CERCANO_BIN ?? join(import.meta.dirname, '../../target/debug/cercano');
export const artifacts = join(import.meta.dirname, '../artifacts');

export class Server {
  private constructor(
    /// Where it answers, without a slash at the end.
    readonly url: string,
    readonly dataDir: string,
    /// What `cercano seed --json` printed.
    readonly seed: any,
    private readonly process: ChildProcess,
  ) {}

  /// `time` (ISO 8601) is when it starts; with it, `setTime` moves its clock. `empty` leaves the data folder as a new installation finds it; `generate` are options of `cercano generate`.
  static async start(name: string, { empty = false, generate = [] as string[], time = undefined as string | undefined } = {}): Promise<Server> {
    const dataDir = await mkdtemp(join(tmpdir(), 'cercano-e2e-'));
    try {
      const env = time === undefined ? process.env : { ...process.env, ...(await clock(dataDir, time)) };
      const seeded = empty ? { stdout: 'null' } : await promisify(execFile)(binary, ['seed', '--data-dir', dataDir, '--json'], { env });
      if (generate.length > 0) await promisify(execFile)(binary, ['generate', '--data-dir', dataDir, ...generate], { env });
      const address = `127.0.0.1:${await freePort()}`;
      const options = ['serve', '--data-dir', dataDir, '--listen', address, '--sandbox', 'on'];
      await mkdir(artifacts, { recursive: true });
      const log = createWriteStream(join(artifacts, `server-${name}.log`));
      const child = spawn(binary, options, { stdio: ['ignore', 'pipe', 'pipe'], env });
      child.stdout.pipe(log, { end: false });
      child.stderr.pipe(log, { end: false });
      const server = new Server(`http://${address}`, dataDir, JSON.parse(seeded.stdout), child);
      try {
        await server.ready();
      } catch (error) {
        await server.stop();
        throw error;
      }
      return server;
    } catch (error) {
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  /// Moves the server's clock; it goes on from there. Only for one that was started with a `time`.
  async setTime(iso: string): Promise<void> {
    await setClock(this.dataDir, iso);
  }

  /// Asks it to finish what it accepted, and insists after ten seconds.
  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      const insist = setTimeout(() => this.process.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(insist);
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    let failure: unknown;
    this.process.once('error', (error) => (failure = error));
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline) {
      if (failure) throw failure;
      if (this.process.exitCode !== null) throw new Error(`the server ended with ${this.process.exitCode}; see artifacts`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await pause(50);
    }
    throw new Error('the server was not ready after 30 seconds; see artifacts');
  }
}

/// What makes a process live at a time of ours. Waiting is left alone: it goes by another clock.
async function clock(dataDir: string, iso: string): Promise<NodeJS.ProcessEnv> {
  await setClock(dataDir, iso);
  return {
    LD_PRELOAD: faketime,
    FAKETIME_TIMESTAMP_FILE: join(dataDir, 'clock'),
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}

async function setClock(dataDir: string, iso: string): Promise<void> {
  const seconds = Math.round((Date.parse(iso) - Date.now()) / 1000);
  await writeFile(join(dataDir, 'clock'), `${seconds < 0 ? '' : '+'}${seconds}`);
}

/// A port nobody listens on at this moment.
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
