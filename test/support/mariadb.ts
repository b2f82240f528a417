import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { findProgram } from './find-program';

export interface MariadbOptions {
  /** 1 = every commit reaches the disk (default); 2 and 0 lose a second at a power cut. */
  readonly flushLogAtCommit?: 0 | 1 | 2;
  /** MiB, default 64. */
  readonly bufferPoolMb?: number;
  /** MiB, default 32. */
  readonly logFileMb?: number;
  /** The data may be in memory, where there is room: tests make a database each, and their tables cost a disk most of the time. */
  readonly inMemory?: boolean;
}

export interface MariadbServer {
  /** `mysql://…` of a database on this server; `''` names none. */
  url(database: string): string;
  /** Ends the server at once and deletes its data. */
  stop(): Promise<void>;
}

const USER = 'loyalty';
const PASSWORD = 'loyalty-test';
const START_TIMEOUT_MS = 90_000;
const START_TRIES = 3;

/**
 * Ends the server when its input closes. The pipe closes with this process however it ends, so that no run,
 * not even a killed one, leaves a server behind. KILL, because the data is thrown away.
 */
const SERVE_WHILE_INPUT_IS_OPEN = 'exec 3<&0; "$@" & server=$!; (read -r line <&3; kill -9 $server) & wait $server';

/** Starts a private MariaDB on a free loopback port with data in a temporary directory. */
export async function startMariadb(options: MariadbOptions = {}): Promise<MariadbServer> {
  const server = requireProgram('mariadbd', 'mysqld');
  const install = requireProgram('mariadb-install-db', 'mysql_install_db');
  const directory = await mkdtemp(join(options.inMemory === true ? roomyMemory() : tmpdir(), 'loyalty-mariadb-'));
  try {
    await installSystemTables(install, directory);
    // Another process may take the free port between the look and the start.
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await serve(server, directory, options);
      } catch (error) {
        if (attempt >= START_TRIES) throw error;
      }
    }
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 ** 31;

function roomyMemory(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM_BYTES ? MEMORY : tmpdir();
  } catch {
    // Not every system has it.
    return tmpdir();
  }
}

function requireProgram(...names: readonly string[]): string {
  const path = findProgram(...names);
  if (path === null)
    throw new Error(`${names[0]} is not installed; on Debian: apt-get install mariadb-server-core mariadb-client-core`);
  return path;
}

/** The server refuses to run as root unless told so by name. */
function userArguments(): string[] {
  return process.getuid?.() === 0 ? [`--user=${userInfo().username}`] : [];
}

async function installSystemTables(install: string, directory: string): Promise<void> {
  await promisify(execFile)(install, [
    '--no-defaults',
    `--datadir=${join(directory, 'data')}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    ...userArguments(),
  ]);
  const account = `'${USER}'@'127.0.0.1'`;
  await writeFile(
    join(directory, 'init.sql'),
    `create user if not exists ${account} identified by '${PASSWORD}';\ngrant all on *.* to ${account};\n`,
  );
}

async function serve(server: string, directory: string, options: MariadbOptions): Promise<MariadbServer> {
  const port = await freePort();
  const logFile = join(directory, 'error.log');
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      SERVE_WHILE_INPUT_IS_OPEN,
      'sh',
      server,
      '--no-defaults',
      ...userArguments(),
      `--datadir=${join(directory, 'data')}`,
      `--socket=${join(directory, 's')}`,
      `--pid-file=${join(directory, 'pid')}`,
      `--log-error=${logFile}`,
      `--init-file=${join(directory, 'init.sql')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--max-connections=500',
      `--innodb-flush-log-at-trx-commit=${options.flushLogAtCommit ?? 1}`,
      `--innodb-buffer-pool-size=${options.bufferPoolMb ?? 64}M`,
      `--innodb-log-file-size=${options.logFileMb ?? 32}M`,
      '--performance-schema=off',
    ],
    { stdio: ['pipe', 'ignore', 'ignore'] },
  );
  const url = (database: string): string => `mysql://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;
  try {
    await untilReady(url(''), child, logFile);
  } catch (error) {
    await end(child);
    throw error;
  }
  return {
    url,
    stop: async () => {
      await end(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function untilReady(url: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      const connection = await createConnection({ uri: url });
      await connection.end();
      return;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline) {
        const log = await readFile(logFile, 'utf8').catch(() => '');
        throw new Error(`MariaDB did not start:\n${log.split('\n').slice(-20).join('\n')}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await exited;
}
