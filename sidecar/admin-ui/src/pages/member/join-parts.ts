interface Part {
  readonly name: string;
  readonly rows: readonly unknown[];
}

/** Parts that came a line each, several lines of one part as one list. */
export function joinParts(lines: string): Record<string, unknown[]> {
  const joined: Record<string, unknown[]> = {};
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const { name, rows } = JSON.parse(line) as Part;
    joined[name] = [...(joined[name] ?? []), ...rows];
  }
  return joined;
}
