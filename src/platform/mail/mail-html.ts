import { mailTexts } from './messages.ts';

/**
 * The HTML beside a mail's text: the same words, larger, with the links to our own pages as buttons. Everything is escaped, nothing
 * is fetched, and what stands in a name stays text: only addresses of our own origin become links (`screens.md 1.7`, issue 4.4).
 */

const font = "font-family:'Hiragino Kaku Gothic ProN','Hiragino Sans','Noto Sans JP',Meiryo,sans-serif";
const ink = '#1a1a1a';
const link = '#0017c1';

const styles = {
  page: `margin:0;padding:0;background-color:#f2f2f2;color:${ink};${font};-webkit-text-size-adjust:100%`,
  sheet: `max-width:600px;margin:0 auto;padding:24px 20px 32px;background-color:#ffffff;color:${ink}`,
  head: `margin:0 0 24px;padding:0 0 12px;border-bottom:2px solid ${link};color:${ink};font-size:16px;line-height:1.5`,
  title: `margin:0 0 24px;color:${ink};font-size:22px;font-weight:bold;line-height:1.5`,
  text: `margin:0 0 18px;color:${ink};font-size:18px;line-height:1.8;overflow-wrap:anywhere`,
  door: 'margin:0 0 8px',
  button: `display:inline-block;padding:14px 24px;border:2px solid ${link};border-radius:8px;background-color:${link};color:#ffffff;font-size:18px;font-weight:bold;line-height:1.4;text-decoration:none`,
  address: `margin:0 0 24px;color:${ink};font-size:16px;line-height:1.6;overflow-wrap:anywhere`,
  anchor: `color:${link}`,
  foot: `margin:32px 0 0;padding:16px 0 0;border-top:1px solid #767676;color:${ink};font-size:16px;line-height:1.7`,
} as const;

/** Readers in the dark get our own dark colours; programs that know no media query keep the light ones, all of them set in pairs. */
const dark = [
  '@media (prefers-color-scheme:dark){',
  '.mamis-page{background-color:#121212!important}',
  '.mamis-sheet{background-color:#1e1e1e!important}',
  '.mamis-ink{color:#f2f2f2!important}',
  '.mamis-link{color:#9db7f9!important}',
  '.mamis-button{background-color:#9db7f9!important;border-color:#9db7f9!important;color:#101030!important}',
  '}',
].join('');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Also what turns the direction of the text round or hides it. */
const unseen = /[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

function escaped(text: string): string {
  return text.replaceAll(unseen, '').replaceAll(/[&<>"']/g, (mark) => entities[mark] ?? '');
}

const address = /^https?:\/\/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/;

/** `進み具合:https://…` or an address alone on its line; only of our own origin. */
function ownLink(line: string, origin: string): { label: string; href: string } | undefined {
  const at = line.search(/https?:\/\//);
  const href = at === -1 ? '' : line.slice(at).trim();
  const before = line.slice(0, Math.max(0, at)).trim();
  if (!address.test(href) || !(before === '' || /[::]$/.test(before)) || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  const ours = url.origin === origin && url.username === '' && url.password === '';
  return ours ? { label: before.replace(/[::]$/, ''), href } : undefined;
}

function door({ label, href }: { label: string; href: string }): string {
  const words = escaped(label === '' || label === mailTexts.screen ? mailTexts.openPage : label);
  const to = escaped(href);
  const away = 'target="_blank" rel="noopener noreferrer"';
  return [
    `<p style="${styles.door}"><a class="mamis-button" href="${to}" ${away} style="${styles.button}">${words}</a></p>`,
    `<p class="mamis-ink" style="${styles.address}">${escaped(mailTexts.address)}<br><a class="mamis-link" href="${to}" ${away} style="${styles.anchor}">${to}</a></p>`,
  ].join('\n');
}

function paragraph(lines: readonly string[], origin: string): string {
  const blocks: string[] = [];
  let texts: string[] = [];
  const close = (): void => {
    if (texts.length > 0) blocks.push(`<p class="mamis-ink" style="${styles.text}">${texts.map(escaped).join('<br>\n')}</p>`);
    texts = [];
  };
  for (const line of lines) {
    const found = ownLink(line, origin);
    if (found === undefined) texts.push(line);
    else {
      close();
      blocks.push(door(found));
    }
  }
  close();
  return blocks.join('\n');
}

/** Text and foot of a written mail, apart. */
function parted(body: string): { text: string; foot: string } {
  const at = body.lastIndexOf(`\n${mailTexts.rule}\n`);
  return at === -1 ? { text: body, foot: '' } : { text: body.slice(0, at), foot: body.slice(at + mailTexts.rule.length + 2) };
}

/** The whole HTML document for a mail as it stands in the queue. `origin`: that of our own pages. Pure. */
export function mailHtml(mail: { subject: string; body: string }, origin: string): string {
  const { text, foot } = parted(mail.body);
  const paragraphs = text
    .trim()
    .split(/\n[ \t]*\n/)
    .map((part) => paragraph(part.split('\n'), origin));
  const title = mail.subject.startsWith(mailTexts.subjectMark) ? mail.subject.slice(mailTexts.subjectMark.length) : mail.subject;
  return [
    '<!DOCTYPE html>',
    '<html lang="ja">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="format-detection" content="telephone=no, date=no, address=no">',
    `<title>${escaped(mail.subject)}</title>`,
    `<style>${dark}</style>`,
    '</head>',
    `<body class="mamis-page" style="${styles.page}">`,
    `<main class="mamis-sheet" style="${styles.sheet}">`,
    `<p class="mamis-ink" style="${styles.head}">${escaped(mailTexts.system)}</p>`,
    `<h1 class="mamis-ink" style="${styles.title}">${escaped(title)}</h1>`,
    ...paragraphs,
    foot.trim() === '' ? '' : `<p class="mamis-ink" style="${styles.foot}">${foot.trim().split('\n').map(escaped).join('<br>\n')}</p>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}
