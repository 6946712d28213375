/** The part of the WebAssembly API in use, which is a global everywhere but declared only among a browser's types. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

/**
 * A module embedded as base64, compiled when it is first needed. `instantiate` gives a new instance with a memory of
 * its own, as what it exports; undefined where WebAssembly or its vector instructions are missing. `imports` are the
 * functions it calls, by module and name.
 */
export class EmbeddedModule<Exports> {
  readonly #base64: string;
  #compiled: object | 'unsupported' | undefined;

  constructor(base64: string) {
    this.#base64 = base64;
  }

  instantiate(imports: Readonly<Record<string, object>> = {}): Exports | undefined {
    const api = (globalThis as { WebAssembly?: WebAssemblyApi }).WebAssembly;
    if (api === undefined) return undefined;
    this.#compiled ??= this.#compile(api);
    if (this.#compiled === 'unsupported') return undefined;
    return new api.Instance(this.#compiled, { ...imports, env: { abort: reportAbort } }).exports as Exports;
  }

  #compile(api: WebAssemblyApi): object | 'unsupported' {
    const bytes = Uint8Array.from(atob(this.#base64), (letter) => letter.charCodeAt(0));
    return api.validate(bytes) ? new api.Module(bytes) : 'unsupported';
  }
}

function reportAbort(): never {
  throw new Error('the compiled code gave up');
}
