import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Hands on what comes, as late as if the way were so long. */
const carry = (from: Socket, to: Socket, arrival: () => number): void => {
  const later = (act: () => void): void => {
    setTimeout(act, arrival());
  };
  from.on('data', (bytes) => {
    later(() => to.destroyed || to.write(bytes));
  });
  from.on('close', () => {
    later(() => to.destroy());
  });
  from.on('error', () => undefined);
};

/**
 * Stands before a server on this machine and puts it `oneWay` milliseconds away. Here a connection
 * is accepted at once: so what is sent over it waits for the round trip that accepting it takes.
 */
export const atADistance = async (port: number, oneWay: number): Promise<Server> => {
  const server = createServer((near) => {
    const accepted = performance.now();
    const far = connect(port, '127.0.0.1');
    near.setNoDelay();
    far.setNoDelay();
    carry(near, far, () => Math.max(0, accepted + 2 * oneWay - performance.now()) + oneWay);
    carry(far, near, () => oneWay);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
};

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;
