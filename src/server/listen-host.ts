import { UsageError } from '../base/index.ts';

/** Where to listen. */
export interface ListenHost {
  /** As browsers write it in addresses: `[::1]`, and 127.0.0.1 for 127.1. */
  readonly name: string;
  /** As sockets take it. */
  readonly address: string;
  readonly isLoopback: boolean;
  readonly isEverywhere: boolean;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const EVERYWHERE = ['0.0.0.0', '[::]'];

/** Sockets take nothing at all, as of a variable that is not set, for everywhere. */
export function parseHost(text: string): ListenHost {
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  const written = `http://${bare.includes(':') ? `[${bare}]` : bare}`;
  const name = URL.canParse(written) ? new URL(written).hostname : '';
  if (name === '' || new URL(written).href !== `http://${name}/`) {
    throw new UsageError('bad_host', `--host ${text}: no address of a machine`, 'such as 127.0.0.1, ::1 or 0.0.0.0');
  }
  return {
    name,
    address: name.replace(/^\[|\]$/g, ''),
    isLoopback: LOOPBACK.test(name),
    isEverywhere: EVERYWHERE.includes(name),
  };
}
