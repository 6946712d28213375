/** Counts trace events by phase, as the generator counts what it writes. */
export class PhaseCounts {
  events = 0;
  slices = 0;
  counters = 0;
  flowStarts = 0;
  flowEnds = 0;

  add(phase) {
    this.events++;
    switch (phase) {
      case 'X':
        this.slices++;
        break;
      case 'C':
        this.counters++;
        break;
      case 's':
        this.flowStarts++;
        break;
      case 'f':
        this.flowEnds++;
        break;
    }
  }
}
