/** Something an operator asked for that cannot be done, in one line that says why. */
export class OperationRefused extends Error {
  override readonly name = 'OperationRefused';
}
