/** Leaves the app as the box wants it: back to the operator's page when it was named, else by closing. */
export function leaveApp(location: Location): void {
  const query = new URLSearchParams(location.search);
  const back = query.get('returnUrl') ?? query.get('ReturnURL');
  if (back && /^https?:\/\//.test(back)) location.href = back;
  else window.close();
}
