/** Folders whose tests talk to a database; only runs that touch them start MariaDB. */
const databaseFolders = ['contract', 'flow', 'simulation', 'bench'];

const common = {
  rootDir: '.',
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/support/property-seed.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
  },
};

export default {
  testTimeout: 120_000,
  // Modules of earlier suites pile up in a worker to gigabytes otherwise.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...common,
      displayName: 'plain',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...[...databaseFolders, 'e2e'].map((folder) => `<rootDir>/test/${folder}/`)],
    },
    {
      ...common,
      displayName: 'database',
      testMatch: databaseFolders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
      globalSetup: '<rootDir>/test/support/database-setup.ts',
      globalTeardown: '<rootDir>/test/support/database-teardown.ts',
    },
    {
      ...common,
      displayName: 'browser',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/admin-pages-setup.ts',
    },
  ],
};
