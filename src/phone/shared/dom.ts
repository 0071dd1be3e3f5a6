type Child = Node | string | undefined;

/** An element with attributes and children; `undefined` among them is left out. Texts are never taken for markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes)) made.setAttribute(name, attributes[name]!);
  for (const child of children)
    if (child !== undefined)
      made.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  return made;
}

/** A button. @param main whether it is the one that most people want */
export function button(words: string, onPress: () => void, main = false): HTMLButtonElement {
  const made = element('button', { type: 'button', ...(main ? { class: 'main' } : {}) }, words);
  made.addEventListener('click', onPress);
  return made;
}

export interface FieldOptions {
  id: string;
  label: string;
  value?: string;
  /** The keyboard a phone shows. */
  keyboard: 'numeric' | 'text';
  secret?: boolean;
}

/** A labelled input. */
export function field({ id, label, value = '', keyboard, secret }: FieldOptions): {
  parts: HTMLElement[];
  input: HTMLInputElement;
} {
  const input = element('input', {
    id,
    type: secret ? 'password' : 'text',
    inputmode: keyboard,
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
  });
  input.value = value;
  return { parts: [element('label', { for: id }, label), input], input };
}

/** Enter in a field does what the form's button does; nothing is ever sent by the browser itself. */
export function form(onSubmit: () => void, ...children: readonly Child[]): HTMLFormElement {
  const made = element('form', { novalidate: '' }, ...children);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    onSubmit();
  });
  return made;
}

export function submit(words: string): HTMLButtonElement {
  return element('button', { type: 'submit', class: 'main' }, words);
}

/** Shows a step of a page: its heading gets the focus, so that a screen reader begins there. */
export function show(heading: string, ...children: readonly Child[]): void {
  const page = document.getElementById('page')!;
  const title = element('h1', { tabindex: '-1' }, heading);
  while (page.firstChild) page.removeChild(page.firstChild);
  for (const child of [title, ...children])
    if (child !== undefined)
      page.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  document.title = heading;
  window.scrollTo(0, 0);
  title.focus();
}
