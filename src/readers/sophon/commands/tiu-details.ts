import type { CommandList } from '../command-list.ts';
import { bitsAt, type Field } from './bits.ts';
import type { CommandForm } from './forms.ts';
import { DATA_TYPES, TIU_OPS, TIU_SHORT, TIU_TYPE } from './tiu-ops.ts';

/** Sizes and types of data of a command whose form is known. */
export function tiuDetails(bytes: Uint8Array, at: number, _form: CommandForm): ReturnType<CommandList['details']> {
  const short = TIU_OPS[bitsAt(bytes, at, TIU_TYPE)]?.short;
  if (short === undefined || bitsAt(bytes, at, TIU_SHORT) === 0) return {};
  const sizes = (fields: readonly Field[]): string => fields.map((field) => bitsAt(bytes, at, field)).join('x');
  const typeAt = (field: Field | undefined): string =>
    field === undefined ? '' : (DATA_TYPES[bitsAt(bytes, at, field)]?.[0] ?? '');
  const [resultType, inputType] = [typeAt(short.resultType), typeAt(short.inputType)];
  return {
    shape: sizes(short.result),
    ...(short.kernel === undefined ? {} : { kernel: sizes(short.kernel) }),
    ...(short.inputChannels === undefined ? {} : { inputChannels: bitsAt(bytes, at, short.inputChannels) }),
    ...(resultType === '' ? {} : { dataType: resultType }),
    ...(inputType === '' || inputType === resultType ? {} : { inputType }),
  };
}
