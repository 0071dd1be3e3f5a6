import type { Lightning } from '@lightningjs/sdk';
import { Page } from '../../app/Page.ts';
import type { NetworkReport, Preferences } from '../../app/services.ts';
import { t } from '../../locales/i18n.ts';
import type { Study } from '../../study/study.ts';
import { Grid } from '../../ui/Grid.ts';
import { ListRow, type RowContent } from '../../ui/ListRow.ts';
import { pageHeader } from '../../ui/page-header.ts';
import { placeWords } from '../binding/BindingPage.ts';
import { part } from '../../ui/parts.ts';
import { screen, type CaptionSize } from '../../ui/theme.ts';

const row = { w: screen.w - screen.safeX * 2, h: 72 };
const captionSizes: readonly CaptionSize[] = ['small', 'medium', 'large'];

interface Setting {
  content: RowContent;
  onEnter: () => void;
}

/** Everything that can be chosen, one row each: OK goes to the next choice or does what the row says. */
export class SettingsPage extends Page<{ page: 'settings' }> {
  #study: Study | undefined;
  #network: NetworkReport | 'running' | undefined;
  #unsubscribe: (() => void) | undefined;

  static override _template(): object {
    return { Header: {}, List: { type: Grid, x: screen.safeX, y: 116 } };
  }

  override get heading(): string {
    return t('settings.title');
  }

  protected override build(): void {
    this.#show();
    this.#list.index = (this.memory as number | undefined) ?? 0;
    this.services.study().then(
      (study) => {
        if (!this.attached) return;
        this.#study = study;
        this.#unsubscribe = study.onChange(() => this.#show());
        this.#show();
      },
      () => this.navigator.toast(t('error.page')),
    );
  }

  override _detach(): void {
    this.#unsubscribe?.();
  }

  get #list(): Grid<ListRow, Setting> {
    return part(this, 'List');
  }

  #show(): void {
    this.patch({
      Header: pageHeader(this.heading, t('settings.hint')),
      List: {
        spec: {
          items: this.#settings(),
          columns: 1,
          cell: row,
          gap: { x: 0, y: 10 },
          visibleRows: 7,
          card: { type: ListRow, look: row },
          show: (card: ListRow, { content }: Setting) => (card.content = content),
          onEnter: ({ onEnter }: Setting) => onEnter(),
        },
      },
    });
  }

  #settings(): Setting[] {
    const { language, captions, captionSize, elder } = this.services.preferences();
    const onOff = (on: boolean): string => t(on ? 'settings.on' : 'settings.off');
    const nextSize = captionSizes[(captionSizes.indexOf(captionSize) + 1) % captionSizes.length]!;
    return [
      this.#choice('language', t(`settings.language.${language}`), {
        language: language === 'en' ? 'zh-CN' : 'en',
      }),
      this.#choice('captions', onOff(captions), { captions: !captions }),
      this.#choice('captionSize', t(`settings.captionSize.${captionSize}`), { captionSize: nextSize }),
      this.#choice('elder', onOff(elder), { elder: !elder }, t('settings.elderNote')),
      this.#networkSetting(),
      this.#uploadSetting(),
      this.#bindingSetting(),
      this.#remoteSetting(),
      this.#aboutSetting(),
    ];
  }

  #choice(name: string, value: string, change: Partial<Preferences>, note = ''): Setting {
    const title = t(`settings.${name}.title`);
    return {
      content: { title, value, note, announcement: `${title} ${value}` },
      onEnter: () => {
        this.services.setPreferences(change);
        if (!('language' in change)) this.#announceChange();
      },
    };
  }

  #announceChange(): void {
    this.#show();
    const focused = this.#list._getFocused() as ListRow;
    this.navigator.say(focused.announcement);
  }

  #networkSetting(): Setting {
    const title = t('settings.network');
    const report = this.#network;
    const value =
      report === undefined
        ? t('settings.networkCheck')
        : report === 'running'
          ? t('settings.networkRunning')
          : t(report.service ? 'settings.networkGood' : 'settings.networkBad');
    const note =
      typeof report === 'object' && report.service
        ? t('settings.networkFigures', { delay: report.delayMs ?? 0, kbps: report.kbps ?? 0 })
        : report !== undefined && report !== 'running'
          ? t('settings.networkHelp')
          : '';
    return {
      content: { title, value, note, announcement: `${title} ${value} ${note}` },
      onEnter: () => void this.#checkNetwork(),
    };
  }

  async #checkNetwork(): Promise<void> {
    if (this.#network === 'running') return;
    this.#network = 'running';
    this.#announceChange();
    this.#network = await this.services.checkNetwork();
    if (this.attached) this.#announceChange();
  }

  #uploadSetting(): Setting {
    const title = t('settings.upload');
    const { count, quarantined, saved } = this.#study?.waiting() ?? { count: 0, quarantined: 0, saved: true };
    const value = count > 0 ? t('study.waiting', { count }) : t('study.allSent');
    const note = !saved
      ? t('study.notSaved')
      : quarantined > 0
        ? t('study.quarantined', { count: quarantined })
        : count > 0
          ? t('settings.uploadNow')
          : '';
    return {
      content: { title, value, note, announcement: `${title} ${value} ${note}` },
      onEnter: () => {
        this.#study?.retryNow();
        this.navigator.toast(count > 0 ? t('settings.uploadStarted') : t('study.allSent'));
      },
    };
  }

  #bindingSetting(): Setting {
    const title = t('settings.binding');
    const view = this.#study?.binding.state().kept.view;
    const value = view ? placeWords(view) : t('binding.unbound');
    return {
      content: { title, value, note: '', announcement: `${title} ${value}` },
      onEnter: () => this.navigator.open({ page: 'binding' }),
    };
  }

  #remoteSetting(): Setting {
    const title = t('settings.remote');
    const count = Object.keys(this.services.remote.taught()).length;
    const value = count > 0 ? t('settings.remoteTaught', { count }) : t('settings.remoteFactory');
    return {
      content: { title, value, note: '', announcement: `${title} ${value}` },
      onEnter: () => this.navigator.open({ page: 'remote' }),
    };
  }

  #aboutSetting(): Setting {
    const problems = this.services.catalogueProblems();
    const title = t('settings.about');
    const value = t('settings.version', { version: this.services.version });
    const note =
      problems > 0 ? t('settings.contentProblems', { count: problems }) : t('settings.contentGood');
    return {
      content: { title, value, note, announcement: `${title} ${value} ${note}` },
      onEnter: () => this.navigator.open({ page: 'help' }),
    };
  }

  override remember(): number {
    return this.#list.index;
  }

  override _getFocused(): Lightning.Component {
    return this.#list;
  }
}
