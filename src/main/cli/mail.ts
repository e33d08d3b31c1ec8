import { refusedLater } from '#features/mail-delivery/commands/undeliverable.ts';
import { readDeliveryReport } from '#platform/mail/delivery-report.ts';
import { asOperator } from './as-operator.ts';
import type { CliCommand } from './command.ts';

const mostBytes = 1_000_000;

/** The message on standard input; what is beyond its first million bytes is read and thrown away, so that the mail server is not left waiting. */
async function messageFrom(input: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    if (size < mostBytes) chunks.push(bytes.subarray(0, mostBytes - size));
    size += bytes.length;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Takes one delivery report from the mail server (docs/operations.md). What is none is said and ends well: it would only come back. */
export const mailBounce: CliCommand = {
  about: 'takes a delivery report (RFC 3464) from standard input',
  options: '< message',
  run: async (call) => {
    const report = readDeliveryReport(await messageFrom(process.stdin));
    if ('ignored' in report) {
      call.print(`ignored: ${report.ignored}`);
      return 0;
    }
    return await asOperator(call, async (ctx) => {
      const done = await refusedLater(ctx, report);
      call.print(done ? `mail ${report.mailId} was not delivered (${report.status})` : 'ignored: no such mail waits for news');
      return 0;
    });
  },
};
