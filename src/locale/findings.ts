/** What a report says of each finding. Figures are put in as texts with their units ("1.234 ms", "12 %"); '' is unknown. */
import { findingsInChinese } from './findings-zh.ts';
import { findingsInEnglish } from './findings-en.ts';
import type { Localised } from './index.ts';

export type Figures<Name extends string> = Readonly<Record<Name, string>>;

export interface FindingWords<Name extends string> {
  /** A few words, for a list. */
  readonly title: (figures: Figures<Name>) => string;
  /** What was seen, with the figures. */
  readonly explanation: (figures: Figures<Name>) => string;
  /** How to make sure. */
  readonly confirm: string;
  /** What to do. */
  readonly advice: string;
}

type CallWords = FindingWords<'callCount' | 'hostNs' | 'longestNs' | 'idleNs' | 'windowShare' | 'calls'>;
type SettingWords = FindingWords<'settings' | 'hostIdleNs' | 'windowShare'>;
type KindOfOpWords = FindingWords<'opCount' | 'aloneNs' | 'computeShare' | 'ops'>;

/** By the name of the rule. */
export interface FindingTexts {
  readonly 'host-bound': FindingWords<
    'gapCount' | 'lateNs' | 'windowShare' | 'idleShare' | 'layer' | 'layerShare' | 'ops' | 'emptyShare'
  >;
  readonly 'slow-environment': SettingWords;
  readonly 'synchronous-api': CallWords;
  readonly 'op-compilation': CallWords;
  readonly 'garbage-collection': CallWords;
  readonly 'memory-allocation': CallWords;
  readonly 'slow-data-loading': CallWords;
  readonly 'profiling-overhead': SettingWords;
  readonly 'cache-counters': FindingWords<'gapCount' | 'meanNs' | 'pausedNs' | 'windowShare'>;
  readonly 'small-ops': FindingWords<'smallCount' | 'smallShare' | 'meanNs' | 'gapNs' | 'windowShare' | 'ops'>;
  readonly 'ai-cpu-ops': KindOfOpWords;
  readonly 'layout-overhead': KindOfOpWords;
  readonly 'low-cube-utilisation': FindingWords<
    'opCount' | 'opsNs' | 'macShare' | 'busiestPipe' | 'busiestShare' | 'ops'
  >;
  readonly 'frequency-drop': FindingWords<'lowNs' | 'computeShare' | 'lowestMhz' | 'highestMhz'>;
  readonly 'copy-in-loop': FindingWords<'copyCount' | 'copiesPerStepCount' | 'exposedNs' | 'windowShare' | 'kinds'>;
  readonly 'slow-feeding': FindingWords<'copyCount' | 'exposedNs' | 'windowShare' | 'bandwidthGbs' | 'kinds'>;
  readonly 'exposed-communication': FindingWords<
    'exposedNs' | 'windowShare' | 'exposedShare' | 'pointToPointShare' | 'ops'
  >;
  readonly 'unbalanced-ranks': FindingWords<
    | 'rankCount'
    | 'slowRank'
    | 'fastRank'
    | 'ownSlowNs'
    | 'ownFastNs'
    | 'figure'
    | 'mostRank'
    | 'leastRank'
    | 'mostToLeastRatio'
  >;
  readonly 'jittery-communication': FindingWords<
    'opCount' | 'p95Ratio' | 'medianNs' | 'longestNs' | 'excessNs' | 'ops'
  >;
  readonly 'small-packets': FindingWords<'link' | 'packetCount' | 'meanBytes' | 'volumeShare' | 'transitNs'>;
}

export const FINDING_TEXTS: Localised<FindingTexts> = { en: findingsInEnglish, zh: findingsInChinese };
