/** One model on two vendors' devices, by what its ops do. How it looks lives in src/report/across-devices. */
export {
  ACROSS_SCHEMA,
  type AcrossDevices,
  compareDevices,
  type DeviceSide,
  type PhaseAcross,
  type WorkOfRun,
} from './compare-devices.ts';
export { WORK_CLASSES, type WorkClass, workClassOf } from './work-classes.ts';
export { type PhaseWork, summariseWork, type UnmappedOp } from './work-summary.ts';
