import { encode } from 'uqr';

/** The squares of a QR code as one SVG path in a field of `size` units, with its quiet border. */
export type QrDrawing = { size: number; path: string };

/** Draws a text as QR code. */
export function drawQr(text: string): QrDrawing {
  const { size, data } = encode(text, { border: 4 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join('') };
}
