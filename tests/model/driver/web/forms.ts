/** Forms as a browser without script reads them out of a page. */

export type Fields = Readonly<Record<string, string | readonly string[]>>;

export type PageForm = {
  action: string;
  multipart: boolean;
  hidden: ReadonlyMap<string, string>;
  /** What may be sent under a name: any text, or one of the values that stand there. */
  offers: ReadonlyMap<string, ReadonlySet<string> | 'text'>;
};

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" };

function plain(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#x27|#39);/g, (whole, name: string) => entities[name] ?? whole);
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  return new Map([...tag.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name.toLowerCase(), plain(value)]));
}

/** Values that stand in a page under each name; `undefined` for a box that takes any text. */
function controlsIn(inside: string): [string, string | undefined][] {
  const found: [string, string | undefined][] = [];
  for (const [, tag = ''] of inside.matchAll(/<(?:input|button)\b([^>]*)>/g)) {
    const about = attributesOf(tag);
    const name = about.get('name');
    if (name === undefined || about.has('disabled')) continue;
    const type = about.get('type') ?? 'text';
    const chosen = tag.includes('type="submit"') || ['radio', 'checkbox', 'submit', 'hidden'].includes(type) || about.has('formnovalidate');
    found.push([name, chosen || name === 'intent' ? (about.get('value') ?? '') : undefined]);
  }
  for (const [, tag = ''] of inside.matchAll(/<textarea\b([^>]*)>/g)) found.push([attributesOf(tag).get('name') ?? '', undefined]);
  for (const [, tag = '', options = ''] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attributesOf(tag).get('name') ?? '';
    for (const [, option = ''] of options.matchAll(/<option\b([^>]*)>/g)) found.push([name, attributesOf(option).get('value') ?? '']);
  }
  return found;
}

function offersOf(inside: string): PageForm['offers'] {
  const offers = new Map<string, Set<string> | 'text'>();
  for (const [name, value] of controlsIn(inside)) {
    const known = offers.get(name);
    if (value === undefined) offers.set(name, 'text');
    else if (known !== 'text') offers.set(name, new Set(known).add(value));
  }
  return offers;
}

function hiddenIn(inside: string): PageForm['hidden'] {
  const hidden = new Map<string, string>();
  for (const [, tag = ''] of inside.matchAll(/<input\b([^>]*)>/g)) {
    const about = attributesOf(tag);
    if (about.get('type') === 'hidden') hidden.set(about.get('name') ?? '', about.get('value') ?? '');
  }
  return hidden;
}

/** The form of a page that is sent to this path and has a control of this name. */
export function formIn(html: string, { path, holding }: { path: string; holding: string }): PageForm | undefined {
  for (const [, tag = '', inside = ''] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
    const about = attributesOf(tag);
    const action = about.get('action') ?? '';
    const form = { action, multipart: about.get('enctype') === 'multipart/form-data', hidden: hiddenIn(inside), offers: offersOf(inside) };
    if (about.get('method') === 'post' && action.split('?')[0] === path && form.offers.has(holding)) return form;
  }
  return undefined;
}

/** What is sent when somebody fills in what he finds: what is not offered cannot be sent, what is hidden goes along. */
export function filled(form: PageForm, wanted: Fields): Fields {
  const sent: Record<string, string | readonly string[]> = Object.fromEntries(form.hidden);
  for (const [name, value] of Object.entries(wanted)) {
    const offered = form.offers.get(name);
    if (offered === undefined) continue;
    const chosen = (typeof value === 'string' ? [value] : value).filter(
      (one) => offered === 'text' || form.hidden.has(name) || offered.has(one),
    );
    if (chosen.length > 0) sent[name] = chosen;
  }
  return sent;
}
