/**
 * An endpoint as data: what it takes, answers and may refuse. The routes are mounted from it and the OpenAPI document is
 * written from it, so neither can say anything that the other does not do.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router, type Request, type Response } from 'express';
import type { z } from 'zod';
import { AppError, type ErrorCode } from '../errors';
import { languageOf, type Language } from '../explain/language';
import { principalOf, requireScope } from './authenticate';
import { parseBody } from './parse-body';
import { actorOf, type NeededScope, type Principal } from './principal';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly principal: Principal;
  /** That the caller reads best, by `Accept-Language`. */
  readonly language: Language;
  /** The bytes of a body that is no JSON. @throws AppError BODY_TOO_LARGE as soon as more came */
  readonly stream: AsyncIterable<Buffer>;
}

export type Reply =
  | { readonly status?: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Sent as they come. */
  | { readonly status?: number; readonly lines: AsyncIterable<string>; readonly mediaType: string };

export interface AnswerForm {
  readonly description: string;
  /** Absent: no body, or one of another media type. */
  readonly body?: z.ZodType;
  readonly mediaType?: string;
}

interface EndpointHead {
  readonly method: Method;
  /** With its prefix, parameters as `:name`. */
  readonly path: string;
  readonly scope: NeededScope;
  readonly tag: string;
  readonly summary: string;
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerForm>>;
  /** What it may refuse with, besides what every endpoint may. */
  readonly refusals?: readonly ErrorCode[];
  /** A body that is read as a stream. */
  readonly streams?: { readonly mediaType: string; readonly limitBytes: number };
}

export interface EndpointDefinition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends EndpointHead {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply>;
}

export interface Endpoint extends EndpointHead {
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  handle(call: Call<never, never, never>): Promise<Reply>;
}

/** Keeps the types of what is parsed together with who handles it. */
export function endpoint<
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(definition: EndpointDefinition<P, Q, B>): Endpoint {
  return definition;
}

export interface MountOptions {
  /** Compares every answer with its schema: in tests, where a difference is a fault. */
  readonly checkAnswers?: boolean;
}

/** Routes under their full paths. Expects authenticated requests and parsed JSON bodies. */
export function mountEndpoints(endpoints: readonly Endpoint[], options: MountOptions = {}): Router {
  const router = Router();
  for (const one of endpoints) {
    router[one.method](one.path, requireScope(one.scope), async (request, response) => {
      // Whoever is refused in the middle of a stream has bytes under way that nobody will read.
      if (one.streams) response.setHeader('connection', 'close');
      const reply = await one.handle(callOf(one, request, response) as Call<never, never, never>);
      if (options.checkAnswers === true) checkAnswer(one, reply);
      await send(request, response, reply);
    });
  }
  return router;
}

function callOf(one: Endpoint, request: Request, response: Response): Call<unknown, unknown, unknown> {
  const { streams } = one;
  const principal = principalOf(response);
  if (streams && request.is(streams.mediaType) === false) {
    throw new AppError('UNSUPPORTED_CONTENT_TYPE', { expected: streams.mediaType });
  }
  return {
    params: one.params && parseBody(one.params, request.params),
    query: one.query && parseBody(one.query, signed(request.query, principal)),
    body: one.body && parseBody(one.body, signed(request.body ?? {}, principal)),
    principal,
    language: languageOf(request.get('accept-language') ?? ''),
    stream: limited(request, streams?.limitBytes ?? 0),
  };
}

/** Staff cannot write in the name of another: who they are comes from their session. */
function signed(body: unknown, principal: Principal): unknown {
  const names = principal.kind === 'staff' && typeof body === 'object' && body !== null && 'actor' in body;
  return names ? { ...body, actor: actorOf(principal) } : body;
}

async function* limited(request: Request, bytes: number): AsyncGenerator<Buffer> {
  let seen = 0;
  // The connection must outlive a refusal, which has yet to be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    seen += (chunk as Buffer).length;
    if (seen > bytes) throw new AppError('BODY_TOO_LARGE', { bytes });
    yield chunk as Buffer;
  }
}

/** Reads carry a tag of their content, so that who asks again for the same gets no body. */
async function send(request: Request, response: Response, reply: Reply): Promise<void> {
  response.status(reply.status ?? 200);
  if ('lines' in reply) {
    response.type(reply.mediaType);
    await pipeline(Readable.from(reply.lines), response);
    return;
  }
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  if (request.method === 'GET') {
    response.setHeader('etag', etagOf(reply.body));
    response.setHeader('cache-control', 'private, no-cache');
    if (request.fresh) {
      response.status(304).end();
      return;
    }
  }
  response.json(reply.body);
}

/** Weak: the same content, whatever the bytes. */
export function etagOf(body: unknown): string {
  return `W/"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`;
}

function checkAnswer({ method, path, answers }: Endpoint, reply: Reply): void {
  const form = answers[reply.status ?? 200];
  if (!form) throw new Error(`${method} ${path} answers ${reply.status ?? 200}, of which it says nothing`);
  if (!form.body || !('body' in reply)) return;
  const checked = form.body.safeParse(JSON.parse(JSON.stringify(reply.body)));
  if (!checked.success) throw new Error(`${method} ${path} answers what it does not say: ${checked.error.message}`);
}
