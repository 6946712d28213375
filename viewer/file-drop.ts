import { type DroppedFiles, filesOfDrop } from './api/dropped-files.ts';

/** Takes what is dropped anywhere on the page, which by itself would leave the page. Returns how to stop that. */
export function onDrop(
  marked: HTMLElement,
  take: (dropped: DroppedFiles) => void,
  failed: () => void = () => {},
): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  const mark = (isOver: boolean): void => void marked.classList.toggle('drop-over', isOver);
  const over = (event: DragEvent): void => {
    event.preventDefault();
    mark(true);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer !== null) void filesOfDrop(event.dataTransfer).then(take, failed);
  };
  addEventListener('dragover', over, { signal });
  addEventListener('dragleave', () => mark(false), { signal });
  addEventListener('drop', drop, { signal });
  return () => stopped.abort();
}
