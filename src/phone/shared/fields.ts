import { element } from './dom.ts';

/** Shows under a field what is wrong with it, and ties the two together for a screen reader. */
export function withMistake(id: string, parts: readonly HTMLElement[], mistake?: string): HTMLElement {
  const note =
    mistake === undefined ? undefined : element('p', { class: 'mistake', id: `${id}-mistake` }, mistake);
  if (note)
    for (const part of parts)
      if (part.id === id) {
        part.setAttribute('aria-invalid', 'true');
        part.setAttribute('aria-describedby', note.id);
      }
  return element('div', { class: 'field' }, ...parts, note);
}

/** A labelled input for what phones have a chooser for. */
export function chosen(
  id: string,
  label: string,
  type: 'date' | 'time' | 'number',
  value: string,
): { parts: HTMLElement[]; input: HTMLInputElement } {
  const input = element('input', {
    id,
    type,
    ...(type === 'number' ? { min: '0', inputmode: 'numeric' } : {}),
  });
  input.value = value;
  return { parts: [element('label', { for: id }, label), input], input };
}

/** A labelled list of which one is chosen. */
export function select(
  id: string,
  label: string,
  options: readonly { id: string; name: string }[],
  value: string,
): { parts: HTMLElement[]; input: HTMLSelectElement } {
  const input = element(
    'select',
    { id },
    ...options.map((one) => element('option', { value: one.id }, one.name)),
  );
  input.value = value;
  return { parts: [element('label', { for: id }, label), input], input };
}

/** Names to be ticked. @param ticked is kept up to date */
export function ticks(
  legend: string,
  options: readonly { id: string; name: string }[],
  ticked: Set<string>,
): HTMLElement {
  return element(
    'fieldset',
    {},
    element('legend', {}, legend),
    ...options.map(({ id, name }) => {
      const box = element('input', { type: 'checkbox' });
      box.checked = ticked.has(id);
      box.addEventListener('change', () => void (box.checked ? ticked.add(id) : ticked.delete(id)));
      return element('label', { class: 'tick' }, box, name);
    }),
  );
}
