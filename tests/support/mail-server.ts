import { SMTPServer } from 'smtp-server';

/** 250 takes the mail, other numbers refuse the recipient, 'hang-up' drops the connection in the middle. */
type Answer = number | 'hang-up';

export type Received = {
  to: string[];
  /** Sender of the envelope. */
  sender: string;
  /** Head as it came over the wire. */
  head: string;
  /** The part in plain text. */
  body: string;
  html: string;
  header: (name: string) => string;
};

export type FakeServer = {
  port: number;
  received: Received[];
  /** Recipients announced so far, taken or not. */
  offered: number;
  stop: () => Promise<void>;
};

/** A real SMTP server on loopback that misbehaves as told, one answer per offered mail, then takes everything. */
export async function startFakeServer(options: { answers?: readonly Answer[]; port?: number } = {}): Promise<FakeServer> {
  const answers = [...(options.answers ?? [])];
  const fake: FakeServer = { port: 0, received: [], offered: 0, stop: async () => undefined };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onRcptTo: (_address, session, done) => {
      fake.offered += 1;
      const answer = answers.shift() ?? 250;
      if (answer === 250) return done();
      if (answer !== 'hang-up') return done(Object.assign(new Error(`no room for mail ${session.id}`), { responseCode: answer }));
      return done(Object.assign(new Error('going away'), { responseCode: 421 }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const sender = mailFrom === false ? '' : mailFrom.address;
        fake.received.push({ ...parse(Buffer.concat(chunks).toString('utf8')), sender, to: rcptTo.map((one) => one.address) });
        done();
      });
    },
  });
  server.on('error', () => undefined); // clients that go away mid-sentence are part of the test
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  fake.port = portOf(server.server.address());
  let stopped: Promise<void> | undefined;
  fake.stop = async () => await (stopped ??= new Promise<void>((resolve) => server.close(resolve)));
  return fake;
}

function portOf(address: ReturnType<SMTPServer['server']['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return address.port;
}

type Part = { head: string; content: string; header: (name: string) => string };

function split(raw: string): Part {
  const at = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, at).trimStart();
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const header = (name: string): string =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? '';
  return { head, content: raw.slice(at + 4), header };
}

function textOf({ content, header }: Part): string {
  return header('content-transfer-encoding') === 'base64' ? Buffer.from(content, 'base64').toString('utf8') : content;
}

function parse(raw: string): Omit<Received, 'to' | 'sender'> {
  const whole = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(whole.header('content-type'))?.[1];
  const parts = boundary === undefined ? [whole] : whole.content.split(`--${boundary}`).slice(1, -1).map(split);
  const of = (type: string): string => parts.filter((part) => part.header('content-type').startsWith(type)).map(textOf)[0] ?? '';
  return { head: whole.head, body: of('text/plain'), html: of('text/html'), header: whole.header };
}
