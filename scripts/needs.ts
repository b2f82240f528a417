/** Programs the tests need besides Node, and how they come onto a machine. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../test/support/find-program';

export interface Need {
  readonly name: string;
  /** Each inner list names alternatives; all lists must be met. */
  readonly programs: readonly (readonly string[])[];
  readonly debianPackages: readonly string[];
}

export const needs: readonly Need[] = [
  {
    name: 'MariaDB server',
    programs: [['mariadbd', 'mysqld'], ['mariadb-install-db', 'mysql_install_db'], ['my_print_defaults']],
    // Not `mariadb-server`: that one would also start a system service nobody asked for.
    debianPackages: ['mariadb-server-core', 'mariadb-client-core'],
  },
  {
    name: 'PHP',
    programs: [['php']],
    debianPackages: ['php-cli', 'php-curl', 'php-intl', 'php-mbstring', 'php-xml', 'php-zip', 'unzip'],
  },
  { name: 'Composer', programs: [['composer']], debianPackages: ['composer'] },
  { name: 'Chromium', programs: [['chromium', 'chromium-browser', 'google-chrome']], debianPackages: ['chromium'] },
];

export function missingNeeds(): Need[] {
  return needs.filter((need) => need.programs.some((alternatives) => findProgram(...alternatives) === null));
}

/**
 * Makes every need available: installs what is missing when this is root on Debian.
 * @throws Error that says what to install by hand
 */
export function bringNeeds(say: (line: string) => void): void {
  const missing = missingNeeds();
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => need.debianPackages);
  if (canInstall()) {
    say(`installing ${packages.join(' ')}`);
    aptGet(['update']);
    aptGet(['install', '--yes', '--no-install-recommends', ...packages]);
  }
  const still = missingNeeds();
  if (still.length === 0) return;
  const lines = still.map((need) => `  ${need.name}: Debian package ${need.debianPackages.join(' ')}`);
  throw new Error(`The tests need programs that are not installed:\n${lines.join('\n')}\nInstall them and run the tests again.`);
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && findProgram('apt-get') !== null;
}

function aptGet(args: readonly string[]): void {
  const result = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '--quiet', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
      PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/bin:/sbin:/bin`,
    },
  });
  if (result.status !== 0) throw new Error(`apt-get ${args.join(' ')} failed`, { cause: result.error });
}
