/**
 * Reads a delivery status notification (RFC 3464) about one of our mails. It comes from strangers: nothing in it is believed but the
 * id of the mail and the permanent status code, and anything unusual is "no report", never an error. Pure.
 */

export type DeliveryReport = {
  mailId: string;
  /** Enhanced status code, e.g. `5.1.1`. */
  status: string;
};

export type ReadReport = DeliveryReport | { ignored: 'not a delivery report' | 'names no mail of ours' | 'no permanent failure' };

const mostLength = 1_000_000;
const mostParts = 20;
const mostFields = 400;
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const inSender = new RegExp(`\\+(${uuid})@`, 'i');
const inMessageId = new RegExp(`<(${uuid})@`, 'i');
const permanent = /^5\.\d{1,3}\.\d{1,3}\b/;

type Fields = readonly (readonly [name: string, value: string])[];
type Part = { fields: Fields; body: string };

function fieldsOf(text: string): Fields {
  const lines = text.replaceAll(/\n[ \t]+/g, ' ').split('\n', mostFields);
  return lines.flatMap((line) => {
    const at = line.indexOf(':');
    return at < 1 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const];
  });
}

function partOf(text: string): Part {
  const trimmed = text.replace(/^\n/, '');
  const end = trimmed.indexOf('\n\n');
  return end === -1 ? { fields: fieldsOf(trimmed), body: '' } : { fields: fieldsOf(trimmed.slice(0, end)), body: trimmed.slice(end + 2) };
}

function valuesOf(fields: Fields, ...names: readonly string[]): string[] {
  return fields.filter(([name]) => names.includes(name)).map(([, value]) => value);
}

function first(fields: Fields, name: string): string {
  return valuesOf(fields, name)[0] ?? '';
}

function boundaryOf(contentType: string): string | undefined {
  const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]{1,100})"|([^\s;"]{1,100}))/i.exec(contentType) ?? [];
  return quoted ?? bare;
}

function partsOf(whole: Part): Part[] {
  const boundary = boundaryOf(first(whole.fields, 'content-type'));
  if (boundary === undefined) return [];
  return `\n${whole.body}`
    .split(`\n--${boundary}`)
    .slice(1, mostParts + 1)
    .filter((text) => !text.startsWith('--'))
    .map(partOf);
}

function decoded({ fields, body }: Part): string {
  const base64 = first(fields, 'content-transfer-encoding').toLowerCase() === 'base64';
  return base64 ? Buffer.from(body, 'base64').toString('utf8').replaceAll('\r', '') : body;
}

/** The first recipient of the report for whom delivery has failed for good. */
function failureIn(status: string): string | undefined {
  for (const group of status.split(/\n[ \t]*\n/).slice(0, mostFields)) {
    const fields = fieldsOf(group.trimStart());
    if (first(fields, 'action').toLowerCase() !== 'failed') continue;
    const code = permanent.exec(first(fields, 'status'))?.[0];
    if (code !== undefined) return code;
  }
  return undefined;
}

function mailIdIn(whole: Part, parts: readonly Part[]): string | undefined {
  const recipients = valuesOf(whole.fields, 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to');
  const bySender = recipients.map((value) => inSender.exec(value)?.[1]).find((id) => id !== undefined);
  if (bySender !== undefined) return bySender.toLowerCase();
  const returned = parts.filter(({ fields }) =>
    /^(message\/rfc822|message\/global|text\/rfc822-headers|message\/rfc822-headers)/i.test(first(fields, 'content-type')),
  );
  const ids = [
    ...returned.flatMap((part) => valuesOf(fieldsOf(decoded(part).split('\n\n', 1)[0] ?? ''), 'message-id')),
    ...valuesOf(whole.fields, 'in-reply-to', 'references'),
  ];
  return ids.map((value) => inMessageId.exec(value)?.[1]?.toLowerCase()).find((id) => id !== undefined);
}

/** Takes one whole message as it came from the mail server; at most its first million characters are looked at. */
export function readDeliveryReport(raw: string): ReadReport {
  const whole = partOf(raw.slice(0, mostLength).replaceAll(/\r\n?/g, '\n'));
  if (!/^multipart\/report\b/i.test(first(whole.fields, 'content-type'))) return { ignored: 'not a delivery report' };
  const parts = partsOf(whole);
  const status = parts.find(({ fields }) => /^message\/(global-)?delivery-status\b/i.test(first(fields, 'content-type')));
  if (status === undefined) return { ignored: 'not a delivery report' };
  const code = failureIn(decoded(status));
  if (code === undefined) return { ignored: 'no permanent failure' };
  const mailId = mailIdIn(whole, parts);
  return mailId === undefined ? { ignored: 'names no mail of ours' } : { mailId, status: code };
}
