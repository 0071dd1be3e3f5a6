import qrcode from 'qrcode-generator';
import { roundedPath, drawn } from './drawn.ts';

/** Modules around a code that stay white. ISO/IEC 18004, 5.3.8 */
const QUIET = 4;

/**
 * Template of a QR code on white.
 *
 * @param size outer width, design units.
 */
export function qrCode(text: string, size: number): object {
  // Size by content; of 100 modules 15 may be lost to a bad camera.
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const module = size / (count + QUIET * 2);
  return drawn(`qr:${text}`, size, size, (context) => {
    context.fillStyle = '#fff';
    roundedPath(context, 0, 0, size, size, 16);
    context.fill();
    context.fillStyle = '#12201b';
    for (let row = 0; row < count; row += 1)
      for (let column = 0; column < count; column += 1)
        if (code.isDark(row, column)) {
          const [x, y] = [(QUIET + column) * module, (QUIET + row) * module];
          // To whole pixels, so that no light lines run between dark modules.
          context.fillRect(Math.floor(x), Math.floor(y), Math.ceil(module), Math.ceil(module));
        }
  });
}
