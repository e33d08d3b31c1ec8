import { data } from 'react-router';
import type { Context } from '#platform/context.ts';
import { previewOf, previewPage } from '#platform/render/previews.ts';

/** What the preview pages of doctor and office have in common, after the question was allowed and recorded. */

type Found = { id: string; fileId: string; name: string; title: string; mediaType: string; size: number };

/** Name and preview of a kept file; the preview is made at the first look. */
export async function loadPreview(ctx: Context, found: Found) {
  const preview = await previewOf(ctx, found);
  if (preview === undefined) throw data({}, { status: 404 });
  return { documentId: found.id, name: found.name, title: found.title, size: found.size, preview };
}

export type ShownPreview = Awaited<ReturnType<typeof loadPreview>>;

const headers = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
} as const;

export const noPreview = 'プレビューを表示できません。ダウンロードしてご確認ください。';

/** In place of a picture, so that the reader of a page with many sees which one cannot be shown. */
const sentence = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="60"><rect width="640" height="60" fill="#fff"/><text x="8" y="36" font-size="16" font-family="sans-serif">${noPreview}</text></svg>`;

/** One drawn page as an answer; a file that cannot be drawn answers with the sentence, never with an error. */
export async function pageResponse(ctx: Context, found: Found, page: number): Promise<Response> {
  const picture = await previewPage(ctx, found, page);
  if (picture === undefined) return new Response(sentence, { headers: { ...headers, 'Content-Type': 'image/svg+xml; charset=utf-8' } });
  return new Response(new Uint8Array(picture), {
    headers: { ...headers, 'Content-Type': 'image/webp', 'Content-Length': String(picture.byteLength) },
  });
}
