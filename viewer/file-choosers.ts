import type { DropWords } from '../src/locale/viewer-drop.ts';
import { type DroppedFiles, filesOfList } from './api/dropped-files.ts';
import { button, element } from './widgets/element.ts';
import './file-choosers.css';

/** For those who do not drop: one button for files, one for a folder. */
export function fileChoosers(words: DropWords, take: (chosen: DroppedFiles) => void): HTMLElement {
  const choosers = [[words.chooseFiles, false] as const, [words.chooseFolder, true] as const].flatMap(
    ([label, isFolder]) => {
      const input = element('input');
      input.type = 'file';
      input.multiple = true;
      input.webkitdirectory = isFolder;
      input.hidden = true;
      input.addEventListener('change', () => {
        take(filesOfList(input.files ?? []));
        // The same files may be chosen again.
        input.value = '';
      });
      return [button(label, () => input.click(), 'plain-button'), input];
    },
  );
  return element('p', 'file-choosers', ...choosers);
}
