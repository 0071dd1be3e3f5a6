import { Lightning } from '@lightningjs/sdk';
import { checkInCode, formatTicket, stepAt } from '../../../domain/groups/check-in-code.ts';
import { t } from '../../locales/i18n.ts';
import { label } from '../../ui/label.ts';
import { part, setText } from '../../ui/parts.ts';
import { qrCode } from '../../ui/qr-code.ts';
import { color } from '../../ui/theme.ts';

const w = 320;
const qr = 280;

/** The QR and the six digits with which phones check in; new ones every 20 s of session time. */
export class CheckInCorner extends Lightning.Component {
  #step = -1;

  static override _template(): object {
    return {
      Qr: { x: (w - qr) / 2 },
      Code: { ...label('number'), x: w / 2, y: qr + 14, mountX: 0.5 },
      How: { ...label('heading', { w, lines: 4, color: color.textSoft }), y: qr + 106 },
    };
  }

  /** @param page address of the phone's page @param online whether the service answers */
  show(plan: { id: string; secret: string }, seconds: number, page: string, online: boolean): void {
    setText(part(this, 'How'), t(online ? 'together.scan' : 'together.noNetwork'));
    const step = stepAt(seconds);
    if (step === this.#step) return;
    this.#step = step;
    const code = checkInCode(plan.secret, step);
    setText(part(this, 'Code'), code.replace(/(..)(?=.)/g, '$1 '));
    this.patch({ Qr: qrCode(`${page}#${formatTicket({ sessionId: plan.id, step, code })}`, qr) });
  }
}
