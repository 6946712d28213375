// C events: every number in the args is a sample of a series of its own.
import { isNumberRange, IS_SELECTOR, memberCount, numberAt, numberDigits, PLAIN_DIGITS } from './args';
import { COUNTER_MEMBERS, MEMBER_FROM, MEMBER_KEY, MEMBER_TO } from './layout';
import { NONE } from './strings';
import { counterCount, longValueCount, setLongValue, setSample, takeSamples } from './tape';
import { seriesTrack } from './tracks';

/** Numbers of fewer digits are finite. */
const MOST_DIGITS: u32 = 300;

/** Takes all samples of an event, or none. */
export function takeCounter(pid: i64, name: i32, timeNs: f64): bool {
  const count = memberCount;
  if (count == 0 || count > COUNTER_MEMBERS) return false;
  let row = counterCount;
  let longValues = longValueCount;
  for (let m: u32 = 0; m < count; m++) {
    const place = <usize>m << 2;
    const key = load<u32>(MEMBER_KEY + place);
    if ((load<u32>(<usize>key, 8) & IS_SELECTOR) != 0) continue;
    const from = <usize>load<u32>(MEMBER_FROM + place);
    const to = <usize>load<u32>(MEMBER_TO + place);
    if (!isNumberRange(from, to) || numberDigits > MOST_DIGITS) return false;
    const track = seriesTrack(pid, name, key);
    if (track == NONE) return false;
    const isLong = numberDigits > PLAIN_DIGITS;
    if (isLong) setLongValue(longValues++, row, from, to);
    setSample(row++, track, timeNs, isLong ? 0 : numberAt(from));
  }
  takeSamples(row, longValues);
  return true;
}
