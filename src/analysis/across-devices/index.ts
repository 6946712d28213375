/** One model on two vendors' devices, by what its ops do. How it looks lives in src/report/across-devices. */
export {
  type AcrossDevices,
  compareDevices,
  type DeviceSide,
  type PhaseAcross,
  type WorkOfRun,
} from './compare-devices.ts';
export { summariseWork } from './work-summary.ts';
