import { createServer as createHttpServer, type RequestListener, type Server, type ServerResponse } from 'node:http';

export interface SidecarServer {
  readonly server: Server;
  /** Takes no new connections and waits for running requests; after `timeoutMs` cuts them off. Says whether all ended by themselves. */
  drain(timeoutMs: number): Promise<boolean>;
}

export interface ServerRoutes {
  /** Path prefix that goes to `intake` instead of `app`. */
  readonly intakePath: string;
  readonly intake: RequestListener;
  readonly app: RequestListener;
}

/** Shops give up after 5 to 20 s; who sends slower than this is no shop. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
/** Longer than the usual 60 s of load balancers, which otherwise reuse a connection in the moment we close it. */
const KEEP_ALIVE_MS = 65_000;

export function createServer(routes: ServerRoutes): SidecarServer {
  const running = new Set<ServerResponse>();
  let draining = false;
  const server = createHttpServer((request, response) => {
    running.add(response);
    response.on('close', () => running.delete(response));
    if (draining) endConnection(response);
    if (request.url?.startsWith(routes.intakePath) === true) routes.intake(request, response);
    else routes.app(request, response);
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return {
    server,
    drain: (timeoutMs) =>
      new Promise((resolve) => {
        draining = true;
        let inTime = true;
        const timer = setTimeout(() => {
          inTime = false;
          server.closeAllConnections();
        }, timeoutMs);
        server.close(() => {
          clearTimeout(timer);
          resolve(inTime);
        });
        for (const response of running) endConnection(response);
      }),
  };
}

/** Otherwise a busy client keeps its connection, and with it the process, alive. */
function endConnection(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
