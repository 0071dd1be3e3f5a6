import { Problem } from '../http/problems.ts';

/** A mistake in a parameter of an xAPI request, as a 400. */
export function parameterProblem(name: string, message: string): Problem {
  return new Problem(400, 'invalid-parameter', `The parameter "${name}" ${message}.`, {
    errors: [{ path: `/${name}`, message }],
  });
}
