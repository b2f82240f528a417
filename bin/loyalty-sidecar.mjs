#!/usr/bin/env node
/** The commands by one name, for `npx` and for a global installation. The source is TypeScript; tsx compiles it while it is loaded. */
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { Command } from 'commander';

const root = new URL('../', import.meta.url);

const COMMANDS = {
  start: ['sidecar/src/main.ts', 'migrate, listen, and drain on SIGTERM; configured by the environment'],
  demo: ['test/demo/demo.ts', 'play a year of two sandbox shops; with --serve a shop to try and its admin pages'],
  migrate: ['sidecar/src/cli/migrate.ts', 'bring the schema of DATABASE_URL up to date'],
  verify: ['sidecar/src/cli/verify.ts', 'prove the books; exits 1 at the first difference'],
  copy: ['sidecar/src/cli/copy.ts', 'move the books into another, empty database'],
  import: ['sidecar/src/cli/import.ts', 'take a table into the books: sales, members, points, prices'],
  export: ['sidecar/src/cli/export.ts', 'write members, points or prices as a table'],
  'what-if': ['sidecar/src/cli/what-if.ts', 'what a draft would have given for past orders'],
  'build-app': ['scripts/build-app.ts', 'pack the Shopware App for one sidecar'],
};

const program = new Command('loyalty-sidecar')
  .description('Points, tiers, gifts and referrals for Shopware and Magento shops. Each command has a --help of its own.')
  .option('--env-file <file>', 'read variables from a file; those of the environment win')
  .enablePositionalOptions();

for (const [name, [file, description]] of Object.entries(COMMANDS)) {
  program
    .command(name)
    .description(description)
    .argument('[options...]')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (options) => {
      const { envFile } = program.opts();
      if (envFile !== undefined) loadVariables(envFile);
      process.argv = [process.argv[0] ?? 'node', file, ...options];
      // Not the one of the folder in which somebody happens to be.
      process.env.TSX_TSCONFIG_PATH = fileURLToPath(new URL('tsconfig.json', root));
      await import('tsx');
      await import(new URL(file, root).href);
    });
}

function loadVariables(file) {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    program.error(`error: ${file} cannot be read: ${error.message}`);
  }
}

await program.parseAsync();
