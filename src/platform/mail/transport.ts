import type { SMTPPoolOptions } from 'nodemailer';
import { createTransport } from 'nodemailer';
import { mailHtml } from './mail-html.ts';
import { mailTexts } from './messages.ts';

export type OutgoingMail = { id: string; to: string; subject: string; body: string };

export type MailTransport = {
  /** `local`: nothing leaves this machine, mails are read on the local mailbox page. */
  kind: 'local' | 'smtp';
  /** Resolves when the next server has taken the mail over. */
  send: (mail: OutgoingMail) => Promise<void>;
  close: () => void;
};

const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;

/** For demo and development: a mail counts as sent as soon as it is written. */
export function localTransport(): MailTransport {
  return { kind: 'local', send: async () => undefined, close: () => undefined };
}

export type SmtpOptions = {
  /** smtp://user:password@host:587 or smtps://…:465 */
  url: string;
  /** Domain of Message-IDs and of our greeting. */
  domain: string;
  /** Address of the sender. */
  from: string;
  /** Of our own pages: only links that lead there become buttons. */
  origin: string;
  /** Where reports of mails that could not be delivered go: each mail as `name+{its id}@…`; without it to `from`. */
  bounceTo?: string | undefined;
};

/** The sender of the envelope: whoever cannot deliver the mail answers there, and the address itself names the mail. */
function envelopeSender(options: SmtpOptions, mailId: string): string {
  const [, name, domain] = /^([^@]+)@([^@]+)$/.exec(options.bounceTo ?? '') ?? [];
  return name === undefined || domain === undefined ? options.from : `${name}+${mailId}@${domain}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Passwords never travel in the clear: with a login, a server elsewhere must offer TLS. */
function poolOptions({ url, domain }: SmtpOptions): SMTPPoolOptions {
  const at = new URL(url);
  const secure = at.protocol === 'smtps:';
  const host = at.hostname.replace(/^\[(.*)\]$/, '$1');
  const login = at.username === '' ? undefined : { user: decodeURIComponent(at.username), pass: decodeURIComponent(at.password) };
  return {
    pool: true,
    maxConnections: 2,
    host,
    port: at.port === '' ? (secure ? 465 : 587) : Number(at.port),
    secure,
    requireTLS: !secure && login !== undefined && !isLoopback(host),
    ...(login === undefined ? {} : { auth: login }),
    name: domain,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Real mail over SMTP. The Message-ID comes from the mail's own id: a repetition after a crash is recognised as the same mail. */
export function smtpTransport(options: SmtpOptions): MailTransport {
  const transporter = createTransport(poolOptions(options));
  return {
    kind: 'smtp',
    send: async (mail) => {
      await transporter.sendMail({
        from: { name: mailTexts.senderName, address: options.from },
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.body,
        html: mailHtml(mail, options.origin),
        envelope: { from: envelopeSender(options, mail.id), to: [mail.to] },
        messageId: `<${mail.id}@${options.domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        textEncoding: 'base64',
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transporter.close(),
  };
}
