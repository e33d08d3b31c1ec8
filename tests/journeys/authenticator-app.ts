import type { Page } from '@playwright/test';

/** What an authenticator app does with the page of its set-up. */

/** RFC 4648 base 32, as an authenticator app reads the key. */
function fromBase32(text: string): Buffer {
  const bits = [...text].map((glyph) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(glyph).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The key that the page shows to be typed into an app. */
export async function shownKey(page: Page): Promise<Buffer> {
  const shown = await page.getByText(/^キー:/).innerText();
  return fromBase32(shown.replace(/^キー:/, '').replaceAll(/\s/g, ''));
}
