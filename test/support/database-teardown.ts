export default async function tearDown(): Promise<void> {
  await globalThis.testMariadb?.stop();
  globalThis.testMariadb = undefined;
}
