/** One line of the report. */
export interface Figure {
  what: string;
  /** The app's own figure, with its unit. */
  app: string;
  /** What it is held against: floor or bare page. */
  against?: string;
  ratio?: number;
  /** In words; without one the figure is for information. */
  target?: string;
  holds?: boolean;
}

/** A figure with a limit of its own. */
export function limited(what: string, value: number, unit: string, limit: number, digits = 1): Figure {
  return {
    what,
    app: `${value.toFixed(digits)} ${unit}`,
    target: `≤ ${limit} ${unit}`,
    holds: value <= limit,
  };
}

/** A figure held against another of the same run. @param limit of the ratio, none for information only */
export function compared(
  what: string,
  app: number,
  against: number,
  unit: string,
  limit?: number,
  digits = 0,
): Figure {
  const ratio = app / against;
  return {
    what,
    app: `${app.toFixed(digits)} ${unit}`,
    against: `${against.toFixed(digits)} ${unit}`,
    ratio,
    ...(limit === undefined ? {} : { target: `≤ ${limit} x`, holds: ratio <= limit }),
  };
}

/** The report as a table in Markdown. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, app, against = '', ratio, target = '', holds }) => [
    what,
    app,
    against,
    ratio === undefined ? '' : ratio.toFixed(2),
    target,
    holds === undefined ? '' : holds ? 'holds' : 'MISSED',
  ]);
  const all = [['what', 'app', 'floor or bare', 'ratio', 'target', ''], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(3, ...all.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(all[0]!), rule, ...all.slice(1).map(line)].join('\n');
}

/** One line: which targets hold. */
export function verdict(figures: readonly Figure[], left: readonly string[]): string {
  const judged = figures.filter(({ holds }) => holds !== undefined);
  const missed = judged.filter(({ holds }) => !holds).map(({ what }) => what);
  const held = `${judged.length - missed.length} of ${judged.length} targets hold`;
  return [
    missed.length === 0 && left.length === 0 ? `✓ ${held}` : `✗ ${held}`,
    ...(missed.length > 0 ? [`missed: ${missed.join(', ')}`] : []),
    ...(left.length > 0 ? [`not measured: ${left.join(', ')}`] : []),
  ].join('; ');
}
