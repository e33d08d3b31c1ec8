import { createServer } from 'node:net';
import { errorCode, errorMessage, StartError } from './start-error.ts';

/** Fails early, before the long steps, when the address cannot be listened on. */
export function checkPort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(new StartError(portSentence(error, port, host))));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** One sentence for a failure to listen. */
export function portSentence(error: unknown, port: number, host: string): string {
  const code = errorCode(error);
  if (code === 'EADDRINUSE') return `Port ${port} is busy; stop the program that uses it or set PORT to another number.`;
  if (code === 'EACCES') return `Port ${port} is reserved for root; set PORT to a number above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `This machine has no address ${host}; set HOST to one of its own.`;
  return `MAMIS cannot listen on ${host}:${port}: ${errorMessage(error)}.`;
}
