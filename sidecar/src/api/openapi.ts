/** The OpenAPI 3.1 document, written from the endpoints and their schemas. */
import { z } from 'zod';
import { errorCatalogue, type ErrorCode } from '../errors';
import type { AnswerForm, Endpoint } from './endpoint';
import { SCOPES } from './scope';

type Json = Readonly<Record<string, unknown>>;

/** What any endpoint may refuse with. */
const COMMON_REFUSALS: readonly ErrorCode[] = ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED', 'INTERNAL'];

const errorSchema = z.strictObject({
  error: z.strictObject({
    code: z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string(),
  }),
});

export function openApiDocument(endpoints: readonly Endpoint[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const one of endpoints) {
    const path = one.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [one.method]: operation(one) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Loyalty sidecar',
      version,
      description: 'Points in whole points, money in minor units of the named currency, times in ISO 8601 UTC.',
    },
    security: [{ bearer: [] }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: `An API key, or a token of the operators. Scopes of keys: ${Object.entries(SCOPES)
            .map(([scope, what]) => `\`${scope}\` (${what.charAt(0).toLowerCase()}${what.slice(1)})`)
            .join(', ')}.`,
        },
      },
      schemas: { Error: jsonSchema(errorSchema, 'output') },
    },
  };
}

function operation(one: Endpoint): Json {
  const parameters = [...parametersOf(one.params, 'path'), ...parametersOf(one.query, 'query')];
  return {
    operationId: operationId(one),
    summary: one.summary,
    tags: [one.tag],
    'x-scope': one.scope,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...requestBody(one),
    responses: {
      ...Object.fromEntries(Object.entries(one.answers).map(([status, form]) => [status, answer(form)])),
      ...refusals(one),
    },
  };
}

/** `get /v1/members/:memberId/ledger` becomes `getMembersMemberIdLedger`. */
function operationId({ method, path }: Endpoint): string {
  const words = path.replace(/^\/(v1|admin)\//, '').split(/[^A-Za-z0-9]+/);
  const prefix = path.startsWith('/admin/') ? 'Admin' : '';
  return method + prefix + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function requestBody(one: Endpoint): Json {
  if (one.streams) {
    return { requestBody: { required: true, content: { [one.streams.mediaType]: { schema: { type: 'string' } } } } };
  }
  if (!one.body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(one.body, 'input') } } } };
}

function answer({ description, body, mediaType = 'application/json' }: AnswerForm): Json {
  if (!body && mediaType === 'application/json') return { description };
  return { description, content: { [mediaType]: { schema: body ? jsonSchema(body, 'output') : { type: 'string' } } } };
}

/** By status, with the codes it may stand for. */
function refusals(one: Endpoint): Json {
  const codes = new Set([...(one.refusals ?? []), ...COMMON_REFUSALS]);
  if (one.params ?? one.query ?? one.body) codes.add('INVALID_INPUT');
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = errorCatalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `\`${code}\`: ${errorCatalogue[code].hint}`).join(' '),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    ]),
  );
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const written = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return Object.fromEntries(Object.entries(written).filter(([name]) => name !== '$schema'));
}
