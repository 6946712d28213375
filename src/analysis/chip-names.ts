/**
 * What the vendor calls the families of chips that its profiler numbers as `platform_version`. Products are not named: which
 * of them has which family is nowhere documented.
 */
const CHIP_NAMES: Readonly<Record<string, string>> = {
  0: 'V1_1_0',
  1: 'V2_1_0',
  2: 'V3_1_0',
  3: 'V3_2_0',
  4: 'V3_3_0',
  5: 'V4_1_0',
  7: 'V1_1_1',
  8: 'V1_1_2',
  9: 'V5_1_0',
  11: 'V1_1_3',
  15: 'V6_1_0',
  16: 'V6_2_0',
};

/** undefined where the code is not known. */
export function chipName(code: string): string | undefined {
  return Object.hasOwn(CHIP_NAMES, code) ? CHIP_NAMES[code] : undefined;
}
