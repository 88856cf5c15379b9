/// Pictures of a page as people meet it: on a desk and on a phone, light and dark.
import { join } from 'node:path';
import { test, type Page } from '@playwright/test';
import { artifacts } from './server.ts';

const screens = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/// Leaves `artifacts/pictures/<name>-<width>-<scheme>.png`, four of them, and the page as it was.
export async function shoot(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const screen of screens) {
    await page.setViewportSize(screen);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const path = join(artifacts, 'pictures', `${name}-${screen.width}-${scheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      await test.info().attach(`${name} ${screen.width} ${scheme}`, { path, contentType: 'image/png' });
    }
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (before) await page.setViewportSize(before);
}
