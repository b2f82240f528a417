import fc from 'fast-check';
import { limitedMarkdown } from '../../../sidecar/src/api/pages/limited-markdown';

test('headings, paragraphs, lists, strong words and links', () => {
  const source = '# Rules\n\nOne **big** [page](https://shop.example/a?b=1&c=2).\nNext line\n\n- a\n- b\n\n1. first\n2. second';
  expect(limitedMarkdown(source)).toBe(
    [
      '<h2>Rules</h2>',
      '<p>One <strong>big</strong> <a href="https://shop.example/a?b=1&#38;c=2" rel="noopener noreferrer">page</a>.<br>Next line</p>',
      '<ul><li>a</li><li>b</li></ul>',
      '<ol><li>first</li><li>second</li></ol>',
    ].join('\n'),
  );
});

test('no HTML and no other address of the source gets through', () => {
  expect(limitedMarkdown('<script>alert(1)</script> [x](javascript:alert(1)) [y](https://a"onclick="b)')).not.toMatch(
    /<script|href="javascript|onclick="/,
  );
});

test('every tag is one of ours', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '"', '[', ']', '(', ')', '*', '#', '-', '\n', ' ', 'a', 'https://b') }),
      (source) => {
        const tags = limitedMarkdown(source).match(/<[^>]*>?/g) ?? [];
        for (const tag of tags) {
          expect(tag).toMatch(/^<(\/?(h[2-4]|p|ul|ol|li|strong|a)|br|a href="https:\/\/[^"<>]*" rel="noopener noreferrer")>$/);
        }
      },
    ),
  );
});
