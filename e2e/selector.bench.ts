/// How long the number selector takes to open with 2,000 numbers in 300 groups (goal: 100 ms).
import { Server } from './support/server.ts';
import { signIn } from './support/people.ts';
import { test } from './support/test.ts';

const times = 40;

test('the number selector with 2,000 numbers', async ({ browser }) => {
  const server = await Server.start('bench', { generate: ['--numbers', '2000', '--groups', '300'] });
  try {
    const page = await (await browser.newContext({ baseURL: server.url, locale: 'es' })).newPage();
    await signIn(page, server, 'administrator');
    const opened: number[] = [];
    for (let at = 0; at < times; at += 1) {
      opened.push(
        await page.evaluate(async () => {
          const button = document.querySelector<HTMLButtonElement>('.number-button')!;
          const shown = () => document.querySelectorAll('.number-panel .number-list button').length;
          const started = performance.now();
          button.click();
          while (shown() < 10) await new Promise(requestAnimationFrame);
          // The frame that shows it has been painted.
          await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          return performance.now() - started;
        }),
      );
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.querySelector('.number-panel') === null);
    }
    const sorted = opened.sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
    process.stdout.write(`number selector opens with 2,000 numbers: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (goal 100), ${times} times\n`);
  } finally {
    await server.stop();
  }
});
