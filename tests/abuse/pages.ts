/** Reading pages as a browser without script does: their forms, fields and links. */

export type Field = { name: string; values: readonly string[]; file: boolean };
export type Form = { action: string; method: 'get' | 'post'; multipart: boolean; fields: readonly Field[] };
export type Page = { forms: readonly Form[]; links: readonly string[]; pictures: readonly string[] };

const entities: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', apos: "'", '#x27': "'", '#39': "'" };

function decoded(text: string): string {
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole);
}

function attributes(tag: string): Map<string, string> {
  return new Map([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name.toLowerCase(), decoded(value)]));
}

function optionsOf(inner: string): string[] {
  return [...inner.matchAll(/<option\b([^>]*)>/g)].flatMap(([, tag = '']) => attributes(tag).get('value') ?? []);
}

function fieldsOf(inner: string): Field[] {
  const found = new Map<string, Field>();
  const add = (tag: string, values: readonly string[]) => {
    const at = attributes(tag);
    const name = at.get('name') ?? '';
    if (name === '') return;
    const known = found.get(name)?.values ?? [];
    found.set(name, { name, values: [...known, ...values], file: at.get('type') === 'file' });
  };
  for (const [, tag = ''] of inner.matchAll(/<(?:input|button)\b([^>]*)>/g)) add(tag, [attributes(tag).get('value') ?? 'on']);
  for (const [, tag = '', text = ''] of inner.matchAll(/<textarea\b([^>]*)>([^<]*)/g)) add(tag, [decoded(text)]);
  for (const [, tag = '', options = ''] of inner.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) add(tag, optionsOf(options));
  return [...found.values()];
}

/** The forms and inner links of a page; a form without action is sent to `path`. */
export function readPage(html: string, path: string): Page {
  const forms = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = '', inner = '']): Form => {
    const at = attributes(tag);
    return {
      action: at.get('action') || path,
      method: at.get('method')?.toLowerCase() === 'post' ? 'post' : 'get',
      multipart: at.get('enctype') === 'multipart/form-data',
      fields: fieldsOf(inner),
    };
  });
  const links = [...html.matchAll(/<a\b[^>]*?href="(\/[^"#]*)/g)].map(([, href = '']) => decoded(href));
  const pictures = [...html.matchAll(/<img\b[^>]*?src="(\/[^"#]*)/g)].map(([, src = '']) => decoded(src));
  return { forms, links: [...new Set(links)].filter((link) => !link.startsWith('//')), pictures };
}
