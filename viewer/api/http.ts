import { decodeAnswer } from '../../src/session/requests/codec.ts';
import { type Failure, RequestError } from '../../src/session/requests/failure.ts';
import type { AnswerTo, Ask, RequestName, RunState, ViewerApi } from '../../src/session/requests/protocol.ts';

/** Asks the server that the page came from. It knows the page by a cookie, so no address holds the token. */
export class HttpApi implements ViewerApi {
  async runs(): Promise<readonly RunState[]> {
    const response = await answered(fetch('api/runs'));
    // What our own server says; the page came from the same place.
    return (await response.json()) as readonly RunState[];
  }

  async ask<Name extends RequestName>(
    run: number,
    name: Name,
    ask: Ask<Name>,
    signal?: AbortSignal,
  ): Promise<AnswerTo<Name>> {
    const response = await answered(
      fetch(`api/${run}/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(ask),
        signal: signal ?? null,
      }),
    );
    return decodeAnswer(await response.arrayBuffer()) as AnswerTo<Name>;
  }
}

async function answered(sent: Promise<Response>): Promise<Response> {
  const response = await sent;
  if (response.ok) return response;
  const failure: unknown = await response.json().catch(() => undefined);
  throw new RequestError(isFailure(failure) ? failure : { code: 'http', what: `the server says ${response.status}` });
}

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'what' in value && 'code' in value;
}
