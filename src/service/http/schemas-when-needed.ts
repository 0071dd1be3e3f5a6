import buildValidators, { type BuildCompilerFromPool } from '@fastify/ajv-compiler';
import buildSerializers, { type SerializerFactory } from '@fastify/fast-json-stringify-compiler';
import { whenNeeded } from '../when-needed.ts';

type Validate = ((data: unknown) => unknown) & { errors?: unknown };

const buildValidator = (...parts: Parameters<BuildCompilerFromPool>) => {
  const compile = buildValidators()(...parts);
  return (...route: Parameters<typeof compile>): Validate => {
    const compiled = whenNeeded(() => compile(...route));
    const validate: Validate = (data) => {
      const result: unknown = compiled()(data);
      // Ajv tells what is wrong by a property of the function that was called.
      validate.errors = compiled().errors;
      return result;
    };
    return validate;
  };
};

const buildSerializer: SerializerFactory = (...parts) => {
  const compile = buildSerializers()(...parts);
  return (route) => {
    const serialize = whenNeeded(() => compile(route));
    return (data: unknown) => serialize()(data);
  };
};

/**
 * Fastify's own compilers of schemas, put to work when a route is first asked for: all schemas at once take a third of
 * the time to start.
 */
export const schemasWhenNeeded = {
  // Fastify takes any function that tells its errors; its types want Ajv's own.
  buildValidator: buildValidator as unknown as BuildCompilerFromPool,
  buildSerializer,
};
