/** bmprofile_data-1 is of the default device, whose number is -1; cdm_profile_data_dev3-0 is the first capture on device 3. */
const FOLDER = /(?:bmprofile_data(-?\d+)|cdm_profile_data_dev(\d+)(?:-(\d+))?)[^\\/]*[\\/][^\\/]*$/;

/** The device that the folder of a file names; undefined where it names none. */
export function deviceOfFolder(path: string): number | undefined {
  const match = FOLDER.exec(path);
  if (match === null) return undefined;
  return Math.max(0, Number(match[1] ?? match[2]));
}
