/**
 * The text of a file beside the page. In an installed package the page is a `file:` one, which `fetch` refuses
 * and XMLHttpRequest reads, with status 0.
 *
 * @param name relative to the page
 * @throws when it cannot be had; the message names it
 */
export function fileBeside(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.onload = () => {
      const { status, responseText } = request;
      const read = status === 0 ? responseText !== '' : status >= 200 && status < 300;
      if (read) resolve(responseText);
      else reject(new Error(`${name}: HTTP ${status}`));
    };
    request.onerror = () => reject(new Error(`${name}: no answer`));
    request.open('GET', name);
    request.send();
  });
}
