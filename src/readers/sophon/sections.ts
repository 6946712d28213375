/** Runs of consecutive commands: a new one begins where numbers do not go on. */
export interface Section {
  readonly from: number;
  readonly to: number;
}

export function sectionsOf(ids: Float64Array): Section[] {
  const sections: Section[] = [];
  let from = 0;
  for (let i = 1; i <= ids.length; i++) {
    if (i < ids.length && ids[i] > ids[i - 1]) continue;
    if (i > from) sections.push({ from, to: i });
    from = i;
  }
  return sections;
}
