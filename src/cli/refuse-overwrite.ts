import { UsageError } from '../base/index.ts';
import { identityAt, NodeHost } from '../platform/node/index.ts';

/** Also when they are two names of one file. */
export async function refuseToOverwriteInput(inputs: readonly string[], output: string, host: NodeHost): Promise<void> {
  const outputIdentity = output === '-' ? undefined : await identityAt(output);
  if (outputIdentity === undefined) return;
  for (const input of inputs) {
    const same = (await host.find(input)).files.find(({ identity }) => identity === outputIdentity);
    if (same === undefined) continue;
    throw new UsageError(
      'output_is_input',
      `${output} is both the output and an input (${same.path})`,
      'choose another name for the output',
    );
  }
}

/** The same of several outputs, before a command has a host of its own. */
export async function refuseToOverwriteInputs(inputs: readonly string[], outputs: readonly string[]): Promise<void> {
  const host = new NodeHost();
  try {
    for (const output of outputs) await refuseToOverwriteInput(inputs, output, host);
  } finally {
    await host.close();
  }
}
