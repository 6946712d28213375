/** A gap and the ops around it; one object is used for all gaps of a device, as there may be millions. */
export interface Gap {
  startNs: number;
  endNs: number;
  /** Tasks of the device; NONE at the edges. */
  before: number;
  after: number;
}
