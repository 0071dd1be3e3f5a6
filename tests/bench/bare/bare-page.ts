import path from 'node:path';
import { packPage } from '../tv/pack-page.ts';

const body =
  '<style>body{margin:0}video{position:absolute;width:1280px;height:720px}</style><video playsinline></video>';

/** The bare player, as files by name. */
export function barePage(): Promise<Record<string, string>> {
  return packPage(path.join(import.meta.dirname, 'bare.ts'), body);
}
