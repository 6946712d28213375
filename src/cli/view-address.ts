import { networkInterfaces } from 'node:os';

/** What to open in a browser. Of a server that listens everywhere, by the address that others know the machine by. */
export function addressOf(host: string, port: number, token: string): string {
  const name = host === '0.0.0.0' || host === '::' ? (outerAddress() ?? '127.0.0.1') : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}/?token=${token}`;
}

function outerAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}
