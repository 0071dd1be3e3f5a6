import { Lightning } from '@lightningjs/sdk';
import type { StudyYear } from '../../../domain/credit/study-year.ts';
import { t } from '../../locales/i18n.ts';
import { label } from '../../ui/label.ts';
import { color } from '../../ui/theme.ts';

const height = 90;
const barWidth = 23;
const pitch = 32.4;

/** Twelve bars, a month each; the highest fills the height, a month without study is a dark stump. */
export class MonthBars extends Lightning.Component {
  set months(months: StudyYear['months']) {
    const most = Math.max(...months.map(({ seconds }) => seconds), 1);
    const bars = months.map(({ seconds }, index) => {
      const h = seconds > 0 ? Math.max(10, (height * seconds) / most) : 7;
      return {
        rect: true,
        x: index * pitch,
        y: height - h,
        w: barWidth,
        h,
        color: seconds > 0 ? color.bar : color.track,
      };
    });
    const names = [0, 5, 11].map((index) => ({
      ...label('small', { text: t(`month.${index + 1}`), color: color.textSoft }),
      x: index * pitch + barWidth / 2,
      y: height + 8,
      mountX: 0.5,
    }));
    this.children = [...bars, ...names];
  }
}
