import { networkInterfaces } from 'node:os';
import type { ListenHost } from '../server/listen-host.ts';

/** What to open in a browser. Of a server that listens everywhere, by the address that others know the machine by. */
export function addressOf({ name, isEverywhere }: ListenHost, port: number, token: string): string {
  return `http://${isEverywhere ? (outerAddress() ?? '127.0.0.1') : name}:${port}/?token=${token}`;
}

function outerAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
}
