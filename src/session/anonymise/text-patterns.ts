/** How originals look in running text. Every repetition is over characters that cannot begin it anew, so none is slow. */

/** Folders that only file systems have at their root; paths of a model's layers begin with a slash, too. */
const ROOTS = `home root Users data\\d* mnt usr opt tmp var workspace workspaces work works share shared nfs\\d* scratch project
  projects export media srv etc proc dev lib lib64 app apps gpfs lustre cephfs fsx private Volumes Applications run sys code
  ssd\\d* nvme\\d* disk\\d* storage datasets ckpt checkpoints autodl-tmp afs hpc`;

/** One character of a folder's or a file's name: a comma where something follows, a pair of brackets where a slash does. */
const LETTER = String.raw`(?:[^\\/\s"'\`<>|;()\[\]{}:,]|,(?=[^\s/"'])|\([^()/]{0,99}\)(?=[^:;\s]{0,99}/))`;
/** Words with spaces between them are one name where a slash comes behind. */
const NAME = String.raw`(?:${LETTER}+(?: ${LETTER}+)*(?=/)|${LETTER}+)`;
const WINDOWS_TAIL = String.raw`(?:[^\\/\s"'\`<>|;()*?:,]|[\\/])+`;

/** Letters beyond ASCII that names are written in: Latin, Greek, Cyrillic; then those of languages that put no spaces. */
const SPACED = 'À-ɏͰ-ӿ';
const UNSPACED = '\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af';
export const NAME_LETTERS = String.raw`\w@+.\-${SPACED}${UNSPACED}`;
export const UNSPACED_LETTER = new RegExp(`[${UNSPACED}]`);

/** What makes a number the number of a job, and not a time or a size. */
const BEFORE_JOB = String.raw`(?:(?:jobs?|run|slurm|pbs|lsf)(?:[_ ]?id)?[-_ .:=#]{1,3}|[A-Za-z][-_#])`;

/** Each finding is a named group. What comes first wins. `roots` are names, as `words` are; a dot in one is any joint. */
export function textPattern(roots: Iterable<string>, words: readonly string[]): RegExp {
  const allRoots = [...ROOTS.split(/\s+/), ...[...roots].map(literal)].join('|');
  const parts = [
    String.raw`(?<url>(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,15}://[^\s"'\`<>()\[\]{},;]+)`,
    String.raw`(?<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})`,
    String.raw`(?<path>(?<![A-Za-z0-9])[A-Za-z]:[\\/]+${WINDOWS_TAIL}|\\\\[\w.-]+\\${WINDOWS_TAIL}|(?<![\w.)\]}])~[\w.-]*(?:/+${NAME})+|(?<![\w.)\]}~-])/+(?:${allRoots})(?![\w.-])(?:/+${NAME})+)`,
    String.raw`(?<python>(?<![\w.+@/\\-])(?:[\w.+@-]+[\\/]+)*[\w+@-][\w.+@-]*\.py[xc]?(?!\w))`,
    String.raw`(?<id>(?<!\w)[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?!\w))`,
    // Ids of containers and traces, and hashes of commits.
    String.raw`(?<hash>(?<!\w)(?=\d*[a-f])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w))`,
    String.raw`(?<mac>(?<![\w:])[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?![\w:]))`,
    String.raw`(?<ip>(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:%[A-Za-z0-9]+|(?![\w]|\.\d))|(?<![\w:])(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){7}|fe80:(?::[0-9a-fA-F]{1,4}){1,5}|(?:[0-9a-fA-F]{1,4}:){2,6}(?::[0-9a-fA-F]{1,4}){1,5})(?![\w:]))`,
  ];
  const [named, numbers] = [true, false].map((isNamed) => words.filter((word) => /\p{L}/u.test(word) === isNamed));
  const spaced = named.filter((word) => !UNSPACED_LETTER.test(word));
  if (spaced.length > 0) parts.push(String.raw`(?<word>(?<!${WORD_LETTER})${anyOf(spaced)}(?!${WORD_LETTER}))`);
  const unspaced = named.filter((word) => UNSPACED_LETTER.test(word));
  if (unspaced.length > 0) parts.push(`(?<unspaced>${anyOf(unspaced)})`);
  if (numbers.length > 0) {
    const alone = String.raw`(?!\.?\d|[A-Za-z])`;
    parts.push(
      String.raw`(?<number>(?<=${BEFORE_JOB})${anyOf(numbers)}${alone}|(?<![\w.])${anyOf(numbers)}(?=[-_][A-Za-z]))`,
    );
  }
  return new RegExp(parts.join('|'), 'gi');
}

const WORD_LETTER = `[A-Za-z0-9${SPACED}]`;

/** The longest first, so that none hides behind its own beginning. */
function anyOf(words: readonly string[]): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  return `(?:${longestFirst.map((word) => literal(word).replaceAll('\\.', '[._-]')).join('|')})`;
}

export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/** What is known of a machine from the paths on it: group 1 is a user. */
export const USER_IN_PATH = new RegExp(
  String.raw`(?:[\\/](?:home|Users)[\\/]+|torchinductor_|(?<![\w.])~)([${NAME_LETTERS}][${NAME_LETTERS} ]{0,63}?)(?=[\\/"';:()]|$)`,
  'g',
);

/** Group 1 is the first folder of a path that ends like a file. */
export const ROOT_OF_FILE =
  /(?<![\w.)\]}~/-])\/([^\s\\/"'`<>|;(),:]{1,99})\/[^\s"'`<>|;(),:]{0,999}\.(?:py|so|json|db|csv|pt|pth|bin|onnx|log|yaml|yml|sh|cpp|cc|cu|h|hpp|safetensors)\b/g;

/** Addresses of the machine itself, which are the same everywhere, perhaps with a port. */
export function isLoopback(address: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1|localhost|255\.255\.255\.\d+)(:\d+)?$/.test(address);
}
