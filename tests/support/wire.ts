import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to the database that can be cut and joined again. */
export type Wire = { port: number; cut: () => Promise<void>; join: () => Promise<void> };

/** Lays a wire on this machine to the server of a connection URL. */
export async function layWire(target: URL): Promise<Wire> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  };
  let port = 0;
  let server: Server | undefined;
  const join = async () => {
    server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      keep(near);
      keep(far);
      near.pipe(far).pipe(near);
    });
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    const address = listening.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  };
  await join();
  return {
    get port() {
      return port;
    },
    join,
    cut: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    },
  };
}
