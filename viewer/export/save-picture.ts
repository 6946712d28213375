import type { Drawn } from '../timeline/scene.ts';
import { download } from '../widgets/download.ts';
import { drawSheet, fileNameOf, type Picture, sizeOf } from './sheet.ts';
import { SvgPen } from './svg-pen.ts';
import { VectorDevices } from './vector-devices.ts';

/** At the resolution of the screen. */
export async function savePng(picture: Picture, pixelRatio: number): Promise<void> {
  const { widthPx, heightPx } = sizeOf(picture);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(widthPx * pixelRatio);
  canvas.height = Math.round(heightPx * pixelRatio);
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('no canvas');
  context.scale(pixelRatio, pixelRatio);
  context.imageSmoothingEnabled = false;
  drawSheet(context, picture, pixelRatio);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done));
  if (blob !== null) download(fileNameOf(picture.scene.info.name, picture.scale, 'png'), blob);
}

export function saveSvg(picture: Picture): void {
  const { widthPx, heightPx } = sizeOf(picture);
  const pen = new SvgPen(widthPx, heightPx, picture.measure, picture.palette.font);
  const answersOf = (shiftNs: number): Drawn => {
    const { devices, ...others } = picture.scene.answersOf(shiftNs);
    return { ...others, devices: devices && new VectorDevices(devices.answer, pen) };
  };
  const scene = { ...picture.scene, answersOf };
  drawSheet(pen, { ...picture, scene }, 1);
  const text = new XMLSerializer().serializeToString(pen.element);
  const name = fileNameOf(picture.scene.info.name, picture.scale, 'svg');
  download(name, new Blob([text], { type: 'image/svg+xml' }));
}
