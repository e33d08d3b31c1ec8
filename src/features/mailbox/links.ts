export type TextPart = { text: string; href?: string };

const link = /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+/g;
/** Marks that end a sentence rather than an address. */
const trailing = /[).,;:!?']+$/;

/** A plain text in parts, links apart, nothing lost: the texts joined give the whole. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(link)) {
    const href = found[0].replace(trailing, '');
    if (found.index > at) parts.push({ text: text.slice(at, found.index) });
    parts.push({ text: href, href });
    at = found.index + href.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}
