export declare const COLUMN_COUNT: number;
export declare class RandomWindows {
  constructor(endNs: number);
  next(): { startNs: number; endNs: number };
  tracks(): number[];
}
