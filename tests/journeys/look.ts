import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** What every screen must fulfil however it was reached: WCAG 2.2 AA as far as axe sees it, and no sideways scrolling. */

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Rules that the page breaks: `id: where it stands`. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Our pages have no frames: without looking for any, axe needs no page of its own for each look.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(levels).analyze();
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} (${rule.help})`));
}

/** How many px the page is wider than its window; 0 when nobody has to scroll sideways. */
export async function overflowOf(page: Page): Promise<number> {
  return await page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
}

/** Pressable things smaller than 24 × 24 px (WCAG 2.5.8), links inside a sentence and hidden things left out. */
export async function tinyTargetsOf(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('button, a[href], input:not([type="hidden"]), select, textarea, summary')];
    const shown = all.filter(
      (one) =>
        one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        one.closest('[aria-hidden="true"], .sr-only, .ui-skip') === null,
    );
    const own = shown.filter((one) => !(one instanceof HTMLAnchorElement) || getComputedStyle(one).display !== 'inline');
    const target = (one: HTMLElement) => (one instanceof HTMLInputElement ? (one.closest('label') ?? one) : one);
    return own
      .map((one) => ({ one, box: target(one).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && (box.width < 24 || box.height < 24))
      .map(
        ({ one, box }) =>
          `${one.tagName.toLowerCase()} ${one.textContent?.trim() ?? ''} ${Math.round(box.width)}×${Math.round(box.height)}`,
      );
  });
}

/** Phone, tablet, desk; axe looks at the first and the last. */
const widths = [360, 768, 1280] as const;

/** One screen in its present state at both widths; the typed text and the open panels stay. */
export async function expectGoodLook(page: Page, name: string): Promise<void> {
  // Without script the timers of a page stand still, and axe waits for them for ever.
  const scripted = test.info().project.use.javaScriptEnabled !== false;
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    expect.soft(await overflowOf(page), `${name}: sideways scrolling at ${width} px`).toBe(0);
    expect.soft(await tinyTargetsOf(page), `${name}: targets at ${width} px`).toEqual([]);
    if (scripted && width !== 768) expect.soft(await violationsOf(page), `${name}: axe at ${width} px`).toEqual([]);
    await keep(page, `${name}-${width}`);
  }
  expect.soft(await page.locator('h1').count(), `${name}: one h1`).toBe(1);
  expect.soft(await page.title(), `${name}: title`).toMatch(/^.+ \| MAMIS$/);
}

/** A picture of the screen in LOOK_DIR, for people who want to look through all of them. */
export async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env['LOOK_DIR'];
  if (folder === undefined || folder === '') return;
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** Which screens have been looked at, by the path of their route: `my/applications/:id`. */
export function makeGallery(page: Page): { look: (path: string, state: string) => Promise<void>; seen: ReadonlySet<string> } {
  const seen = new Set<string>();
  return {
    seen,
    look: async (path, state) => {
      const real = new URL(page.url()).pathname;
      const pattern = new RegExp(`^/${path.replaceAll(/:[^/]+/g, '[^/]+')}$`);
      expect(real, `${state}: the screen of ${path}`).toMatch(pattern);
      seen.add(path);
      await expectGoodLook(page, `${path.replaceAll(/[/:]+/g, '-')}-${state}`);
    },
  };
}
