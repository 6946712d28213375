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

/** Each finding is a named group. What comes first wins. `roots` are names, as `words` are; a dot in one is any joint. */
export function textPattern(roots: Iterable<string>, words: readonly string[]): RegExp {
  const allRoots = [...ROOTS.split(/\s+/), ...[...roots].map(literal)].join('|');
  const wordLetter = '[A-Za-z0-9]';
  const parts = [
    String.raw`(?<url>(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,15}://[^\s"'\`<>()\[\]{},;]+)`,
    String.raw`(?<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})`,
    String.raw`(?<path>(?<![A-Za-z0-9])[A-Za-z]:[\\/]+${WINDOWS_TAIL}|\\\\[\w.-]+\\${WINDOWS_TAIL}|(?<![\w.)\]}])~[\w.-]*(?:/+${NAME})+|(?<![\w.)\]}~-])/+(?:${allRoots})(?![\w.-])(?:/+${NAME})+)`,
    String.raw`(?<python>(?<![\w.+@/\\-])(?:[\w.+@-]+[\\/]+)*[\w+@-][\w.+@-]*\.py[xc]?(?!\w))`,
    String.raw`(?<id>(?<!\w)[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?!\w))`,
    String.raw`(?<mac>(?<![\w:])[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}(?![\w:]))`,
    String.raw`(?<ip>(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)|(?<![\w:])(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4}){7}|fe80:(?::[0-9a-fA-F]{1,4}){1,5}|(?:[0-9a-fA-F]{1,4}:){2,6}(?::[0-9a-fA-F]{1,4}){1,5})(?![\w:]))`,
  ];
  if (words.length > 0) {
    const longestFirst = [...words]
      .sort((a, b) => b.length - a.length)
      .map((word) => literal(word).replaceAll('\\.', '[._-]'));
    parts.push(`(?<word>(?<!${wordLetter})(?:${longestFirst.join('|')})(?!${wordLetter}))`);
  }
  return new RegExp(parts.join('|'), 'gi');
}

export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}

/** What is known of a machine from the paths on it: group 1 is a user. */
export const USER_IN_PATH =
  /(?:[\\/](?:home|Users)[\\/]+|torchinductor_|(?<![\w.])~)([\w.@-][\w .@-]{0,63}?)(?=[\\/"';:()]|$)/g;

/** Group 1 is the first folder of a path that ends like a file. */
export const ROOT_OF_FILE =
  /(?<![\w.)\]}~/-])\/([^\s\\/"'`<>|;(),:]{1,99})\/[^\s"'`<>|;(),:]{0,999}\.(?:py|so|json|db|csv|pt|pth|bin|onnx|log|yaml|yml|sh|cpp|cc|cu|h|hpp|safetensors)\b/g;

/** Addresses of the machine itself, which are the same everywhere, perhaps with a port. */
export function isLoopback(address: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1|localhost|255\.255\.255\.\d+)(:\d+)?$/.test(address);
}
