/** Counts rows and cells and asks for the length of every text, so that nobody gets away with not making it. */
export class CellCounts {
  rows = 0;
  cells = 0;
  chars = 0;

  add(row) {
    this.rows++;
    this.cells += row.length;
    for (let i = 0; i < row.length; i++) this.chars += row[i].length;
  }
}
