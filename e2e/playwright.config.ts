/// How the journeys run: in the system's Chromium, against a server of their own.
import { defineConfig } from '@playwright/test';
import type { Options, Workers } from './support/test.ts';

const pictures = /pictures\.spec\.ts$/;
const benches = /\.bench\.ts$/;

export default defineConfig<Options, Workers>({
  testDir: '.',
  outputDir: 'artifacts/results',
  forbidOnly: true,
  // A journey that passes only at the second try has found something.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    locale: 'es',
    timezoneId: 'America/Bogota',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CERCANO_CHROMIUM ?? '/usr/bin/chromium',
      // A container has neither a sandbox of its own nor a graphics card, and no test may talk to anybody else.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'journeys', testMatch: '*.spec.ts', testIgnore: pictures },
    { name: 'pictures', testMatch: pictures },
    // Measured, never asserted: `cargo xtask bench --only selector`.
    { name: 'bench', testMatch: benches, timeout: 300_000 },
  ],
});
